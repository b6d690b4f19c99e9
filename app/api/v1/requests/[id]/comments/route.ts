import { door } from "@/app/outcome"
import { commentRequest } from "@/usecases/requests/talk"

/** Says something about the request. */
export const POST = door<{ id: string }>({
  input: (sent, params) => ({
    requestId: params.id,
    words: sent.words,
    path: sent.path ?? null,
    legalAdvice: sent.legalAdvice === true || sent.legalAdvice === "yes",
  }),
  call: commentRequest,
  to: (_value, params) => `/requests/${params.id}`,
})
