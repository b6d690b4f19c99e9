import { door } from "@/app/outcome"
import { revokeCampaign } from "@/usecases/asked/campaigns"

/** Revokes every link of a campaign that is still open. */
export const POST = door({
  input: (sent) => ({ id: sent.id }),
  call: revokeCampaign,
  to: (_value, _params, sent) => `/asked/campaigns/${String(sent.id)}`,
})
