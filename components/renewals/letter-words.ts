import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { valueOf } from "@/domain/core/answer"
import type { Day } from "@/domain/core/day"
import type { LetterKind } from "@/domain/agreements/letters"
import type { Agreement } from "@/domain/records/agreement"

type About = { body: Agreement; entityName: string; partyName: string; today: Day; last: Day | null }

/** A letter under an agreement, from what the agreement says of form, address and term. Whoever sends it changes it as it needs. */
export function letterDraft(kind: LetterKind, { body, entityName, partyName, today, last }: About): string {
  const reference = valueOf(body.reference)
  const effect = valueOf(body.effectOn)
  const form = valueOf(body.noticeForm)
  const named = [
    say("letters.text.agreement", { title: body.title }),
    ...(reference ? [say("letters.text.reference", { reference })] : []),
    ...(effect ? [say("letters.text.since", { day: dayWords(effect) })] : []),
  ].join(", ")
  const says =
    kind === "termination" && last !== null
      ? say("letters.text.termination-term", { last: dayWords(last) })
      : say(`letters.text.${kind}`)
  return [
    entityName,
    "",
    partyName,
    ...(valueOf(body.noticeAddress)?.split(/\r?\n/) ?? [say("letters.text.no-address")]),
    "",
    dayWords(today),
    "",
    say(`letters.kind.${kind}`),
    named,
    "",
    say("letters.text.hello"),
    "",
    says,
    ...(kind === "termination" ? ["", say("letters.text.data")] : []),
    "",
    ...(form ? [say("letters.text.form", { form }), ""] : []),
    say("letters.text.confirm"),
    "",
    say("letters.text.signed", { entity: entityName }),
  ].join("\n")
}
