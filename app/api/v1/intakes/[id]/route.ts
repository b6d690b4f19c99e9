import { json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { readIntake } from "@/usecases/intake/read-intake"

/** One's own intake: what is asked now, what was answered, what is missing. */
export async function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  const find = new URL(request.url).searchParams.get("find") ?? ""
  const outcome = await readIntake(await requestScene(request), { id: (await context.params).id, find })
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
