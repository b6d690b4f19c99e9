import { json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { readTogether } from "@/usecases/requests/decide-together"

/** What came of one's own decision on many, request by request. */
export async function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  const outcome = await readTogether(await requestScene(request), { id: (await context.params).id })
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
