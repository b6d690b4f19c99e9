import { json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { listAway } from "@/usecases/people/list-away"
import { parseAsOf } from "@/usecases/register/as-of"

/** Who was away at an instant (`as-of`) or is now, and who was entitled to decide then, on whose behalf. */
export async function GET(request: Request): Promise<Response> {
  const asOf = parseAsOf(new URL(request.url).searchParams.get("as-of") ?? "")
  const outcome = await listAway(await requestScene(request), { asOf })
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
