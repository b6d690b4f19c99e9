import { door } from "@/app/outcome"
import { shownIn, wentTo } from "@/app/requests/new/step-words"
import { readForm } from "@/domain/intake/values"
import { saveAnswers, type Saved } from "@/usecases/intake/save-answers"

/** Whoever presses on takes the sentences that were laid out; who is looked for, goes back, or only types does not. */
const wentOn = (sent: Record<string, unknown>): boolean =>
  sent._quiet === undefined && (sent._go === "next" || sent._go === "" || sent._go === undefined)

/** Saves answers on the version that was seen, and leads on: to the next step, back, or to what was looked for. */
export const POST = door<{ id: string }>({
  input: (sent, params, form) =>
    form
      ? {
          id: params.id,
          version: Number(typeof sent._version === "string" ? sent._version : "0"),
          answers: readForm(sent, shownIn(sent), { wentOn: wentOn(sent) }),
        }
      : { ...sent, id: params.id },
  call: saveAnswers,
  to: (value: Saved, params, sent) => wentTo(params.id, value, sent),
})
