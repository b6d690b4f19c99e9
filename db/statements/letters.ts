import { sql } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import type { Effect, LetterKind, LetterWay } from "@/domain/agreements/letters"

export type LetterRow = {
  id: string
  agreementId: string
  kind: LetterKind
  way: LetterWay
  sentOn: Day
  receivedOn: Day | null
  effectOn: Day | null
  rule: Effect["rule"]
  fileId: string
}

/** Writes a letter that went out; `text`: the commitment of its words. */
export async function insertLetter(
  tx: Tx,
  one: LetterRow & { text: string; byPerson: string; at: Instant; logIndex: number },
): Promise<void> {
  await tx.execute(sql`insert into letters (id, agreement_id, kind, way, text, sent_on, received_on, effect_on, rule, file_id, by_person, at, log_index)
    values (${one.id}, ${one.agreementId}, ${one.kind}, ${one.way}, ${one.text}, ${one.sentOn}::date, ${one.receivedOn}::date,
      ${one.effectOn}::date, ${one.rule}, ${one.fileId}, ${one.byPerson}, ${one.at}::timestamptz, ${one.logIndex})`)
}

export type LetterSent = LetterRow & { text: string | null; byName: string; at: Instant; fileName: string }

/** Letters that went out under an agreement, newest first, with their words as far as they were not erased. */
export async function lettersOf(tx: Db | Tx, agreementId: string): Promise<LetterSent[]> {
  return rows(
    tx,
    sql`select l.id, l.agreement_id as "agreementId", l.kind, l.way, l.sent_on as "sentOn", l.received_on as "receivedOn", l.effect_on as "effectOn",
        l.rule, l.file_id as "fileId", d.value as text, p.name as "byName", l.at, f.name as "fileName"
      from letters l join people p on p.id = l.by_person join files f on f.id = l.file_id left join disclosures d on d.commitment = l.text
      where l.agreement_id = ${agreementId} order by l.log_index desc limit 50`,
  )
}
