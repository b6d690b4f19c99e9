import { door } from "@/app/outcome"
import { confirmResetOf } from "@/usecases/people/resets"

/** Confirms another administrator's new-password link; gives the code without which it opens nothing, once. */
export const POST = door({
  input: (sent) => ({ personId: sent.personId }),
  call: confirmResetOf,
  to: () => "/admin/people",
  show: (value: { code: string }) => ({ code: value.code }),
})
