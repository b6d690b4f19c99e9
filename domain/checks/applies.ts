import { stretchOf } from "@/domain/core/dated"
import type { Day } from "@/domain/core/day"
import { ALWAYS, complement, covers, intersect, subtract, union, type Stretch } from "@/domain/core/stretch"
import { valueOf } from "@/domain/core/answer"
import { bindsOn, hasRules } from "@/domain/coverage/areas"
import type { Entity } from "@/domain/records/evidence"
import type { Sharing } from "@/domain/records/sharing"
import type { LawFacts } from "./law"
import type { Facts, Pack, PackScope } from "./types"

type Applying = Pick<Pack, "pack" | "scope" | "effectiveFrom" | "effectiveTo" | "yields">

/**
 * The days on which a pack is about the record: its entity is under one of the pack's regimes on them, and entity,
 * products and kinds of people lie inside the pack's scope. By hand it can be widened (a dated line that says *applies*),
 * and narrowed only by a line with its reason; a line without one changes nothing. A version counts on its own days, and
 * where a narrower text of the pack is about the whole of the record that one counts instead.
 */
export function appliesTo(pack: Applying, facts: Facts, law: LawFacts): Stretch[] {
  const days = aboutRecord(pack, facts, law)
  if (days.length === 0 || (!pack.effectiveFrom && !pack.effectiveTo && !pack.yields)) return days
  const own = intersect(days, [{ from: pack.effectiveFrom ?? null, to: pack.effectiveTo ?? null }])
  const others = (pack.yields ?? []).filter(({ scope }) =>
    facts.about === "party" ? unlimited(scope) : wholly(scope, scopedOf(facts)),
  )
  return others.length ? subtract(own, union(others.map(({ from, to }) => ({ from, to })))) : own
}

/**
 * Whether the text looks at the flow on the day, whatever law its company is under: it counts then, the flow lies in its
 * scope at least in part, and no narrower text that counts then holds the whole of it.
 */
export function looksAt(pack: Applying, flow: Flow, on: Day): boolean {
  const holds = (days: Stretch): boolean => covers([days], on)
  const of = { entityId: flow.entityId, flow }
  return (
    holds({ from: pack.effectiveFrom ?? null, to: pack.effectiveTo ?? null }) &&
    insideScope(pack.scope, of) &&
    !(pack.yields ?? []).some((one) => holds(one) && wholly(one.scope, of))
  )
}

type Flow = Pick<Sharing, "entityId" | "products" | "subjects">
/** What scopes are held against: the company, and of a flow its products and kinds of people. */
type Scoped = { entityId: string; flow: Flow | null }

function scopedOf(facts: Exclude<Facts, { about: "party" }>): Scoped {
  return facts.about === "sharing"
    ? { entityId: facts.sharing.body.entityId, flow: facts.sharing.body }
    : { entityId: facts.agreement.body.entityId, flow: null }
}

/** Whether nothing of the record lies outside the scope: an unanswered product or kind of people may. */
function wholly(scope: PackScope, { entityId, flow }: Scoped): boolean {
  if (scope.entities && !scope.entities.includes(entityId)) return false
  if (!flow) return !scope.products && !scope.subjects
  const { products, subjects } = flow
  return within(scope.products, valueOf(products)) && within(scope.subjects, valueOf<readonly string[]>(subjects))
}

function within(limit: readonly string[] | null, named: readonly string[] | null): boolean {
  return limit === null || (named !== null && named.length > 0 && named.every((one) => limit.includes(one)))
}

function aboutRecord(pack: Applying, facts: Facts, law: LawFacts): Stretch[] {
  if (facts.about === "party") return unlimited(pack.scope) ? ALWAYS : []
  const byLaw = intersect(
    regimeDays(pack.scope, facts.entity, law),
    insideScope(pack.scope, scopedOf(facts)) ? ALWAYS : [],
  )
  if (facts.about === "agreement") return byLaw
  const lines = facts.sharing.body.packLines.filter((line) => line.pack === pack.pack)
  const widened = lines.filter((line) => line.effect === "applies").map(stretchOf)
  const narrowed = lines.filter(
    (line) => line.effect === "does-not-apply" && (valueOf(line.reason) ?? "").trim() !== "",
  )
  return subtract(union(byLaw, widened), union(narrowed.map(stretchOf)))
}

function unlimited(scope: PackScope): boolean {
  return !scope.regimes && !scope.entities && !scope.products && !scope.subjects
}

/** A regime binds on its dated line, and where the law's facts say so not before it reached the company's country. */
function regimeDays(scope: PackScope, entity: Entity, law: LawFacts): Stretch[] {
  const { regimes } = scope
  if (regimes === null) return ALWAYS
  return union(
    ...entity.regimes
      .filter((line) => regimes.includes(line.regime))
      .map((line) => (hasRules(law, line.regime) ? bindsOn(law, entity, line) : [stretchOf(line)])),
  )
}

/** An unanswered product or kind of people is not thereby outside: only named ones are. */
function insideScope(scope: PackScope, { entityId, flow }: Scoped): boolean {
  if (scope.entities && !scope.entities.includes(entityId)) return false
  if (!flow) return true
  const { products, subjects } = flow
  return touches(scope.products, valueOf(products)) && touches(scope.subjects, valueOf<readonly string[]>(subjects))
}

function touches(limit: readonly string[] | null, named: readonly string[] | null): boolean {
  return limit === null || named === null || named.some((one) => limit.includes(one))
}

/** The days of the record on which no pack of the name is about it: outside every scope the page says so (foundation 22). */
export function outsideScope(name: string, packs: readonly Pack[], facts: Facts, law: LawFacts): Stretch[] {
  return complement(union(...packs.filter((pack) => pack.pack === name).map((pack) => appliesTo(pack, facts, law))))
}

/**
 * Of several versions of one pack (local texts of a statement), the one that prevails for the company: the narrowest
 * scope that names it, and in its language where one is given.
 */
export function prevailing(packs: readonly Pack[], name: string, entityId: string, language?: string): Pack | null {
  const fits = packs.filter(
    (pack) =>
      pack.pack === name &&
      (pack.scope.entities === null || pack.scope.entities.includes(entityId)) &&
      (pack.scope.language === undefined || pack.scope.language === language),
  )
  const weight = (pack: Pack): number => (pack.scope.entities ? 2 : 0) + (pack.scope.language ? 1 : 0)
  return [...fits].sort((a, b) => weight(b) - weight(a))[0] ?? null
}
