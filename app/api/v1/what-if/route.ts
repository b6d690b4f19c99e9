import { door } from "@/app/outcome"
import { beginWhatIf, type Begun } from "@/usecases/whatif/runs"
import { answeredAt, supposedIn } from "./supposed"

/** Supposes something. A form goes to the answer; a machine gets its address, or that of the run. */
export const POST = door({
  input: (sent, _params, form) => supposedIn(sent, form),
  call: beginWhatIf,
  to: (begun: Begun) => answeredAt(begun),
  answer: (begun: Begun) => ({ runId: begun.runId, address: answeredAt(begun) }),
})
