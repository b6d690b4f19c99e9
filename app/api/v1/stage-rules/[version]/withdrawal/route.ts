import { door } from "@/app/outcome"
import { withdrawRules } from "@/usecases/requests/stage-rules"

/** Takes a version of the stage rules back that waits. */
export const POST = door<{ version: string }>({
  input: (_sent, { version }) => ({ version }),
  call: withdrawRules,
  to: () => "/admin/stages",
})
