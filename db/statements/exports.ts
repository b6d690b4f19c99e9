import { sql, type SQL } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import type { ExportState } from "@/domain/exports/line"

export type ExportRow = {
  id: string
  byPerson: string
  at: Instant
  asOf: Instant
  wanted: string
  state: ExportState
  done: number
  total: number
  endedAt: Instant | null
  sha256: string | null
  bytes: number | null
  records: number | null
  place: string | null
  reads: string | null
  erasures: number | null
  says: string | null
  /** How often a worker took it. */
  takes: number
}

/** A package as one worker has it; whoever took it later has another. */
export type Taken = Pick<ExportRow, "id" | "takes">
const stillTaken = ({ id, takes }: Taken) => sql`id = ${id} and takes = ${takes} and state = 'running'`

const COLUMNS = sql`id, by_person as "byPerson", at, as_of as "asOf", wanted, state, done, total, takes, ended_at as "endedAt", sha256, bytes, records,
  place, reads, erasures, says`

/** One at a time is made, whatever the number of workers. */
const LOCK = 7206170

/** Puts down a package that waits for the worker. */
export async function insertExport(
  tx: Tx,
  what: Pick<ExportRow, "id" | "byPerson" | "at" | "asOf" | "wanted">,
): Promise<void> {
  await tx.execute(sql`insert into exports (id, by_person, at, as_of, wanted, state)
    values (${what.id}, ${what.byPerson}, ${what.at}::timestamptz, ${what.asOf}::timestamptz, ${what.wanted}, 'waiting')`)
}

/** How many of a person's wait or are being made. */
export async function openExports(tx: Tx, personId: string): Promise<number> {
  const found = await row<{ n: number }>(
    tx,
    sql`select count(*) as n from exports where by_person = ${personId} and state in ('waiting', 'running')`,
  )
  return found?.n ?? 0
}

/** One export. */
export async function exportRow(tx: Db | Tx, id: string): Promise<ExportRow | null> {
  return row<ExportRow>(tx, sql`select ${COLUMNS} from exports where id = ${id}`)
}

/** A page of exports, the newest first, behind one; `personId`: those of one person alone; `but`: a condition on the export `e`. */
export async function exportPage(
  tx: Tx,
  want: { personId: string | null; but: SQL; before: { at: Instant; id: string } | null; limit: number },
): Promise<ExportRow[]> {
  const { personId, but, before, limit } = want
  return rows<ExportRow>(
    tx,
    sql`select ${COLUMNS} from exports e where ${personId === null ? sql`true` : sql`by_person = ${personId}`} and ${but}
      and ${before === null ? sql`true` : sql`(at, id) < (${before.at}::timestamptz, ${before.id})`} order by at desc, id desc limit ${limit}`,
  )
}

/** Takes the oldest that waits, or that a fallen worker left; none while another is being made. */
export async function claimExport(db: Db, seconds: number): Promise<ExportRow | null> {
  return db.transaction(async (tx) => {
    const got = await row<{ got: boolean }>(tx, sql`select pg_try_advisory_xact_lock(${LOCK}) as got`)
    if (!got?.got) return null
    return row<ExportRow>(
      tx,
      sql`update exports set state = 'running', done = 0, takes = takes + 1, leased_until = now() + make_interval(secs => ${seconds}) where id = (
        select id from exports where state = 'waiting' or (state = 'running' and leased_until < now()) order by at, id limit 1)
        and not exists (select 1 from exports where state = 'running' and leased_until >= now()) returning ${COLUMNS}`,
    )
  })
}

/** How far it has come, which holds it for some more seconds; false: it was stopped meanwhile, or another has it. */
export async function exportReached(db: Db, taken: Taken, at: { done: number; total: number; seconds: number }) {
  const found = await rows(
    db,
    sql`update exports set done = ${at.done}, total = ${at.total}, leased_until = now() + make_interval(secs => ${at.seconds})
      where ${stillTaken(taken)} returning id`,
  )
  return found.length > 0
}

/** It is made: in the transaction that notes it in the log. False: it was stopped meanwhile, or another has it. */
export async function exportMade(
  tx: Tx,
  taken: Taken,
  made: {
    at: Instant
    sha256: string
    bytes: number
    records: number
    place: string
    reads: string
    erasures: number
  },
): Promise<boolean> {
  const found = await rows(
    tx,
    sql`update exports set state = 'done', done = total, leased_until = null, ended_at = ${made.at}::timestamptz, sha256 = ${made.sha256},
      bytes = ${made.bytes}, records = ${made.records}, place = ${made.place}, reads = ${made.reads}, erasures = ${made.erasures}
      where ${stillTaken(taken)} returning id`,
  )
  return found.length > 0
}

/** It could not be made, and why. */
export async function exportFailed(db: Db, taken: Taken, says: string, at: Instant): Promise<void> {
  await db.execute(
    sql`update exports set state = 'failed', says = ${says}, leased_until = null, ended_at = ${at}::timestamptz where ${stillTaken(taken)}`,
  )
}

/** Lets it wait for the next worker: this one is told to end. */
export async function exportLeft(db: Db, taken: Taken): Promise<void> {
  await db.execute(sql`update exports set state = 'waiting', done = 0, leased_until = null where ${stillTaken(taken)}`)
}

/** Stops a person's own that is not made yet; says whether there was one. */
export async function stopExport(tx: Tx, id: string, personId: string, at: Instant): Promise<boolean> {
  const found = await rows(
    tx,
    sql`update exports set state = 'stopped', leased_until = null, ended_at = ${at}::timestamptz
      where id = ${id} and by_person = ${personId} and state in ('waiting', 'running') returning id`,
  )
  return found.length > 0
}

/** Lets the bytes of those go that were made before the instant; gives where they lie. */
export async function sweepExports(db: Db, before: Instant): Promise<{ place: string; sha256: string }[]> {
  return rows(
    db,
    sql`with old as (select id, place, sha256 from exports where state = 'done' and ended_at < ${before}::timestamptz order by at, id limit 50 for update skip locked)
      update exports e set state = 'swept', place = null from old where e.id = old.id returning old.place, old.sha256`,
  )
}

/** How many records there are, of any kind and standing: how much there is to go through. */
export async function countRecords(tx: Db | Tx): Promise<number> {
  return (await row<{ n: number }>(tx, sql`select count(*) as n from records`))?.n ?? 0
}

/** How many erasures the log knows. */
export async function countErasures(tx: Db | Tx): Promise<number> {
  return (
    (await row<{ n: number }>(tx, sql`select count(*) as n from log_leaves where act = 'disclosure.erase'`))?.n ?? 0
  )
}
