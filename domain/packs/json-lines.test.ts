import fc from "fast-check"
import { expect, test } from "vitest"
import { readJson } from "./json-lines"

const TEXT = `{
  "pack": "statement",
  "clauses": [
    {
      "id": "A",
      "params": { "kinds": ["x", "y"] }
    },
    { "id": "B",
      "check": "runThis" }
  ]
}`

test.each([
  ["pack", 2],
  ["clauses", 3],
  ["clauses.0", 4],
  ["clauses.0.params.kinds.1", 6],
  ["clauses.1.id", 8],
  ["clauses.1.check", 9],
  ["clauses.1.severity", 8],
  ["nowhere", 1],
])("the place %s stands on line %i, or what holds it does", (path, line) => {
  const read = readJson(TEXT)
  expect(read.ok && read.lineOf(path)).toBe(line)
})

test.each([
  ["", 1],
  ['{\n "a": 1,\n}', 3],
  ['{\n "a": 1\n "b": 2 }', 3],
  ["[1,\n 2,\n @ ]", 3],
  ['{"a":\n [1, 2}', 2],
])("what is no JSON is refused at its line: %j", (text, line) => {
  expect(readJson(text)).toEqual({ ok: false, line })
})

test("whatever is JSON is read as it is, and every place of it has a line within the text", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      const pretty = JSON.stringify(JSON.parse(text), null, 1)
      const read = readJson(pretty)
      expect(read.ok && read.value).toEqual(JSON.parse(text))
      if (read.ok) expect(read.lineOf("0")).toBeLessThanOrEqual(pretty.split("\n").length)
    }),
    { numRuns: 300 },
  )
})
