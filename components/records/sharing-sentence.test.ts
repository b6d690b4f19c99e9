import { expect, test } from "vitest"
import { known, unknown } from "@/domain/core/answer"
import { FIELDS, blankOf } from "@/domain/records/fields"
import type { Sharing } from "@/domain/records/sharing"
import { inARow, sharingSentence } from "./sharing-sentence"

const blank = blankOf(FIELDS.sharing) as Sharing
const line = { necessity: { state: "blank" }, reviewedOn: { state: "blank" }, retentionDays: { state: "blank" } }
const span = { firstOn: null, lastOn: null }
const names = new Map([
  ["ent_1", "Lumen GmbH"],
  ["pty_1", "Fleet Parcel B.V."],
])
const some = (over: object): Sharing => ({ ...blank, entityId: "ent_1", partyId: "pty_1", ...over }) as Sharing

test("a sharing reads as one sentence with whose data goes where and what for", () => {
  const sharing = some({
    mode: "entrust",
    dataLines: known([
      { kind: "contact.address", ...line, ...span },
      { kind: "contact.email", ...line, ...span },
    ]),
    subjects: known(["customer", "child"]),
    destinations: known([{ country: "NL", kind: "storage", mechanisms: [], ...span }]),
    purposeText: known("The parcel reaches the person who ordered it."),
  })
  expect(sharingSentence(sharing, names)).toMatch(
    /^Lumen GmbH entrusts Fleet Parcel B\.V\. with .+ and .+ of customers and minors, in Netherlands\. What for: The parcel reaches/,
  )
})
test("what is not known yet is said so, and what nobody answered otherwise", () => {
  const said = sharingSentence(some({ mode: "share", dataLines: unknown("Fleet Parcel") }), names)
  expect(said).toContain("data not known yet of people that nobody has named")
  expect(said).toContain("in countries that nobody has named")
  expect(said).toContain("Ground: none named.")
})
test("a long row is counted, not cut", () => {
  expect(inARow(["a", "b", "c", "d", "e", "f", "g"])).toBe("a, b, c, d and 3 more")
  expect(inARow(["a", "b", "c", "d", "e"])).toBe("a, b, c, d and e")
})
