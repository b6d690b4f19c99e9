import { json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { listRoles } from "@/usecases/people/list-people"
import { parseAsOf } from "@/usecases/register/as-of"

/** Who had which role at an instant (`as-of`), or has it now. */
export async function GET(request: Request): Promise<Response> {
  const asOf = parseAsOf(new URL(request.url).searchParams.get("as-of") ?? "")
  const outcome = await listRoles(await requestScene(request), { asOf })
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
