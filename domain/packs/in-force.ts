import type { LawFacts } from "@/domain/checks/law"
import type { Clause, Pack, PackScope } from "@/domain/checks/types"
import { canonical } from "@/domain/core/canonical"
import type { Day } from "@/domain/core/day"
import type { Stretch } from "@/domain/core/stretch"
import type { OwnClause, OwnPack } from "@/domain/records/own-pack"
import { PACKS, packsKnownAt } from "./all"

/**
 * A version of a pack of our own as it came into force: `at` is the instant at which it was approved. One that `ends` the
 * text holds nothing: from its first day on the wider text counts again.
 */
export type OwnVersion = {
  recordId: string
  n: number
  at: string
  requestId: string | null
  body: OwnPack
  ends?: boolean
}

/** The pack that a body is: its clauses with their parameters, published at the instant. */
export function packOf(body: OwnPack, at: string, recordId?: string): Pack {
  const { pack, version, replaces, effectiveFrom, regimes, entities, products, subjects } = body
  const facts = body.facts === "" ? undefined : (JSON.parse(body.facts) as Partial<LawFacts>)
  return {
    ...{ pack, version, publishedAt: at, effectiveFrom },
    ...(replaces === null ? {} : { replaces }),
    scope: { regimes, entities, products, subjects },
    clauses: body.clauses.map(clauseOf),
    ...(facts ? { facts } : {}),
    ...(recordId ? { own: recordId } : {}),
  }
}

function clauseOf({ params, ...clause }: OwnClause): Clause {
  return params === "" ? clause : { ...clause, params: JSON.parse(params) as Record<string, unknown> }
}

/** A clause as a record holds it. */
export function heldClause(clause: Clause): OwnClause {
  const { params, ...rest } = clause
  return { ...rest, params: params === undefined ? "" : canonical(params) }
}

/** The body of a record that holds the pack, under the name by which people know it. */
export function bodyOf(pack: Pack, title: string): OwnPack {
  const { scope } = pack
  return {
    title,
    ...{ pack: pack.pack, version: pack.version, replaces: pack.replaces ?? null },
    effectiveFrom: pack.effectiveFrom as Day,
    ...{ regimes: all(scope.regimes), entities: all(scope.entities) as OwnPack["entities"] },
    ...{ products: all(scope.products), subjects: all(scope.subjects) as OwnPack["subjects"] },
    clauses: pack.clauses.map(heldClause),
    facts: pack.facts && Object.keys(pack.facts).length ? canonical(pack.facts) : "",
    ...{ tags: [], extra: [], restrictedTo: null },
  }
}

const all = (list: readonly string[] | null): string[] | null => (list === null ? null : [...list])

/**
 * The packs by which a day is judged, as they were known at the instant: what is shipped, and our own versions approved
 * by then, each with its days and with the texts that prevail over it. What was true before a version's first day stays.
 */
export function packsInForce(at: string, own: readonly OwnVersion[], shipped: readonly Pack[] = PACKS): Pack[] {
  const known = own.filter((one) => one.at <= at)
  if (known.length === 0) return packsKnownAt(at, shipped)
  return composed([...packsKnownAt(at, shipped), ...succeeding(known)])
}

/** Each version of a record up to the day on which a later one counts; a later one of an earlier day leaves it none. */
function succeeding(known: readonly OwnVersion[]): Pack[] {
  return known.flatMap(({ recordId, n, at, body, ends }) => {
    if (ends) return []
    const pack = packOf(body, at, recordId)
    const [until] = known
      .filter((other) => other.recordId === recordId && other.n > n)
      .map((other) => other.body.effectiveFrom)
      .sort()
    if (until === undefined) return [pack]
    return until > body.effectiveFrom ? [{ ...pack, effectiveTo: until }] : []
  })
}

/** Every version of our own, also such as never came to count; those of a text that was ended say before which day. */
export function everyVersion(own: readonly OwnVersion[]): Pack[] {
  const over = new Map(own.filter((one) => one.ends).map((one) => [one.recordId, one.body.effectiveFrom]))
  return own.flatMap(({ recordId, at, body, ends }) => {
    const effectiveTo = over.get(recordId)
    return ends ? [] : [{ ...packOf(body, at, recordId), ...(effectiveTo === undefined ? {} : { effectiveTo }) }]
  })
}

/** The packs with the text of that version ended on the day, as if it had been approved: nothing of it is written. */
export function withoutText(packs: readonly Pack[], text: Pick<Pack, "pack" | "version">, on: Day): Pack[] {
  const record = packs.find((one) => one.own && one.pack === text.pack && one.version === text.version)?.own
  return record === undefined ? [...packs] : composed(cutOff(packs, record, on))
}

/** The packs, of the record's text no more than what counts before the day. */
function cutOff(packs: readonly Pack[], record: string, on: Day): Pack[] {
  return packs.flatMap((pack) => {
    if (pack.own !== record) return [pack]
    if (pack.effectiveFrom !== undefined && pack.effectiveFrom >= on) return []
    return [{ ...pack, effectiveTo: pack.effectiveTo && pack.effectiveTo < on ? pack.effectiveTo : on }]
  })
}

/**
 * The text that counts on the day for all that lies in the scope: the narrowest of those whose scope holds the whole of it.
 * Narrower texts prevail over it for what is theirs.
 */
export function widerOn(packs: readonly Pack[], name: string, scope: PackScope, on: Day): Pack | null {
  const holds = (wide: readonly string[] | null, mine: readonly string[] | null): boolean =>
    wide === null || (mine !== null && mine.every((one) => wide.includes(one)))
  return (
    packs
      .filter((pack) => pack.pack === name && countsOn(pack, on))
      .filter((pack) => PARTS.every((part) => holds(pack.scope[part], scope[part])))
      .sort((a, b) => narrowness(b.scope) - narrowness(a.scope))[0] ?? null
  )
}
const PARTS = ["entities", "products", "subjects"] as const

/** The packs with one more version that is tried, as if it had been approved: nothing of it is written. */
export function withNext(packs: readonly Pack[], next: Pack): Pack[] {
  if (next.effectiveFrom === undefined) {
    const same = (pack: Pack): boolean => pack.pack === next.pack && scopeKey(pack.scope) === scopeKey(next.scope)
    return packs.some(same) ? packs.map((pack) => (same(pack) ? next : pack)) : [...packs, next]
  }
  const from = next.effectiveFrom
  const record = packs.find((pack) => pack.pack === next.pack && pack.own && pack.version === next.replaces)?.own
  const others = record === undefined ? packs : cutOff(packs, record, from)
  return composed([...others, { ...next, own: record ?? "tried" }])
}

function scopeKey(scope: PackScope): string {
  return `${scope.language ?? ""} ${(scope.entities ?? []).join(" ")}`
}

/** How narrow a scope is: a company outweighs a product, and a product a kind of people. */
export function narrowness(scope: PackScope): number {
  return (scope.entities ? 4 : 0) + (scope.products ? 2 : 0) + (scope.subjects ? 1 : 0)
}

/** The same packs, each saying which ones of its name prevail over it. */
function composed(packs: readonly Pack[]): Pack[] {
  return packs.map((pack) => {
    const { yields: _before, ...rest } = pack
    const over = packs.filter((other) => prevails(other, pack))
    const yields = over.map(({ scope, effectiveFrom, effectiveTo }) => ({
      ...{ from: effectiveFrom ?? null, to: effectiveTo ?? null, scope },
    }))
    return yields.length ? { ...rest, yields } : rest
  })
}

function prevails(other: Pack, pack: Pack): boolean {
  if (other.pack !== pack.pack || other === pack || !other.own || other.own === pack.own) return false
  const more = narrowness(other.scope) - narrowness(pack.scope)
  return more > 0 || (more === 0 && !pack.own)
}

/** The days on which the clause counts in this text: its own legal days, as far as the text counts. */
export function daysOfClause(pack: Pack, clause: Clause): Stretch {
  const replaced = (pack.yields ?? [])
    .filter((one) => narrowness(one.scope) === narrowness(pack.scope))
    .map((one) => one.from)
  const froms = [clause.effectiveFrom, pack.effectiveFrom].flatMap((on) => on ?? []).sort()
  const tos = [clause.effectiveTo, pack.effectiveTo, ...replaced].flatMap((on) => on ?? []).sort()
  return { from: froms[froms.length - 1] ?? null, to: tos[0] ?? null }
}

/** Whether the text counts on the day for anything at all: neither before its days nor replaced as a whole. */
export function countsOn(pack: Pack, on: Day): boolean {
  const holds = (from: Day | null | undefined, to: Day | null | undefined): boolean =>
    (!from || from <= on) && (!to || on < to)
  const replaced = (pack.yields ?? []).some(
    (one) => narrowness(one.scope) === narrowness(pack.scope) && holds(one.from, one.to),
  )
  return !replaced && holds(pack.effectiveFrom, pack.effectiveTo)
}

/**
 * The clauses that count on the day, each once: in the words of the widest text that has it, for that is whom most ask.
 * In the order of the packs.
 */
export function clausesOn(packs: readonly Pack[], on: Day): { pack: Pack; clause: Clause }[] {
  const names = [...new Set(packs.map((pack) => pack.pack))]
  return names.flatMap((name) => {
    const texts = packs
      .filter((pack) => pack.pack === name && countsOn(pack, on))
      .sort((a, b) => narrowness(a.scope) - narrowness(b.scope))
    const seen = new Map<string, { pack: Pack; clause: Clause }>()
    for (const pack of texts)
      for (const clause of pack.clauses) if (!seen.has(clause.id)) seen.set(clause.id, { pack, clause })
    return [...seen.values()]
  })
}

/**
 * The text of the pack that prevails for all of a company on the day: the narrowest that names it. Texts for some products
 * or kinds of people alone prevail for those, and stand beside it.
 */
export function prevailingOn(packs: readonly Pack[], name: string, entityId: string, on: Day): Pack | null {
  const whole = packs.filter(({ pack, scope }) => pack === name && !scope.products && !scope.subjects)
  const mine = whole.filter((pack) => countsOn(pack, on) && (pack.scope.entities?.includes(entityId) ?? true))
  return mine.sort((a, b) => narrowness(b.scope) - narrowness(a.scope))[0] ?? null
}
