import { door } from "@/app/outcome"
import { meetCondition } from "@/usecases/requests/conditions"

/** Its owner says that a condition is met, and by what. */
export const POST = door<{ id: string }>({
  input: (sent, params) => ({ requestId: params.id, conditionId: sent.conditionId, words: sent.words ?? "" }),
  call: meetCondition,
  to: (_value, params) => `/requests/${params.id}#conditions`,
})
