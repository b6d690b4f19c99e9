import { sql, type SQL } from "drizzle-orm"
import { rows, row, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"

/** What changed: a record came into force, ended or changed; a request was decided; a finding came or went; a letter was sent. */
export type ChangeLine = {
  at: Instant
  key: string
  what: "came" | "ended" | "changed" | "decided" | "found" | "mended" | "letter"
  id: string
  kind: string
  title: string
  /** The version, the verdict, the clause. */
  detail: string
}

export type ChangeScope = {
  parties: SQL
  sharings: SQL
  agreements: SQL
  others: SQL
  /** The reader's conditions on a request `r` and on a judgement `j`. */
  requests: SQL
  judgements: SQL
}

const ROWS = [
  ["party_rows", "parties", "'party'"],
  ["sharing_rows", "sharings", "'sharing'"],
  ["agreement_rows", "agreements", "'agreement'"],
  ["other_rows", "others", "r.record_kind"],
] as const

/** A page of what changed between two instants, newest first, through the reader's scope; one more than asked for. */
export async function changesPage(
  tx: Db | Tx,
  of: { since: Instant; until: Instant; after: { at: Instant; key: string } | null; limit: number },
  scope: ChangeScope,
): Promise<ChangeLine[]> {
  const arm = (at: string, key: string, columns: SQL, from: SQL): SQL => {
    const [when, name] = [sql.raw(at), sql.raw(key)]
    const below = of.after ? sql`and (${when}, ${name}) < (${of.after.at}::timestamptz, ${of.after.key})` : sql``
    return sql`(select ${when} as at, ${name} as key, ${columns} ${from} and ${when} > ${of.since}::timestamptz and ${when} <= ${of.until}::timestamptz ${below}
      order by 1 desc, 2 desc limit ${of.limit})`
  }
  const records = ROWS.map(([table, name, kind]) =>
    arm(
      "r.from_at",
      "r.record_id || '~' || r.n",
      sql`case when r.n = 1 then 'came' when r.standing = 'ended' then 'ended' else 'changed' end as what, r.record_id as id,
        ${sql.raw(kind)} as kind, r.title, r.n::text as detail`,
      sql`from ${sql.raw(table)} r where ${scope[name]} ${table === "other_rows" ? sql`and r.record_kind <> 'pack'` : sql``}`,
    ),
  )
  const decisions = arm(
    "d.at",
    "d.id",
    sql`'decided' as what, r.id, 'request' as kind, 'R-' || r.no || ' ' || r.title as title, d.verdict as detail`,
    sql`from decisions d join requests r on r.id = d.request_id where ${scope.requests}`,
  )
  const titleOf = sql`coalesce((select r.title from party_rows r where r.record_id = f.record_id and r.until_at = 'infinity'),
    (select r.title from sharing_rows r where r.record_id = f.record_id and r.until_at = 'infinity'),
    (select r.title from agreement_rows r where r.record_id = f.record_id and r.until_at = 'infinity'), '')`
  const finding = (what: "found" | "mended", at: string): SQL =>
    arm(
      at,
      `f.record_id || '~' || f.key || '~${what}'`,
      sql`${what} as what, f.record_id as id, f.record_kind as kind, ${titleOf} as title, f.clause as detail`,
      sql`from findings f join judgements j on j.record_id = f.record_id and j.until_at = 'infinity' where ${scope.judgements}
        ${what === "mended" ? sql`and f.until_at <> 'infinity'` : sql``}
        and not exists (select 1 from findings o where o.record_id = f.record_id and o.clause = f.clause and o.key <> f.key
          and ${what === "found" ? sql`o.until_at = f.from_at` : sql`o.from_at = f.until_at`})`,
    )
  const letters = arm(
    "l.at",
    "l.id",
    sql`'letter' as what, r.record_id as id, 'agreement' as kind, r.title, '' as detail`,
    sql`from letters l join agreement_rows r on r.record_id = l.agreement_id and r.until_at = 'infinity' where ${scope.agreements}`,
  )
  const arms = [...records, decisions, finding("found", "f.from_at"), finding("mended", "f.until_at"), letters]
  return rows<ChangeLine>(
    tx,
    sql`select * from (${sql.join(arms, sql` union all `)}) t order by at desc, key desc limit ${of.limit}`,
  )
}

/** When the person's last session but this one was last seen; null: there was none. */
export async function lastVisit(tx: Db | Tx, personId: string, current: Buffer | null): Promise<Instant | null> {
  const found = await row<{ at: Instant | null }>(
    tx,
    sql`select max(seen_at) as at from sessions where person_id = ${personId} and ${current ? sql`hash <> ${current}` : sql`true`}`,
  )
  return found?.at ?? null
}
