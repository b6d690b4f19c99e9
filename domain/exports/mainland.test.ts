import { expect, test } from "vitest"
import { inMainland, mainlandMissing, mainlandShape, saidForAll, type MainlandAnswer } from "./mainland"

const answer = (over: Partial<MainlandAnswer>): MainlandAnswer => ({
  ...{ addressee: null, approval: null, reasons: null, ...over },
})

test("Hong Kong, Macao and Taiwan are not in the mainland", () => {
  const companies = ["CN", "HK", "MO", "TW", "DE", "cn"].map((country) => ({ id: `of-${country}`, country }))
  expect(inMainland(companies)).toEqual(["of-CN"])
})

test.each<[MainlandAnswer | null, string[]]>([
  [null, ["reasons"]],
  [answer({}), ["reasons"]],
  [answer({ addressee: "CNIL" }), ["approval"]],
  [answer({ approval: "2026-17" }), ["addressee"]],
  [answer({ addressee: "CNIL", approval: "2026-17" }), []],
  [answer({ reasons: "For the authority of the mainland itself." }), []],
  [answer({ addressee: "CAC", reasons: "The authority of the mainland itself." }), []],
])("of %j is missing %j", (given, missing) => {
  expect(mainlandMissing(["ent_x"], given)).toEqual(missing)
  expect(mainlandMissing([], given)).toEqual([])
})

test.each<[unknown, MainlandAnswer | null]>([
  [undefined, null],
  [null, null],
  [{ addressee: "  ", approval: "", reasons: "\n" }, null],
  [{ addressee: " CNIL " }, answer({ addressee: "CNIL" })],
])("%j is read as %j", (sent, want) => {
  expect(mainlandShape.parse(sent)).toEqual(want)
})

test.each([{ other: "x" }, { reasons: "x".repeat(2_001) }, { addressee: 1 }, "CNIL", []])("%j is refused", (sent) => {
  expect(mainlandShape.safeParse(sent).success).toBe(false)
})

test.each([
  ["one that said all", ["a"], [{ entityId: "a", addressee: "CNIL", approval: "17" }], "CNIL|17|null", []],
  ["one that said half", ["a"], [{ entityId: "a", addressee: "CNIL" }], null, ["a"]],
  ["one that took it back", ["a"], [{ entityId: "a" }], null, ["a"]],
  ["another that said it", ["a"], [{ entityId: "b", reasons: "None." }], null, ["a"]],
  [
    "two of one approval",
    ["a", "b"],
    [
      { entityId: "a", addressee: "CNIL", approval: "17" },
      { entityId: "b", addressee: "CNIL", approval: "18" },
    ],
    "CNIL|17; 18|null",
    [],
  ],
  ["one of two", ["a", "b"], [{ entityId: "a", reasons: "It is the mainland's own." }], null, ["b"]],
  ["none asked", [], [], null, []],
] as [string, string[], object[], string | null, string[]][])(
  "of what companies said a package takes what is enough for all of them: %s",
  (_name, mainland, said, answer, unsaid) => {
    const whole = said.map((one) => ({ addressee: null, approval: null, reasons: null, ...one })) as never
    const found = saidForAll(mainland, whole)
    expect(found.unsaid).toEqual(unsaid)
    expect(found.answer && `${found.answer.addressee}|${found.answer.approval}|${found.answer.reasons}`).toBe(answer)
  },
)
