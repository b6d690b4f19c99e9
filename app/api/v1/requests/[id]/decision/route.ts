import { json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { parseAsOf } from "@/usecases/register/as-of"
import { readDecisions } from "@/usecases/requests/decision-card"

/** How a request was decided: by whom, on whose behalf, why, on which content; at an instant (`as-of`) or now. */
export async function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  const asOf = parseAsOf(new URL(request.url).searchParams.get("as-of") ?? "")
  const requestIds = [(await context.params).id]
  const outcome = await readDecisions(await requestScene(request), { requestIds, asOf })
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
