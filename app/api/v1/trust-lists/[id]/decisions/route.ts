import { door } from "@/app/outcome"
import { decideTrustList } from "@/usecases/trust/trust-lists"

/** Confirms or refuses the trusted roots that wait: `{verdict, reason}`. */
export const POST = door<{ id: string }>({
  input: (sent, { id }) => ({ id, verdict: sent.verdict, reason: sent.reason ?? "" }),
  call: decideTrustList,
  to: () => "/admin/trust",
})
