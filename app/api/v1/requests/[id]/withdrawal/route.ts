import { door } from "@/app/outcome"
import { withdrawRequest } from "@/usecases/requests/talk"

/** Withdraws one's own request. */
export const POST = door<{ id: string }>({
  input: (sent, params) => ({ requestId: params.id, reason: sent.reason ?? "" }),
  call: withdrawRequest,
  to: (_value, params) => `/requests/${params.id}`,
})
