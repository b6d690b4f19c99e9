import {
  bandFlowsById,
  bandSumsOf,
  bandTurnsHiddenFrom,
  clearBands,
  flowsWithout,
  judgeBands,
  putBandFlows,
  sharingsOfCompanies,
  type BandRow,
} from "@/db/statements/bands"
import type { Tx } from "@/db/connect"
import {
  bandFiguresOn,
  bandStandsOf,
  bandTurnsOf,
  mainlandDays,
  netted,
  sameStands,
  sufficesIn,
  tippedDays,
  undone,
  type BandFigures,
  type BandStand,
  type BandTurn,
} from "@/domain/checks/band-sums"
import type { LawFacts } from "@/domain/checks/law"
import type { Finding, Pack } from "@/domain/checks/types"
import { bandFlowOf, tipFindings, type BandTip } from "@/domain/checks/wide"
import { later, type Day } from "@/domain/core/day"
import { covers } from "@/domain/core/stretch"
import type { Id } from "@/domain/core/id"
import type { Entity } from "@/domain/records/evidence"
import type { AnyRecord } from "@/domain/records/kinds"
import { loadRecords } from "@/usecases/register/records"
import { asMultirange } from "./check-all"

type Entities = ReadonlyMap<Id<"entity">, Entity>
/** How companies stand in the bands; a company that is not there sends nothing out of the mainland. */
export type Stands = ReadonlyMap<string, readonly BandStand[]>

/** What has to be written down about the sums when records come into force, and how the companies were thought to stand. */
export type BandsKept = { ids: string[]; flows: BandRow[]; stands: Stands }

export const NO_BANDS: BandsKept = { ids: [], flows: [], stands: new Map() }

/** The companies whose law has the sums, by id. */
export function summed(entities: Entities, law: LawFacts): string[] {
  return [...entities].flatMap(([id, entity]) => (mainlandDays(entity, law).length > 0 ? [id as string] : []))
}

/** What a sharing adds to the sum of its company; null: nothing of it leaves the mainland. An ended one counts for its days. */
export function bandRowOf(record: Pick<AnyRecord, "id" | "kind" | "body">, entities: Entities, law: LawFacts) {
  if (record.kind !== "sharing") return null
  const { id, body } = record as Extract<AnyRecord, { kind: "sharing" }>
  const entity = entities.get(body.entityId)
  const within = entity ? mainlandDays(entity, law) : []
  const flow = within.length > 0 ? bandFlowOf(id, body, law, within) : null
  return flow && { flow, row: asRow(body.entityId, body.restrictedTo, flow, law) }
}

function asRow(
  entityId: string,
  restrictedTo: readonly string[] | null,
  flow: NonNullable<ReturnType<typeof bandFlowOf>>,
  law: LawFacts,
): BandRow {
  return {
    recordId: flow.sharingId,
    entityId,
    restrictedTo,
    turns: bandTurnsOf(flow, law),
    routes: flow.routes,
    days: asMultirange(flow.days),
  }
}

/** How the companies stand, by what is stored. */
export async function standsNow(tx: Tx, entities: Entities, law: LawFacts): Promise<Stands> {
  const ids = summed(entities, law)
  if (ids.length === 0) return new Map()
  return standsOf(await bandSumsOf(tx, ids), entities, law)
}

/** How the companies would stand under the law, by all their flows in force, a batch at a time. Nothing of it is stored. */
export async function standsUnder(tx: Tx, entities: Entities, law: LawFacts, batch: number): Promise<Stands> {
  const sums = new Map<string, readonly BandTurn[]>()
  for (const id of summed(entities, law)) {
    let turns: readonly BandTurn[] = []
    for (let ids = await sharingsOfCompanies(tx, [id], "", batch); ids.length > 0;) {
      const made = (await loadRecords(tx, ids, null)).flatMap((one) => bandRowOf(one, entities, law) ?? [])
      turns = netted([...turns, ...made.flatMap((one) => one.row.turns)])
      ids = await sharingsOfCompanies(tx, [id], ids[ids.length - 1] ?? "", batch)
    }
    sums.set(id, turns)
  }
  return standsOf(sums, entities, law)
}

function standsOf(sums: ReadonlyMap<string, readonly BandTurn[]>, entities: Entities, law: LawFacts): Stands {
  return new Map([...sums].map(([id, turns]) => [id, bandStandsOf(turns, highest(entities, id), law)]))
}

const highest = (entities: Entities, id: string): boolean => entities.get(id as Id<"entity">)?.criticalOperator ?? false

/**
 * How companies would stand with the proposals in force, and what those tip: from the stored sums and the difference
 * that the proposals make, whatever the size of the register.
 */
export async function bandsWith(
  tx: Tx,
  proposals: readonly Pick<AnyRecord, "id" | "kind" | "body">[],
  on: BandsOn,
): Promise<{ kept: BandsKept; tips: BandTip[]; findings: Finding[] }> {
  const ids = proposals.flatMap((one) => (one.kind === "sharing" ? [one.id as string] : []))
  return bandsOf(
    tx,
    ids,
    proposals.flatMap((one) => bandRowOf(one, on.entities, on.law) ?? []),
    on,
  )
}

export type BandsOn = {
  entities: Entities
  today: ReadonlyMap<string, Day>
  law: LawFacts
  packs: readonly Pack[]
  personId: string
}
export type BandMade = NonNullable<ReturnType<typeof bandRowOf>>

/** The same for sharings of which is told already what each adds: the whole of a large request does not stand in memory. */
export async function bandsOf(
  tx: Tx,
  ids: readonly string[],
  made: readonly BandMade[],
  on: BandsOn,
): Promise<{ kept: BandsKept; tips: BandTip[]; findings: Finding[] }> {
  const { entities, law } = on
  const companies = summed(entities, law)
  if (companies.length === 0) return { kept: { ...NO_BANDS, ids: [...ids] }, tips: [], findings: [] }
  const sums = await bandSumsOf(tx, companies)
  const old = await bandFlowsById(tx, ids)
  const change = new Map<string, BandTurn[]>()
  const add = (id: string, turns: readonly BandTurn[]): void => {
    const known = change.get(id)
    if (known) for (const turn of turns) known.push(turn)
    else change.set(id, [...turns])
  }
  for (const one of old) add(one.entityId, undone(one.turns))
  for (const one of made) add(one.row.entityId, one.row.turns)
  const after = new Map(companies.map((id) => [id, netted([...(sums.get(id) ?? []), ...(change.get(id) ?? [])])]))
  const before = standsOf(sums, entities, law)
  const stands = standsOf(after, entities, law)
  const touched = companies.filter((id) => change.has(id))
  const hidden = touched.length ? await bandTurnsHiddenFrom(tx, touched, on.personId) : []
  const tips: BandTip[] = []
  const findings: Finding[] = []
  for (const id of touched) {
    const own = made.filter((one) => one.row.entityId === id)
    const seen = (turns: readonly BandTurn[]): BandTurn[] =>
      netted([...turns, ...hidden.flatMap((one) => (one.entityId === id ? undone(one.turns) : []))])
    const today = on.today.get(id)
    if (!today) continue
    const days = tippedDays(before.get(id) ?? [], stands.get(id) ?? [], today)
    const starts = own.flatMap(({ flow }) => flow.days.flatMap((one) => one.from ?? []))
    const first = starts.length ? starts.reduce((a, b) => (a < b ? a : b)) : today
    const day = days[0]?.from ?? later(first, today)
    const was = bandFiguresOn(seen(sums.get(id) ?? []), highest(entities, id), day, law)
    const is = bandFiguresOn(seen(after.get(id) ?? []), highest(entities, id), day, law)
    const wasIn = before.get(id)?.find((one) => covers([one], day))
    const isIn = stands.get(id)?.find((one) => covers([one], day))
    if (!was || !is || !wasIn || !isIn) continue
    const left =
      days.length === 0
        ? 0
        : await flowsWithout(tx, {
            ...{ entityId: id, on: day, routes: isIn.routes, exempt: isIn.exempt },
            besides: ids,
          })
    const tip: BandTip = {
      ...{ entityId: id, on: day, days, left, certain: isIn.certain },
      // The band goes by all flows, the figures by those that the reader may know of.
      before: inBand(was, wasIn),
      after: inBand(is, isIn),
    }
    tips.push(tip)
    const where = own.find(({ flow }) => !sufficesIn(flow, isIn)) ?? own[0]
    if (where) findings.push(...tipFindings(tip, where.flow.sharingId, on.packs))
  }
  return { kept: { ids: [...ids], flows: made.map((one) => one.row), stands }, tips, findings }
}

/** The figures that a reader may know, in the band in which the company stands by all of them. */
function inBand(figures: BandFigures, stand: BandStand): BandFigures {
  const next = figures.band === stand.band ? figures.next : null
  return { ...figures, band: stand.band, rank: stand.rank, next }
}

/** Makes the sums anew from what is in force, a batch at a time. */
export async function rebuildBands(tx: Tx, entities: Entities, law: LawFacts, batch: number): Promise<void> {
  await clearBands(tx)
  const companies = summed(entities, law)
  for (let after = ""; companies.length > 0;) {
    const ids = await sharingsOfCompanies(tx, companies, after, batch)
    const last = ids[ids.length - 1]
    if (last === undefined) return
    const records = await loadRecords(tx, ids, null)
    await putBandFlows(
      tx,
      ids,
      records.flatMap((one) => bandRowOf(one, entities, law)?.row ?? []),
    )
    after = last
  }
}

/**
 * Writes what the flows add to the sums, under the log's lock. Where a company then stands otherwise than before, or than
 * was thought when the flows were judged, the worker judges all its flows out of the mainland anew.
 */
export async function putBands(tx: Tx, kept: BandsKept, entities: Entities, law: LawFacts): Promise<void> {
  if (kept.ids.length === 0) return
  const before = await standsNow(tx, entities, law)
  if (before.size === 0 && (await bandFlowsById(tx, kept.ids)).length === 0) return
  await putBandFlows(tx, kept.ids, kept.flows)
  const after = await standsNow(tx, entities, law)
  const moved = [...after].flatMap(([id, stands]) => {
    const thought = kept.stands.get(id)
    const same = sameStands(stands, before.get(id) ?? []) && (!thought || sameStands(stands, thought))
    return same ? [] : [id]
  })
  if (moved.length > 0) await judgeBands(tx, moved)
}
