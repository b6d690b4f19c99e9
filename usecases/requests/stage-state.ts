import { sql } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import { stagesOfRequests, type RunningStage } from "@/db/statements/running-stages"
import { decidersNow } from "@/db/statements/tellings"
import type { DecisionRow, RequestRow, StageRow } from "@/db/statements/requests"
import { dayIn, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { dueMark, stageDueOn, type DueMark, type Where } from "@/domain/requests/due"
import { comesBefore, openedAt } from "@/domain/requests/waves"
import type { StandIn } from "@/domain/people/stand-in"
import { shortGroups } from "@/domain/requests/seating"
import { whoIsAsked, type Holder, type Waits } from "@/domain/told/who"
import { lendersAmong, standInsNow } from "@/usecases/told/delegates"
import { NOWHERE, whereOf } from "./where"

/** How a stage stands: since when it is open (null: its turn has not come), by when it is due, and who may take it. */
export type StageState = {
  /** Whether it waits for somebody; not once it is decided, nor when the request ended without it. */
  asks: boolean
  openedAt: Instant | null
  dueOn: Day | null
  mark: DueMark | null
  /** Stages that come before it and are not decided. */
  after: string[]
  /** The persons who may take it, by id; none once it is decided. */
  sitters: string[]
  /** Whoever stands in for one of them now, by id, with for whom. */
  standIns: { id: string; forPerson: string }[]
  /** Nobody is left who may take it. */
  nobody: boolean
  /** It competes with other stages for too few people: which stages, and who they are. */
  short: { stages: { stage: string; entityId: string }[]; people: string[] } | null
}

type About = {
  request: Pick<RequestRow, "restrictedTo" | "state">
  revisionAt: Instant
  stages: readonly StageRow[]
  decided: readonly Pick<DecisionRow, "stage" | "entityId" | "at">[]
  authors: readonly string[]
  seats: readonly { personId: string; stage: string; entityId: string }[]
}

/** How each stage of a request in review stands now, in the order of its stages. */
export async function statesOfStages(tx: Tx, on: About, now: Instant): Promise<StageState[]> {
  const where = await whereOf(
    tx,
    on.stages.map((one) => one.entityId),
  )
  const reviewing = on.request.state === "in-review"
  const holders = reviewing ? await decidersNow(tx, now) : []
  const standIns = reviewing ? await standInsNow(tx, holders, now) : new Map<string, StandIn[]>()
  const waits = { ...on, restrictedTo: on.request.restrictedTo }
  const isDecided = (stage: StageRow): boolean =>
    on.decided.some((one) => one.stage === stage.stage && one.entityId === stage.entityId)
  const may = new Map(
    on.stages.flatMap((stage) =>
      reviewing && !isDecided(stage) ? [[stage, takersOf(stage, { holders, standIns, waits })] as const] : [],
    ),
  )
  const short = shortAmong([...may].map(([stage, { all }]) => [stage, all] as const))
  return on.stages.map((stage) => {
    const opened = openedAt(on.stages, on.decided, stage, on.revisionAt)
    const asks = may.has(stage)
    const takers = may.get(stage) ?? NOBODY
    return {
      asks,
      openedAt: opened,
      ...(asks ? dueOf(opened, stage, where, now) : { dueOn: null, mark: null }),
      after: asks
        ? comesBefore(on.stages, stage)
            .filter((one) => !on.decided.some((d) => d.stage === one.stage && d.entityId === one.entityId))
            .map((one) => one.stage)
        : [],
      sitters: takers.own,
      standIns: takers.lent,
      nobody: asks && takers.all.length === 0,
      short: placesOf(short.find((group) => group.stages.includes(stage)) ?? null),
    }
  })
}

type Known = { holders: readonly Holder[]; standIns: ReadonlyMap<string, readonly StandIn[]>; waits: Waits }

/** Who may take a stage: in their own right, and on whose behalf; all of them, by id, each once. */
export type Takers = { own: string[]; lent: { id: string; forPerson: string }[]; all: string[] }

const NOBODY: Takers = { own: [], lent: [], all: [] }

/** Who may take a stage, in their own right or for somebody who is away. */
export function takersOf(stage: { stage: string; entityId: string }, { holders, standIns, waits }: Known): Takers {
  const own = whoIsAsked(holders, waits, [stage])
  const lent = lendersAmong(standIns, waits, [stage])
  return { own, lent, all: [...new Set([...own, ...lent.map((one) => one.id)])] }
}

type ShortAmong<T> = { stages: T[]; people: string[] }

/** Of the stages that wait, whether their turn came or not, those that compete for too few people, group by group; none: there are enough. */
export function shortAmong<T>(waiting: readonly (readonly [T, readonly string[]])[]): ShortAmong<T>[] {
  // A stage that nobody may take says so itself.
  const some = waiting.filter(([, may]) => may.length > 0)
  return shortGroups(some.map(([, may], i) => ({ key: String(i), may }))).map((short) => ({
    stages: some.flatMap(([stage], i) => (short.stages.includes(String(i)) ? [stage] : [])),
    people: short.people,
  }))
}

const placesOf = (short: ShortAmong<StageRow> | null): StageState["short"] =>
  short && {
    stages: short.stages.map(({ stage, entityId }) => ({ stage, entityId })),
    people: short.people,
  }

/** The day by which a stage is due, and how near that is in its company. */
export function dueOf(
  opened: Instant | null,
  stage: { entityId: string; days: number },
  where: ReadonlyMap<string, Where>,
  now: Instant,
): { dueOn: Day | null; mark: DueMark | null } {
  if (opened === null) return { dueOn: null, mark: null }
  const here = where.get(stage.entityId) ?? NOWHERE
  const dueOn = stageDueOn(opened, stage.days, here)
  return { dueOn, mark: dueMark(dueOn, dayIn(here.zone, now), here.calendar) }
}

/** An open stage of some request with its day. */
export type OpenStage = RunningStage & { openedAt: Instant; dueOn: Day; mark: DueMark | null }

/** The stages of these requests that are open, each with its day; those of requests that are not in review are none. */
export async function openStagesOf(tx: Db | Tx, ids: readonly string[], now: Instant): Promise<OpenStage[]> {
  const all = await stagesOfRequests(tx, ids)
  const where = await whereOf(
    tx,
    all.map((one) => one.entityId),
  )
  const byRequest = new Map<string, RunningStage[]>()
  for (const one of all) byRequest.set(one.requestId, [...(byRequest.get(one.requestId) ?? []), one])
  return all.flatMap((one) => {
    const mine = byRequest.get(one.requestId) ?? []
    const decided = mine.flatMap((d) =>
      d.decidedAt ? [{ stage: d.stage, entityId: d.entityId, at: d.decidedAt }] : [],
    )
    const opened = one.decidedAt ? null : openedAt(mine, decided, one, one.revisionAt)
    const { dueOn, mark } = dueOf(opened, one, where, now)
    return opened && dueOn ? [{ ...one, openedAt: opened, dueOn, mark }] : []
  })
}

/** The nearest day of each request's open stages; `stages`: of these alone (a stage with its company, or in every one). */
export async function nearestDue(
  tx: Db | Tx,
  ids: readonly string[],
  now: Instant,
  stages: readonly { stage: string; entityId: string | null }[] | null = null,
): Promise<Map<string, { dueOn: Day; mark: DueMark | null }>> {
  const out = new Map<string, { dueOn: Day; mark: DueMark | null }>()
  for (const { requestId, stage, entityId, dueOn, mark } of await openStagesOf(tx, ids, now)) {
    if (stages && !stages.some((one) => one.stage === stage && (one.entityId ?? entityId) === entityId)) continue
    const had = out.get(requestId)
    if (!had || dueOn < had.dueOn) out.set(requestId, { dueOn, mark })
  }
  return out
}

/** The administrators of a company, to whom it goes when nobody is left who may decide: by id, with their names. */
export async function administratorsOf(
  tx: Db | Tx,
  at: Instant,
): Promise<{ id: string; name: string; entityId: string | null }[]> {
  return rows(
    tx,
    sql`select p.id, p.name, g.entity_id as "entityId" from (select distinct on (grant_id) person_id, role, entity_id, state, until_at from role_grants
        where role = 'administrator' and at <= ${at}::timestamptz order by grant_id, n desc) g
      join people p on p.id = g.person_id where p.state = 'active' and g.state in ('granted', 'unconfirmed', 'confirmed')
        and (g.until_at is null or g.until_at > ${at}::timestamptz) order by p.name, p.id`,
  )
}
