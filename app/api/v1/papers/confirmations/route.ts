import { door } from "@/app/outcome"
import { confirmPaper } from "@/usecases/papers/confirm-paper"

/** Says that a paper signed by hand was looked at: `{agreementId, requestId?, saw, files}`; `files` are hashes. */
export const POST = door({
  input: (sent) => ({
    ...{ agreementId: sent.agreementId, requestId: sent.requestId || null, saw: sent.saw },
    files: [sent.files ?? []].flat(),
  }),
  call: confirmPaper,
  to: (_value, _params, sent) =>
    `${sent.requestId ? `/requests/${String(sent.requestId)}` : `/agreements/${String(sent.agreementId)}`}#by-hand`,
})
