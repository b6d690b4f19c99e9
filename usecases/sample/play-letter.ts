import { fromMillis, toMillis, type Instant } from "@/domain/core/instant"
import { good, type Outcome } from "@/domain/core/outcome"
import type { SampleLetter } from "@/domain/sample/letters"
import { answerInquiry, makeInquiry, releaseInquiry } from "@/usecases/inquiries/inquiries"
import type { Actor, Scene } from "@/usecases/scene"

const DAY = 24 * 60 * 60_000

/** Something that happens at an instant of the sample's story; it may lead to further steps, later on. */
export type Step = { at: Instant; run: () => Promise<Outcome<Step[]>> }

/** The data-protection officer keeps a letter of the sample's and answers it; legal counsel releases what another wrote. */
export async function playLetter(
  on: { scene: Scene; cast: { dpo: Actor; legal: Actor }; at: Instant },
  letter: SampleLetter,
): Promise<Outcome<Step[]>> {
  const as = (actor: Actor, at: Instant): Scene => ({ ...on.scene, actor, now: at })
  const after = (days: number): Instant => fromMillis(toMillis(on.at) + days * DAY)
  const { authority, reference, before, receivedOn, dueOn, entityIds } = letter
  const made = await makeInquiry(as(on.cast.dpo, on.at), {
    ...{ authority, reference, before, receivedOn, dueOn, entityIds },
    questions: letter.questions.map(({ number, text }) => ({ number, text, depth: number.split(".").length - 1 })),
  })
  if (!made.ok) return made
  const { id } = made.value
  const steps = letter.questions.flatMap(({ answer }, place): Step[] => {
    if (answer === null) return []
    const at = after(answer.after)
    const given = { id, place, n: 1, prose: answer.text, query: answer.query }
    return [{ at, run: async () => nothingMore(await answerInquiry(as(on.cast.dpo, at), given)) }]
  })
  if (letter.released !== null) {
    const at = after(letter.released)
    steps.push({ at, run: async () => nothingMore(await releaseInquiry(as(on.cast.legal, at), { id })) })
  }
  return good(steps)
}

const nothingMore = (done: Outcome<object>): Outcome<Step[]> => (done.ok ? good([]) : done)
