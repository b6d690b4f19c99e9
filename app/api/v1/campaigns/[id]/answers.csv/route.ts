import { problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { campaignCsv } from "@/usecases/asked/campaigns"

/** `GET /api/v1/campaigns/{id}/answers.csv`: how a campaign stands, supplier by supplier. */
export async function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  const outcome = await campaignCsv(await requestScene(request), { id: (await context.params).id })
  if (!outcome.ok) return problem(outcome)
  return new Response(outcome.value.csv, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="asked-${outcome.value.no}.csv"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  })
}
