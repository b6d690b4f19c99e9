import { sql, type SQL } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import { textArray } from "@/db/statements/log"
import type { RequestRow } from "@/db/statements/requests"
import { reviewCount } from "@/db/statements/review"
import type { Id } from "@/domain/core/id"
import type { Finding } from "@/domain/checks/types"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"
import { refsOf } from "@/domain/records/refer"
import { readable } from "@/usecases/register/read-record"
import { loadRecords } from "@/usecases/register/records"
import { inEntities, unrestricted, type Scope } from "@/usecases/scope"

type Proposed = { recordId: string; kind: RecordKind; body: BodyOf[RecordKind]; baseVersion?: number | null }

/** Whoever asks reads all that they propose; everybody else what lies in the companies that they read. */
export function scopeWithin(scope: Scope, request: Pick<RequestRow, "createdBy">): Scope {
  return request.createdBy === scope.personId ? { ...scope, entities: null, partiesByEntity: false } : scope
}

/** Of these proposals, those that the reader may know of: of their companies, and of what the group shares. */
export async function seenOf<T extends Proposed>(tx: Tx, proposals: readonly T[], scope: Scope): Promise<T[]> {
  const leaving = await leavingReader(tx, proposals, scope)
  const within = proposals.filter((item) => readable(item, scope) || leaving.has(item.recordId))
  if (!scope.partiesByEntity) return within
  const given = new Set(
    within.flatMap((item) =>
      item.kind === "sharing" ? refsOf(item.kind, item.body as BodyOf["sharing"]).map((ref) => ref.id as string) : [],
    ),
  )
  const parties = within.flatMap((item) => (item.kind === "party" && !given.has(item.recordId) ? [item.recordId] : []))
  for (const { id } of parties.length === 0
    ? []
    : await rows<{ id: string }>(
        tx,
        sql`select distinct s.party_id as id from sharing_rows s where s.party_id = any(${textArray(parties)}::text[])
          and s.until_at = 'infinity' and ${inEntities(scope, sql`s.entity_id`)} and ${unrestricted(scope, sql`s.restricted_to`)}`,
      ))
    given.add(id)
  return within.filter((item) => item.kind !== "party" || given.has(item.recordId))
}

/** Papers that would leave the reader's companies: these decide it, and so know what is proposed. */
async function leavingReader(tx: Tx, proposals: readonly Proposed[], scope: Scope): Promise<Set<string>> {
  if (scope.entities === null) return new Set()
  const away = proposals.filter(
    (item) => item.kind === "agreement" && (item.baseVersion ?? null) !== null && unnamed(item.body, scope),
  )
  const asked = away.filter((item) => !readable(item, scope))
  if (asked.length === 0) return new Set()
  const found = await rows<{ id: string }>(
    tx,
    sql`select distinct f.record_id as id from unnest(${textArray(asked.map((item) => item.recordId))}::text[],
        ${textArray(asked.map((item) => String(item.baseVersion)))}::text[]::int[]) as b(id, n)
      join version_refs f on f.record_id = b.id and f.n = b.n and ${sideOf(scope)}`,
  )
  return new Set(found.map((item) => item.id))
}

const unnamed = (body: BodyOf[RecordKind], scope: Scope): boolean =>
  body.restrictedTo === null || body.restrictedTo.includes(scope.personId as Id<"person">)

/** The reference `f` of a version names one of the reader's companies as a side of the paper. */
const sideOf = (scope: Scope): SQL =>
  sql`(f.path = 'entityId' or f.path like 'furtherEntities.%') and ${inEntities(scope, sql`f.target_id`)}`

/**
 * The paper of the row names one of the reader's companies beside its first one, or did in the version that it changes. The
 * rows hold the first company alone.
 */
const beside = (scope: Scope): SQL =>
  sql`(r.kind = 'agreement' and exists (select 1 from proposals p where p.request_id = r.request_id and p.record_id = r.record_id
    and (p.body::jsonb -> 'furtherEntities' ?| ${textArray(scope.entities ?? [])}::text[]
      or exists (select 1 from version_refs f where f.record_id = p.record_id and f.n = p.base_version and ${sideOf(scope)}))))`

/** The same of rows for review, as a condition on `r`. */
export function seenRows(scope: Scope): SQL {
  if (scope.entities === null && !scope.partiesByEntity) return sql`true`
  const within = sql`(r.entity_id is null or ${inEntities(scope, sql`r.entity_id`)} or ${beside(scope)})`
  if (!scope.partiesByEntity) return within
  return sql`${within} and (r.kind <> 'party'
    or exists (select 1 from review_rows o where o.request_id = r.request_id and o.row = r.row and o.sheet is not distinct from r.sheet
      and o.kind = 'sharing' and ${inEntities(scope, sql`o.entity_id`)})
    or exists (select 1 from sharing_rows s where s.party_id = r.record_id and s.until_at = 'infinity'
      and ${inEntities(scope, sql`s.entity_id`)} and ${unrestricted(scope, sql`s.restricted_to`)}))`
}

/** Of what was found, what is about records that the reader may know of: proposed ones by `seen`, others by the register. */
export async function findingsSeen<T extends Pick<Finding, "recordId">>(
  tx: Tx,
  findings: readonly T[],
  on: { all: readonly Proposed[]; seen: readonly Proposed[]; scope: Scope },
): Promise<T[]> {
  const proposed = new Set(on.all.map((item) => item.recordId))
  const known = new Set(on.seen.map((item) => item.recordId))
  const others = [...new Set(findings.map((item) => item.recordId as string))].filter((id) => !proposed.has(id))
  for (const record of await loadRecords(tx, others, null)) if (readable(record, on.scope)) known.add(record.id)
  return findings.filter((item) => known.has(item.recordId))
}

/** How many proposals the reader does not see: `few` where they were all looked at, else by their rows for review. */
export async function countElsewhere(tx: Tx, requestId: string, few: number | null, scope: Scope): Promise<number> {
  if (few !== null) return few
  if (scope.entities === null) return 0
  const everything = { q: "", filters: {}, excluded: {} }
  return (
    (await reviewCount(tx, requestId, everything, sql`true`)) -
    (await reviewCount(tx, requestId, everything, seenRows(scope)))
  )
}
