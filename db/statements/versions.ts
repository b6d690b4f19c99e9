import { sql, type SQL } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

export type VersionRow = {
  recordId: string
  kind: string
  n: number
  at: Instant
  standing: "approved" | "discovered" | "ended"
  body: string
  requestId: string | null
  logIndex: number
}

const COLUMNS = sql`v.record_id as "recordId", v.kind, v.n, v.at, v.standing, v.body, v.request_id as "requestId", v.log_index as "logIndex"`

function asOfClause(asOf: Instant | null): SQL {
  return asOf === null ? sql`true` : sql`w.at <= ${asOf}::timestamptz`
}

/** The version of each record that was in force at the instant (null: now). Records without one are left out. */
export async function versionsInForce(
  tx: Db | Tx,
  ids: readonly string[],
  asOf: Instant | null,
): Promise<VersionRow[]> {
  if (ids.length === 0) return []
  return rows<VersionRow>(
    tx,
    sql`select ${COLUMNS} from unnest(${textArray([...new Set(ids)])}::text[]) as want(id)
      cross join lateral (select * from versions w where w.record_id = want.id and ${asOfClause(asOf)} order by w.n desc limit 1) v`,
  )
}

/** A version as it is judged: its text, and as little beside it as that takes. */
export type BodyRow = Pick<VersionRow, "recordId" | "kind" | "n" | "standing" | "body">

/** Stands between texts that come as one: JSON never holds it as it is. */
const BETWEEN = "\u001e"

/**
 * The versions of records that are in force now, for whoever reads hundreds at a time: as one text that is cut apart here, for so
 * many rows of five thousand letters cost more to take in, one by one, than to find.
 */
export async function bodiesInForce(tx: Db | Tx, ids: readonly string[]): Promise<BodyRow[]> {
  if (ids.length === 0) return []
  const found = await row<{ heads: string | null; bodies: string | null }>(
    tx,
    sql`select string_agg(concat_ws(' ', v.record_id, v.kind, v.n, v.standing), ${BETWEEN}::text order by place) as heads,
        string_agg(v.body, ${BETWEEN}::text order by place) as bodies
      from unnest(${textArray([...new Set(ids)])}::text[]) with ordinality as want(id, place)
      cross join lateral (select * from versions w where w.record_id = want.id order by w.n desc limit 1) v`,
  )
  if (!found?.heads || !found.bodies) return []
  const bodies = found.bodies.split(BETWEEN)
  return found.heads.split(BETWEEN).map((head, i) => {
    const [recordId = "", kind = "", n = "", standing = ""] = head.split(" ")
    return { recordId, kind, n: Number(n), standing: standing as VersionRow["standing"], body: bodies[i] ?? "" }
  })
}

/** All versions of a record, oldest first, up to the instant. */
export async function versionsOf(tx: Db | Tx, id: string, asOf: Instant | null): Promise<VersionRow[]> {
  return rows<VersionRow>(
    tx,
    sql`select ${COLUMNS} from versions v where v.record_id = ${id}
    and ${asOf === null ? sql`true` : sql`v.at <= ${asOf}::timestamptz`} order by v.n`,
  )
}

/** All versions of these records up to the instant, oldest first of each. */
export async function versionsOfAll(tx: Db | Tx, ids: readonly string[], asOf: Instant): Promise<VersionRow[]> {
  if (ids.length === 0) return []
  return rows<VersionRow>(
    tx,
    sql`select ${COLUMNS} from versions v where v.record_id = any(${textArray(ids)}::text[]) and v.at <= ${asOf}::timestamptz
      order by v.record_id, v.n`,
  )
}

/** These versions of records, by record and number. */
export async function versionsAt(
  tx: Db | Tx,
  wanted: readonly { recordId: string; n: number }[],
): Promise<VersionRow[]> {
  if (wanted.length === 0) return []
  return rows<VersionRow>(
    tx,
    sql`select ${COLUMNS} from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as want("recordId" text, n int)
      join versions v on v.record_id = want."recordId" and v.n = want.n`,
  )
}

/**
 * Whether since the place in the log a version came that is one of the records, or refers to one of them, or is a text of
 * our own by which everything is judged: whatever came besides is nothing that checks on these records look at.
 */
export async function movedSince(tx: Tx, place: number, ids: readonly string[]): Promise<boolean> {
  const list = sql`${textArray(ids)}::text[]`
  const found = await row(
    tx,
    sql`select 1 from versions v where v.log_index >= ${place} and (v.kind = 'pack' or v.record_id = any(${list})
      or exists (select 1 from version_refs f where f.record_id = v.record_id and f.n = v.n and f.target_id = any(${list}))) limit 1`,
  )
  return found !== null
}

/** The current version number of each record; a record that does not exist is left out. Locks the records in id order. */
export async function lockRecords(tx: Tx, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const sorted = [...new Set(ids)].sort()
  const found = await rows<{ id: string }>(
    tx,
    sql`select r.id from records r where r.id = any(${textArray(sorted)}::text[]) order by r.id for no key update`,
  )
  const present = found.map((item) => item.id)
  if (present.length === 0) return new Map()
  const heads = await rows<{ id: string; n: number }>(
    tx,
    sql`select v.record_id as id, max(v.n) as n from versions v where v.record_id = any(${textArray(present)}::text[]) group by v.record_id`,
  )
  return new Map(heads.map((head) => [head.id, head.n]))
}

/** The values behind commitments; an erased one is absent. */
export async function disclosed(tx: Db | Tx, commitments: readonly string[]): Promise<Map<string, string>> {
  if (commitments.length === 0) return new Map()
  const found = await rows<{ commitment: string; value: string }>(
    tx,
    sql`select commitment, value from disclosures where commitment = any(${textArray([...new Set(commitments)])}::text[])`,
  )
  return new Map(found.map((item) => [item.commitment, item.value]))
}

/** The known values of records (value to commitment by owner), so that an unchanged value keeps its commitment. */
export async function knownCommitments(
  tx: Db | Tx,
  ownerIds: readonly string[],
): Promise<Map<string, Map<string, string>>> {
  const out = new Map<string, Map<string, string>>()
  if (ownerIds.length === 0) return out
  const found = await rows<{ ownerId: string; commitment: string; value: string }>(
    tx,
    sql`select owner_id as "ownerId", commitment, value from disclosures where owner_id = any(${textArray(ownerIds)}::text[])`,
  )
  for (const item of found) {
    const values = out.get(item.ownerId) ?? new Map<string, string>()
    values.set(item.value, item.commitment)
    out.set(item.ownerId, values)
  }
  return out
}

/** Inserts disclosures, set-based. */
export async function insertDisclosures(
  tx: Tx,
  list: readonly { commitment: string; salt: Buffer; value: string; ownerId: string }[],
): Promise<void> {
  if (list.length === 0) return
  await tx.execute(sql`insert into disclosures (commitment, owner_id, salt, value)
    select c, o, decode(s, 'hex'), v from unnest(${textArray(list.map((d) => d.commitment))}::text[], ${textArray(list.map((d) => d.ownerId))}::text[],
      ${textArray(list.map((d) => d.salt.toString("hex")))}::text[], ${textArray(list.map((d) => d.value))}::text[]) as t(c, o, s, v)`)
}

export type NewVersion = {
  recordId: string
  kind: string
  n: number
  standing: "approved" | "discovered" | "ended"
  body: string
  bodyHash: string
  requestId: string | null
  /** Log index of the version's own leaf. */
  logIndex: number
}

/** Inserts identities and versions of one act, set-based; all bear the act's instant. */
export async function insertVersions(tx: Tx, at: Instant, list: readonly NewVersion[]): Promise<void> {
  if (list.length === 0) return
  const news = list.filter((version) => version.n === 1)
  if (news.length) {
    await tx.execute(
      sql`insert into records (id, kind) select * from unnest(${textArray(news.map((v) => v.recordId))}::text[], ${textArray(news.map((v) => v.kind))}::text[])`,
    )
  }
  await tx.execute(sql`insert into versions (record_id, n, kind, at, standing, body, body_hash, request_id, log_index)
    select r, n, k, ${at}::timestamptz, s, b, decode(h, 'hex'), q, l from unnest(
      ${textArray(list.map((v) => v.recordId))}::text[], ${textArray(list.map((v) => String(v.n)))}::text[]::int[], ${textArray(list.map((v) => v.kind))}::text[],
      ${textArray(list.map((v) => v.standing))}::text[], ${textArray(list.map((v) => v.body))}::text[], ${textArray(list.map((v) => v.bodyHash))}::text[],
      ${textArray(list.map((v) => v.requestId))}::text[], ${textArray(list.map((v) => String(v.logIndex)))}::text[]::bigint[]) as t(r, n, k, s, b, h, q, l)`)
}

/**
 * Inserts identities and versions of what a revision proposes, set-based: each body is the revision's own row, taken
 * where it lies, so that thousands of them are not sent back and forth.
 */
export async function insertVersionsOfRevision(
  tx: Tx,
  at: Instant,
  of: { requestId: string; revision: number },
  list: readonly Omit<NewVersion, "body" | "requestId">[],
): Promise<void> {
  // Each is looked up by its key: a planner that has not yet heard how many a fresh revision holds compares all with all.
  const proposal = (columns: string): SQL =>
    sql`lateral (select ${sql.raw(columns)} from revision_proposals
      where request_id = ${of.requestId} and n = ${of.revision} and record_id = t.r offset 0) p`
  const meta = JSON.stringify(list.map((v) => ({ r: v.recordId, n: v.n, s: v.standing, h: v.bodyHash, l: v.logIndex })))
  await tx.execute(sql`insert into records (id, kind)
    select t.r, p.kind from jsonb_to_recordset(${meta}::jsonb) as t(r text, n int) cross join ${proposal("kind")} where t.n = 1`)
  await tx.execute(sql`insert into versions (record_id, n, kind, at, standing, body, body_hash, request_id, log_index)
    select t.r, t.n, p.kind, ${at}::timestamptz, t.s, p.body, decode(t.h, 'hex'), p.request_id, t.l
    from jsonb_to_recordset(${meta}::jsonb) as t(r text, n int, s text, h text, l bigint) cross join ${proposal("kind, body, request_id")}`)
}

/** Inserts what versions refer to, set-based. The database refuses a reference to what does not exist. */
export async function insertRefs(
  tx: Tx,
  list: readonly { recordId: string; n: number; path: string; targetId: string }[],
): Promise<void> {
  if (list.length === 0) return
  await tx.execute(sql`insert into version_refs (record_id, n, path, target_id)
    select * from unnest(${textArray(list.map((v) => v.recordId))}::text[], ${textArray(list.map((v) => String(v.n)))}::text[]::int[],
      ${textArray(list.map((v) => v.path))}::text[], ${textArray(list.map((v) => v.targetId))}::text[])`)
}

/** Inserts where imported versions came from, set-based. */
export async function insertProvenance(
  tx: Tx,
  list: readonly { recordId: string; n: number; importId: string; sheet: string; row: number }[],
): Promise<void> {
  if (list.length === 0) return
  await tx.execute(sql`insert into provenance (record_id, n, import_id, sheet, row)
    select * from unnest(${textArray(list.map((v) => v.recordId))}::text[], ${textArray(list.map((v) => String(v.n)))}::text[]::int[],
      ${textArray(list.map((v) => v.importId))}::text[], ${textArray(list.map((v) => v.sheet))}::text[], ${textArray(list.map((v) => String(v.row)))}::text[]::int[])`)
}

/** The instant of the register's first event; null while it is empty. */
export async function registerBegan(tx: Db | Tx): Promise<Instant | null> {
  return (await row<{ at: Instant }>(tx, sql`select at from log_leaves where index = 0`))?.at ?? null
}

/** Versions of all records in the order of the log, after a place in it; at most `limit`. */
export async function versionRows(tx: Db | Tx, afterIndex: number, limit: number): Promise<VersionRow[]> {
  return rows<VersionRow>(
    tx,
    sql`select ${COLUMNS} from versions v where v.log_index > ${afterIndex} order by v.log_index limit ${limit}`,
  )
}
