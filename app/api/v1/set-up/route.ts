import { door } from "@/app/outcome"
import { sessionCookie } from "@/app/cookies"
import { setUp } from "@/usecases/people/accounts"
import { signIn } from "@/usecases/people/sessions"
import type { Scene } from "@/usecases/scene"

/** Makes the first administrator with the set-up link, and signs them in. */
export const POST = door({
  register: "main",
  input: (sent) => ({ link: sent.link, email: sent.email, name: sent.name, password: sent.password }),
  call: async (scene: Scene, input: unknown, request: Request) => {
    const made = await setUp(scene, input)
    if (!made.ok) return made
    const { email, password } = input as { email: string; password: string }
    return signIn(scene, { email, password, address: request.headers.get("x-onward-caller") ?? "", agent: "set-up" })
  },
  to: () => "/welcome",
  cookies: async (value: { secret: string }) => [await sessionCookie(value.secret)],
  answer: (value: { personId: string }) => ({ personId: value.personId }),
  status: 201,
})
