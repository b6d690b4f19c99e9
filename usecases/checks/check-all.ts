import { hash } from "node:crypto"
import type { JudgementRow } from "@/db/statements/judgements"
import type { SharingChecks } from "@/db/statements/rows"
import { makeRegister } from "@/domain/checks/register"
import { factsOfAgreement, factsOfParty, factsOfSharing } from "@/domain/checks/facts"
import type { BandStand } from "@/domain/checks/band-sums"
import { lawFactsOf } from "@/domain/checks/law"
import { applyingOf, blockingOn, foundIn, rulingsAfterEnd } from "@/domain/checks/run"
import type { Facts, Finding, Pack, SharingFacts } from "@/domain/checks/types"
import { coverageOf, type Coverage } from "@/domain/coverage/coverage"
import type { Day } from "@/domain/core/day"
import { later } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { union, type Stretch } from "@/domain/core/stretch"
import { turnsOf, verdictsOf, type Turn } from "@/domain/promises/verdicts"
import type { Entity } from "@/domain/records/evidence"
import { unprovenOf, withDuty } from "@/domain/endings/duty"
import type { AnyRecord } from "@/domain/records/kinds"
import { valueOf } from "@/domain/core/answer"
import type { Conditions } from "./conditions"

export type AllChecked = {
  findings: Finding[]
  blocking: Finding[]
  /** The day on which each record's approval is judged, by its id. */
  days: Record<string, Day>
  checked: { recordIds: string[]; findings: Finding[]; sharings: SharingChecks[]; judgements: JudgementRow[] }
  /** On which days each sharing that was looked at is covered, by its id; none unless they are to be drawn. */
  coverage: Map<string, Coverage>
}

type About = {
  records: readonly AnyRecord[]
  entities: ReadonlyMap<Id<"entity">, Entity>
  today: ReadonlyMap<string, Day>
  about: ReadonlySet<string>
  /** The packs that the register is judged by, as known at the instant. */
  packs: readonly Pack[]
  /** How companies stand in the bands of people whose data leaves the mainland; without, clauses on them are not asked. */
  stands?: ReadonlyMap<string, readonly BandStand[]>
  /** What the approvals of these records asked for. */
  conditions?: Conditions
  /** Whether what is found is to be written down; thousands of records are judged without, until they come into force. */
  keep: boolean
  /** Whether the coverage of the sharings is to be drawn though nothing is written down. */
  draw?: boolean
}

/**
 * Runs the packs over the records named in `about` (sharings, agreements, parties), as part of the
 * register that the records make up. A finding blocks on the approval day: today in the entity's zone, or the first
 * day of a sharing that begins later.
 */
export function checkAll(
  records: readonly AnyRecord[],
  entities: ReadonlyMap<Id<"entity">, Entity>,
  today: ReadonlyMap<string, Day>,
  about: ReadonlySet<string>,
  packs: readonly Pack[],
  { stands = new Map(), conditions = new Map() }: Pick<About, "stands" | "conditions"> = {},
): AllChecked {
  const { out, check } = begun({ records, entities, today, about, packs, keep: true, stands, conditions })
  for (const record of records) check(record)
  return out
}

/** So many records are checked before others get a turn. */
const TURN = 250

/** The same for many records at once: every so often it lets others have a turn, and its transaction a sign of life. */
export async function checkMany(on: About, breathe: () => Promise<unknown>, turn: number = TURN): Promise<AllChecked> {
  const { out, check } = begun(on)
  for (let from = 0; from < on.records.length; from += turn) {
    for (const record of on.records.slice(from, from + turn)) check(record)
    if (from + turn < on.records.length) await breathe()
  }
  return out
}

function begun({ records, entities, today, about, packs, keep, draw, stands, conditions }: About): {
  out: AllChecked
  check: (record: AnyRecord) => void
} {
  const register = makeRegister(records, entities)
  const law = lawFactsOf(packs)
  const fallback = [...today.values()][0] as Day
  const findings: Finding[] = []
  const out: AllChecked = {
    findings,
    blocking: [],
    days: {},
    // What is found is what is written down: one list.
    checked: { recordIds: [], findings: keep ? findings : [], sharings: [], judgements: [] },
    coverage: new Map(),
  }
  const seen = new Map<string, Told>()
  // The rows of an import are judged alike: equal turns are one and the same, in memory and on the way to the database.
  const same = (turns: readonly Turn[]): Told => {
    const text = textOf(turns)
    const known = seen.get(text) ?? { turns, text }
    seen.set(text, known)
    return known
  }
  const check = (record: AnyRecord): void => {
    // An agreement's facts are always whole; those of a sharing or a party only where its surroundings were loaded.
    if (!about.has(record.id) && record.kind !== "agreement") return
    const facts = factsFor(register, record, { stands, conditions })
    if (!facts) return
    const ended = record.standing === "ended"
    const ruled = ended ? rulingsAfterEnd(facts, packs, law) : applyingOf(facts, packs, law)
    const found = foundIn(facts, ruled)
    for (const finding of found) findings.push(finding)
    const on = approvalDay(record, today, fallback)
    out.days[record.id] = on
    // What an ending still owes never stops it: the register tells the truth first.
    if (!ended) out.blocking.push(...blockingOn(found, on))
    const coverage = facts.about === "sharing" && (keep || draw) ? coverageOf(facts, law) : null
    if (coverage && draw) out.coverage.set(record.id, coverage)
    if (!keep) return
    out.checked.recordIds.push(record.id)
    if (coverage && facts.about === "sharing") out.checked.sharings.push(sharingChecks(facts, coverage, found))
    out.checked.judgements.push(judgement(record, coverage, same(turnsOf(verdictsOf(ruled)))))
  }
  return { out, check }
}

/**
 * The same text as `JSON.stringify` gives, in less time: there are some hundred turns to a record. Joined and not added up:
 * a text that is added up stays in as many pieces in memory, and a large approval keeps thousands of them.
 */
export function textOf(turns: readonly Turn[]): string {
  const parts = turns.map(
    ([clause, verdict, on, n]) => `[${quoted(clause)},"${verdict}",${on === null ? "null" : `"${on}"`},${n}]`,
  )
  return `[${parts.join(",")}]`
}

const QUOTED = new Map<string, string>()

function quoted(clause: string): string {
  const known = QUOTED.get(clause)
  if (known !== undefined) return known
  if (QUOTED.size >= 10_000) QUOTED.clear()
  const made = JSON.stringify(clause)
  QUOTED.set(clause, made)
  return made
}

/** Turns, and the text that they are hashed as. */
type Told = { turns: readonly Turn[]; text: string }

function judgement(record: AnyRecord, coverage: Coverage | null, { turns, text }: Told): JudgementRow {
  const { body } = record
  const row = {
    recordId: record.id as string,
    recordKind: record.kind,
    entityId: "entityId" in body ? (body.entityId as string) : null,
    partyId: record.kind === "party" ? record.id : "partyId" in body ? (body.partyId as string) : null,
    restrictedTo: (body.restrictedTo as string[] | null) ?? null,
    coverage: coverage ? JSON.stringify(coverage) : null,
  }
  return { ...row, turns, hash: hash("md5", `${JSON.stringify(row).slice(0, -1)},"turns":${text}}`) }
}

function factsFor(
  register: ReturnType<typeof makeRegister>,
  record: AnyRecord,
  { stands, conditions }: Pick<About, "stands" | "conditions">,
): Facts | null {
  const facts = factsAbout(register, record, stands)
  const asked = conditions?.get(record.id)
  return facts && asked ? { ...facts, conditions: asked } : facts
}

function factsAbout(
  register: ReturnType<typeof makeRegister>,
  record: AnyRecord,
  stands: About["stands"],
): Facts | null {
  if (record.kind === "sharing") {
    const facts = factsOfSharing(register, record.id)
    const bands = stands?.get(record.body.entityId)
    return facts && bands ? { ...facts, bands } : facts
  }
  if (record.kind === "agreement") return factsOfAgreement(register, record.id)
  if (record.kind === "party") return factsOfParty(register, record.id)
  return null
}

/** Today where the record's company is, or the first day of a sharing that begins later. */
function approvalDay(record: AnyRecord, today: ReadonlyMap<string, Day>, fallback: Day): Day {
  const here = "entityId" in record.body ? (today.get(record.body.entityId) ?? fallback) : fallback
  const start = record.kind === "sharing" ? valueOf(record.body.startsOn) : null
  return start ? later(start, here) : here
}

function sharingChecks(
  { sharing, agreements }: Pick<SharingFacts, "sharing" | "agreements">,
  coverage: Coverage,
  findings: readonly Finding[],
): SharingChecks {
  const owed = unprovenOf(withDuty(sharing, agreements))
  const days = (severity: Finding["severity"]): Stretch[] =>
    union(findings.filter((item) => item.severity === severity))
  return {
    recordId: sharing.id,
    unprovenFrom: owed?.from ?? null,
    proofDueOn: owed?.dueOn ?? null,
    coverage: asMultirange(coverage.covered),
    papered: asMultirange(coverage.paper),
    blocking: asMultirange(days("blocking")),
    warning: asMultirange(days("warning")),
  }
}

/** Stretches as PostgreSQL writes a `datemultirange`: `{[2026-01-01,2026-02-01)}`. */
export function asMultirange(stretches: readonly Stretch[]): string {
  return `{${stretches.map((item) => `[${item.from ?? ""},${item.to ?? ""})`).join(",")}}`
}
