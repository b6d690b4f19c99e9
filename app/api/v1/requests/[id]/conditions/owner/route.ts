import { door } from "@/app/outcome"
import { giveCondition } from "@/usecases/requests/answer-condition"

/** Whoever asked for a condition, or the data-protection officer, gives it to somebody else to meet. */
export const POST = door<{ id: string }>({
  input: ({ conditionId, ownerId, reason }, params) => ({
    ...{ requestId: params.id, conditionId, ownerId, reason: reason ?? "" },
  }),
  call: giveCondition,
  to: (_value, params) => `/requests/${params.id}#conditions`,
})
