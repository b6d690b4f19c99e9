import { door } from "@/app/outcome"
import { selectionOf } from "@/app/selection"
import { makeCampaign } from "@/usecases/asked/campaigns"

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
