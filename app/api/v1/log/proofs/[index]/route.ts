import { problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { refuse } from "@/domain/core/outcome"
import { proveEvent } from "@/usecases/log/prove"

/** `GET /api/v1/log/proofs/<number>`: proof that the entry stands in the newest checkpoint (c2sp.org/tlog-proof), as a file. */
export async function GET(request: Request, context: { params: Promise<{ index: string }> }): Promise<Response> {
  const { index } = await context.params
  const scene = await requestScene(request)
  const outcome = /^(0|[1-9]\d{0,14})$/.test(index)
    ? await proveEvent(scene, { index: Number(index), newest: true })
    : refuse("not-found", "not-found")
  if (!outcome.ok) return problem(outcome)
  return new Response(outcome.value.file, {
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "content-disposition": `attachment; filename="entry-${index}.tlog-proof"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  })
}
