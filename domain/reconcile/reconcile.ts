import { fold } from "@/domain/core/fold"
import { coreName, hostKey, hostsUp, numberKey, type Key } from "./keys"

/** One supplier as another list names it: a ledger, an export of sign-on apps. */
export type SupplierLine = {
  line: number
  name: string
  country: string | null
  numbers: readonly string[]
  hosts: readonly string[]
}

/** A party of the register with the keys by which it is found. */
export type KnownSupplier = {
  partyId: string
  country: string | null
  decision: "receives-data" | "undecided" | "no-personal-data"
  keys: readonly Key[]
}

/** How a line and a party were found to be one. A similar name is a guess, and says so. */
export type How = "number" | "name" | "other-name" | "host" | "similar"

/** Where a line lands: exactly one of the four. */
export type Group = "matched" | "negative" | "undecided" | "unmatched"
export const GROUPS = ["matched", "negative", "undecided", "unmatched"] as const

export type Landed = { line: number; group: Group; partyId: string | null; how: How | null; by: string | null }

const GROUP_OF = { "receives-data": "matched", "no-personal-data": "negative", undecided: "undecided" } as const

/** Names that are as like as this are guessed to be one; below it a line stays unmatched. */
export const SIMILAR = 0.78

/**
 * Where each line lands. The surest sign decides: a number, the legal name, another name, a host, a similar name. The
 * outcome follows from the line and the parties alone, in whatever order either comes.
 */
export function reconcile(lines: readonly SupplierLine[], parties: readonly KnownSupplier[]): Landed[] {
  const index = indexOf(parties)
  return lines.map((line) => landed(line, index))
}

type Index = {
  exact: Map<string, KnownSupplier[]>
  cores: Map<string, { core: string; party: KnownSupplier }[]>
}

function indexOf(parties: readonly KnownSupplier[]): Index {
  const index: Index = { exact: new Map(), cores: new Map() }
  for (const party of parties) {
    for (const { kind, key } of party.keys) {
      if (kind === "core") for (const gram of grams(key)) push(index.cores, gram, { core: key, party })
      else push(index.exact, `${kind} ${key}`, party)
    }
  }
  return index
}

function push<T>(into: Map<string, T[]>, key: string, item: T): void {
  const list = into.get(key)
  if (list) list.push(item)
  else into.set(key, [item])
}

function landed(line: SupplierLine, index: Index): Landed {
  const found = exactly(line, index) ?? similarly(line, index)
  if (!found) return { line: line.line, group: "unmatched", partyId: null, how: null, by: null }
  const { party, how, by } = found
  return { line: line.line, group: GROUP_OF[party.decision], partyId: party.partyId, how, by }
}

type Found = { party: KnownSupplier; how: How; by: string }

/** The keys of a line, the surest first. */
export function keysOfLine(line: SupplierLine): { how: Exclude<How, "similar">; key: string }[] {
  const name = fold(line.name)
  const hosts = line.hosts.flatMap((text) => hostKey(text) ?? [])
  return [
    ...line.numbers.flatMap((text) => numberKey(text) ?? []).map((key) => ({ how: "number" as const, key })),
    ...(name ? (["name", "other-name"] as const).map((how) => ({ how, key: name })) : []),
    ...hosts.flatMap(hostsUp).map((key) => ({ how: "host" as const, key })),
  ]
}

function exactly(line: SupplierLine, index: Index): Found | null {
  for (const { how, key } of keysOfLine(line)) {
    const party = best(line, index.exact.get(`${how} ${key}`) ?? [])
    if (party) return { party, how, by: key }
  }
  return null
}

/** Of several the one in the line's country, then the one that has been in the register longest (ids sort by age). */
function best(line: SupplierLine, parties: readonly KnownSupplier[]): KnownSupplier | null {
  const rank = (party: KnownSupplier): string =>
    `${line.country !== null && party.country === line.country ? 0 : 1}${party.partyId}`
  return parties.reduce<KnownSupplier | null>((a, b) => (a !== null && rank(a) <= rank(b) ? a : b), null)
}

function similarly(line: SupplierLine, index: Index): Found | null {
  const core = coreName(line.name)
  if (core === "") return null
  let top = 0
  let at: { core: string; party: KnownSupplier }[] = []
  const seen = new Set<string>()
  for (const gram of grams(core))
    for (const item of index.cores.get(gram) ?? []) {
      const key = `${item.party.partyId} ${item.core}`
      if (seen.has(key)) continue
      seen.add(key)
      // Another country is another company, however like the names are.
      if (line.country !== null && item.party.country !== null && line.country !== item.party.country) continue
      const score = likeness(core, item.core)
      if (score < SIMILAR || score < top) continue
      if (score > top) at = []
      top = score
      at.push(item)
    }
  const party = best(
    line,
    at.map((item) => item.party),
  )
  return party ? { party, how: "similar", by: String(Math.round(top * 100)) } : null
}

/** How like two names are, from 0 to 1: what they share of their pairs of letters (Dice). Equal names are 1. */
export function likeness(a: string, b: string): number {
  if (a === b) return 1
  const left = grams(a)
  const right = grams(b)
  const shared = left.filter((gram) => right.includes(gram)).length
  return left.length + right.length === 0 ? 0 : (2 * shared) / (left.length + right.length)
}

/** The pairs of letters of a name, each once with how often it had come before. */
function grams(text: string): string[] {
  const times = new Map<string, number>()
  const signs = [...` ${text} `]
  return signs.slice(0, -1).map((sign, i) => {
    const pair = sign + signs[i + 1]
    const n = times.get(pair) ?? 0
    times.set(pair, n + 1)
    return `${pair}${n}`
  })
}

/** How many lines landed in each group; what is not decided is the last two together. */
export function totals(landed: readonly { group: Group }[]): Record<Group, number> & { open: number; lines: number } {
  const count = (group: Group): number => landed.filter((one) => one.group === group).length
  const [matched, negative, undecided, unmatched] = GROUPS.map(count) as [number, number, number, number]
  return { matched, negative, undecided, unmatched, open: undecided + unmatched, lines: landed.length }
}
