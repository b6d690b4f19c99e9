import { sql } from "drizzle-orm"
import { sharingsCoverage, type CoverRow } from "@/db/statements/coverage"
import { textArray } from "@/db/statements/log"
import type { Tx } from "@/db/connect"
import { dayIn, type Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { approvalOf, type Approval } from "@/domain/coverage/approval"
import type { Coverage } from "@/domain/coverage/coverage"
import type { Entity } from "@/domain/records/evidence"
import { titleOf } from "@/domain/records/project"
import type { Sharing } from "@/domain/records/sharing"
import { coverChange, COVER_CHANGES, type CoverChange } from "@/domain/requests/coverage-change"
import { coverLine } from "@/usecases/coverage/cover-line"
import { inScope } from "@/usecases/register/list-records"
import type { Scope } from "@/usecases/scope"
import type { Proposal } from "./revision"

type Drawn = { coverage: Coverage; approval: Approval }

/** A sharing that a request proposes or touches: on which days it is covered as it stands, and if it is approved. */
export type TouchedSharing = {
  id: string
  title: string
  entityId: string
  /** Null for who may not know of the party, and of what is only proposed. */
  partyName: string | null
  change: CoverChange
  /** Today where its company is. */
  today: Day
  /** Null: it is new, or is being worked out. */
  before: Drawn | null
  after: Drawn
}

/** The first of them, those first whose coverage becomes otherwise; how many there are, as far as the reader may know. */
export type TouchedSharings = { lines: TouchedSharing[]; n: number }

/** Of more than these the first by name are compared. */
const MOST = 200

/**
 * The coverage of everything that a request touches, before and after. After is what the checks worked out with the
 * proposals laid over, before is what is kept of the register: one engine for both. One query, whatever there is.
 */
export async function coverageOfTouched(
  tx: Tx,
  after: ReadonlyMap<string, Coverage>,
  on: { all: readonly Proposal[]; seen: readonly Proposal[]; scope: Scope; now: Instant },
  entities: ReadonlyMap<Id<"entity">, Entity>,
): Promise<TouchedSharings> {
  const proposed = new Map(on.seen.map((one) => [one.recordId as string, one]))
  const hidden = new Set(on.all.map((one) => one.recordId as string).filter((id) => !proposed.has(id)))
  const made = new Set(on.all.flatMap((one) => (one.op === "create" ? [one.recordId as string] : [])))
  const held = [...after.keys()].filter((id) => !made.has(id) && !hidden.has(id))
  const mine = held.filter((id) => proposed.has(id))
  const within = sql`(r.record_id = any(${textArray(mine)}::text[]) or (${inScope("sharings", on.scope, null)}))`
  const found = await sharingsCoverage(tx, { ids: held, reader: on.scope.personId, limit: MOST }, within)
  const zoneOf = (entityId: string): string => entities.get(entityId as Id<"entity">)?.zone ?? "UTC"
  const standing = found.rows.flatMap((row) => {
    const is = after.get(row.id)
    return is ? [standingLine(row, is, { proposal: proposed.get(row.id), entities, now: on.now })] : []
  })
  const fresh = on.seen.flatMap((one): TouchedSharing[] => {
    const is = one.op === "create" && one.kind === "sharing" ? after.get(one.recordId) : undefined
    if (!is) return []
    const body = one.body as Sharing
    const today = dayIn(zoneOf(body.entityId), on.now)
    const as = one.discovered ? "discovered" : "approved"
    return [
      {
        ...{ id: one.recordId, title: titleOf("sharing", body), entityId: body.entityId, partyName: null, today },
        ...{ change: coverChange(true, null, is), before: null },
        after: { coverage: is, approval: approvalOf([{ from: today, standing: as }], is.own) },
      },
    ]
  })
  const rank = (one: TouchedSharing): number => COVER_CHANGES.indexOf(one.change)
  return { lines: [...fresh, ...standing].sort((a, b) => rank(a) - rank(b)), n: found.n + fresh.length }
}

function standingLine(
  row: CoverRow & { waits: boolean },
  is: Coverage,
  on: { proposal: Proposal | undefined; entities: ReadonlyMap<Id<"entity">, Entity>; now: Instant },
): TouchedSharing {
  const line = coverLine(row, on.entities)
  const zone = on.entities.get(row.entityId as Id<"entity">)?.zone ?? "UTC"
  const today = dayIn(zone, on.now)
  const versions = row.versions.map(({ at, standing }) => ({ from: dayIn(zone, at as Instant), standing }))
  const next = on.proposal ? [{ from: today, standing: standingAfter(on.proposal) }] : []
  const coverage = row.waits ? null : line.coverage
  return {
    ...{ id: row.id, title: row.title, entityId: row.entityId, partyName: row.partyName, today },
    change: coverChange(false, coverage, is),
    before: coverage ? { coverage, approval: line.approval } : null,
    after: { coverage: is, approval: approvalOf([...versions, ...next], is.own) },
  }
}

const standingAfter = ({ op, discovered }: Proposal): string =>
  op === "end" ? "ended" : discovered ? "discovered" : "approved"
