import { describe, expect, test } from "vitest"
import { BLANK, known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import { ALWAYS } from "@/domain/core/stretch"
import type { Sharing } from "@/domain/records/sharing"
import { factsOf, LAW, words, type CoverStory } from "@/testing/covered"
import { OPEN } from "@/testing/flow"
import { appliesTo, outsideScope, prevailing } from "./applies"
import type { Pack, PackScope } from "./types"

const EVERYBODY: PackScope = { regimes: null, entities: null, products: null, subjects: null }
const pack = (scope: Partial<PackScope>, name = "p"): Pack => ({
  pack: name,
  version: "1",
  publishedAt: "2024-01-01T00:00:00.000Z",
  scope: { ...EVERYBODY, ...scope },
  clauses: [],
})
const days = (scope: Partial<PackScope>, story: CoverStory = {}): string[] =>
  words(appliesTo(pack(scope), factsOf(story), LAW))
const line = (over: Partial<Sharing["packLines"][number]>): Partial<Sharing> => ({
  packLines: [{ pack: "p", effect: "applies", reason: BLANK, ...OPEN, ...over }],
})

describe("which packs are about a sharing", () => {
  test("follows from the dated regimes of its company", () => {
    const regimes = [{ regime: "UK" as const, firstOn: day("2026-03-01"), lastOn: null }]
    expect(days({ regimes: ["UK"] }, { entity: { country: "GB", regimes } })).toEqual(["2026-03-01.."])
    expect(days({ regimes: ["UK"] })).toEqual([])
  })
  test("begins later where the regime reached the country later", () => {
    expect(days({ regimes: ["EU"] }, { entity: { country: "NO" } })).toEqual(["2018-07-20.."])
    expect(days({ regimes: ["EU"] })).toEqual(["2018-05-25.."])
  })
  test("follows from kinds of people and products, and what nobody answered is not outside", () => {
    expect(days({ subjects: ["child"] })).toEqual([])
    expect(days({ subjects: ["child", "user"] })).toEqual([".."])
    expect(days({ subjects: ["child"] }, { sharing: { subjects: BLANK } })).toEqual([".."])
    expect(days({ products: ["Eye"] }, { sharing: { products: known(["Bell"]) } })).toEqual([])
  })
  test("can be widened by hand, on its days", () => {
    expect(days({ regimes: ["CN"] }, { sharing: line({ firstOn: day("2026-02-01") }) })).toEqual(["2026-02-01.."])
  })
  test("is narrowed only with a reason on record", () => {
    const without = { sharing: line({ effect: "does-not-apply" }) }
    expect(days({}, without)).toEqual([".."])
    const reason = known("No person in the Union is concerned.")
    expect(days({}, { sharing: line({ effect: "does-not-apply", reason, lastOn: day("2026-06-30") }) })).toEqual([
      "2026-07-01..",
    ])
  })
  test("a line for another pack changes nothing", () => {
    expect(days({ regimes: ["CN"] }, { sharing: line({ pack: "q" }) })).toEqual([])
  })
})

test("outside every scope of a statement its clauses do not apply, and that can be said", () => {
  const facts = factsOf({ sharing: { products: known(["Bell"]) } })
  expect(outsideScope("p", [pack({ products: ["Eye"] })], facts, LAW)).toEqual(ALWAYS)
  expect(outsideScope("p", [pack({ products: ["Eye"] }), pack({ products: ["Bell"] })], facts, LAW)).toEqual([])
})

test("of local versions the one for the company prevails, in its language", () => {
  const all = [pack({}), pack({ entities: ["a"] }), pack({ entities: ["a"], language: "de" }), pack({}, "other")]
  expect(prevailing(all, "p", "b")?.scope).toEqual(EVERYBODY)
  expect(prevailing(all, "p", "a")).toBe(all[1])
  expect(prevailing(all, "p", "a", "de")).toBe(all[2])
  expect(prevailing([], "p", "a")).toBeNull()
})
