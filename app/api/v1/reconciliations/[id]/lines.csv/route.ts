import { marked } from "@/app/watermark"
import { problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { listCsv } from "@/usecases/reconcile/reconciliations"

/** A list with where each line landed, as CSV. */
export async function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  const scene = await requestScene(request)
  const outcome = await listCsv(scene, { id: (await context.params).id })
  if (!outcome.ok) return problem(outcome)
  return new Response(await marked(scene, outcome.value.csv), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="suppliers.csv"',
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  })
}
