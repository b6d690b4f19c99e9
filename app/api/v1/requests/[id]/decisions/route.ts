import { door } from "@/app/outcome"
import { decideRequest } from "@/usecases/requests/decide-request"

/** Decides one stage, on the content hash that was shown. */
export const POST = door<{ id: string }>({
  input: (sent, params) => ({
    requestId: params.id,
    hash: sent.hash,
    stage: sent.stage,
    entityId: sent.entityId,
    verdict: sent.verdict,
    reason: sent.reason ?? "",
    forPerson: sent.forPerson ? sent.forPerson : null,
  }),
  call: decideRequest,
  to: (_value, params) => `/requests/${params.id}`,
})
