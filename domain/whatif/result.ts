import { valueOf } from "@/domain/core/answer"
import type { Day } from "@/domain/core/day"
import type { Sharing } from "@/domain/records/sharing"
import { CHANGES, type Change, type Compared } from "./compare"

/** A sharing that a scenario touches, with what it does to it. */
export type Affected = Compared & {
  id: string
  title: string
  entityId: string
  partyId: string
  partyName: string
  purposes: string[]
  dataKinds: string[]
  /** Null: how many people is not known. */
  people: number | null
  minors: boolean
}

/** What is counted of a set of sharings. People of several flows may be the same: the sum is of flows, not of heads. */
export type Tally = { sharings: number; minors: number; people: number; unknownPeople: number; from: Day | null }
export type Group = { key: string; tally: Tally }
export type Part = { tally: Tally; entities: Group[]; purposes: Group[]; dataKinds: Group[] }
export type Summary = {
  candidates: number
  parts: Record<Change, Part>
  /** Of another version of a pack: on how many sharings each clause would newly be found, or no longer. */
  clauses?: ClauseTally[]
}
export type ClauseTally = { clause: string; appear: number; vanish: number }

/** What a sharing's body says about whom and what it concerns. */
export function concerned(body: Sharing): Pick<Affected, "purposes" | "dataKinds" | "people" | "minors"> {
  return {
    purposes: [...new Set(valueOf(body.purposes) ?? [])],
    dataKinds: [...new Set((valueOf(body.dataLines) ?? []).map((line) => line.kind))],
    people: valueOf(body.peopleCount),
    minors: (valueOf(body.subjects) ?? []).includes("child"),
  }
}

/** What a line is put in order by, made once a line: what stands uncovered first, what comes soonest first. */
export function orderOf(one: Affected): string {
  return `${CHANGES.indexOf(one.change)} ${one.from ?? "~"} ${one.partyName} ${one.title} ${one.id}`
}

/** For lists of what has an order. */
export function byOrder(a: { order: string }, b: { order: string }): number {
  return a.order < b.order ? -1 : 1
}

/** The lines in the order in which a result is read. */
export function inOrder(list: readonly Affected[]): Affected[] {
  return list
    .map((line) => ({ line, order: orderOf(line) }))
    .sort(byOrder)
    .map(({ line }) => line)
}

/** Counts the sharings by what happens to them, by company, purpose and kind of data. */
export function summarise(list: readonly Affected[], candidates: number): Summary {
  const counting = beginSummary()
  for (const one of list) counting.add(one)
  return counting.end(candidates)
}

/** A summary that is counted as the lines come, so that nobody has to keep them. */
export type Counting = { add: (one: Affected) => void; end: (candidates: number) => Summary }

/** Begins to count. */
export function beginSummary(): Counting {
  const parts = new Map(CHANGES.map((change) => [change, beginPart()]))
  const clauses = new Map<string, ClauseTally>()
  let [told, bothWays] = [0, false]
  return {
    add: (one) => {
      parts.get(one.change)?.add(one)
      if (one.change !== "unchanged") told += 1
      if (one.gone) bothWays = true
      for (const [what, found] of [["appear", one.findings] as const, ["vanish", one.gone ?? []] as const])
        for (const clause of new Set(found.map((line) => line.clause))) {
          const tally = clauses.get(clause) ?? { clause, appear: 0, vanish: 0 }
          tally[what] += 1
          clauses.set(clause, tally)
        }
    },
    end: (candidates) => {
      const ended = Object.fromEntries([...parts].map(([change, part]) => [change, part.end()])) as Summary["parts"]
      ended.unchanged.tally.sharings = candidates - told
      const byClause = [...clauses.values()].sort((a, b) => (a.clause < b.clause ? -1 : 1))
      return { candidates, ...(bothWays ? { clauses: byClause } : {}), parts: ended }
    },
  }
}

function beginPart(): { add: (one: Affected) => void; end: () => Part } {
  const tally = noTally()
  const groups: Record<"entities" | "purposes" | "dataKinds", Groups> = {
    ...{ entities: new Map(), purposes: new Map(), dataKinds: new Map() },
  }
  return {
    add: (one) => {
      count(tally, one)
      countIn(groups.entities, one.entityId, one)
      for (const key of one.purposes) countIn(groups.purposes, key, one)
      for (const key of one.dataKinds) countIn(groups.dataKinds, key, one)
    },
    end: () => ({
      tally,
      entities: mostFirst(groups.entities),
      purposes: mostFirst(groups.purposes),
      dataKinds: mostFirst(groups.dataKinds),
    }),
  }
}

type Groups = Map<string, Tally>

const noTally = (): Tally => ({ sharings: 0, minors: 0, people: 0, unknownPeople: 0, from: null })

function countIn(groups: Groups, key: string, one: Affected): void {
  const tally = groups.get(key) ?? noTally()
  count(tally, one)
  groups.set(key, tally)
}

function mostFirst(groups: Groups): Group[] {
  return [...groups]
    .map(([key, tally]) => ({ key, tally }))
    .sort((a, b) => b.tally.sharings - a.tally.sharings || (a.key < b.key ? -1 : 1))
}

function count(tally: Tally, one: Affected): void {
  tally.sharings += 1
  if (one.minors) tally.minors += 1
  if (one.people === null) tally.unknownPeople += 1
  else tally.people += one.people
  if (one.from !== null && (tally.from === null || one.from < tally.from)) tally.from = one.from
}

/** Two summaries of different sharings as one. */
export function addSummaries(one: Summary, other: Summary): Summary {
  const parts = Object.fromEntries(
    CHANGES.map((change) => [change, addParts(one.parts[change], other.parts[change])]),
  ) as Summary["parts"]
  const clauses = one.clauses || other.clauses ? { clauses: addClauses(one.clauses, other.clauses) } : {}
  return { candidates: one.candidates + other.candidates, ...clauses, parts }
}

function addParts(one: Part, other: Part): Part {
  return {
    tally: addTallies(one.tally, other.tally),
    entities: addGroups(one.entities, other.entities),
    purposes: addGroups(one.purposes, other.purposes),
    dataKinds: addGroups(one.dataKinds, other.dataKinds),
  }
}

function addGroups(one: readonly Group[], other: readonly Group[]): Group[] {
  const groups: Groups = new Map(one.map(({ key, tally }) => [key, tally]))
  for (const { key, tally } of other) groups.set(key, addTallies(groups.get(key) ?? noTally(), tally))
  return mostFirst(groups)
}

function addTallies(one: Tally, other: Tally): Tally {
  const from = one.from === null || (other.from !== null && other.from < one.from) ? other.from : one.from
  return {
    sharings: one.sharings + other.sharings,
    minors: one.minors + other.minors,
    people: one.people + other.people,
    unknownPeople: one.unknownPeople + other.unknownPeople,
    from,
  }
}

function addClauses(one: readonly ClauseTally[] = [], other: readonly ClauseTally[] = []): ClauseTally[] {
  const all = new Map(one.map((tally) => [tally.clause, tally]))
  for (const { clause, appear, vanish } of other) {
    const known = all.get(clause) ?? { clause, appear: 0, vanish: 0 }
    all.set(clause, { clause, appear: known.appear + appear, vanish: known.vanish + vanish })
  }
  return [...all.values()].sort((a, b) => (a.clause < b.clause ? -1 : 1))
}
