import { door } from "@/app/outcome"
import { unlinkIdentity } from "@/usecases/people/sign-on"

/** Undoes the link of one's own account to a provider. */
export const POST = door({
  register: "main",
  input: (sent) => ({ issuer: sent.issuer ?? "" }),
  call: unlinkIdentity,
  to: () => "/account",
})
