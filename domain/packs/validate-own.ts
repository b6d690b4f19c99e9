import { CHECKS, WIDE_CHECKS } from "@/domain/checks/registry"
import type { Clause, Pack } from "@/domain/checks/types"
import { canonical } from "@/domain/core/canonical"
import { codesOf } from "@/domain/vocabulary/term"
import type { OwnPack } from "@/domain/records/own-pack"
import { SUBJECTS } from "@/domain/vocabulary/subjects"
import { factsShape } from "./facts-shape"
import { narrowness } from "./in-force"
import { compileTemplate } from "./templates"
import { fault, RANGES, validatePack, type PackFault } from "./validate"

/** What a version of our own is held against. */
export type Beside = {
  /** The versions that are shipped. */
  shipped: readonly Pack[]
  /** The versions of our own, as they are known. */
  own: readonly Pack[]
  /** The record that it is a version of; null: a text of its own. */
  recordId: string | null
  /** Our own companies, by id. */
  entities: readonly string[]
}

/**
 * Whether a version of our own can be taken: all faults of a pack, and besides that it replaces what counts for its scope,
 * from no earlier day, and that each check is asked as a shipped clause or a template asks it. One fault refuses it whole.
 */
export function validateOwn(data: unknown, beside: Beside): PackFault[] {
  if (!isWritable(data)) return [fault("", "pack.shape", { why: "whole numbers and well-formed text only" })]
  const known = [...beside.shipped, ...beside.own]
  const faults = validatePack(data, known)
  if (faults.some((one) => one.says === "pack.shape" || one.says === "pack.missing")) return faults
  const pack = data as Pack
  const all = [
    ...faults,
    ...factsFaults(pack),
    ...nameFaults(pack, beside),
    ...scopeFaults(pack, beside),
    ...dayFaults(pack, beside),
    ...clausesFaults(pack, beside),
  ]
  return all.filter((one, i) => all.findIndex((other) => other.path === one.path && other.says === one.says) === i)
}

/**
 * Whether a text of our own can be ended from its first day on: it stands and is not ended, it brought no facts of law
 * (those are taken back by a version without them), and no version of it begins later.
 */
export function validateEnd({ pack, version, effectiveFrom }: OwnPack, { own, recordId }: Beside): PackFault[] {
  const mine = own.filter((one) => one.own === recordId && one.pack === pack)
  const last = mine[mine.length - 1]
  if (!last || last.effectiveTo !== undefined) return [fault("effectiveFrom", "pack.over", { version })]
  if (mine.some((one) => one.facts)) return [fault("effectiveFrom", "pack.end-facts", {})]
  const began = last.effectiveFrom ?? ""
  return effectiveFrom < began ? [fault("effectiveFrom", "pack.earlier", { version: last.version, day: began })] : []
}

/** Whether a record can hold it: canonical JSON knows no fractions. */
function isWritable(data: unknown): boolean {
  try {
    return canonical(data) !== ""
  } catch {
    return false
  }
}

function factsFaults({ facts }: Pack): PackFault[] {
  const read = factsShape.safeParse(facts ?? {})
  return read.success
    ? []
    : read.error.issues.map((issue) => fault(`facts.${issue.path.join(".")}`, "pack.facts", { why: issue.message }))
}

function nameFaults(pack: Pack, { shipped, own }: Beside): PackFault[] {
  if (!shipped.some((one) => one.pack === pack.pack)) return [fault("pack", "pack.name", { name: pack.pack })]
  const taken = [...shipped, ...own].some((one) => one.pack === pack.pack && one.version === pack.version)
  return taken ? [fault("version", "pack.taken", { version: pack.version })] : []
}

function scopeFaults(pack: Pack, { shipped, own, recordId, entities }: Beside): PackFault[] {
  const { scope } = pack
  const first = shipped.find((one) => one.pack === pack.pack)
  const unknown = (scope.entities ?? []).filter((id) => !entities.includes(id))
  const strangers = (scope.subjects ?? []).filter((code) => !(codesOf(SUBJECTS) as readonly string[]).includes(code))
  const rival = own.find(
    (one) =>
      one.pack === pack.pack &&
      one.own !== recordId &&
      (one.effectiveTo === undefined || one.effectiveTo > (pack.effectiveFrom ?? "")) &&
      narrowness(one.scope) === narrowness(scope) &&
      (["entities", "products", "subjects"] as const).every((what) => meet(one.scope[what], scope[what])),
  )
  return [
    ...(first && canonical(first.scope.regimes) !== canonical(scope.regimes)
      ? [fault("scope.regimes", "pack.regimes", { regimes: (first.scope.regimes ?? ["null"]).join(", ") })]
      : []),
    ...unknown.map((id) => fault("scope.entities", "pack.entity", { id })),
    ...strangers.map((code) => fault("scope.subjects", "pack.subject", { code })),
    ...(["entities", "products", "subjects"] as const)
      .filter((what) => scope[what]?.length === 0)
      .map((what) => fault(`scope.${what}`, "pack.nobody", {})),
    ...(rival ? [fault("scope", "pack.rival", { version: rival.version })] : []),
    ...(pack.facts && narrowness(scope) > 0 ? [fault("facts", "pack.facts-scope", {})] : []),
  ]
}

function meet(a: readonly string[] | null, b: readonly string[] | null): boolean {
  return a === null || b === null || a.some((one) => b.includes(one))
}

/** The day of effect is named, and comes no earlier than that of the version that counts for the scope now. */
function dayFaults(pack: Pack, { shipped, own, recordId }: Beside): PackFault[] {
  if (pack.effectiveFrom === undefined) return [fault("effectiveFrom", "pack.no-day", {})]
  const mine = own.filter((one) => one.own === recordId && one.pack === pack.pack)
  const wider = own.filter((one) => one.pack === pack.pack && narrowness(one.scope) < narrowness(pack.scope))
  const before = [...shipped.filter((one) => one.pack === pack.pack), ...wider, ...mine]
  const began = before.map((one) => one.effectiveFrom ?? one.publishedAt.slice(0, 10)).sort()
  const last = mine.length
    ? mine
        .map((one) => one.effectiveFrom ?? "")
        .sort()
        .reverse()[0]
    : began[0]
  if (last !== undefined && pack.effectiveFrom < last)
    return [fault("effectiveFrom", "pack.earlier", { version: pack.replaces ?? "", day: last })]
  const current = mine[mine.length - 1]
  if (current?.effectiveTo !== undefined) return [fault("replaces", "pack.over", { version: current.version })]
  return current && pack.replaces !== current.version
    ? [fault("replaces", "pack.replaces", { version: pack.replaces ?? "" })]
    : []
}

function clausesFaults(pack: Pack, { shipped, own }: Beside): PackFault[] {
  const asked = new Map<string, Clause[]>()
  for (const clause of shipped.flatMap((one) => one.clauses))
    if (clause.check !== null) asked.set(clause.check, [...(asked.get(clause.check) ?? []), clause])
  const elsewhere = new Map(
    [...shipped, ...own].flatMap((one) =>
      one.pack === pack.pack ? [] : one.clauses.map((clause) => [clause.id, one.pack] as const),
    ),
  )
  return pack.clauses.flatMap((clause, i) => [
    ...(elsewhere.has(clause.id)
      ? [fault(`clauses.${i}.id`, "pack.id-taken", { id: clause.id, pack: elsewhere.get(clause.id) ?? "" })]
      : []),
    ...(askedRightly(clause, asked) ? [] : [fault(`clauses.${i}.params`, "pack.asked", { id: clause.id })]),
  ])
}

/** A check is asked as a template compiles it, or as a clause that is shipped asks it: only its numbers may differ. */
function askedRightly(clause: Clause, asked: ReadonlyMap<string, readonly Clause[]>): boolean {
  if (clause.check === null) return clause.params === undefined
  // One that is not there is told as such, and not a second time.
  if (!Object.hasOwn(CHECKS, clause.check) && !Object.hasOwn(WIDE_CHECKS, clause.check)) return true
  const { template, given } = clause.params ?? {}
  if (typeof template === "string") {
    const made = compileTemplate(template, given)
    return made.ok && made.check === clause.check && canonical(made.params) === canonical(clause.params)
  }
  const same = (one: Clause): boolean => shapeOf(one.params ?? {}) === shapeOf(clause.params ?? {})
  return (asked.get(clause.check) ?? []).some(same)
}

/** The parameters without the numbers that may be others: months, days, characters, people. */
function shapeOf(value: unknown): string {
  return canonical(
    JSON.parse(
      JSON.stringify(value, (name, inner: unknown) => (name in RANGES && typeof inner === "number" ? 0 : inner)),
    ),
  )
}
