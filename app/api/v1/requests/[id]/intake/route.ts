import { json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { intakeOfRequest } from "@/usecases/intake/of-request"

/** The intake that a request was made from. */
export async function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  const outcome = await intakeOfRequest(await requestScene(request), { id: (await context.params).id })
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
