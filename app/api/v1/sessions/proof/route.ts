import { cameFrom, door } from "@/app/outcome"
import { good } from "@/domain/core/outcome"
import { proveSelf } from "@/usecases/people/sessions"
import type { Scene } from "@/usecases/scene"

async function prove(scene: Scene, password: unknown, request: Request) {
  const proved = await proveSelf(scene, { password, address: request.headers.get("x-onward-caller") ?? "" })
  return proved.ok ? good({ to: cameFrom(request, "/account") }) : proved
}

/** Types one's password again, on a page whose acts ask for it, and comes back to that page. */
export const POST = door({
  input: (sent) => sent.password ?? "",
  call: Object.assign(prove, { actName: proveSelf.actName }),
  to: (value: { to: string }) => value.to,
  answer: () => ({}),
})
