import { door } from "@/app/outcome"
import { reopenRequest } from "@/usecases/requests/talk"

/** Takes one's own request back into the draft. */
export const POST = door<{ id: string }>({
  input: (_sent, params) => ({ requestId: params.id }),
  call: reopenRequest,
  to: (_value, params) => `/requests/${params.id}`,
})
