import { door } from "@/app/outcome"
import { takeTrustListBack } from "@/usecases/trust/trust-lists"

/** Takes proposed trusted roots back. */
export const POST = door<{ id: string }>({
  input: (_sent, { id }) => ({ id }),
  call: takeTrustListBack,
  to: () => "/admin/trust",
})
