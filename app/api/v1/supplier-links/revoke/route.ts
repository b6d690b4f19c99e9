import { door } from "@/app/outcome"
import { revokeSupplierLink } from "@/usecases/asked/ask-supplier"

/** Revokes a supplier's link, at once. */
export const POST = door({
  input: (sent) => ({ id: sent.id }),
  call: revokeSupplierLink,
  to: ({ campaignId }: { campaignId: string | null }, _params, sent) =>
    campaignId && sent.at === "campaign" ? `/asked/campaigns/${campaignId}` : `/asked/${String(sent.id)}`,
})
