import { formAddress } from "@/components/records/form-address"
import { door } from "@/app/outcome"
import { beginAnswer } from "@/usecases/desk/begin-answer"

/** Begins the request that answers a question or does a review; a form of ours opens at its field. */
export const POST = door({
  input: (sent, _params, form) => ({
    recordId: sent.recordId,
    title: sent.title,
    renew: form ? sent.renew === "yes" : sent.renew,
  }),
  call: beginAnswer,
  to: (value: { id: string; recordId: string }, _params, sent) => formAddress(value.id, value.recordId, sent.path),
  status: 201,
})
