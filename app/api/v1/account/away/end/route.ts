import { door } from "@/app/outcome"
import { endAway } from "@/usecases/people/away"

/** Ends an absence of one's own, and with it whoever stands in. */
export const POST = door({
  input: (sent) => ({ absenceId: sent.absenceId }),
  call: endAway,
  to: () => "/account/away?ended=yes",
})
