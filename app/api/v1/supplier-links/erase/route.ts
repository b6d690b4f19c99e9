import { door } from "@/app/outcome"
import { eraseAnswers } from "@/usecases/asked/clear-answers"

/** Clears what was answered by a link, with a reason. */
export const POST = door({
  input: (sent) => ({ id: sent.id, reason: sent.reason }),
  call: eraseAnswers,
  to: (_value, _params, sent) => `/asked/${String(sent.id)}`,
})
