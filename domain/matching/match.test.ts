import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { day, type Day } from "@/domain/core/day"
import { inOnesWay, isTorn } from "./conflicts"
import { daysIn } from "./days"
import { KnownPapers, type KnownName, type KnownPaper } from "./known"
import { matchFile, type FileSeen } from "./match"
import { numbersIn, paperNumber } from "./numbers"
import { nameWords } from "./words"

const paper = (id: string, over: Partial<KnownPaper> = {}): KnownPaper => ({
  ...{ id, title: "Confidentiality agreement", reference: null, partyIds: ["p1"], entityIds: ["e1"] },
  ...{ effectOn: null, signedOn: [], ended: false, ...over },
})
const PARTIES: KnownName[] = [
  { id: "p1", names: ["Meridian Logistics GmbH & Co. KG"] },
  { id: "p2", names: ["上海星辰数据有限公司", "Shanghai Xingchen Data Co., Ltd."] },
  { id: "p3", names: ["Borealis Analytics B.V."] },
  { id: "p4", names: ["Data Services Ltd"] },
]
const ENTITIES: KnownName[] = [{ id: "e1", names: ["Lumen Phones Ltd"] }]
const PAPERS = [
  paper("a1", { title: "Confidentiality agreement", reference: "MSA-2023-014", effectOn: day("2023-05-01") }),
  paper("a2", { title: "Processing clauses for parcels", partyIds: ["p1"], reference: "DPA/77-1" }),
  paper("a3", { title: "数据处理协议", partyIds: ["p2"], effectOn: day("2024-02-29") }),
  paper("a4", { title: "Analytics processing", partyIds: ["p3"], signedOn: [day("2022-01-15")] }),
  paper("a5", { title: "Old analytics clauses", partyIds: ["p3"], ended: true, reference: "BOR-2019-3" }),
  paper("a6", { partyIds: ["p4"] }),
]
const known = new KnownPapers(PAPERS, PARTIES, ENTITIES)
const file = (name: string, pages: string[] = [], over: Partial<FileSeen> = {}): FileSeen => ({
  ...{ name, sameBytes: [], sameWords: [], pages: pages.map((text, i) => ({ page: i + 1, text })), ...over },
})

describe("a file is matched", () => {
  test.each<[string, FileSeen, string, string | null, string[]]>([
    [
      "by its number on a page",
      file("scan0001.pdf", ["Master agreement no. MSA-2023-014 between"]),
      "likely",
      "a1",
      ["number"],
    ],
    [
      "by number, party and day",
      file("scan.pdf", ["cover", "MSA 2023 / 014, Meridian Logistics GmbH & Co. KG, from 1 May 2023"]),
      ...(["sure", "a1", ["number", "party", "day"]] as [string, string, string[]]),
    ],
    ["by its number in the name", file("msa_2023_014 signed.pdf"), "sure", "a1", ["number"]],
    ["by the party's name with a slip", file("Meridain-Logistics_parcels.pdf"), "likely", "a2", ["party", "title"]],
    [
      "by the party in its own script",
      file("扫描.pdf", ["甲方与上海星辰数据有限公司，2024年2月29日起"]),
      "likely",
      "a3",
      ["party", "day"],
    ],
    ["by a name in its own script in the file's name", file("上海星辰数据-协议.pdf"), "likely", "a3", ["party"]],
    [
      "by title, party and day",
      file("Borealis analytics processing.pdf", ["signed on 15.01.2022"]),
      "sure",
      "a4",
      ["party", "title", "day"],
    ],
    ["by the same words", file("x.pdf", ["no sign"], { sameWords: ["a6"] }), "sure", "a6", ["same-words"]],
    ["by the same bytes", file("x.pdf", [], { sameBytes: ["a6"], sameWords: ["a6"] }), "sure", "a6", ["same-file"]],
    [
      "never surely to one that has ended",
      file("BOR-2019-3.pdf", ["Borealis Analytics, BOR-2019-3"]),
      "likely",
      "a5",
      ["number", "party", "ended"],
    ],
    ["to nothing by common words", file("signed agreement final v2.pdf", ["This agreement"]), "nothing", null, []],
    ["to nothing by words that many names share", file("data.pdf"), "nothing", null, []],
    ["to nothing without a name or a word", file(".pdf"), "nothing", null, []],
  ])("%s", (_name, seen, verdict, id, reasons) => {
    const matched = matchFile(known, seen)
    expect(matched.verdict).toBe(verdict)
    expect(matched.candidates[0]?.id ?? null).toBe(id)
    const is = (matched.candidates[0]?.reasons ?? []).map((reason) => reason.is)
    expect(is).toEqual(expect.arrayContaining(reasons))
  })
  test("and a file that names two numbers is torn between two", () => {
    const matched = matchFile(known, file("both.pdf", ["MSA-2023-014 and DPA/77-1"]))
    expect(matched.verdict).toBe("likely")
    expect(isTorn(matched.candidates)).toBe(true)
  })
  test("and a number that two agreements bear points to both", () => {
    const two = new KnownPapers([paper("x", { reference: "N-10001" }), paper("y", { reference: "n 10001" })], [], [])
    const matched = matchFile(two, file("N-10001.pdf"))
    expect(matched.candidates.map(({ id }) => id)).toEqual(["x", "y"])
    expect(matched.verdict).toBe("likely")
  })
  test("and each reason says where it stands", () => {
    const [best] = matchFile(known, file("scan.pdf", ["", "No. MSA-2023-014"])).candidates
    expect(best?.reasons).toContainEqual({ is: "number", what: "MSA-2023-014", page: 2, shared: false })
  })
})

describe("always", () => {
  const names = fc.constantFrom(
    "Meridian",
    "Borealis",
    "msa 2023 014",
    "MSA-2023-014",
    "parcels",
    "星辰",
    "上海星辰数据有限公司",
    "1 May 2023",
    "signed",
    "x",
    "DPA/77-1",
  )
  const text = fc.array(fc.oneof(names, fc.string({ maxLength: 8 })), { maxLength: 8 }).map((words) => words.join(" "))
  const seen = fc
    .record({ name: text, pages: fc.array(text, { maxLength: 3 }) })
    .map((one) => file(one.name, one.pages))
  test("the order in which agreements are known changes nothing", () => {
    const turned = new KnownPapers([...PAPERS].reverse(), [...PARTIES].reverse(), ENTITIES)
    fc.assert(fc.property(seen, (one) => void expect(matchFile(turned, one)).toEqual(matchFile(known, one))))
  })
  test("at most five, the likeliest first, none without a reason, none sure beside a near one", () => {
    fc.assert(
      fc.property(seen, (one) => {
        const { verdict, candidates } = matchFile(known, one)
        expect(candidates.length).toBeLessThanOrEqual(5)
        candidates.forEach(({ score, reasons }, i) => {
          expect(reasons.length).toBeGreaterThan(0)
          expect(score).toBeLessThanOrEqual(candidates[i - 1]?.score ?? Number.POSITIVE_INFINITY)
        })
        if (verdict === "sure")
          expect((candidates[0]?.score ?? 0) - (candidates[1]?.score ?? 0)).toBeGreaterThanOrEqual(25)
        if (verdict === "nothing") expect(candidates[0]?.score ?? 0).toBeLessThan(25)
      }),
    )
  })
  test("the number in the file's name never makes an agreement less likely", () => {
    fc.assert(
      fc.property(seen, (one) => {
        const score = (of: FileSeen): number =>
          matchFile(known, of).candidates.find(({ id }) => id === "a1")?.score ?? 0
        expect(score({ ...one, name: `${one.name} MSA-2023-014` })).toBeGreaterThanOrEqual(Math.min(70, score(one)))
      }),
    )
  })
  test("any text is read without a fault", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (one) => void matchFile(known, file(one, [one]))))
  })
})

test.each([
  ["2023-05-01", ["2023-05-01"]],
  ["1 May 2023", ["2023-05-01"]],
  ["May 1st, 2023", ["2023-05-01"]],
  ["the 1st day of May 2023", ["2023-05-01"]],
  ["1. Mai 2023", ["2023-05-01"]],
  ["1er mai 2023", ["2023-05-01"]],
  ["1 de mayo de 2023", ["2023-05-01"]],
  ["01.05.2023", ["2023-01-05", "2023-05-01"]],
  ["2023年5月1日", ["2023-05-01"]],
  ["nda 20230501", ["2023-05-01"]],
  ["31 February 2023", []],
  ["12023-05-011", []],
])("days in %s", (text, days) => {
  expect([...daysIn(text)].sort()).toEqual(days as Day[])
})

test.each([
  ["MSA-2023-014", "MSA2023014"],
  ["msa 2023 / 014", "MSA2023014"],
  ["ＭＳＡ－１２３４", "MSA1234"],
  ["20230501", null],
  ["A-1", null],
  ["contract", null],
])("the number of %s", (text, key) => {
  expect(paperNumber(text)).toBe(key)
})

test("a number is found in pieces, and only whole", () => {
  const has = (text: string): boolean => numbersIn(text, (key) => key === "MSA2023014").length > 0
  expect([has("no MSA – 2023 – 014."), has("(MSA2023014)"), has("MSA-2023-0145"), has("XMSA-2023-014")]).toEqual([
    ...[true, true, false, false],
  ])
})

test("a file's name is parted where words begin", () => {
  expect(nameWords("C:\\x\\AcmeNDA2023_v2.pdf")).toBe("acme nda 2023 v 2")
})

test("who is in whose way", () => {
  const lines = [
    { line: 1, to: "a" },
    { line: 2, to: "b" },
    { line: 3, to: "a" },
    { line: 4, to: null },
    { line: 5, to: "a", requestId: "r" },
  ]
  expect([...inOnesWay(lines)]).toEqual([
    [1, [3]],
    [3, [1]],
  ])
})
