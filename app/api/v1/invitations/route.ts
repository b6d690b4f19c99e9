import { door } from "@/app/outcome"
import { enterByLink } from "@/usecases/people/accounts"

/** Sets a password with an invitation or a reset link. */
export const POST = door({
  register: "main",
  input: (sent) => ({ link: sent.link, code: sent.code ?? "", password: sent.password }),
  call: enterByLink,
  to: () => "/sign-in?entered=1",
})
