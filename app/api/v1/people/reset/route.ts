import { door } from "@/app/outcome"
import { resetPerson } from "@/usecases/people/accounts"

/** `person` by id or address. */
export const POST = door({
  input: (sent) => ({ person: sent.person }),
  call: resetPerson,
  to: () => "/admin/people",
  show: (value: { path: string }) => ({ path: value.path }),
})
