import { z } from "zod"
import { CHECKS, WIDE_CHECKS } from "@/domain/checks/registry"
import type { Clause, Pack } from "@/domain/checks/types"
import { isCountry } from "@/domain/core/country"
import { parseDay } from "@/domain/core/day"
import { TEMPLATES } from "./templates"

/** What is wrong in a pack, and where: `clauses.3.effectiveTo`. */
export type PackFault = { path: string; says: PackRefusal; params: Record<string, string> }
export type PackRefusal =
  | "pack.shape"
  | "pack.missing"
  | "pack.check"
  | "pack.overlap"
  | "pack.days"
  | "pack.country"
  | "pack.cycle"
  | "pack.replaces"
  | "pack.earlier"
  | "pack.parameter"
  | "pack.unverified"
  | "pack.json"
  | "pack.name"
  | "pack.taken"
  | "pack.regimes"
  | "pack.entity"
  | "pack.subject"
  | "pack.nobody"
  | "pack.rival"
  | "pack.facts-scope"
  | "pack.facts"
  | "pack.no-day"
  | "pack.id-taken"
  | "pack.asked"
  | "pack.over"
  | "pack.end-facts"

const dayShape = z.string().refine((text) => parseDay(text) !== null, "invalid.day")
const clauseShape = z.strictObject({
  id: z.string().min(1).max(60),
  title: z.string().min(1).max(200),
  duty: z.string().min(1).max(1000),
  remedy: z.string().min(1).max(1000),
  severity: z.enum(["blocking", "warning", "advice"]),
  bitesOn: z.enum(["approval", "closing", "answering", "publishing"]),
  check: z.string().max(60).nullable(),
  params: z.record(z.string(), z.unknown()).optional(),
  effectiveFrom: dayShape.nullable(),
  effectiveTo: dayShape.nullable(),
  source: z.string().min(1).max(500),
  certainty: z.string().min(1).max(200),
})
const list = z.array(z.string().min(1).max(60)).max(500).nullable()
const packShape = z.strictObject({
  pack: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/),
  version: z.string().min(1).max(40),
  publishedAt: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
  replaces: z.string().max(40).optional(),
  effectiveFrom: dayShape.optional(),
  scope: z.strictObject({
    regimes: list,
    entities: list,
    products: list,
    subjects: list,
    language: z.string().max(10).optional(),
  }),
  clauses: z.array(clauseShape).min(1).max(1000),
  facts: z.record(z.string(), z.array(z.record(z.string(), z.unknown())).max(2000)).optional(),
})

/** Parameters of checks that hold numbers have a range in which they make sense. */
export const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  months: [1, 240],
  days: [1, 3660],
  characters: [1, 2000],
  people: [0, 10_000_000_000],
}

/**
 * Whether a pack can be taken as it is, beside the versions that are there (left out: it is only tried): all faults at
 * once, none where it is good. A pack with one fault is refused whole.
 */
export function validatePack(data: unknown, others?: readonly Pack[]): PackFault[] {
  const shaped = packShape.safeParse(data)
  if (!shaped.success)
    return shaped.error.issues.map(({ path, message }) =>
      fault(path.join("."), isThere(data, path) ? "pack.shape" : "pack.missing", { why: message }),
    )
  const pack = shaped.data as unknown as Pack
  return [
    ...clauseFaults(pack),
    ...overlapFaults(pack),
    ...factFaults(pack),
    ...(others ? versionFaults(pack, others) : []),
  ]
}

function isThere(data: unknown, path: readonly PropertyKey[]): boolean {
  let at: unknown = data
  for (const step of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, step)) return false
    at = (at as Record<PropertyKey, unknown>)[step]
  }
  return true
}

export const fault = (path: string, says: PackRefusal, params: Record<string, string> = {}): PackFault => ({
  path,
  says,
  params,
})

function clauseFaults(pack: Pack): PackFault[] {
  return pack.clauses.flatMap((clause, i) => {
    const at = `clauses.${i}`
    const { check, effectiveFrom, effectiveTo } = clause
    return [
      ...(check !== null && !Object.hasOwn(CHECKS, check) && !Object.hasOwn(WIDE_CHECKS, check)
        ? [fault(`${at}.check`, "pack.check", { check })]
        : []),
      ...(effectiveFrom !== null && effectiveTo !== null && effectiveTo <= effectiveFrom
        ? [fault(`${at}.effectiveTo`, "pack.days", { id: clause.id })]
        : []),
      ...(clause.severity === "blocking" && /memory, unverified/.test(clause.certainty)
        ? [fault(`${at}.severity`, "pack.unverified", { id: clause.id })]
        : []),
      ...parameterFaults(clause, at),
    ]
  })
}

function parameterFaults(clause: Clause, at: string): PackFault[] {
  const template = TEMPLATES.find((one) => clause.params?.template === one.name)
  if (template) {
    const read = template.params.safeParse(clause.params?.given)
    if (!read.success)
      return read.error.issues.map((issue) =>
        fault(`${at}.params.given.${issue.path.join(".")}`, "pack.parameter", { why: issue.message }),
      )
  }
  return numbersIn(clause.params ?? {}, `${at}.params`)
}

function numbersIn(value: unknown, path: string): PackFault[] {
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const range = RANGES[name]
    const here = `${path}.${name}`
    if (typeof inner !== "number") {
      const country = (name === "country" && typeof inner === "string" && !isCountry(inner)) as boolean
      const countries =
        name === "countries" && Array.isArray(inner) ? inner.filter((one) => !isCountry(String(one))) : []
      return [
        ...(country ? [fault(here, "pack.country", { country: String(inner) })] : []),
        ...countries.map((one) => fault(here, "pack.country", { country: String(one) })),
        ...numbersIn(inner, here),
      ]
    }
    const good = range ? inner >= range[0] && inner <= range[1] && Number.isInteger(inner) : Number.isFinite(inner)
    return good ? [] : [fault(here, "pack.parameter", { why: range ? `${range[0]} – ${range[1]}` : "a number" })]
  })
}

/** Two texts of one clause that would hold on the same day. */
function overlapFaults(pack: Pack): PackFault[] {
  return pack.clauses.flatMap((clause, i) => {
    const other = pack.clauses.slice(0, i).find((one) => one.id === clause.id && meet(one, clause))
    return other ? [fault(`clauses.${i}.effectiveFrom`, "pack.overlap", { id: clause.id })] : []
  })
}

type Days = { from?: string | null; until?: string | null; effectiveFrom?: string | null; effectiveTo?: string | null }

function meet(a: Days, b: Days): boolean {
  const from = (one: Days): string => one.effectiveFrom ?? one.from ?? ""
  const to = (one: Days): string => one.effectiveTo ?? one.until ?? "~"
  return from(a) < to(b) && from(b) < to(a)
}

/** Facts of law: countries that exist, days that follow each other, numbers of bands that rise. */
function factFaults(pack: Pack): PackFault[] {
  const facts = (pack.facts ?? {}) as Record<string, readonly Record<string, unknown>[]>
  return Object.entries(facts).flatMap(([kind, lines]) =>
    lines.flatMap((line, i) => {
      const at = `facts.${kind}.${i}`
      const codes = [...named(line.to), ...named(line.countries), ...named(line.notFrom), ...named(line.in)]
      const wrong = [...codes, ...named(line.notIn)].filter((code) => code !== "EEA" && !isCountry(code))
      const ends = typeof line.from === "string" && typeof line.until === "string" && line.until <= line.from
      const unread = [line.from, line.until, line.known, line.endKnown].some(
        (on) => typeof on === "string" && parseDay(on) === null,
      )
      return [
        ...wrong.map((country) => fault(at, "pack.country", { country })),
        ...(ends || unread ? [fault(at, "pack.days", { id: String(line.act ?? kind) })] : []),
        ...(kind === "bands" ? bandFaults(line, at) : []),
        // Which of two thresholds would count on a day, nobody could tell.
        ...(kind === "bands" && lines.slice(0, i).some((one) => one.regime === line.regime && meet(one, line))
          ? [fault(at, "pack.overlap", { id: String(line.act ?? kind) })]
          : []),
      ]
    }),
  )
}

const named = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

function bandFaults(line: Record<string, unknown>, at: string): PackFault[] {
  const bands = (Array.isArray(line.bands) ? line.bands : []) as { ordinary: number | null; sensitive: number | null }[]
  return bands.flatMap((band, i) => {
    const last = bands[i - 1]
    const low = [band.ordinary, band.sensitive].some(
      (count) => count !== null && (count < 0 || !Number.isInteger(count)),
    )
    const falls =
      last !== undefined &&
      ((band.ordinary ?? Infinity) < (last.ordinary ?? Infinity) ||
        (band.sensitive ?? Infinity) < (last.sensitive ?? Infinity))
    return low || falls ? [fault(`${at}.bands.${i}`, "pack.parameter", { why: "rising numbers" })] : []
  })
}

/** A version takes over from one that is there, in no circle, and from no earlier day. */
function versionFaults(pack: Pack, others: readonly Pack[]): PackFault[] {
  if (pack.replaces === undefined) return []
  const versions = new Map(others.filter((one) => one.pack === pack.pack).map((one) => [one.version, one]))
  const before = versions.get(pack.replaces)
  if (pack.replaces === pack.version || circles(pack, versions))
    return [fault("replaces", "pack.cycle", { version: pack.replaces })]
  if (!before) return [fault("replaces", "pack.replaces", { version: pack.replaces })]
  const began = before.effectiveFrom ?? before.publishedAt.slice(0, 10)
  const begins = pack.effectiveFrom ?? pack.publishedAt.slice(0, 10)
  if (begins < began || pack.publishedAt < before.publishedAt)
    return [fault("effectiveFrom", "pack.earlier", { version: pack.replaces, day: began })]
  return []
}

function circles(pack: Pack, versions: ReadonlyMap<string, Pack>): boolean {
  const seen = new Set<string>([pack.version])
  let at: string | undefined = pack.replaces
  while (at !== undefined) {
    if (seen.has(at)) return true
    seen.add(at)
    at = versions.get(at)?.replaces
  }
  return false
}
