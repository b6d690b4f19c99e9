import { door, json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { selectionOf } from "@/app/selection"
import { listCampaigns, makeCampaign } from "@/usecases/asked/campaigns"

type Made = { id: string; links: { name: string; path: string }[] }

/** Asks many suppliers at once. The links are shown once, on the campaign's page. */
export const POST = door({
  input: (sent, _params, form) =>
    form ? { title: sent.title, entityId: sent.entityId, days: sent.days, whom: selectionOf(sent) } : sent,
  call: makeCampaign,
  to: ({ id }: Made) => `/asked/campaigns/${id}`,
  show: ({ links }: Made) => ({ links: JSON.stringify(links) }),
  status: 201,
})

/** The campaigns of one's companies. */
export async function GET(request: Request): Promise<Response> {
  const outcome = await listCampaigns(await requestScene(request), {})
  return outcome.ok ? json(outcome.value) : problem(outcome)
}
