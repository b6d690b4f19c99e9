import type { Day } from "@/domain/core/day"
import { intersect, type Stretch } from "@/domain/core/stretch"
import { CHECKS } from "./registry"
import type { Clause, Facts, Finding, Pack, Ruling } from "./types"

/** What one clause says about the facts, over all days. */
export type Ruled = { pack: Pack; clause: Clause; rulings: Ruling[] }

/** Every clause of the packs with its rulings. A check that is not there is a fault in the pack, and thrown. */
export function rulingsOf(facts: Facts, packs: readonly Pack[]): Ruled[] {
  return packs.flatMap((pack) =>
    pack.clauses.flatMap((clause) => {
      if (clause.check === null) return []
      const check = CHECKS[clause.check]
      if (!check)
        throw new Error(`pack ${pack.pack} ${pack.version}: clause ${clause.id} names no check ${clause.check}`)
      return [{ pack, clause, rulings: check(facts, clause.params ?? {}) }]
    }),
  )
}

/** What is broken or unknown under the packs, with its days. */
export function findingsOf(facts: Facts, packs: readonly Pack[]): Finding[] {
  return foundIn(facts, rulingsOf(facts, packs))
}

/** What is broken or unknown, with its days, on the legal days of each clause. Clauses that bite later give none here. */
export function foundIn(facts: Facts, ruled: readonly Ruled[]): Finding[] {
  const record = subject(facts)
  return ruled.flatMap(({ pack, clause, rulings }) => {
    if (clause.bitesOn !== "approval") return []
    const legal: Stretch[] = [{ from: clause.effectiveFrom, to: clause.effectiveTo }]
    return rulings.flatMap((ruling) => {
      if (ruling.verdict !== "broken" && ruling.verdict !== "unknown") return []
      const verdict = ruling.verdict
      return intersect([{ from: ruling.from, to: ruling.to }], legal).map((days) => ({
        clause: clause.id,
        pack: pack.pack,
        packVersion: pack.version,
        severity: clause.severity,
        verdict,
        ...record,
        ...days,
        says: ruling.says ?? `finding.${clause.id}`,
        params: ruling.params ?? {},
        path: ruling.path ?? null,
        remedy: clause.remedy,
      }))
    })
  })
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
