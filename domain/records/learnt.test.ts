import { expect, test } from "vitest"
import fc from "fast-check"
import { BLANK, known, unknown } from "@/domain/core/answer"
import { learntOf } from "./learnt"

const story = (...bodies: object[]) => bodies.map((body, at) => ({ version: at + 1, body }))
const told = (...bodies: object[]) =>
  Object.fromEntries(learntOf(story(...bodies)).map(({ path, version }) => [path, version]))

test.each<[string, object[], Record<string, number>]>([
  ["stands since the first", [{ a: "x" }, { a: "x" }], { a: 1 }],
  ["changed in the second", [{ a: "x" }, { a: "y" }, { a: "y" }], { a: 2 }],
  ["gone and back is learnt anew", [{ a: "x" }, { a: "y" }, { a: "x" }], { a: 3 }],
  ["an answer", [{ a: BLANK }, { a: known("x") }], { a: 2 }],
  ["what is not known yet was learnt too", [{ a: BLANK }, { a: unknown() }], { a: 2 }],
  ["nothing said", [{ a: known("x") }, { a: BLANK }], {}],
  ["an empty list, null, no", [{ a: [], b: null, c: false, d: "" }], {}],
  ["lines, wherever they stand", [{ a: ["x", "y"] }, { a: ["z", "y", "x"] }], { "a.0": 2, "a.1": 1, "a.2": 1 }],
  ["lines of an answer", [{ a: known([{ k: 1 }]) }, { a: known([{ k: 1 }, { k: 2 }]) }], { "a.0": 1, "a.1": 2 }],
  [
    "a line with another last day",
    [{ a: [{ k: 1, lastOn: null }] }, { a: [{ k: 1, lastOn: "2026-01-01" }] }],
    { "a.0": 2 },
  ],
  ["order of members is no change", [{ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }], { a: 1 }],
  ["a field that older versions did not have", [{}, { a: "x" }], { a: 2 }],
])("%s", (_, bodies, want) => {
  expect(told(...bodies)).toEqual(want)
})

test("no versions, no facts", () => {
  expect(learntOf([])).toEqual([])
})

test("a fact stood in every version since it was learnt, and not in the one before", () => {
  const body = fc.record({ a: fc.constantFrom("x", "y"), b: fc.uniqueArray(fc.constantFrom("p", "q", "r")) })
  fc.assert(
    fc.property(fc.array(body, { minLength: 1, maxLength: 6 }), (bodies) => {
      const has = (at: number, field: string, value: unknown): boolean => {
        const held = (bodies[at] as Record<string, unknown>)[field]
        return Array.isArray(held) ? held.includes(value) : held === value
      }
      const last = bodies[bodies.length - 1] as { a: string; b: string[] }
      for (const { path, version } of learntOf(story(...bodies))) {
        const [field = "", place] = path.split(".")
        const value = place === undefined ? last.a : last.b[Number(place)]
        for (let at = version - 1; at < bodies.length; at += 1) expect(has(at, field, value)).toBe(true)
        if (version > 1) expect(has(version - 2, field, value)).toBe(false)
      }
    }),
  )
})
