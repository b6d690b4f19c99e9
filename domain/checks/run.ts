import { valueOf } from "@/domain/core/answer"
import { addDays, type Day } from "@/domain/core/day"
import { canonical } from "@/domain/core/canonical"
import { once } from "@/domain/core/once"
import { complement, intersect, type Stretch } from "@/domain/core/stretch"
import { appliesTo } from "./applies"
import { NOWHERE } from "./kit"
import { lawFactsOf, type LawFacts } from "./law"
import { CHECKS, WIDE_CHECKS } from "./registry"
import type { Check, Clause, Facts, Finding, Pack, Ruling } from "./types"
import { whenDays, type When } from "./when"
import { bandRulingsOf } from "./wide"

/** What one clause says about the facts, over all days. */
export type Ruled = { pack: Pack; clause: Clause; rulings: Ruling[] }

/**
 * Every clause of the packs with its rulings, on the days on which its pack is about the record; on all others it does not
 * apply. A check that is not there is a fault in the pack, and thrown. Clauses about the whole register are here where the
 * facts say how it stands.
 */
export function rulingsOf(facts: Facts, packs: readonly Pack[], law: LawFacts = lawFactsOf(packs)): Ruled[] {
  return ruled(facts, packs, law, true)
}

/** The same without clauses that apply on no day at all: of two hundred mostly a quarter is left. */
export function applyingOf(facts: Facts, packs: readonly Pack[], law: LawFacts): Ruled[] {
  return ruled(facts, packs, law, false)
}

function ruled(facts: Facts, packs: readonly Pack[], law: LawFacts, whole: boolean): Ruled[] {
  // Versions of a pack ask most of the same: what a check said of the record is not asked twice.
  const on: On = { facts, law, said: packs.some((pack) => pack.own) ? new Map() : null }
  const out: Ruled[] = []
  for (const pack of packs) {
    const applies = appliesTo(pack, facts, law)
    if (applies.length === 0) continue
    const beside = complement(applies).map((days) => ({ ...days, verdict: "not-applicable" as const }))
    for (const asked of askedBy(pack)) {
      const rulings = rulingsBy(asked, on)
      if (rulings === null || (rulings === NOWHERE && !whole)) continue
      // What applies on no day at all needs no cutting to the days of the pack.
      const cut = beside.length > 0 && rulings !== NOWHERE && rulings.some(applying)
      out.push({ pack, clause: asked.clause, rulings: cut ? [...within(rulings, applies), ...beside] : rulings })
    }
  }
  return out
}

/** Checks that look at what a flow owes after its end. */
const AFTER_END = ["retentionStated", "deletionProven"]

/** The check that what an approval asked for is done: an ending may ask for something as well, and it is owed from its day on. */
const ASKED_FOR = "conditionsMet"

/**
 * What the clauses say of what has ended: of a flow, on the days after its last, that the data was deleted or returned;
 * and of every record that what its ending asked for is done. Of everything else nothing is asked of it any more.
 */
export function rulingsAfterEnd(facts: Facts, packs: readonly Pack[], law: LawFacts = lawFactsOf(packs)): Ruled[] {
  return [...owedAfterEnd(facts, packs, law), ...askedByEnding(facts, packs, law)]
}

function askedByEnding(facts: Facts, packs: readonly Pack[], law: LawFacts): Ruled[] {
  if (!facts.conditions?.length) return []
  const on: On = { facts, law, said: null }
  return packs.flatMap((pack) =>
    askedBy(pack).flatMap((one): Ruled[] => {
      const rulings = one.clause.check === ASKED_FOR ? rulingsBy(one, on) : null
      return rulings?.some(applying) ? [{ pack, clause: one.clause, rulings }] : []
    }),
  )
}

function owedAfterEnd(facts: Facts, packs: readonly Pack[], law: LawFacts): Ruled[] {
  const endedOn = facts.about === "sharing" ? valueOf(facts.sharing.body.endsOn) : null
  if (endedOn === null) return []
  const after: Stretch[] = [{ from: addDays(endedOn, 1), to: null }]
  const on: On = { facts, law, said: null }
  return packs.flatMap((pack) => {
    const asked = askedBy(pack).filter((one) => AFTER_END.includes(one.clause.check ?? ""))
    const applies = asked.length === 0 ? [] : intersect(appliesTo(pack, facts, law), after)
    if (applies.length === 0) return []
    const beside = complement(applies).map((days) => ({ ...days, verdict: "not-applicable" as const }))
    return asked.flatMap((one): Ruled[] => {
      const rulings = rulingsBy(one, on)
      return rulings?.some(applying)
        ? [{ pack, clause: one.clause, rulings: [...within(rulings, applies), ...beside] }]
        : []
    })
  })
}

/** A clause with the check that it names; null: one about the whole register. */
type Asked = { clause: Clause; check: Check | null; when: When | null }

/** The clauses of a pack that look at anything, with their checks, found once for all records. */
const askedBy = once((pack: Pack): Asked[] =>
  pack.clauses.flatMap((clause): Asked[] => {
    if (clause.check === null) return []
    if (clause.check in WIDE_CHECKS) return [{ clause, check: null, when: null }]
    const check = CHECKS[clause.check]
    if (!check) throw new Error(`pack ${pack.pack} ${pack.version}: clause ${clause.id} names no check ${clause.check}`)
    return [{ clause, check, when: (clause.params?.when as When | undefined) ?? null }]
  }),
)

type Said = Map<string, Ruling[]>
type On = { facts: Facts; law: LawFacts; said: Said | null }

/** Null where a clause is about the whole register and the facts do not say how it stands. */
function rulingsBy({ clause, check, when }: Asked, { facts, law, said }: On): Ruling[] | null {
  if (check === null) return bandRulingsOf(facts, law)
  // A clause whose condition holds on no day applies on none (a test asks the checks themselves): most need go no further.
  if (when !== null && facts.about === "sharing" && whenDays(facts, when, law).length === 0) return NOWHERE
  if (said === null) return check(facts, clause.params ?? NO_ARGUMENTS, law)
  const word = wordOf(clause)
  const known = said.get(word)
  if (known) return known
  const rulings = check(facts, clause.params ?? NO_ARGUMENTS, law)
  said.set(word, rulings)
  return rulings
}

const NO_ARGUMENTS: Readonly<Record<string, unknown>> = Object.freeze({})

const wordOf = once((clause: Clause): string => `${clause.check} ${canonical(clause.params ?? {})}`)

const applying = (ruling: Ruling): boolean => ruling.verdict !== "not-applicable"

function within(rulings: readonly Ruling[], days: Stretch[]): Ruling[] {
  const out: Ruling[] = []
  for (const ruling of rulings)
    for (const piece of intersect([ruling], days))
      out.push(piece.from === ruling.from && piece.to === ruling.to ? ruling : { ...ruling, ...piece })
  return out
}

/** The catalogue key of what is wrong: the check's own, or one that goes on from the clause (or from its template). */
function keyOf(says: string | undefined, clause: Clause): string {
  if (says !== undefined && says !== "" && !says.startsWith(".")) return says
  const own = clause.params?.says
  const base = typeof own === "string" && own.startsWith("finding.") ? own : `finding.${clause.id}`
  return `${base}${says ?? ""}`
}

const NO_PARAMS: Readonly<Record<string, string>> = Object.freeze({})
const MOST_KEPT = 20_000
const kept = new Map<string, string>()

/** The text as one and the same string: a list of thousands of flows is found wrong in the same few words. */
function sameText(text: string): string {
  const known = kept.get(text)
  if (known !== undefined) return known
  if (kept.size >= MOST_KEPT) kept.clear()
  kept.set(text, text)
  return text
}

/** What is broken or unknown under the packs, with its days. */
export function findingsOf(facts: Facts, packs: readonly Pack[], law: LawFacts = lawFactsOf(packs)): Finding[] {
  return foundIn(facts, applyingOf(facts, packs, law))
}

/** What is broken or unknown, with its days, on the legal days of each clause. Clauses that bite later give none here. */
export function foundIn(facts: Facts, ruled: readonly Ruled[]): Finding[] {
  const record = subject(facts)
  const out: Finding[] = []
  for (const { pack, clause, rulings } of ruled) {
    if (clause.bitesOn !== "approval") continue
    for (const ruling of rulings) {
      if (ruling.verdict !== "broken" && ruling.verdict !== "unknown") continue
      const legal: Stretch[] = [{ from: clause.effectiveFrom, to: clause.effectiveTo }]
      for (const days of intersect([{ from: ruling.from, to: ruling.to }], legal))
        // Each by its name and none spread: that takes a third less memory, and an import finds hundreds of thousands.
        out.push({
          clause: clause.id,
          pack: pack.pack,
          packVersion: pack.version,
          severity: clause.severity,
          verdict: ruling.verdict,
          recordKind: record.recordKind,
          recordId: record.recordId,
          from: days.from,
          to: days.to,
          says: sameText(keyOf(ruling.says, clause)),
          params: ruling.params ?? NO_PARAMS,
          path: ruling.path ? sameText(ruling.path) : null,
          remedy: clause.remedy,
        })
    }
  }
  return out
}

function subject(facts: Facts): Pick<Finding, "recordKind" | "recordId"> {
  if (facts.about === "sharing") return { recordKind: "sharing", recordId: facts.sharing.id }
  if (facts.about === "agreement") return { recordKind: "agreement", recordId: facts.agreement.id }
  return { recordKind: "party", recordId: facts.party.id }
}

/** The findings that stand on the day. */
export function findingsOn(findings: readonly Finding[], on: Day): Finding[] {
  return findings.filter(
    (finding) => (finding.from === null || finding.from <= on) && (finding.to === null || on < finding.to),
  )
}

/** The findings that stop an approval on the day: blocking, broken or unknown. */
export function blockingOn(findings: readonly Finding[], on: Day): Finding[] {
  return findingsOn(findings, on).filter((finding) => finding.severity === "blocking")
}
