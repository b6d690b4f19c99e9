import { door } from "@/app/outcome"
import { disablePerson } from "@/usecases/people/accounts"

/** `person` by id or address. */
export const POST = door({
  input: (sent) => ({ person: sent.person }),
  call: disablePerson,
  to: () => "/admin/people",
})
