import { door } from "@/app/outcome"
import { renewLink, type Renewed } from "@/usecases/asked/renew-link"

/** Makes a supplier's link anew; the old one opens nothing from then on. It is shown once, where it was asked for. */
export const POST = door({
  input: (sent, _params, form) => (form ? { id: sent.id, ...(sent.days ? { days: sent.days } : {}) } : sent),
  call: renewLink,
  to: ({ id, campaignId }: Renewed) => (campaignId ? `/asked/campaigns/${campaignId}` : `/asked/${id}`),
  show: ({ campaignId, name, path }: Renewed): Record<string, string> =>
    campaignId ? { links: JSON.stringify([{ name, path }]) } : { path },
  status: 201,
})
