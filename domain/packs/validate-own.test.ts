import { describe, expect, test } from "vitest"
import { CATALOGUE } from "@/components/words/catalogue"
import type { Clause, Pack } from "@/domain/checks/types"
import { day } from "@/domain/core/day"
import { nthId } from "@/testing/flow"
import { PACKS } from "./all"
import { clauseFrom, compileTemplate } from "./templates"
import { bodyOf } from "./in-force"
import { validateEnd, validateOwn, type Beside } from "./validate-own"

const ours = nthId("entity", 1)
const shipped = PACKS.find((pack) => pack.pack === "statement") as Pack
const beside: Beside = { shipped: PACKS, own: [], recordId: null, entities: [ours] }
const EVERYBODY = { regimes: null, entities: null, products: null, subjects: null }

const next = (over: Partial<Pack> = {}): Pack => ({
  pack: "statement",
  version: "2",
  replaces: "1",
  publishedAt: "2026-06-01T00:00:00.000Z",
  effectiveFrom: day("2026-07-01"),
  scope: EVERYBODY,
  clauses: shipped.clauses,
  ...over,
})
const made = (given: Record<string, unknown>, over: Partial<Clause> = {}): Clause => {
  const compiled = compileTemplate("kept-at-most", given)
  if (!compiled.ok) throw new Error("the template refuses it")
  return {
    ...clauseFrom(
      { id: "OWN-1", title: "Short", remedy: "Shorten.", severity: "warning", effectiveFrom: null },
      compiled,
    ),
    ...over,
  }
}
const faults = (pack: unknown, over: Partial<Beside> = {}): string[] =>
  validateOwn(pack, { ...beside, ...over }).map((one) => `${one.path}: ${one.says}`)

test("the shipped statement can be taken as it is, reworded, shortened, and with a clause from a template", () => {
  expect(faults(next())).toEqual([])
  const [first, ...rest] = shipped.clauses as [Clause, ...Clause[]]
  expect(
    faults(next({ clauses: [{ ...first, title: "In our words", duty: "We say so." }, ...rest.slice(3)] })),
  ).toEqual([])
  expect(faults(next({ clauses: [...shipped.clauses, made({ kinds: ["device.id"], days: 30 })] }))).toEqual([])
})

describe("a text of our own is ended", () => {
  const local = { ...EVERYBODY, entities: [ours] }
  const own: Pack[] = [{ ...next({ scope: local }), own: "pck_1" }]
  const ends = (on: string, over: Partial<Pack> = {}, mine: Pack[] = own): string[] =>
    validateEnd(
      { ...bodyOf({ ...(mine[0] as Pack), ...over }, "local"), effectiveFrom: day(on) },
      {
        ...{ ...beside, own: mine, recordId: "pck_1" },
      },
    ).map((one) => `${one.path}: ${one.says}`)
  test("from its own first day on, and from no earlier one", () => {
    expect(ends("2026-07-01")).toEqual([])
    expect(ends("2026-06-30")).toEqual(["effectiveFrom: pack.earlier"])
  })
  test("once, and only where it stands", () => {
    expect(ends("2026-08-01", {}, [{ ...(own[0] as Pack), effectiveTo: day("2026-07-20") }])).toEqual([
      "effectiveFrom: pack.over",
    ])
    expect(validateEnd(bodyOf(next(), "x"), { ...beside, recordId: "pck_9" })).toMatchObject([{ says: "pack.over" }])
  })
  test("but not where it brought facts of law: those are taken back by a version without them", () => {
    const facts = { adequacy: [] }
    expect(ends("2026-08-01", {}, [{ ...(own[0] as Pack), facts }])).toEqual(["effectiveFrom: pack.end-facts"])
  })
  test("and another one as narrow may begin on the day on which it is over, and no earlier", () => {
    const over = [{ ...(own[0] as Pack), effectiveTo: day("2026-07-20") }]
    const again = (on: string): string[] =>
      faults(next({ version: "3", replaces: undefined as never, scope: local, effectiveFrom: day(on) }), { own: over })
    expect(again("2026-07-20")).toEqual([])
    expect(again("2026-07-19")).toEqual(["scope: pack.rival"])
  })
  test("and has no next version", () => {
    const over = [{ ...(own[0] as Pack), effectiveTo: day("2026-07-20") }]
    const third = next({ version: "3", replaces: "2", scope: local, effectiveFrom: day("2026-09-01") })
    expect(faults(third, { own: over, recordId: "pck_1" })).toEqual(["replaces: pack.over"])
  })
})

describe("a version of our own is refused whole, with place and reason:", () => {
  test("a name that is no pack, a version that is taken, a version that replaces what is not there", () => {
    expect(faults(next({ pack: "mine", replaces: undefined as never }))).toContain("pack: pack.name")
    expect(faults(next({ version: "1" }))).toContain("version: pack.taken")
    expect(faults(next({ replaces: "7" }))).toContain("replaces: pack.replaces")
    expect(faults(next({ version: "2", replaces: "2" }))).toContain("replaces: pack.cycle")
  })
  test("a day of effect that is missing, or earlier than that of the version that counts", () => {
    const { effectiveFrom: _day, ...without } = next()
    expect(faults(without)).toContain("effectiveFrom: pack.no-day")
    expect(faults(next({ effectiveFrom: day("2023-12-31") }))).toContain("effectiveFrom: pack.earlier")
    const own = [{ ...next(), own: "pck_1" }]
    const third = next({ version: "3", replaces: "2", effectiveFrom: day("2026-06-30") })
    expect(faults(third, { own, recordId: "pck_1" })).toContain("effectiveFrom: pack.earlier")
    expect(faults({ ...third, effectiveFrom: day("2026-07-01") }, { own, recordId: "pck_1" })).toEqual([])
  })
  test("companies that are not ours, a limit to nobody, another law's companies", () => {
    const scope = { ...EVERYBODY, entities: [nthId("entity", 9)] }
    expect(faults(next({ scope }))).toContain("scope.entities: pack.entity")
    expect(faults(next({ scope: { ...EVERYBODY, entities: [] } }))).toContain("scope.entities: pack.nobody")
    expect(faults(next({ scope: { ...EVERYBODY, subjects: ["martian"] } }))).toContain("scope.subjects: pack.subject")
    expect(faults(next({ scope: { ...EVERYBODY, regimes: ["EU"] } }))).toContain("scope.regimes: pack.regimes")
  })
  test("a second text that is just as narrow for one of the same companies", () => {
    const scope = { ...EVERYBODY, entities: [ours] }
    const own = [{ ...next({ scope, replaces: undefined as never }), own: "pck_1" }]
    const rival = next({ version: "3", scope, replaces: undefined as never })
    expect(faults(rival, { own })).toContain("scope: pack.rival")
    expect(faults(next({ version: "3" }), { own })).toEqual([])
  })
  test("a check that is asked as no clause and no template asks it; only numbers may be others", () => {
    const minimal = shipped.clauses.find((one) => one.check === "dataMinimal") as Clause
    const others = shipped.clauses.filter((one) => one !== minimal)
    const params = (over: Record<string, unknown>) =>
      next({ clauses: [...others, { ...minimal, params: { ...minimal.params, ...over } }] })
    expect(faults(params({ months: 12 }))).toEqual([])
    expect(faults(params({ months: 999 }))).toContain(`clauses.${others.length}.params.months: pack.parameter`)
    expect(faults(params({ surprise: true }))).toContain(`clauses.${others.length}.params: pack.asked`)
    const lacking = { ...minimal, check: "paperThere", params: {} }
    expect(faults(next({ clauses: [...others, lacking] }))).toContain(`clauses.${others.length}.params: pack.asked`)
    expect(faults(next({ clauses: [{ ...minimal, check: "runThis" }] }))).toContain("clauses.0.check: pack.check")
  })
  test("a clause whose template says another thing than its parameters", () => {
    const clause = made({ kinds: ["device.id"], days: 30 })
    const other = { ...clause, params: { ...clause.params, days: 3000 } }
    expect(faults(next({ clauses: [...shipped.clauses, other] }))).toContain(
      `clauses.${shipped.clauses.length}.params: pack.asked`,
    )
  })
  test("a clause that another pack has, or that is there twice", () => {
    const clause = made({ kinds: ["device.id"], days: 30 }, { id: "GDPR-44" })
    expect(faults(next({ clauses: [clause] }))).toContain("clauses.0.id: pack.id-taken")
    const twice = made({ kinds: ["device.id"], days: 30 })
    expect(faults(next({ clauses: [twice, twice] }))).toContain("clauses.1.effectiveFrom: pack.overlap")
  })
  test("facts of law that nobody could read, or that would hold for a few alone", () => {
    const gdpr = PACKS.find((pack) => pack.pack === "gdpr") as Pack
    const line = {
      regime: "EU",
      to: ["KE"],
      from: day("2026-05-01"),
      until: null,
      act: "a decision",
      certainty: "read",
    }
    const law = (facts: unknown, over: Partial<Pack> = {}) =>
      ({ ...next({ pack: "gdpr", scope: gdpr.scope, clauses: gdpr.clauses, ...over }), facts }) as Pack
    expect(faults(law({ ...gdpr.facts, adequacy: [...(gdpr.facts?.adequacy ?? []), line] }))).toEqual([])
    expect(faults(law({ adequacy: [{ ...line, to: "KE" }] }))).toContain("facts.adequacy.0.to: pack.facts")
    expect(faults(law({ adequacy: [{ ...line, to: ["XX"] }] }))).toContain("facts.adequacy.0: pack.country")
    expect(
      faults(law({ adequacy: [line] }, { scope: { ...gdpr.scope, entities: [ours] }, replaces: undefined as never })),
    ).toContain("facts: pack.facts-scope")
  })
  test("what no record can hold, or what is no pack at all", () => {
    expect(faults({ ...next(), version: "\ud800" })).toEqual([": pack.shape"])
    expect(faults({})).toContain("pack: pack.missing")
    expect(faults({ ...next(), scope: "all" })).toEqual(["scope: pack.shape"])
  })
})

test("every shipped pack's facts have the shape that a file's must have", () => {
  for (const pack of PACKS) {
    const scope = pack.scope
    expect(faults(next({ pack: pack.pack, scope, clauses: pack.clauses, facts: pack.facts ?? {} })), pack.pack).toEqual(
      [],
    )
  }
})

test("each reason has its sentence", () => {
  const all = [
    "missing",
    "json",
    "name",
    "taken",
    "regimes",
    "entity",
    "subject",
    "nobody",
    "rival",
    "facts-scope",
    "facts",
    "no-day",
    "id-taken",
    "asked",
    "refused",
  ]
  for (const says of all) expect(CATALOGUE[`pack.${says}`], says).toBeDefined()
})
