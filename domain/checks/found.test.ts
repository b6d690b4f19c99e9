import fc from "fast-check"
import { expect, test } from "vitest"
import { FOUND_FACETS, foundCounts, type FoundCell, type FoundFacet } from "./found"

const cell: FoundCell = {
  ...{ severity: "blocking", clause: "GDPR-28.3", verdict: "broken", entity: "ent_1", country: "DE" },
  ...{ kinds: ["processor"], owner: "nobody", age: "month", n: 3 },
}

test("a facet ignores its own choice, and every other holds it", () => {
  const cells = [cell, { ...cell, country: "FR", n: 2 }, { ...cell, country: "FR", clause: "GDPR-44", n: 5 }]
  const { severities, facets } = foundCounts(cells, {
    severity: "blocking",
    filters: { country: ["DE"] },
    excluded: {},
  })
  expect(facets.country).toEqual([
    { value: "FR", n: 7 },
    { value: "DE", n: 3 },
  ])
  expect(facets.clause).toEqual([{ value: "GDPR-28.3", n: 3 }])
  expect(severities).toEqual({ blocking: 3 })
})

test("the severities ignore the one that is shown; what is left out is left out of them too", () => {
  const cells = [cell, { ...cell, severity: "advice", n: 4 }, { ...cell, severity: "advice", owner: "per_1", n: 9 }]
  const asked = { severity: "blocking", filters: {}, excluded: { owner: ["per_1"] } }
  expect(foundCounts(cells, asked).severities).toEqual({ blocking: 3, advice: 4 })
  expect(foundCounts(cells, asked).facets.owner).toEqual([{ value: "nobody", n: 3 }])
})

test("a finding without a party has no country and no kind, and is not left out by one", () => {
  const cells = [{ ...cell, country: null, kinds: [] }]
  const { facets, severities } = foundCounts(cells, { severity: null, filters: {}, excluded: { country: ["DE"] } })
  expect(facets.country).toEqual([])
  expect(severities).toEqual({ blocking: 3 })
})

test("at most eighty values of a facet are named, the most frequent", () => {
  const cells = Array.from({ length: 100 }, (_, i) => ({ ...cell, clause: `C-${i}`, n: i }))
  const { clause } = foundCounts(cells, { severity: null, filters: {}, excluded: {} }).facets
  expect(clause).toHaveLength(80)
  expect(clause[0]).toEqual({ value: "C-99", n: 99 })
})

const few = (prefix: string) => fc.constantFrom(...[1, 2, 3].map((n) => `${prefix}${n}`))
const cells = fc.array(
  fc.record({
    severity: fc.constantFrom("blocking", "warning", "advice"),
    ...{ clause: few("c"), verdict: few("v"), owner: few("o"), age: few("a") },
    ...{ entity: fc.option(few("e")), country: fc.option(few("l")) },
    kinds: fc.uniqueArray(few("k")),
    n: fc.integer({ min: 1, max: 5 }),
  }),
  { maxLength: 30 },
)
const chosen = fc.dictionary(
  fc.constantFrom(...FOUND_FACETS),
  fc.array(
    few("").map((n) => n),
    { maxLength: 2 },
  ),
)

test("every count is what one gets by asking each finding by itself", () => {
  const LETTER: Record<FoundFacet, string> = {
    clause: "c",
    verdict: "v",
    entity: "e",
    kind: "k",
    country: "l",
    owner: "o",
    age: "a",
  }
  const named = (all: Record<string, string[]>) =>
    Object.fromEntries(
      (Object.entries(all) as [FoundFacet, string[]][]).map(([facet, list]) => [
        facet,
        list.map((n) => `${LETTER[facet]}${n}`),
      ]),
    )
  fc.assert(
    fc.property(cells, fc.constantFrom(null, "blocking"), chosen, chosen, (all, severity, wanted, unwanted) => {
      const filters = named(wanted)
      const excluded = named(unwanted)
      const valuesOf = (one: FoundCell, facet: FoundFacet): string[] =>
        facet === "kind" ? [...one.kinds] : [one[facet]].flatMap((value) => value ?? [])
      const fits = (one: FoundCell, but: FoundFacet | null): boolean =>
        FOUND_FACETS.every((facet) => {
          const values = valuesOf(one, facet)
          const want = facet === but ? [] : (filters[facet] ?? [])
          return (
            (want.length === 0 || values.some((value) => want.includes(value))) &&
            !values.some((value) => (excluded[facet] ?? []).includes(value))
          )
        })
      const found = foundCounts(all, { severity, filters, excluded })
      for (const facet of FOUND_FACETS) {
        const shown = all.filter((one) => (severity === null || one.severity === severity) && fits(one, facet))
        for (const value of new Set(all.flatMap((one) => valuesOf(one, facet)))) {
          const n = shown.filter((one) => valuesOf(one, facet).includes(value)).reduce((sum, one) => sum + one.n, 0)
          expect(found.facets[facet].find((one) => one.value === value)?.n ?? 0).toBe(n)
        }
      }
      const standing = all.filter((one) => fits(one, null))
      for (const known of ["blocking", "warning", "advice"]) {
        const n = standing.filter((one) => one.severity === known).reduce((sum, one) => sum + one.n, 0)
        expect(found.severities[known] ?? 0).toBe(n)
      }
    }),
    { numRuns: 500 },
  )
})
