import { door } from "@/app/outcome"
import { answerCondition } from "@/usecases/requests/conditions"

/** Whoever decides at its stage confirms a condition, or sends it back. */
export const POST = door<{ id: string }>({
  input: (sent, params) => ({
    requestId: params.id,
    conditionId: sent.conditionId,
    turn: sent.turn,
    words: sent.words ?? "",
  }),
  call: answerCondition,
  to: (_value, params) => `/requests/${params.id}#conditions`,
})
