import { sql } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import type { MakerRole, WithheldFor } from "@/domain/redactions/redaction"

/** A withheld page as it is stored: its words by their commitment, null without any. */
export type StoredWithheld = { page: number; reason: WithheldFor; words: string | null }

export type RedactionRow = {
  id: string
  agreementId: string
  fileId: string
  sha256: string
  copyFileId: string
  copySha256: string
  pages: number
  withheld: StoredWithheld[]
  role: MakerRole
}

/** Writes that a copy was made. */
export async function insertRedaction(
  tx: Tx,
  one: RedactionRow & { byPerson: string; at: Instant; logIndex: number },
): Promise<void> {
  await tx.execute(sql`insert into redactions (id, agreement_id, file_id, sha256, copy_file_id, copy_sha256, pages, withheld, role, by_person, at, log_index)
    values (${one.id}, ${one.agreementId}, ${one.fileId}, ${one.sha256}, ${one.copyFileId}, ${one.copySha256}, ${one.pages},
      ${JSON.stringify(one.withheld)}::jsonb, ${one.role}, ${one.byPerson}, ${one.at}::timestamptz, ${one.logIndex})`)
}

export type RedactionMade = RedactionRow & { byName: string; at: Instant; fileName: string; copyName: string }

/** Redacted copies of the files of an agreement, newest first, with their words as far as they were not erased. */
export async function redactionsOf(tx: Db | Tx, agreementId: string): Promise<RedactionMade[]> {
  return rows(
    tx,
    sql`select r.id, r.agreement_id as "agreementId", r.file_id as "fileId", r.sha256, r.copy_file_id as "copyFileId",
        r.copy_sha256 as "copySha256", r.pages, r.role, p.name as "byName", r.at, f.name as "fileName", c.name as "copyName",
        (select jsonb_agg(jsonb_build_object('page', w.one -> 'page', 'reason', w.one -> 'reason', 'words', d.value) order by w.n)
          from jsonb_array_elements(r.withheld) with ordinality as w(one, n) left join disclosures d on d.commitment = w.one ->> 'words') as withheld
      from redactions r join people p on p.id = r.by_person join files f on f.id = r.file_id join files c on c.id = r.copy_file_id
      where r.agreement_id = ${agreementId} order by r.log_index desc limit 50`,
  )
}

/** Whether this very copy of the file was made under the agreement already. */
export async function copyMade(tx: Db | Tx, agreementId: string, copySha256: string): Promise<boolean> {
  return (
    (await row(
      tx,
      sql`select 1 from redactions where agreement_id = ${agreementId} and copy_sha256 = ${copySha256} limit 1`,
    )) !== null
  )
}
