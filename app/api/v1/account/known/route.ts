import { cameFrom, door } from "@/app/outcome"
import { knowOfReset } from "@/usecases/people/own-password"
import type { Scene } from "@/usecases/scene"

/** Says that one knows that one's password was set anew by others, and stays on the page. */
export const POST = door({
  register: "main",
  input: () => ({}),
  call: Object.assign(
    async (scene: Scene, input: unknown, request: Request) => {
      const known = await knowOfReset(scene, input)
      return known.ok ? { ...known, value: { to: cameFrom(request, "/account") } } : known
    },
    { actName: knowOfReset.actName },
  ),
  to: (value: { to: string }) => value.to,
  answer: () => ({}),
})
