import { door } from "@/app/outcome"
import { addToQuestion, answerQuestion } from "@/usecases/questions/ask-question"
import type { Scene } from "@/usecases/scene"

const ids = (value: unknown): unknown =>
  typeof value === "string"
    ? [
        ...new Set(
          value.match(/\b[a-z]{3}_[0-9a-z]{26}\b/g) ?? (value.trim() === "" ? [] : [value.trim().slice(0, 40)]),
        ),
      ]
    : (value ?? [])

type Sent = { side: unknown; questionId: unknown; words: unknown; recordIds: unknown; fileIds: unknown }

async function reply(scene: Scene, { side, ...sent }: Sent) {
  return side === "supervisor"
    ? addToQuestion(scene, { questionId: sent.questionId, words: sent.words })
    : answerQuestion(scene, sent)
}

/** The company answers a question, or whoever asked adds to it (`side`: supervisor). */
export const POST = door({
  input: (sent): Sent => ({
    side: sent.side,
    questionId: sent.questionId,
    words: sent.words,
    recordIds: ids(sent.recordIds),
    fileIds: ids(sent.fileIds),
  }),
  call: Object.assign((scene: Scene, input: unknown) => reply(scene, input as Sent), {
    actName: answerQuestion.actName,
  }),
  to: (value: { id: string }) => `/audit/questions/${value.id}`,
  status: 201,
})
