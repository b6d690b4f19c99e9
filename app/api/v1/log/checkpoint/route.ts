import { problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { readCheckpointNow } from "@/usecases/log/prove"

/** `GET /api/v1/log/checkpoint`: the checkpoint that was signed last (c2sp.org/tlog-checkpoint), as its note. */
export async function GET(request: Request): Promise<Response> {
  const outcome = await readCheckpointNow(await requestScene(request), {})
  if (!outcome.ok) return problem(outcome)
  return new Response(outcome.value.note, {
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  })
}
