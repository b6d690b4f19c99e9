import { withConfirmed } from "./confirmed"
import { sql } from "drizzle-orm"
import { z } from "zod"
import { rows, type Tx } from "@/db/connect"
import { textArray } from "@/db/statements/log"
import { versionsOf } from "@/db/statements/versions"
import type { Id } from "@/domain/core/id"
import { dayIn, type Day } from "@/domain/core/day"
import type { Coverage } from "@/domain/coverage/coverage"
import type { Finding } from "@/domain/checks/types"
import { ownTitles, packsAt, packsNow } from "@/usecases/packs/known"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { dayShape } from "@/domain/records/parts"
import type { Entity } from "@/domain/records/evidence"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"
import { asOfInput } from "@/usecases/register/as-of"
import { heldAmong } from "@/db/statements/scans"
import { fileIdsOf } from "@/domain/records/advice"
import { withoutAdvice } from "@/usecases/files/advice"
import { look, readingInstant } from "@/usecases/look"
import type { Scope } from "@/usecases/scope"
import { judgedAnew, standing } from "./judged"
import { originsOfRecord, type OriginOfVersion } from "./origins"
import { unseenIn, withoutHidden } from "./unseen"
import { learntOf, type Learnt } from "@/domain/records/learnt"
import { ERASED } from "@/domain/records/seal"
import { isRecordKind, loadEntities, loadRecords, openVersions, type StoredRecord } from "./records"

export type RecordPage = {
  record: StoredRecord
  /** Every version up to the instant, oldest first, with its body. */
  versions: StoredRecord[]
  /** Since which version each of its facts stands. */
  learnt: Learnt[]
  /** Records that it refers to or that refer to it, readable by this person, in force at the instant. */
  related: StoredRecord[]
  entities: { id: Id<"entity">; entity: Entity }[]
  requests: { id: string; no: number; title: string; state: string; movedAt: Instant }[]
  /** How clauses of our own texts are called, by id. */
  clauses: Record<string, string>
  asOf: Instant | null
  /** The day that is asked for: `on`, or today in the zone of the record's entity. */
  today: Day
  findings: Finding[]
  /** For a sharing: on which days it is covered and why not on the others. */
  coverage: Coverage | null
  /** File, sheet and cells of what was imported. */
  origins: OriginOfVersion[]
  /** Files that nobody may read now: they wait for the virus scanner, or it refused them. */
  held: Record<string, "waiting" | "infected">
  /** For a party: how each of its sharings stands. */
  flows: { id: string; coverage: Coverage }[]
}

/** Whether this reader may know that the record exists. */
export function readable(record: { kind: RecordKind; body: BodyOf[RecordKind] }, scope: Scope): boolean {
  if (record.body.restrictedTo && !record.body.restrictedTo.includes(scope.personId as Id<"person">)) return false
  const entityId = "entityId" in record.body ? record.body.entityId : null
  const { entities } = scope
  if (entities === null || entityId === null || entities.includes(entityId)) return true
  // A paper of several companies is read in each of them.
  return "furtherEntities" in record.body && record.body.furtherEntities.some((id) => entities.includes(id))
}

const holdsErased = (of: readonly StoredRecord[]): boolean => JSON.stringify(of).includes(ERASED)

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
    const [record] = (await withConfirmed(tx, versions.slice(-1), at)) as [StoredRecord]
    if (!readable(record, scope)) return refuse("not-found", "not-found")
    const around = (await loadRecords(tx, await relatedIds(tx, input.id, at), at)).filter((item) =>
      readable(item, scope),
    )
    const hidden = await unseenIn(tx, [...versions, ...around], scope, at)
    const related = around.filter((item) => !hidden.has(item.id))
    if (scope.partiesByEntity && record.kind === "party" && !related.some((item) => item.kind === "sharing"))
      return refuse("not-found", "not-found")
    const entityIds = [record, ...related].flatMap((item) => ("entityId" in item.body ? [item.body.entityId] : []))
    const entities = await loadEntities(tx, [...new Set(entityIds)], at)
    const zone = "entityId" in record.body ? entities.get(record.body.entityId)?.zone : undefined
    const today = input.on ?? dayIn(zone ?? "UTC", at ?? scene.now)
    const now = input.asOf === null && input.on === null
    // What is found is found on everything; legal advice, and whom the reader may not know of, is left out of what is shown.
    const shown = async (of: StoredRecord[]): Promise<StoredRecord[]> =>
      withoutHidden(await withoutAdvice(tx, of, scope), hidden)
    const told = await shown(versions)
    return good<RecordPage>({
      record: { ...(told[told.length - 1] ?? record), ...(record.confirmed ? { confirmed: record.confirmed } : {}) },
      versions: told,
      // Two texts that were erased read alike, and may have been two: their commitments tell.
      learnt: learntOf(holdsErased(told) ? await shown(await openVersions(tx, all, true)) : told),
      related: await shown(related),
      entities: [...entities].map(([id, entity]) => ({ id, entity })),
      requests: await requestsAbout(tx, input.id, scope, at),
      asOf: input.asOf,
      clauses: await ownTitles(tx, at),
      held: Object.fromEntries(await heldAmong(tx, fileIdsOf(told[told.length - 1]?.body))),
      origins: await originsOfRecord(tx, versions, scope),
      today,
      ...((now ? await standing(tx, record, related) : null) ??
        (await judgedAnew(tx, record, related, {
          ...{ at, now: at ?? scene.now, on: input.on, today },
          packs: await (at ? packsAt(tx, at) : packsNow(tx, scene.now)),
        }))),
    })
  },
})

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
