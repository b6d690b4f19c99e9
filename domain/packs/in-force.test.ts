import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { appliesTo, looksAt } from "@/domain/checks/applies"
import { lawFactsOf } from "@/domain/checks/law"
import type { Pack, PackScope } from "@/domain/checks/types"
import { BLANK, known } from "@/domain/core/answer"
import { addDays, day, type Day } from "@/domain/core/day"
import { factsOf, LAW, words } from "@/testing/covered"
import { nthId } from "@/testing/flow"
import type { OwnPack } from "@/domain/records/own-pack"
import {
  bodyOf,
  clausesOn,
  packOf,
  packsInForce,
  prevailingOn,
  widerOn,
  withNext,
  withoutText,
  type OwnVersion,
} from "./in-force"

const EVERYBODY: PackScope = { regimes: null, entities: null, products: null, subjects: null }
const OURS = nthId("entity", 1)
const THEIRS = nthId("entity", 7)
const shipped: Pack = {
  ...{ pack: "p", version: "1", publishedAt: "2024-01-01T00:00:00.000Z", scope: EVERYBODY },
  clauses: [],
}
const BEGINS = day("2026-01-01")

type Written = { record: number; on: number; scope: Partial<PackScope>; ends?: boolean }

/**
 * Versions in the order of their approval, a minute apart; of one record none begins before the one it follows, and none
 * comes after the one that ends it.
 */
function versions(written: readonly Written[]): OwnVersion[] {
  const last = new Map<number, { n: number; on: number; over?: boolean }>()
  return written.flatMap(({ record, on, scope, ends: wanted }, i) => {
    const before = last.get(record) ?? { n: 0, on: 0 }
    if (before.over) return []
    const ends = wanted === true && before.n > 0
    const begins = Math.max(before.on, on)
    last.set(record, { n: before.n + 1, on: begins, over: ends })
    const pack = {
      ...shipped,
      version: String(i + 2),
      effectiveFrom: addDays(BEGINS, begins),
      scope: { ...EVERYBODY, ...scope },
    }
    const body = bodyOf(pack, `text ${record}`)
    return [{ recordId: `pck_${record}`, n: before.n + 1, at: instantOf(i), requestId: null, body, ends }]
  })
}
const instantOf = (i: number): string => `2026-02-01T00:${String(i).padStart(2, "0")}:00.000Z`

/** One scope for each record, so that no two are equally narrow. */
const SCOPES: Partial<PackScope>[] = [{}, { entities: [OURS] }, { products: ["Eye"] }, { subjects: ["child"] }]
const writing = fc.array(
  fc.record({ record: fc.integer({ min: 0, max: 3 }), on: fc.integer({ min: 0, max: 40 }), ends: fc.boolean() }),
  { maxLength: 8 },
)
const PRODUCTS = [BLANK, known(["Eye"]), known(["Bell"]), known(["Eye", "Bell"])]
const SUBJECTS = [known(["user" as const]), known(["child" as const]), known(["child" as const, "user" as const])]

/** Asked day by day, text by text: which versions are about the flow. */
function naive(own: readonly OwnVersion[], on: Day, products: number, subjects: number): string[] {
  const latest = (record: number): OwnVersion | undefined =>
    own.filter((one) => one.recordId === `pck_${record}` && one.body.effectiveFrom <= on).pop()
  const touches = [true, true, products !== 2, subjects !== 0]
  const wholly = [true, true, products === 1, subjects === 1]
  const rank = [0, 4, 2, 1]
  const texts = [0, 1, 2, 3].flatMap((record) => {
    const version = latest(record)
    return version && !version.ends && touches[record] ? [{ record, version }] : []
  })
  const yields = (mine: number): boolean => texts.some(({ record }) => wholly[record] && (rank[record] ?? 0) > mine)
  const ours = texts.filter(({ record }) => !yields(rank[record] ?? 0)).map(({ version }) => version.body.version)
  const base = texts.some(({ record }) => wholly[record]) ? [] : ["1"]
  return [...base, ...ours].sort()
}

test("which text is about a flow on a day is what asking each text on each day gives, as known at each instant", () => {
  fc.assert(
    fc.property(
      writing,
      fc.integer({ min: 0, max: 8 }),
      fc.integer({ min: 0, max: PRODUCTS.length - 1 }),
      fc.integer({ min: 0, max: SUBJECTS.length - 1 }),
      (written, seen, products, subjects) => {
        const own = versions(written.map((one) => ({ ...one, scope: SCOPES[one.record] ?? {} })))
        const packs = packsInForce(instantOf(seen), own, [shipped])
        const facts = factsOf({
          sharing: { products: PRODUCTS[products] as never, subjects: SUBJECTS[subjects] as never },
        })
        const knownThen = own.filter((one) => one.at <= instantOf(seen))
        for (let i = -1; i <= 41; i += 1) {
          const on = addDays(BEGINS, i)
          const about = packs
            .filter((pack) =>
              appliesTo(pack, facts, LAW).some(({ from, to }) => (!from || from <= on) && (!to || on < to)),
            )
            .map((pack) => pack.version)
          expect(about.sort()).toEqual(naive(knownThen, on, products, subjects))
          const looking = packs.filter((pack) => looksAt(pack, facts.sharing.body, on)).map((pack) => pack.version)
          expect(looking.sort()).toEqual(about)
        }
      },
    ),
    { numRuns: 300 },
  )
})

test("before the first of ours is approved the packs are those that are shipped, untouched", () => {
  const own = versions([{ record: 0, on: 0, scope: {} }])
  expect(packsInForce("2026-01-31T00:00:00.000Z", own, [shipped])).toEqual([shipped])
})

describe("the text that is tried", () => {
  const own = versions([{ record: 0, on: 5, scope: {} }])
  const next = (over: Partial<Pack>): Pack => ({
    ...shipped,
    version: "9",
    effectiveFrom: addDays(BEGINS, 10),
    ...over,
  })
  const days = (packs: readonly Pack[]): Record<string, string[]> =>
    Object.fromEntries(packs.map((pack) => [pack.version, words(appliesTo(pack, factsOf({}), LAW))]))
  test("takes over from its own version on its day, and from nothing before", () => {
    const packs = packsInForce(instantOf(0), own, [shipped])
    expect(days(withNext(packs, next({ replaces: "2" })))).toEqual({
      "1": ["..2026-01-06"],
      "2": ["2026-01-06..2026-01-11"],
      "9": ["2026-01-11.."],
    })
  })
  test("of a company alone leaves the others theirs", () => {
    const packs = packsInForce(instantOf(0), own, [shipped])
    expect(days(withNext(packs, next({ scope: { ...EVERYBODY, entities: [THEIRS] } })))).toEqual({
      "1": ["..2026-01-06"],
      "2": ["2026-01-06.."],
      "9": [],
    })
  })
  test("is the same as what its approval makes of it", () => {
    const packs = packsInForce(instantOf(0), own, [shipped])
    const body: OwnPack = {
      ...(own[0] as OwnVersion).body,
      version: "9",
      replaces: "2",
      effectiveFrom: addDays(BEGINS, 10),
    }
    const approved = packsInForce(
      instantOf(1),
      [...own, { recordId: "pck_0", n: 2, at: instantOf(1), requestId: null, body }],
      [shipped],
    )
    expect(days(withNext(packs, packOf(body, instantOf(1))))).toEqual(days(approved))
  })
})

describe("a text for some that ends", () => {
  const local = { entities: [OURS] }
  const own = versions([
    { record: 0, on: 2, scope: {} },
    { record: 1, on: 5, scope: local },
  ])
  const end = versions([
    { record: 0, on: 2, scope: {} },
    { record: 1, on: 5, scope: local },
    { record: 1, on: 20, scope: local, ends: true },
  ])
  const days = (packs: readonly Pack[]): Record<string, string[]> =>
    Object.fromEntries(
      packs.map((pack) => [pack.version, words(appliesTo(pack, factsOf({ sharing: { entityId: OURS } }), LAW))]),
    )
  const ended = packsInForce(instantOf(2), end, [shipped])
  test("counts to the day before, and from its day on the wider text does, as known from the approval on", () => {
    expect(days(ended)).toEqual({
      "1": ["..2026-01-03"],
      "2": ["2026-01-03..2026-01-06", "2026-01-21.."],
      "3": ["2026-01-06..2026-01-21"],
    })
    expect(days(packsInForce(instantOf(1), end, [shipped]))["3"]).toEqual(["2026-01-06.."])
  })
  test("is tried as its approval makes of it", () => {
    const packs = packsInForce(instantOf(1), own, [shipped])
    const tried = withoutText(packs, { pack: "p", version: "3" }, addDays(BEGINS, 20))
    expect(days(tried)).toEqual(days(ended))
  })
  test("on the very day on which it would have begun never counts", () => {
    const never = versions([
      { record: 0, on: 2, scope: {} },
      { record: 1, on: 5, scope: local },
      { record: 1, on: 5, scope: local, ends: true },
    ])
    expect(days(packsInForce(instantOf(2), never, [shipped]))).toEqual({ "1": ["..2026-01-03"], "2": ["2026-01-03.."] })
  })
  test("gives way to the narrowest text that holds the whole of its scope, of ours or the shipped one", () => {
    const { scope } = packOf((end[1] as OwnVersion).body, instantOf(1))
    expect(widerOn(ended, "p", scope, addDays(BEGINS, 20))?.version).toBe("2")
    expect(widerOn(ended, "p", scope, addDays(BEGINS, 10))?.version).toBe("3")
    expect(widerOn([shipped], "p", scope, BEGINS)?.version).toBe("1")
  })
})

test("a clause is listed once, in the words of the widest text that counts on the day", () => {
  const clause = { id: "A", title: "wide" } as Pack["clauses"][number]
  const local = { id: "A", title: "local" } as Pack["clauses"][number]
  const packs: Pack[] = [
    { ...shipped, clauses: [clause] },
    {
      ...shipped,
      version: "2",
      own: "pck_1",
      scope: { ...EVERYBODY, entities: [OURS] },
      clauses: [local, { ...local, id: "B" }],
    },
  ]
  expect(clausesOn(packs, BEGINS).map((one) => one.clause)).toEqual([clause, { ...local, id: "B" }])
  expect(prevailingOn(packs, "p", OURS, BEGINS)?.version).toBe("2")
  expect(prevailingOn(packs, "p", THEIRS, BEGINS)?.version).toBe("1")
})

describe("facts of law of a next version", () => {
  const line = (to: string, from: string | null, until: string | null = null) => ({
    ...{ regime: "EU", to: [to], from: from as Day | null, until: until as Day | null, act: "a", certainty: "c" },
  })
  const law = (version: string, adequacy: object[], own?: string, from?: string): Pack => ({
    ...{ ...shipped, version, facts: { adequacy: adequacy as never } },
    ...(own ? { own, effectiveFrom: from as Day } : {}),
  })
  const lines = (packs: Pack[]) =>
    lawFactsOf(packs).adequacy.map((one) => `${one.to} ${one.from ?? ""}..${one.until ?? ""}`)

  test("that stand in both versions go on and are told once; what is left out ends, what is new begins", () => {
    const first = law("1", [line("JP", "2019-01-01"), line("US", "2023-07-10"), line("KR", null)])
    const second = law(
      "2",
      [line("JP", "2019-01-01"), line("KE", "2020-01-01"), line("BR", "2027-01-01")],
      "pck_1",
      "2026-06-01",
    )
    expect(lines([first, second])).toEqual([
      "JP 2019-01-01..",
      "US 2023-07-10..2026-06-01",
      "KR ..2026-06-01",
      "KE 2026-06-01..",
      "BR 2027-01-01..",
    ])
  })
  test("that are taken back by a third version begin anew with it", () => {
    const first = law("1", [line("US", "2023-07-10")])
    const second = law("2", [line("JP", "2019-01-01")], "pck_1", "2026-06-01")
    const third = law("3", [line("US", "2023-07-10"), line("JP", "2019-01-01")], "pck_1", "2026-09-01")
    expect(lines([first, second, third])).toEqual(["US 2023-07-10..2026-06-01", "JP 2026-06-01..", "US 2026-09-01.."])
  })
  test("are left as they are by a version that brings none", () => {
    const first = law("1", [line("US", "2023-07-10")])
    const { facts: _none, ...second } = law("2", [], "pck_1", "2026-06-01")
    expect(lines([first, second])).toEqual(["US 2023-07-10.."])
  })
})
