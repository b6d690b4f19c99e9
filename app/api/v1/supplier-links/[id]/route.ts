import { json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { readLink } from "@/usecases/asked/read-asked"

/** One supplier's link, with what was sent by it. */
export async function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  const outcome = await readLink(await requestScene(request), { id: (await context.params).id })
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
