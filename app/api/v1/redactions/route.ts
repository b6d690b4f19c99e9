import { door } from "@/app/outcome"
import { withheldOf } from "@/app/redaction-form"
import { makeCopy } from "@/usecases/redactions/make-copy"

/** Makes a redacted copy of an agreement's file, and records it. */
export const POST = door({
  input: (sent, _params, form) => ({
    ...{ agreementId: sent.agreementId, fileId: sent.fileId },
    withheld: withheldOf(sent, form),
  }),
  call: makeCopy,
  to: (_value, _params, sent) => `/agreements/${String(sent.agreementId)}#redacted`,
  status: 201,
})
