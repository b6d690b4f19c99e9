import { z } from "zod"
import { ownFiles } from "@/db/statements/files"
import { lettersOf, type LetterSent } from "@/db/statements/letters"
import { letterPdf } from "@/adapters/pdf/letter"
import { markLine } from "@/domain/audit/mark"
import type { Step } from "@/domain/agreements/arithmetic"
import { LETTER_KINDS, stepsOfEffect } from "@/domain/agreements/letters"
import { lastOfTerm } from "@/domain/agreements/begin"
import type { Day } from "@/domain/core/day"
import { dayIn } from "@/domain/core/day"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import type { RecordOf } from "@/domain/records/kinds"
import { dayShape, idOf, text } from "@/domain/records/parts"
import { titleOf } from "@/domain/records/project"
import type { Tx } from "@/db/connect"
import { logMark } from "@/usecases/log/mark"
import { look } from "@/usecases/look"
import { loadEntities, loadRecords } from "@/usecases/register/records"
import { readable } from "@/usecases/register/read-record"
import type { Scope } from "@/usecases/scope"

export type LettersPage = {
  record: RecordOf<"agreement">
  entityName: string
  partyName: string
  today: Day
  /** The last day of the term that notice of today would still be in time for. */
  last: Day | null
  /** Each with how its day follows from the terms. */
  sent: (LetterSent & { steps: Step[] })[]
  files: { id: string; name: string; held: "waiting" | null }[]
}

/** An agreement as letters about it need it, those that went out, and the reader's own files to prove another. */
export const readLetters = look<{ id: string }, LettersPage>({
  name: "register.read",
  input: z.strictObject({ id: idOf("agreement") }) as unknown as z.ZodType<{ id: string }>,
  about: ({ id }) => [{ type: "agreement", id }],
  run: async (tx, { input: { id }, scope, actor, scene }) => {
    const record = await knownAgreement(tx, id, scope)
    if (!record) return refuse("not-found", "not-found")
    const { body } = record
    const entity = (await loadEntities(tx, [body.entityId], null)).get(body.entityId)
    const [party] = await loadRecords(tx, [body.partyId], null)
    const today = dayIn(entity?.zone ?? "UTC", scene.now)
    return good({
      record,
      entityName: entity?.legalName ?? "",
      partyName: party && readable(party, scope) ? titleOf(party.kind, party.body as never) : "",
      ...{ today, last: lastOfTerm(body, record.standing, today) },
      sent: (await lettersOf(tx, id)).map((one) => ({ ...one, steps: stepsOfEffect(body, one) })),
      files: await ownFiles(tx, actor.id, null),
    })
  },
})

/** An agreement in force that the reader may know of. */
export async function knownAgreement(tx: Tx, id: string, scope: Scope): Promise<RecordOf<"agreement"> | null> {
  const [record] = await loadRecords(tx, [id], null)
  return record?.kind === "agreement" && readable(record, scope) ? record : null
}

export const letterText = text(20_000).refine((value) => value.trim().length > 0, "invalid.required")

type Asked = { agreementId: string; kind: (typeof LETTER_KINDS)[number]; text: string; day: Day; title: string }

/** A letter as PDF, to be signed and sent. Nothing is kept of it; signs that it could not show are refused by name. */
export const draftLetter = look<Asked, { bytes: Buffer }>({
  name: "register.read",
  input: z.strictObject({
    agreementId: idOf("agreement"),
    kind: z.enum(LETTER_KINDS),
    text: letterText,
    day: dayShape,
    title: text(300),
  }) as unknown as z.ZodType<Asked>,
  about: ({ agreementId }) => [{ type: "agreement", id: agreementId }],
  run: async (tx, { input, scope }): Promise<Outcome<{ bytes: Buffer }>> => {
    if (!(await knownAgreement(tx, input.agreementId, scope))) return refuse("not-found", "not-found")
    const mark = await logMark(tx)
    const made = await letterPdf({
      ...{ title: input.title, text: input.text, day: input.day },
      foot: mark && markLine(mark),
    })
    return "bytes" in made
      ? good(made)
      : refuse("invalid", "invalid.form", {
          fields: [{ path: "text", says: "invalid.letter-signs" }],
          params: { signs: made.missing.join(" ") },
        })
  },
})
