import { door } from "@/app/outcome"
import { shownIn, wentTo } from "@/app/requests/new/step-words"
import { readForm } from "@/domain/intake/values"
import { saveAnswers, type Saved } from "@/usecases/intake/save-answers"

/** Saves answers on the version that was seen, and leads on: to the next step, back, or to what was looked for. */
export const POST = door<{ id: string }>({
  input: (sent, params, form) =>
    form
      ? {
          id: params.id,
          version: Number(typeof sent._version === "string" ? sent._version : "0"),
          answers: readForm(sent, shownIn(sent)),
        }
      : { ...sent, id: params.id },
  call: saveAnswers,
  to: (value: Saved, params, sent) => wentTo(params.id, value, sent),
})
