import { z } from "zod"
import { ownFiles } from "@/db/statements/files"
import { insertLetter, lettersOf, type LetterSent } from "@/db/statements/letters"
import { lockBegun } from "@/db/statements/renewals"
import { insertDisclosures } from "@/db/statements/versions"
import type { Tx } from "@/db/connect"
import { effectOf, LETTER_KINDS, LETTER_WAYS, type Effect } from "@/domain/agreements/letters"
import { dayIn, type Day } from "@/domain/core/day"
import { good, refuse, type Outcome, type Refusal } from "@/domain/core/outcome"
import { holdsRole } from "@/domain/people/permissions"
import type { RecordOf } from "@/domain/records/kinds"
import { dayShape, idOf } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { commitText } from "@/usecases/commit"
import { loadEntities } from "@/usecases/register/records"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { knownAgreement, letterText } from "./read-letters"

const input = z.strictObject({
  agreementId: idOf("agreement"),
  kind: z.enum(LETTER_KINDS),
  way: z.enum(LETTER_WAYS),
  text: letterText,
  sentOn: dayShape,
  /** When it arrived, as far as it is known. */
  receivedOn: dayShape.nullable().default(null),
  /** The proof that it went out: a receipt, the mail itself, a signed copy. */
  fileId: idOf("file"),
})
type Input = z.output<typeof input>

type Loaded = {
  record: RecordOf<"agreement">
  today: Day
  ownFile: boolean
  effect: Effect
  /** The same letter was recorded before: by another press, or another person. */
  again: boolean
}

/**
 * Records that a letter went out under an agreement, with the proof, and the day from which it takes effect by the
 * agreement's terms. Nothing of the register changes by it: the notice itself is proposed by a request.
 */
export const sendLetter = act<Input, Loaded, { id: string; effectOn: Day | null; rule: Effect["rule"] }>({
  name: "letter.send",
  input: input as unknown as z.ZodType<Input>,
  load: (tx, asked, scene) => load(tx, asked, scene),
  may: (actor, loaded, asked) => may(actor, loaded, asked),
  run: async (_tx, { input: asked, loaded, actor, scene }) => {
    const id = newId(scene, "letter")
    const words = commitText(asked.text.trim(), id)
    const { kind, way, sentOn, receivedOn, fileId, agreementId } = asked
    const { on: effectOn, rule } = loaded.effect
    return done({
      value: { id: id as string, effectOn, rule },
      events: [
        {
          act: "letter.send",
          objects: [
            { type: "letter", id },
            { type: "agreement", id: agreementId },
          ],
          after: { kind, way, sentOn, receivedOn, effectOn, rule, file: fileId, text: { $c: words.commitment } },
        },
      ],
      write: async (tx, place) => {
        await insertDisclosures(tx, [words])
        await insertLetter(tx, {
          ...{ id, agreementId, kind, way, sentOn, receivedOn, effectOn, rule, fileId, text: words.commitment },
          ...{ byPerson: actor.id, at: place.at, logIndex: place.indexOf(0) },
        })
      },
    })
  },
})

async function load(tx: Tx, asked: Input, scene: Scene): Promise<Loaded | null> {
  if (!scene.actor) return null
  const record = await knownAgreement(tx, asked.agreementId, scopeOf(scene.actor))
  if (!record || record.standing === "ended") return null
  await lockBegun(tx, record.id)
  const entity = (await loadEntities(tx, [record.body.entityId], null)).get(record.body.entityId)
  return {
    record,
    today: dayIn(entity?.zone ?? "UTC", scene.now),
    ownFile: (await ownFiles(tx, scene.actor.id, [asked.fileId])).length > 0,
    effect: effectOf(record.body, asked.kind, asked),
    again: (await lettersOf(tx, record.id)).some((one) => isSame(one, asked)),
  }
}

/** What is the same in all that it says is one letter; that one arrived which was recorded on its way is another fact. */
function isSame(one: LetterSent, asked: Input): boolean {
  return (
    (["kind", "way", "sentOn", "receivedOn", "fileId"] as const).every((name) => one[name] === asked[name]) &&
    one.text === asked.text.trim()
  )
}

function may(actor: Actor, { record, today, ownFile, again }: Loaded, asked: Input): Outcome<unknown> {
  if (actor.kind !== "person") return refuse("not-allowed", "not-allowed.needs-person")
  const { entityId } = record.body
  if (!(["procurement", "legal", "dpo"] as const).some((role) => holdsRole(actor, role, entityId)))
    return refuse("not-allowed", "not-allowed.letter-elsewhere")
  if (asked.sentOn > today) return wrong("sentOn", "invalid.letter-future")
  if (asked.receivedOn !== null && (asked.receivedOn < asked.sentOn || asked.receivedOn > today))
    return wrong("receivedOn", "invalid.letter-received")
  if (!ownFile) return wrong("fileId", "invalid.no-such-file")
  return again ? refuse("conflict", "conflict.letter-recorded") : good({})
}

function wrong(path: string, says: string): Refusal {
  return refuse("invalid", "invalid.form", { fields: [{ path, says }] })
}
