import { door } from "@/app/outcome"
import { beginAnswer } from "@/usecases/desk/begin-answer"

const PLACE = /^[A-Za-z]\w{0,40}(\.\w{1,40}){0,8}$/

/** Begins the request that answers a question or does a review; a form of ours opens at its field. */
export const POST = door({
  input: (sent, _params, form) => ({
    recordId: sent.recordId,
    title: sent.title,
    renew: form ? sent.renew === "yes" : sent.renew,
  }),
  call: beginAnswer,
  to: (value: { id: string; recordId: string }, _params, sent) => {
    const place = typeof sent.path === "string" && PLACE.test(sent.path) ? `#${sent.path}` : ""
    return `/requests/${value.id}/records/${value.recordId}${place}`
  },
  status: 201,
})
