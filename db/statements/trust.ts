import { sql } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"

/** One proposal about trusted roots with what became of it; the bytes and what they hold lie apart. */
export type TrustListRow = {
  id: string
  n: number
  op: "load" | "withdraw"
  name: string
  sha256: string | null
  issuedOn: string | null
  nextUpdateOn: string | null
  roots: number
  unreadable: number
  fromOn: Day
  byPerson: string
  byName: string
  source: string
  at: Instant
  verdict: "approved" | "refused" | "withdrawn" | null
  decidedBy: string | null
  decidedByName: string | null
  decidedAt: Instant | null
  decidedReason: string | null
}

const ALL = sql`select l.id, l.n, l.op, l.name, l.sha256, l.issued_on as "issuedOn", l.next_update_on as "nextUpdateOn", l.roots, l.unreadable,
    l.from_on as "fromOn", l.by_person as "byPerson", p.name as "byName", l.source, l.at, d.verdict, d.by_person as "decidedBy", q.name as "decidedByName",
    d.at as "decidedAt", d.reason as "decidedReason"
  from trust_lists l join people p on p.id = l.by_person left join trust_list_decisions d on d.list_id = l.id left join people q on q.id = d.by_person`

/** Every proposal, newest first: there are few, a list is loaded a handful of times a year. */
export async function trustListRows(tx: Db | Tx): Promise<TrustListRow[]> {
  return rows(tx, sql`${ALL} order by l.n desc limit 1000`)
}

/** One proposal; null: there is none of that id. */
export async function trustListRow(tx: Db | Tx, id: string): Promise<TrustListRow | null> {
  return row(tx, sql`${ALL} where l.id = ${id}`)
}

/** Holds the proposals until commit: they are made and decided on one after another. */
export async function holdTrust(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(7304920043)`)
}

/** What lists hold, by hash, as a reader apart found it. */
export async function trustFactsOf(tx: Db | Tx, hashes: readonly string[]): Promise<Map<string, string>> {
  if (hashes.length === 0) return new Map()
  const found = await rows<{ sha256: string; facts: string }>(
    tx,
    sql`select sha256, facts from trust_list_files where sha256 in (${sql.join(
      hashes.map((one) => sql`${one}`),
      sql`, `,
    )})`,
  )
  return new Map(found.map((one) => [one.sha256, one.facts]))
}

/** The bytes of a list; null: none of that hash were ever proposed. */
export async function trustBytes(tx: Db | Tx, sha256: string): Promise<Buffer | null> {
  return (
    (await row<{ bytes: Buffer }>(tx, sql`select bytes from trust_list_files where sha256 = ${sha256}`))?.bytes ?? null
  )
}

/** Writes a proposal at the act's instant; the same bytes twice are one. */
export async function insertTrustList(
  tx: Tx,
  what: Pick<
    TrustListRow,
    | "id"
    | "n"
    | "op"
    | "name"
    | "sha256"
    | "issuedOn"
    | "nextUpdateOn"
    | "roots"
    | "unreadable"
    | "fromOn"
    | "byPerson"
    | "source"
    | "at"
  > & { logIndex: number; file: { bytes: Uint8Array; facts: string } | null },
): Promise<void> {
  if (what.file && what.sha256)
    await tx.execute(sql`insert into trust_list_files (sha256, bytes, facts)
      values (${what.sha256}, ${Buffer.from(what.file.bytes)}, ${what.file.facts}) on conflict do nothing`)
  await tx.execute(sql`insert into trust_lists (id, n, op, name, sha256, issued_on, next_update_on, roots, unreadable, from_on, by_person, source, at, log_index)
    values (${what.id}, ${what.n}, ${what.op}, ${what.name}, ${what.sha256}, ${what.issuedOn}, ${what.nextUpdateOn}, ${what.roots}, ${what.unreadable},
      ${what.fromOn}::date, ${what.byPerson}, ${what.source}, ${what.at}::timestamptz, ${what.logIndex})`)
}

/** Writes what became of a proposal, at the act's instant. */
export async function insertTrustDecision(
  tx: Tx,
  what: { listId: string; verdict: string; byPerson: string; reason: string | null; at: Instant; logIndex: number },
): Promise<void> {
  await tx.execute(sql`insert into trust_list_decisions (list_id, verdict, by_person, reason, at, log_index)
    values (${what.listId}, ${what.verdict}, ${what.byPerson}, ${what.reason}, ${what.at}::timestamptz, ${what.logIndex})`)
}
