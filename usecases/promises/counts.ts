import { sql, type SQL } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import { byClause, countsAt, countsNow, restrictedTurns, type CompanyDay } from "@/db/statements/promises"
import { listEntityIds } from "@/db/statements/entities"
import type { Id } from "@/domain/core/id"
import { dayIn, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { added } from "@/domain/promises/board"
import { countsOn, type Counts, type Turn } from "@/domain/promises/verdicts"
import type { Entity } from "@/domain/records/evidence"
import { loadEntities } from "@/usecases/register/records"
import { inEntities, unrestricted, type Scope } from "@/usecases/scope"

/** Our own companies that the reader reads, as they are now. */
export async function companiesOf(tx: Tx, scope: Scope): Promise<Map<Id<"entity">, Entity>> {
  const all = await loadEntities(tx, await listEntityIds(tx), null)
  return new Map([...all].filter(([id]) => scope.entities === null || scope.entities.includes(id)))
}

/** What a reader may count: the condition on a judgement `j`. */
export function countable(scope: Scope): SQL {
  const whole = scope.entities === null || !scope.partiesByEntity
  const shared = whole
    ? sql`j.entity_id is null`
    : sql`(j.entity_id is null and exists (select 1 from sharing_rows x where x.party_id = j.record_id and x.until_at = 'infinity'
        and ${inEntities(scope, sql`x.entity_id`)}))`
  return sql`(${shared} or ${inEntities(scope, sql`j.entity_id`)}) and ${unrestricted(scope, sql`j.restricted_to`)}`
}

export type Asked = {
  /** Only these of the companies; null: all that the reader reads. */
  entityId: string | null
  asOf: Instant | null
  on: Day | null
  now: Instant
  /** Sums of past instants, which nothing changes any more. */
  kept?: Map<string, Lines>
}

type Lines = Awaited<ReturnType<typeof countsAt>>
const KEPT = new WeakMap<object, Map<string, Lines>>()
const KEPT_AT_MOST = 1000

/** What this process has summed of a database's past, at most so many sums. An instant that is over stays as it was. */
export function keptOf(db: object): Map<string, Lines> {
  const there = KEPT.get(db)
  if (there) return there
  const made = new Map<string, Lines>()
  KEPT.set(db, made)
  return made
}

async function pastCounts(tx: Tx, days: readonly CompanyDay[], at: Instant, kept?: Map<string, Lines>): Promise<Lines> {
  const key = `${at} ${days.map((one) => `${one.entityId}:${one.on}`).join(" ")}`
  const known = kept?.get(key)
  if (known) return known
  const lines = await countsAt(tx, days, at)
  if (kept) {
    if (kept.size >= KEPT_AT_MOST) kept.delete([...kept.keys()][0] ?? "")
    kept.set(key, lines)
  }
  return lines
}

/**
 * How many records keep each clause, through the reader's scope: on the day asked for, or on today in each company's own
 * zone; as known now or at the instant. Records restricted to named persons count for those persons alone.
 */
export async function clauseCounts(
  tx: Tx,
  scope: Scope,
  companies: ReadonlyMap<string, Entity>,
  asked: Asked,
): Promise<Map<string, Counts>> {
  const chosen = [...companies].filter(([id]) => asked.entityId === null || asked.entityId === id)
  const dayOf = (zone: string): Day => asked.on ?? dayIn(zone, asked.asOf ?? asked.now)
  const days: CompanyDay[] = chosen.map(([id, entity]) => ({ entityId: id, on: dayOf(entity.zone) }))
  // What belongs to no company (parties) is everybody's, but for who sees parties only by their flows.
  const shared = asked.entityId === null && (scope.entities === null || !scope.partiesByEntity)
  if (shared) days.push({ entityId: "", on: dayOf("UTC") })
  if (scope.bounds) return boundCounts(tx, scope, asked, days, dayOf("UTC"))
  const lines = asked.asOf === null ? await countsNow(tx, days) : await pastCounts(tx, days, asked.asOf, asked.kept)
  const within = new Map(days.map((one) => [one.entityId, one.on]))
  const more: Map<string, Counts>[] = []
  for (const { entityId, turns } of await restrictedTurns(tx, scope.personId, asked.asOf)) {
    const on = within.get(entityId)
    if (on) more.push(countsOn(turns, on))
  }
  if (!shared && asked.entityId === null) more.push(await sharedByFlows(tx, scope, asked, dayOf("UTC")))
  return added(byClause(lines), ...more)
}

/** Of a reader who is bound to kinds and a period the records are counted one by one: sums are kept of whole companies. */
async function boundCounts(
  tx: Tx,
  scope: Scope,
  asked: Asked,
  days: readonly CompanyDay[],
  shared: Day,
): Promise<Map<string, Counts>> {
  const span =
    asked.asOf === null
      ? sql`j.until_at = 'infinity'`
      : sql`j.from_at <= ${asked.asOf}::timestamptz and j.until_at > ${asked.asOf}::timestamptz`
  const found = await rows<{ entityId: string | null; turns: Turn[] }>(
    tx,
    sql`select j.entity_id as "entityId", j.turns from judgements j where ${span} and ${countable(scope)}`,
  )
  const within = new Map<string | null, Day>(days.map((one) => [one.entityId, one.on]))
  if (asked.entityId === null) within.set(null, shared)
  return added(
    ...[...within].map(([id, on]) =>
      countsOn(
        found.flatMap((one) => (one.entityId === id ? one.turns : [])),
        on,
      ),
    ),
  )
}

/** Parties that the reader knows of by their flows alone are counted one by one. */
async function sharedByFlows(tx: Tx, scope: Scope, asked: Asked, on: Day): Promise<Map<string, Counts>> {
  const at = asked.asOf
  const span = (alias: string): SQL =>
    at === null
      ? sql.raw(`${alias}.until_at = 'infinity'`)
      : sql`${sql.raw(alias)}.from_at <= ${at}::timestamptz and ${sql.raw(alias)}.until_at > ${at}::timestamptz`
  const found = await rows<{ turns: Turn[] }>(
    tx,
    sql`select j.turns from judgements j where j.record_id in (select x.party_id from sharing_rows x where ${span("x")}
        and ${inEntities(scope, sql`x.entity_id`)}) and j.entity_id is null and j.restricted_to is null and ${span("j")}`,
  )
  return countsOn(
    found.flatMap((one) => one.turns),
    on,
  )
}
