import { json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { readRequest } from "@/usecases/requests/read-request"

/** One request, as a reviewer needs it. */
export async function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  const outcome = await readRequest(await requestScene(request), { id: (await context.params).id })
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
