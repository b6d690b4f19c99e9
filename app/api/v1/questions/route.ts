import { door } from "@/app/outcome"
import { askQuestion } from "@/usecases/questions/ask-question"

/** A supervisor asks the company about a record or a request. */
export const POST = door({
  input: (sent) => ({
    subjectId: sent.subjectId,
    words: sent.words,
    dueOn: sent.dueOn === "" || sent.dueOn === undefined ? null : sent.dueOn,
  }),
  call: askQuestion,
  to: (value: { id: string }) => `/audit/questions/${value.id}`,
  status: 201,
})
