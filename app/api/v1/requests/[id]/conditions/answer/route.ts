import { door } from "@/app/outcome"
import { answerCondition } from "@/usecases/requests/answer-condition"

/** Whoever decides at its stage, or stands in for them, confirms a condition or sends it back. */
export const POST = door<{ id: string }>({
  input: (sent, params) => ({
    ...{ requestId: params.id, conditionId: sent.conditionId, turn: sent.turn, words: sent.words ?? "" },
    forPerson: sent.forPerson === "" || sent.forPerson === undefined ? null : sent.forPerson,
  }),
  call: answerCondition,
  to: (_value, params) => `/requests/${params.id}#conditions`,
})
