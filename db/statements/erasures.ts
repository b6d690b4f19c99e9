import { sql } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

/** A value that stands behind a commitment, and what it belongs to. */
export type HeldValue = { commitment: string; ownerId: string; value: string }

/** Values that hold these words, whatever their case, behind a place; at most `limit`. */
export async function valuesHolding(
  tx: Tx,
  words: string,
  { after, limit }: { after: HeldValue | null; limit: number },
): Promise<HeldValue[]> {
  const like = `%${words.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  return rows(
    tx,
    sql`select commitment, owner_id as "ownerId", value from disclosures where value ilike ${like}
      and ${after ? sql`(owner_id, commitment) > (${after.ownerId}, ${after.commitment})` : sql`true`} order by owner_id, commitment limit ${limit}`,
  )
}

/** The values behind these commitments that were not erased. */
export async function valuesOf(tx: Tx, commitments: readonly string[]): Promise<HeldValue[]> {
  return rows(
    tx,
    sql`select commitment, owner_id as "ownerId", value from disclosures where commitment = any(${textArray(commitments)}::text[]) order by commitment`,
  )
}

export type ErasureRow = {
  id: string
  commitments: string[]
  ground: string
  reason: string
  byPerson: string
  byName: string
  at: Instant
  verdict: "approved" | "refused" | "withdrawn" | null
  decidedByName: string | null
  decidedAt: Instant | null
}

/** What was proposed to be erased, newest first; `id`: that one. */
export async function erasureRows(tx: Db | Tx, id: string | null = null): Promise<ErasureRow[]> {
  return rows(
    tx,
    sql`select e.id, e.commitments, e.ground, e.reason, e.by_person as "byPerson", p.name as "byName", e.at, d.verdict, q.name as "decidedByName",
        d.at as "decidedAt"
      from erasures e join people p on p.id = e.by_person left join erasure_decisions d on d.erasure_id = e.id
      left join people q on q.id = d.by_person where ${id === null ? sql`true` : sql`e.id = ${id}`} order by e.log_index desc limit 100`,
  )
}

/** Holds erasures until commit: they are decided on one after another. */
export async function holdErasures(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(7304920056)`)
}

/** Writes a proposal to erase. */
export async function insertErasure(
  tx: Tx,
  one: Pick<ErasureRow, "id" | "commitments" | "ground" | "reason" | "byPerson" | "at"> & { logIndex: number },
): Promise<void> {
  await tx.execute(sql`insert into erasures (id, commitments, ground, reason, by_person, at, log_index) values (${one.id},
    ${textArray(one.commitments)}::text[], ${one.ground}, ${one.reason}, ${one.byPerson}, ${one.at}::timestamptz, ${one.logIndex})`)
}

/** Writes what became of it. */
export async function insertErasureDecision(
  tx: Tx,
  one: { erasureId: string; verdict: string; byPerson: string; at: Instant; logIndex: number },
): Promise<void> {
  await tx.execute(sql`insert into erasure_decisions (erasure_id, verdict, by_person, at, log_index)
    values (${one.erasureId}, ${one.verdict}, ${one.byPerson}, ${one.at}::timestamptz, ${one.logIndex})`)
}

/** Deletes the pairs, and keeps that they were erased. Gives how many stood. */
export async function dropDisclosures(
  tx: Tx,
  commitments: readonly string[],
  place: { at: Instant; logIndex: number },
): Promise<number> {
  const list = sql`${textArray(commitments)}::text[]`
  const gone = await rows(tx, sql`delete from disclosures where commitment = any(${list}) returning commitment`)
  await tx.execute(sql`insert into erased (commitment, at, log_index)
    select c, ${place.at}::timestamptz, ${place.logIndex} from unnest(${list}) c on conflict do nothing`)
  return gone.length
}

/** Everything that was erased, by commitment, in a fixed order. */
export async function erasedCommitments(tx: Db | Tx): Promise<string[]> {
  return (await rows<{ commitment: string }>(tx, sql`select commitment from erased order by commitment`)).map(
    (one) => one.commitment,
  )
}

/** Forms that were sent back with what was typed, where that holds one of the values: the copy that nobody thinks of. */
export async function dropKept(tx: Tx, values: readonly string[]): Promise<void> {
  const long = values.filter((value) => value.trim().length >= 3).map((value) => JSON.stringify(value).slice(1, -1))
  if (long.length > 0)
    await tx.execute(
      sql`delete from kept k where exists (select 1 from unnest(${textArray(long)}::text[]) v where strpos(k.body, v) > 0)`,
    )
}

/** What is listed and searched of a version, made anew from what is left of it. */
export async function putWords(
  tx: Tx,
  table: string,
  one: { recordId: string; n: number; title: string; fold: string; search: string },
): Promise<void> {
  await tx.execute(sql`update ${sql.identifier(table)} set title = ${one.title}, fold = ${one.fold}, search = ${one.search}
    where record_id = ${one.recordId} and n = ${one.n}`)
}
