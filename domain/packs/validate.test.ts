import { describe, expect, test } from "vitest"
import { CATALOGUE } from "@/components/words/catalogue"
import type { Clause, Pack } from "@/domain/checks/types"
import { day } from "@/domain/core/day"
import { PACKS } from "./all"
import { validatePack, type PackFault } from "./validate"

const good: Clause = {
  id: "X-1",
  title: "One",
  duty: "Something is kept.",
  remedy: "Keep it.",
  severity: "warning",
  bitesOn: "approval",
  check: "dataMinimal",
  params: { months: 24 },
  effectiveFrom: day("2025-01-01"),
  effectiveTo: null,
  source: "a text",
  certainty: "text read",
}
const pack = (over: Partial<Pack> = {}, ...clauses: Partial<Clause>[]): Pack => ({
  pack: "x",
  version: "2",
  publishedAt: "2025-01-01T00:00:00.000Z",
  scope: { regimes: null, entities: null, products: null, subjects: null },
  clauses: (clauses.length ? clauses : [{}]).map((one) => ({ ...good, ...one })),
  ...over,
})
const faults = (data: unknown, others: Pack[] = []): string[] =>
  validatePack(data, others).map((one) => `${one.path}: ${one.says}`)

test.each(PACKS.map((one) => [`${one.pack} ${one.version}`, one] as const))("the pack %s is taken", (_name, one) => {
  expect(validatePack(one, PACKS)).toEqual([])
})

describe("a pack is refused whole, with place and reason:", () => {
  test("what is no pack", () => {
    expect(faults({}).length).toBeGreaterThan(3)
    expect(faults({ ...pack(), extra: 1 })).toEqual([": pack.shape"])
    expect(faults(pack({}, { severity: "fatal" as "blocking" }))).toEqual(["clauses.0.severity: pack.shape"])
  })
  test("a check that is not there", () => {
    expect(faults(pack({}, {}, { id: "X-2", check: "constructor" }))).toEqual(["clauses.1.check: pack.check"])
  })
  test("two texts of one clause on one day; touching ones are good", () => {
    const first = { effectiveTo: day("2026-01-01") }
    expect(faults(pack({}, first, { effectiveFrom: day("2025-12-31") }))).toEqual([
      "clauses.1.effectiveFrom: pack.overlap",
    ])
    expect(faults(pack({}, first, { effectiveFrom: day("2026-01-01") }))).toEqual([])
  })
  test("days that run backwards", () => {
    expect(faults(pack({}, { effectiveTo: day("2025-01-01") }))).toEqual(["clauses.0.effectiveTo: pack.days"])
    expect(faults(pack({}, { effectiveFrom: "2025-02-30" as never }))).toEqual(["clauses.0.effectiveFrom: pack.shape"])
  })
  test("a country that does not exist", () => {
    const line = { regime: "EU", to: ["XX"], from: day("2025-01-01"), until: null, act: "a", certainty: "c" }
    expect(faults(pack({ facts: { adequacy: [line] } }))).toEqual(["facts.adequacy.0: pack.country"])
    expect(faults(pack({ facts: { adequacy: [{ ...line, to: ["EEA", "IO:EPO"] }] } }))).toEqual([])
    expect(faults(pack({}, { params: { countries: ["DE", "Utopia"] } }))).toEqual([
      "clauses.0.params.countries: pack.country",
    ])
  })
  test("a circle of versions, a version that is not there, a day before the current one's", () => {
    const one = pack({ version: "1", replaces: "2" })
    expect(faults(pack({ replaces: "1" }), [one])).toEqual(["replaces: pack.cycle"])
    expect(faults(pack({ replaces: "2" }), [])).toEqual(["replaces: pack.cycle"])
    expect(faults(pack({ replaces: "9" }), [])).toEqual(["replaces: pack.replaces"])
    const current = pack({ version: "1", effectiveFrom: day("2025-06-01") })
    expect(faults(pack({ replaces: "1", effectiveFrom: day("2025-05-31") }), [current])).toEqual([
      "effectiveFrom: pack.earlier",
    ])
    expect(faults(pack({ replaces: "1", effectiveFrom: day("2025-06-01") }), [current])).toEqual([])
  })
  test("a parameter out of range, in a check or in a template", () => {
    expect(faults(pack({}, { params: { months: 0 } }))).toEqual(["clauses.0.params.months: pack.parameter"])
    const params = { template: "kept-at-most", given: { kinds: ["device.id"], days: 0 } }
    expect(faults(pack({}, { check: "keptAtMost", params }))).toContain("clauses.0.params.given.days: pack.parameter")
    const falling = {
      ...{ regime: "CN", yearsBefore: 0, exempt: [], from: day("2025-01-01"), until: null, act: "a", certainty: "c" },
      bands: [
        { name: "a", ordinary: 10, sensitive: 1, routes: [] },
        { name: "b", ordinary: 5, sensitive: 2, routes: [] },
      ],
    }
    expect(faults(pack({ facts: { bands: [falling] } }))).toEqual(["facts.bands.0.bands.1: pack.parameter"])
  })
  test("what nobody verified may not block", () => {
    const clause = { severity: "blocking" as const, certainty: "from memory, unverified" }
    expect(faults(pack({}, clause))).toEqual(["clauses.0.severity: pack.unverified"])
  })
})

test("each reason has its sentence", () => {
  const all: PackFault["says"][] = [
    ...(["pack.shape", "pack.check", "pack.overlap", "pack.days", "pack.country", "pack.cycle"] as const),
    ...(["pack.replaces", "pack.earlier", "pack.parameter", "pack.unverified"] as const),
  ]
  for (const says of all) expect(CATALOGUE[says], says).toBeDefined()
})

test("no clause that is only remembered blocks an approval", () => {
  for (const clause of PACKS.flatMap((one) => one.clauses))
    if (clause.certainty.startsWith("from memory")) expect(clause.severity, clause.id).not.toBe("blocking")
})
