import { partOfForm } from "@/app/admin/stages/part-of-form"
import { door, json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { parseAsOf } from "@/usecases/register/as-of"
import { proposeRules, readRules } from "@/usecases/requests/stage-rules"

/** Proposes the next version of the stage rules: `{companyId, rows, days, waves, persons, reason}`. */
export const POST = door({
  input: (sent, _params, form) => (form ? { ...(partOfForm(sent) as object), reason: sent.reason } : sent),
  call: proposeRules,
  to: () => "/admin/stages#waiting",
  status: 201,
})

/** The stage rules that hold, or held `?as-of=` an instant, with every version. */
export async function GET(request: Request): Promise<Response> {
  const asOf = parseAsOf(new URL(request.url).searchParams.get("as-of") ?? "")
  const outcome = await readRules(await requestScene(request), { asOf })
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
