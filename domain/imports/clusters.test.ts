import fc from "fast-check"
import { expect, test } from "vitest"
import { fold } from "@/domain/core/fold"
import { proposeJoins, type NamedRow } from "./clusters"
import { duplicateFinder } from "./duplicates"

const row = (row: number, name: string): NamedRow => ({ row, partyId: `p${row}`, name })
const brief = (rows: NamedRow[], known: { partyId: string; names: string[] }[] = []): unknown =>
  proposeJoins(rows, known).map(({ rows, known }) => [rows.map(({ row }) => row), known.map(({ partyId }) => partyId)])

test("rows whose names are equal but for case, accents and punctuation are proposed for joining", () => {
  expect(brief([row(2, "Müller & Co."), row(3, "Other"), row(4, "MULLER, CO"), row(5, "Muller and Co")])).toEqual([
    [[2, 4], []],
  ])
})

test("a row is held against every name of the parties in the register", () => {
  const known = [
    { partyId: "a", names: ["Ørsted A/S", "Orsted A S"] },
    { partyId: "b", names: ["Something", "Acme"] },
    { partyId: "c", names: ["ACME"] },
    { partyId: "d", names: ["Nobody's"] },
  ]
  expect(brief([row(2, "Orsted a/s"), row(3, "acme"), row(4, "New")], known)).toEqual([
    [[2], ["a"]],
    [[3], ["b", "c"]],
  ])
})

test("names of signs alone are no name to join by", () => {
  expect(brief([row(2, "?!"), row(3, "--")], [{ partyId: "a", names: ["..."] }])).toEqual([])
})

test("every pair with equal folded names is in one proposal, no other pair is, and no row is in two", () => {
  const name = fc.constantFrom("Acme", "ACME", "Äcme", "Beta", "bèta", "Gamma", "!")
  fc.assert(
    fc.property(
      fc.array(name, { maxLength: 12 }),
      fc.array(fc.array(name, { maxLength: 3 }), { maxLength: 4 }),
      (names, known) => {
        const rows = names.map((name, at) => row(at, name))
        const parties = known.map((names, at) => ({ partyId: `k${at}`, names }))
        const joins = proposeJoins(rows, parties)
        for (const { folded, rows, known } of joins) {
          expect(rows.length).toBeGreaterThan(0)
          expect(rows.length + known.length).toBeGreaterThan(1)
          expect(rows.every(({ name }) => fold(name) === folded)).toBe(true)
          expect(known.every(({ names }) => names.some((name) => fold(name) === folded))).toBe(true)
        }
        const inside = joins.flatMap(({ rows }) => rows.map(({ row }) => row))
        expect(new Set(inside).size).toBe(inside.length)
        const wanted = rows.filter(
          ({ row, name }) =>
            fold(name) !== "" &&
            (rows.some((other) => other.row !== row && fold(other.name) === fold(name)) ||
              known.some((names) => names.some((other) => fold(other) === fold(name)))),
        )
        expect(inside.toSorted((a, b) => a - b)).toEqual(wanted.map(({ row }) => row))
      },
    ),
  )
})

test("a row that says the same as an earlier one is told, with the earlier one's number", () => {
  const find = duplicateFinder()
  const told = [["A", "1"], ["A", "2"], ["A ", "1", ""], ["a", "1"], ["A", "1"], ["A1"]].map((cells, at) =>
    find({ sheet: null, row: at + 2, cells }),
  )
  expect(told.map((problem) => problem && [problem.row, problem.says, problem.params])).toEqual([
    null,
    null,
    [4, "import.duplicate", { first: 2 }],
    null,
    [6, "import.duplicate", { first: 2 }],
    null,
  ])
})
