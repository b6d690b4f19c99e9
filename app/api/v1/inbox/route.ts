import { json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { readInbox } from "@/usecases/told/inbox"

/** What waits for one, what one waits for, and what one is told, as JSON: in short, or one part by `?part=decide&after=CURSOR`. */
export async function GET(request: Request): Promise<Response> {
  const asked = new URL(request.url).searchParams
  const outcome = await readInbox(await requestScene(request), {
    ...{ part: asked.get("part"), after: asked.get("after") ?? "" },
  })
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
