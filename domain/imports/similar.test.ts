import fc from "fast-check"
import { expect, test } from "vitest"
import { fold } from "@/domain/core/fold"
import { proposeNear, type JoinProposal, type NamedRow } from "./clusters"
import { ALL_EQUAL, joinedIds } from "./join"
import { coreName, NEAR, nearness, nearPairs } from "./similar"

test.each([
  ["Harbour Lights Ltd", "harbour lights"],
  ["Harbour Lights Pty. Ltd.", "harbour lights"],
  ["Harbour Lights GmbH & Co. KG", "harbour lights"],
  ["Harbour Lights S.à r.l.", "harbour lights"],
  ["Harbour Lights B.V.", "harbour lights"],
  ["Limited", "limited"],
  ["Lightship", "lightship"],
])("%s is called %s", (name, core) => {
  expect(coreName(fold(name))).toBe(core)
})

test.each([
  ["the sort of company does not tell names apart", "Harbour Lights Ltd", "Harbour Lights, Inc.", 1],
  ["a letter more is near", "Harbour Lights", "Harbor Lights", 0.6],
  ["another word beside a long one is near", "Northwind Freight", "Northwind Freight Services", 0.6],
])("%s", (_says, a, b, least) => {
  expect(nearness(a, b)).toBeGreaterThanOrEqual(least)
})

test.each([
  ["figures tell names apart", "Supplier 12 Ltd", "Supplier 13 Ltd"],
  ["a word in common is not enough", "Dublin Freight Ltd", "Bank of Dublin Ltd"],
  ["names without a letter in common", "Aerie", "Bunk"],
])("%s", (_says, a, b) => {
  expect(nearness(a, b)).toBeLessThan(NEAR)
})

test("the pairs found are all that are near, each once, whichever way they are looked for", () => {
  const word = fc.constantFrom(
    "harbour",
    "harbor",
    "lights",
    "light",
    "north",
    "freight",
    "freights",
    "ltd",
    "gmbh",
    "7",
    "8",
  )
  const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" "))
  fc.assert(
    fc.property(fc.uniqueArray(name, { maxLength: 14 }), (names) => {
      const key = (a: string, b: string): string => [a, b].toSorted().join("|")
      const found = nearPairs(names, 1000)
      const wanted = names.flatMap((a, i) =>
        names.slice(i + 1).flatMap((b) => (nearness(a, b) >= NEAR ? [key(a, b)] : [])),
      )
      expect(found.map(({ a, b }) => key(a, b)).toSorted()).toEqual(wanted.toSorted())
    }),
  )
})

test("ten thousand names that are all alike but for their figures are told apart in no time", () => {
  const names = Array.from({ length: 10_000 }, (_name, at) => `invented supplier ${at} ltd`)
  const began = performance.now()
  expect(nearPairs(names, 300)).toEqual([])
  expect(performance.now() - began).toBeLessThan(5000)
})

const row = (at: number, name: string): NamedRow => ({ row: at, partyId: `p${at}`, name })

test("similar names are proposed with every row of both, the nearest first, apart from equal ones", () => {
  const rows = [
    row(2, "Harbour Lights Ltd"),
    row(3, "HARBOUR LIGHTS LTD"),
    row(4, "Harbor Lights Inc"),
    row(5, "Other"),
  ]
  const [pair] = nearPairs(
    rows.map((one) => fold(one.name)),
    10,
  )
  const known = { name: fold("Other"), party: { partyId: "k", names: ["Others"] }, likeness: 71 }
  const joins = proposeNear(rows, pair ? [pair] : [], [known], 10)
  expect(joins.map((join) => [join.rows.map((one) => one.row), join.known.map((one) => one.partyId)])).toEqual([
    [[5], ["k"]],
    [[2, 3, 4], []],
  ])
  expect(joins.every((join) => join.near !== undefined)).toBe(true)
})

const equal = (folded: string, rows: NamedRow[], known: string[] = []): JoinProposal => ({
  folded,
  rows,
  known: known.map((partyId) => ({ partyId, names: [folded] })),
})

test.each([
  ["nothing chosen joins nothing", [], []],
  ["an equal name goes to the first of its rows", ["a"], [["p3", "p2"]]],
  [
    "what is near goes with it",
    ["a", "a ~ b"],
    [
      ["p3", "p2"],
      ["p4", "p2"],
    ],
  ],
  [
    "one of the register stands for all",
    ["a", "a ~ b", "b ~ k"],
    [
      ["p2", "k"],
      ["p3", "k"],
      ["p4", "k"],
    ],
  ],
  ["all equal ones leave what is merely near alone", [ALL_EQUAL], [["p3", "p2"]]],
])("%s", (_says, chosen, wanted) => {
  const joins: JoinProposal[] = [
    equal("a", [row(2, "A"), row(3, "a")]),
    { ...equal("a ~ b", [row(2, "A"), row(3, "a"), row(4, "B")]), near: 60 },
    { ...equal("b ~ k", [row(4, "B")], ["k"]), near: 55 },
  ]
  expect([...joinedIds(joins, new Set(chosen))].toSorted()).toEqual(wanted)
})

test("an import never makes one of two parties that the register holds", () => {
  const joins = [equal("a", [row(2, "A")], ["k1"]), { ...equal("a ~ k2", [row(2, "A")], ["k2"]), near: 80 }]
  expect([...joinedIds(joins, new Set(["a", "a ~ k2"]))]).toEqual([["p2", "k1"]])
})
