import { expect, test } from "vitest"
import { inMainland, mainlandMissing, mainlandShape, type MainlandAnswer } from "./mainland"

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
