import { door } from "@/app/outcome"
import { revokeSupplierLink } from "@/usecases/asked/ask-supplier"

/** Revokes a supplier's link, at once. */
export const POST = door({
  input: (sent) => ({ id: sent.id }),
  call: revokeSupplierLink,
  to: (_value, _params, sent) => `/asked/${String(sent.id)}`,
})
