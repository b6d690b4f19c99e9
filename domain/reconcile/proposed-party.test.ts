import { expect, test } from "vitest"
import { SHAPES } from "@/domain/records/kinds"
import { kindOfNumber, onePerName, proposedParty } from "./proposed-party"
import type { SupplierLine } from "./reconcile"

const line = (over: Partial<SupplierLine>): SupplierLine => ({
  ...{ line: 7, name: "Acme, Inc.", country: "US", numbers: ["DE811234567"], hosts: ["https://www.acme.example/"] },
  ...over,
})

test("an unmatched supplier is proposed as not decided yet, with what the list says of it and nothing more", () => {
  const body = proposedParty(line({}), "ledger.csv")
  expect(body).toMatchObject({
    ...{ legalName: "Acme, Inc.", dataDecision: "undecided", kinds: [], hosts: ["acme.example"] },
    country: { state: "known", value: "US" },
    identifiers: [{ kind: "vat", value: "DE811234567" }],
    extra: [{ column: "Supplier list", value: "ledger.csv, line 7" }],
  })
  expect(SHAPES.party.safeParse(body).success).toBe(true)
})

test("without a country it stays unanswered, and is not guessed", () => {
  expect(proposedParty(line({ country: null }), "x").country).toEqual({ state: "blank" })
})

test.each([
  ["5299000J2N45DDNE4Y28", "lei"],
  ["DE 811 234 567", "vat"],
  ["HRB 1234", "other"],
  ["70001234", "other"],
])("%s looks like a number of the kind %s", (text, kind) => expect(kindOfNumber(text)).toBe(kind))

test("a supplier that a list names twice is proposed once", () => {
  expect(
    onePerName([line({ line: 1 }), line({ line: 2, name: "Beta" }), line({ line: 3, name: "ACME INC" })]).map((one) => [
      one.first.line,
      one.all,
    ]),
  ).toEqual([
    [1, [1, 3]],
    [2, [2]],
  ])
})
