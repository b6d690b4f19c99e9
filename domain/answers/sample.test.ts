import { createHmac } from "node:crypto"
import fc from "fast-check"
import { expect, test } from "vitest"
import { sampleShape } from "./drawn"
import { draw, shares, type Member } from "./sample"

const rank =
  (seed: string) =>
  (id: string): string =>
    createHmac("sha256", seed).update(id).digest("hex")
const members = (sizes: Record<string, number>): Member[] =>
  Object.entries(sizes).flatMap(([stratum, n]) =>
    Array.from({ length: n }, (_, i) => ({ id: `shr_${stratum}${String(i).padStart(4, "0")}`, stratum })),
  )
const ids = (list: readonly { id: string }[]): string[] => list.map((one) => one.id)
const SIZES = fc.dictionary(fc.constantFrom("a", "b", "c", "d"), fc.integer({ min: 1, max: 40 }), { minKeys: 1 })
const WANT = fc.record({
  n: fc.integer({ min: 1, max: 60 }),
  how: fc.constantFrom("each" as const, "share" as const),
  least: fc.integer({ min: 0, max: 5 }),
})

test("the rank is what HMAC-SHA-256 of the published vectors gives", () => {
  expect(rank("Jefe")("what do ya want for nothing?")).toBe(
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  )
})

test.each([
  [
    { a: 10, b: 20, c: 70 },
    { n: 10, how: "share", least: 0 },
    { a: 1, b: 2, c: 7 },
  ],
  [
    { a: 10, b: 20, c: 70 },
    { n: 10, how: "share", least: 3 },
    { a: 3, b: 3, c: 7 },
  ],
  [
    { a: 1, b: 1, c: 1 },
    { n: 2, how: "share", least: 0 },
    { a: 1, b: 1, c: 0 },
  ],
  [
    { a: 2, b: 20 },
    { n: 5, how: "each", least: 0 },
    { a: 2, b: 5 },
  ],
  [{ a: 3 }, { n: 50, how: "share", least: 9 }, { a: 3 }],
  [{}, { n: 5, how: "share", least: 1 }, {}],
] as const)("of strata %j and %j come %j", (sizes, want, given) => {
  expect(Object.fromEntries(shares(new Map(Object.entries(sizes)), want))).toEqual(given)
})

test("no stratum gives more than it has, and shared out by size the sum is what was asked for", () => {
  fc.assert(
    fc.property(SIZES, WANT, (sizes, want) => {
      const given = shares(new Map(Object.entries(sizes)), want)
      for (const [name, n] of given) expect(n).toBeLessThanOrEqual(sizes[name] ?? 0)
      const all = Object.values(sizes).reduce((a, b) => a + b, 0)
      if (want.how === "share" && want.least === 0)
        expect([...given.values()].reduce((a, b) => a + b, 0)).toBe(Math.min(want.n, all))
    }),
  )
})

test("the same seed draws the same sample, in whatever order the records come", () => {
  fc.assert(
    fc.property(SIZES, WANT, fc.string({ minLength: 1, maxLength: 20 }), (sizes, want, seed) => {
      const all = members(sizes)
      const once = draw(all, want, rank(seed))
      expect(ids(draw([...all].reverse(), want, rank(seed)))).toEqual(ids(once))
      expect(new Set(ids(once)).size).toBe(once.length)
    }),
  )
})

test("records that join another stratum change nothing, and a larger sample holds the smaller", () => {
  fc.assert(
    fc.property(SIZES, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 30 }), (sizes, n, more) => {
      const of = (want: number, list: Member[]) => draw(list, { n: want, how: "each", least: 0 }, rank("seed"))
      const before = of(n, members(sizes))
      const grown = [...members(sizes), ...members({ z: more })]
      expect(of(n, grown).filter((one) => one.stratum !== "z")).toEqual(before)
      expect(ids(of(n + 1, members(sizes)))).toEqual(expect.arrayContaining(ids(before)))
    }),
  )
})

test("every record of a stratum is drawn about as often as every other", () => {
  const list = members({ a: 10 })
  const times = new Map<string, number>()
  for (let seed = 0; seed < 2_000; seed += 1)
    for (const { id } of draw(list, { n: 2, how: "each", least: 0 }, rank(String(seed))))
      times.set(id, (times.get(id) ?? 0) + 1)
  // Each is expected 400 times; five standard deviations are 90.
  for (const { id } of list) expect(Math.abs((times.get(id) ?? 0) - 400), id).toBeLessThan(90)
})

test.each([
  [{ seed: "", by: "mode", how: "each", n: "5" }, false],
  [{ seed: "ü".repeat(33), by: "mode", how: "each", n: "5" }, false],
  [{ seed: "ü".repeat(32), by: "mode", how: "each", n: "5" }, true],
  [{ seed: "x", by: "shoes", how: "each", n: "5" }, false],
  [{ seed: "x", by: "mode", how: "each", n: "0" }, false],
  [{ seed: "x", by: "mode", how: "each", n: "1e9" }, false],
  [{ seed: "x", by: "mode", how: "each", n: "2.5" }, false],
])("a question for a sample %j is one: %s", (asked, ok) => expect(sampleShape.safeParse(asked).success).toBe(ok))
