import { sql } from "drizzle-orm"
import { z } from "zod"
import { rows, type Tx } from "@/db/connect"
import { textArray } from "@/db/statements/log"
import { neighbours } from "@/db/statements/neighbours"
import { versionsOf } from "@/db/statements/versions"
import type { Id } from "@/domain/core/id"
import { dayIn, type Day } from "@/domain/core/day"
import { lawFactsOf } from "@/domain/checks/law"
import { packsKnownAt } from "@/domain/packs/all"
import { factsOfSharing } from "@/domain/checks/facts"
import { makeRegister } from "@/domain/checks/register"
import { coverageOf, type Coverage } from "@/domain/coverage/coverage"
import type { Finding } from "@/domain/checks/types"
import { checkAll } from "@/usecases/checks/check-all"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { dayShape } from "@/domain/records/parts"
import type { Entity } from "@/domain/records/evidence"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"
import { asOfInput } from "@/usecases/register/as-of"
import { withoutAdvice } from "@/usecases/files/advice"
import { look, readingInstant } from "@/usecases/look"
import type { Scope } from "@/usecases/scope"
import { originsOfRecord, type OriginOfVersion } from "./origins"
import { isRecordKind, loadEntities, loadRecords, openVersions, type StoredRecord } from "./records"

export type RecordPage = {
  record: StoredRecord
  /** Every version up to the instant, oldest first, with its body. */
  versions: StoredRecord[]
  /** Records that it refers to or that refer to it, readable by this person, in force at the instant. */
  related: StoredRecord[]
  entities: { id: Id<"entity">; entity: Entity }[]
  requests: { id: string; no: number; title: string; state: string; movedAt: Instant }[]
  asOf: Instant | null
  /** The day that is asked for: `on`, or today in the zone of the record's entity. */
  today: Day
  findings: Finding[]
  /** For a sharing: on which days it is covered and why not on the others. */
  coverage: Coverage | null
  /** File, sheet and cells of what was imported. */
  origins: OriginOfVersion[]
  /** For a party: how each of its sharings stands. */
  flows: { id: string; coverage: Coverage }[]
}

/** Whether this reader may know that the record exists. */
export function readable(record: { kind: RecordKind; body: BodyOf[RecordKind] }, scope: Scope): boolean {
  if (record.body.restrictedTo && !record.body.restrictedTo.includes(scope.personId as Id<"person">)) return false
  const entityId = "entityId" in record.body ? record.body.entityId : null
  return scope.entities === null || entityId === null || scope.entities.includes(entityId)
}

/** One record's whole story: what it is, its versions, what it touches, the requests that changed it. */
export const readRecord = look<{ id: string; asOf: Instant | null; on: Day | null }, RecordPage>({
  name: "register.read",
  input: z.strictObject({
    id: z.string().max(40),
    asOf: asOfInput,
    on: dayShape.nullable().default(null),
  }) as unknown as z.ZodType<{ id: string; asOf: Instant | null; on: Day | null }>,
  about: (input) => [{ type: "record", id: input.id }],
  run: async (tx, { input, scope, scene }) => {
    const at = await readingInstant(tx, input.asOf)
    const all = await versionsOf(tx, input.id, at)
    const last = all[all.length - 1]
    if (!last || !isRecordKind(last.kind)) return refuse("not-found", "not-found")
    const versions = await openVersions(tx, all)
    const record = versions[versions.length - 1] as StoredRecord
    if (!readable(record, scope)) return refuse("not-found", "not-found")
    const related = (await loadRecords(tx, await relatedIds(tx, input.id, at), at)).filter((item) =>
      readable(item, scope),
    )
    if (scope.partiesByEntity && record.kind === "party" && !related.some((item) => item.kind === "sharing"))
      return refuse("not-found", "not-found")
    const around = await surroundings(tx, record, related, at)
    const entityIds = [record, ...around].flatMap((item) => ("entityId" in item.body ? [item.body.entityId] : []))
    const entities = await loadEntities(tx, [...new Set(entityIds)], at)
    // What is found is found on everything; legal advice is left out of what is shown.
    const told = await withoutAdvice(tx, versions, scope)
    return good<RecordPage>({
      record: told[told.length - 1] ?? record,
      versions: told,
      related: await withoutAdvice(tx, related, scope),
      entities: [...entities].map(([id, entity]) => ({ id, entity })),
      requests: await requestsAbout(tx, input.id, scope, at),
      asOf: input.asOf,
      origins: await originsOfRecord(tx, versions, scope),
      ...judged(record, around, new Set(related.map((item) => item.id)), entities, at ?? scene.now, input.on),
    })
  },
})

/** Everything that the checks on the record look at, in force at the instant: what it is near to, and theirs. */
async function surroundings(
  tx: Tx,
  record: StoredRecord,
  related: readonly StoredRecord[],
  at: Instant | null,
): Promise<StoredRecord[]> {
  if (record.kind !== "sharing" && record.kind !== "party" && record.kind !== "agreement") return [...related]
  const parties = record.kind === "party" ? [record.id] : [record.body.partyId as string]
  const sharings =
    record.kind === "party" ? related.filter((item) => item.kind === "sharing").map((item) => item.id) : [record.id]
  const ids = await neighbours(tx, { parties, sharings, allSharings: false }, at)
  const known = new Set([record.id as string, ...related.map((item) => item.id as string)])
  const more = await loadRecords(
    tx,
    ids.filter((id) => !known.has(id)),
    at,
  )
  return [...related, ...more]
}

/**
 * The checks on one record among those around it, by the packs known at the instant; for a party those on its readable
 * sharings as well, for they are what it is asked about.
 */
function judged(
  record: StoredRecord,
  around: readonly StoredRecord[],
  readable: ReadonlySet<string>,
  entities: Map<Id<"entity">, Entity>,
  now: Instant,
  on: Day | null,
): Pick<RecordPage, "today" | "findings" | "coverage" | "flows"> {
  const zone = "entityId" in record.body ? entities.get(record.body.entityId)?.zone : undefined
  const today = on ?? dayIn(zone ?? "UTC", now)
  const days = new Map([...entities].map(([id, entity]) => [id as string, on ?? dayIn(entity.zone, now)]))
  if (days.size === 0) days.set("", today)
  const about = new Set<string>([record.id])
  if (record.kind === "party") for (const item of around) if (readable.has(item.id)) about.add(item.id)
  const result = checkAll([record, ...around], entities, days, about, now)
  const register = makeRegister([record, ...around], entities)
  const law = lawFactsOf(packsKnownAt(now), today)
  const covered = (id: string): Coverage | null => {
    const facts = factsOfSharing(register, id as Id<"sharing">)
    return facts ? coverageOf(facts, law) : null
  }
  const flows = record.kind === "party" ? around.filter((item) => item.kind === "sharing" && readable.has(item.id)) : []
  return {
    today,
    findings: result.findings.filter((finding) => about.has(finding.recordId)),
    coverage: record.kind === "sharing" ? covered(record.id) : null,
    flows: flows.flatMap(({ id }) => {
      const coverage = covered(id)
      return coverage ? [{ id, coverage }] : []
    }),
  }
}

/** What refers to the record and what it refers to, at the instant; at most 400, heaviest parties page through the tables. */
async function relatedIds(tx: Tx, id: string, at: Instant | null): Promise<string[]> {
  const span = at === null ? sql`true` : sql`v.at <= ${at}::timestamptz`
  const found = await rows<{ id: string }>(
    tx,
    sql`(select f.record_id as id from version_refs f join lateral (select max(v.n) as n from versions v where v.record_id = f.record_id and ${span}) h on h.n = f.n
          where f.target_id = ${id} limit 300)
      union (select f.target_id as id from version_refs f where f.record_id = ${id}
          and f.n = (select max(v.n) from versions v where v.record_id = ${id} and ${span}) limit 100)`,
  )
  return found.map((item) => item.id)
}

async function requestsAbout(tx: Tx, id: string, scope: Scope, at: Instant | null): Promise<RecordPage["requests"]> {
  const until = at === null ? sql`true` : sql`r.created_at <= ${at}::timestamptz`
  const within =
    scope.entities === null
      ? sql`true`
      : sql`(r.entity_ids = '{}' or r.entity_ids && ${textArray(scope.entities)}::text[])`
  return rows(
    tx,
    sql`select distinct r.id, r.no, r.title, r.state, r.moved_at as "movedAt" from revision_proposals p join requests r on r.id = p.request_id
    where p.record_id = ${id} and ${until} and ${within} and (r.restricted_to is null or ${scope.personId} = any(r.restricted_to))
    order by r.moved_at desc limit 50`,
  )
}
