import { door } from "@/app/outcome"
import { placeOf } from "@/domain/requests/mentions"
import { commentRequest } from "@/usecases/requests/comment"

/** Back to the field that was spoken of. */
const placeOfPage = (path: unknown): string => (typeof path === "string" && placeOf(path) ? `#field-${path}` : "#talk")

/** Says something about the request. */
export const POST = door<{ id: string }>({
  input: (sent, params) => ({
    requestId: params.id,
    words: sent.words,
    path: sent.path === undefined || sent.path === "" ? null : sent.path,
    thread: sent.thread === undefined || sent.thread === "" ? null : sent.thread,
    legalAdvice: sent.legalAdvice === true || sent.legalAdvice === "yes",
  }),
  call: commentRequest,
  to: (_value, params, sent) => `/requests/${params.id}${placeOfPage(sent.path)}`,
})
