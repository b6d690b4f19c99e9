import fc from "fast-check"
import { expect, test } from "vitest"
import { addressOf, parseState, toggled, without } from "./url-state"

const FACETS = ["kind", "country"]
const SORTS = ["name", "since"]
const read = (address: string) =>
  parseState(Object.fromEntries(new URL(address, "http://x").searchParams), FACETS, SORTS)

test("equal states have equal addresses, whatever the order they were typed in", () => {
  expect(addressOf("/parties", read("/parties?f.country=US,DE&q=acme&f.kind=partner"))).toBe(
    addressOf("/parties", read("/parties?q=acme&f.kind=partner&f.country=DE,US")),
  )
})
test("what an address does not know is named and ignored", () => {
  expect(read("/parties?colour=red&f.shoe=7").unknown).toEqual(["colour", "f.shoe"])
})
test("an unknown sort or size falls back", () => {
  expect(read("/parties?sort=-shoe&size=7")).toMatchObject({ sort: "name", descending: false, size: 50 })
})
test("a change of filters returns to the first page", () => {
  expect(toggled(read("/parties?after=abc"), "kind", "partner")).toMatchObject({
    after: "",
    filters: { kind: ["partner"] },
  })
  expect(toggled(read("/parties?f.kind=partner"), "kind", "partner").filters.kind).toEqual([])
})
test("an address that was written reads back as the same state", () => {
  const words = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => !text.includes(",") && text.trim() === text)
  fc.assert(
    fc.property(
      fc.string({ maxLength: 50 }),
      fc.uniqueArray(words, { maxLength: 4 }),
      fc.boolean(),
      fc.constantFrom("name", "since"),
      (q, kinds, descending, sort) => {
        const filters: Record<string, string[]> = kinds.length ? { kind: [...kinds].sort() } : {}
        const state = {
          q,
          filters,
          excluded: {},
          sort,
          descending,
          after: "",
          size: 100 as const,
          asOf: "",
          on: "",
          unknown: [],
        }
        expect(read(addressOf("/parties", state))).toEqual(state)
      },
    ),
  )
})
test("a value is asked for or left out, never both, and a second press takes it back", () => {
  const left = without(read("/parties?f.kind=partner,authority"), "kind", "partner")
  expect(left).toMatchObject({ filters: { kind: ["authority"] }, excluded: { kind: ["partner"] } })
  expect(toggled(left, "kind", "partner")).toMatchObject({ excluded: { kind: [] } })
  expect(without(left, "kind", "partner").excluded.kind).toEqual([])
})
