import { door } from "@/app/outcome"
import { say } from "@/components/words/catalogue"
import { takeOver } from "@/usecases/asked/take-over"

/** Takes over what a supplier says of one question into the draft. */
export const POST = door<{ id: string }>({
  input: (sent, { id }) => ({
    requestId: id,
    recordId: sent.recordId,
    linkId: sent.linkId,
    question: sent.question,
    title: say("asked.certificates-title"),
  }),
  call: takeOver,
  to: (_value, { id }, sent) =>
    sent.question === "certificates" || sent.question === "subprocessors"
      ? `/requests/${id}`
      : `/requests/${id}/records/${String(sent.recordId)}`,
})
