import { door } from "@/app/outcome"
import { decideRules } from "@/usecases/requests/stage-rules"

/** Approves or refuses a version of the stage rules: `{verdict, reason}`. */
export const POST = door<{ version: string }>({
  input: (sent, { version }) => ({ version, verdict: sent.verdict, reason: sent.reason ?? "" }),
  call: decideRules,
  to: () => "/admin/stages",
})
