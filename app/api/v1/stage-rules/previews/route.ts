import { json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { previewRules } from "@/usecases/requests/preview-rules"

/** What the version `?version=` would ask of the requests that are open. */
export async function GET(request: Request): Promise<Response> {
  const version = new URL(request.url).searchParams.get("version")
  const outcome = await previewRules(await requestScene(request), version === null ? {} : { version })
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
