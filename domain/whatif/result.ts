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

/** The order in which a result is read: what stands uncovered first, what comes soonest first. */
export function inOrder(a: Affected, b: Affected): number {
  const rank = CHANGES.indexOf(a.change) - CHANGES.indexOf(b.change)
  if (rank !== 0) return rank
  const key = (one: Affected): string => `${one.from ?? "~"} ${one.partyName} ${one.title} ${one.id}`
  return key(a) < key(b) ? -1 : 1
}

/** Counts the sharings by what happens to them, by company, purpose and kind of data. */
export function summarise(list: readonly Affected[], candidates: number): Summary {
  const parts = Object.fromEntries(
    CHANGES.map((change) => [change, partOf(list.filter((one) => one.change === change))]),
  ) as Record<Change, Part>
  const told = CHANGES.reduce((sum, change) => sum + (change === "unchanged" ? 0 : parts[change].tally.sharings), 0)
  return {
    candidates,
    ...(list.some((one) => one.gone) ? { clauses: byClause(list) } : {}),
    parts: {
      ...parts,
      unchanged: { ...parts.unchanged, tally: { ...parts.unchanged.tally, sharings: candidates - told } },
    },
  }
}

function byClause(list: readonly Affected[]): ClauseTally[] {
  const tallies = new Map<string, ClauseTally>()
  const add = (clauses: readonly string[], what: "appear" | "vanish"): void => {
    for (const clause of new Set(clauses)) {
      const tally = tallies.get(clause) ?? { clause, appear: 0, vanish: 0 }
      tallies.set(clause, { ...tally, [what]: tally[what] + 1 })
    }
  }
  for (const { findings, gone } of list) {
    add(
      findings.map((one) => one.clause),
      "appear",
    )
    add(
      (gone ?? []).map((one) => one.clause),
      "vanish",
    )
  }
  return [...tallies.values()].sort((a, b) => (a.clause < b.clause ? -1 : 1))
}

function partOf(list: readonly Affected[]): Part {
  return {
    tally: tallyOf(list),
    entities: grouped(list, (one) => [one.entityId]),
    purposes: grouped(list, (one) => one.purposes),
    dataKinds: grouped(list, (one) => one.dataKinds),
  }
}

function grouped(list: readonly Affected[], keysOf: (one: Affected) => readonly string[]): Group[] {
  const groups = new Map<string, Affected[]>()
  for (const one of list)
    for (const key of keysOf(one)) {
      const group = groups.get(key)
      if (group) group.push(one)
      else groups.set(key, [one])
    }
  return [...groups]
    .map(([key, of]) => ({ key, tally: tallyOf(of) }))
    .sort((a, b) => b.tally.sharings - a.tally.sharings || (a.key < b.key ? -1 : 1))
}

function tallyOf(list: readonly Affected[]): Tally {
  const tally: Tally = { sharings: list.length, minors: 0, people: 0, unknownPeople: 0, from: null }
  for (const one of list) {
    if (one.minors) tally.minors += 1
    if (one.people === null) tally.unknownPeople += 1
    else tally.people += one.people
    if (one.from !== null && (tally.from === null || one.from < tally.from)) tally.from = one.from
  }
  return tally
}
