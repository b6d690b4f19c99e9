import { door } from "@/app/outcome"
import { dropProposal } from "@/usecases/requests/draft-request"

/** Takes a proposal out of the draft. */
export const POST = door<{ id: string }>({
  input: (sent, params) => ({ requestId: params.id, recordId: sent.recordId }),
  call: dropProposal,
  to: (_value, params) => `/requests/${params.id}`,
})
