import { door } from "@/app/outcome"
import { cancelRun } from "@/usecases/whatif/runs"

/** Stops a run. */
export const POST = door({
  input: ({ runId }) => ({ runId }),
  call: cancelRun,
  to: (_value, _params, sent) => `/what-if/runs/${String(sent.runId)}`,
})
