import { door } from "@/app/outcome"
import { proposeWithdrawal } from "@/usecases/trust/trust-lists"

/** Proposes that the trusted roots in force are withdrawn: `{source, fromOn}`. */
export const POST = door({
  input: (sent) => ({ source: sent.source ?? "", fromOn: sent.fromOn ?? "" }),
  call: proposeWithdrawal,
  to: () => "/admin/trust#waiting",
  status: 201,
})
