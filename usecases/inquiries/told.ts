import { inquiriesDue, type InquiryRow } from "@/db/statements/inquiries"
import { insertTellings, takersNow, type Telling } from "@/db/statements/tellings"
import { addDays, dayIn } from "@/domain/core/day"
import { LETTER_NEAR, letterNear } from "@/domain/inquiries/due"
import { holdsIn } from "@/domain/told/who"
import type { Scene } from "@/usecases/scene"

type Letter = Pick<InquiryRow, "id" | "entityIds" | "dueOn" | "responsible">

/** Whoever is responsible is told of their letter; it is named by its id, and found through one of its companies. */
export function toldOfLetter(letter: Letter, what: "letter" | "letter-near" | "letter-late"): Telling {
  const { id, entityIds, dueOn, responsible } = letter
  return {
    ...{ kind: "question", to: [responsible], recordId: entityIds[0] ?? "", clause: id },
    ...{ what: what === "letter" && dueOn ? "letter-due" : what, ...(dueOn ? { dueOn } : {}) },
    ...(what === "letter" ? {} : { occasion: `${id}:${what}:${dueOn ?? ""}` }),
  }
}

/** Tells of letters that are due in some days or since some, and whose answers are not released; each once. Gives how many it looked at. */
export async function remindLetters({ db, now }: Pick<Scene, "db" | "now">): Promise<number> {
  const today = dayIn("UTC", now)
  return db.transaction(async (tx) => {
    const list = await inquiriesDue(tx, { from: addDays(today, -30), until: addDays(today, LETTER_NEAR) })
    if (list.length === 0) return 0
    const takers = await takersNow(tx, now)
    const tellings = list.flatMap((letter) => {
      const what = letter.dueOn && letterNear(letter.dueOn, today)
      const still = takers.some(
        (one) => one.id === letter.responsible && letter.entityIds.every((entityId) => holdsIn(one, entityId)),
      )
      // Whoever does not read its companies any more is told nothing; the list of letters says it to all who do.
      return what && still ? [toldOfLetter(letter, what)] : []
    })
    await insertTellings(tx, { occasion: "due", at: now, byPerson: null, mails: true }, tellings)
    return list.length
  })
}
