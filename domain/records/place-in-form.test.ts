import { expect, test } from "vitest"
import { curedIn, placeInForm } from "./place-in-form"

const SHARING = {
  destinations: { state: "known", value: [{ country: "US" }] },
  retention: { state: "blank" },
  bases: [{ basis: "gdpr-6-1-b", evidence: { state: "blank" } }],
}

test.each([
  ["a line that is there", "destinations.value.0", "destinations.value.0"],
  ["a question in a line", "destinations.value.0.country", "destinations.value.0.country"],
  ["a list whose answer is open", "destinations", "destinations.value"],
  ["a line that is gone leads to its list", "destinations.value.4.country", "destinations.value"],
  ["an answer leads to its value", "title", "title"],
  ["an answer within a line", "bases.0.evidence", "bases.0.evidence.value"],
  ["a day", "startsOn", "startsOn.value"],
  ["whom was asked", "retention.asked", "retention.asked"],
])("%s", (_name, path, id) => {
  expect(placeInForm("sharing", path, SHARING)).toBe(id)
})

test("what is no field of the kind, or no path at all, has no place", () => {
  expect(placeInForm("sharing", "checklist", SHARING)).toBeNull()
  expect(placeInForm("party", "partyId", {})).toBeNull()
  expect(placeInForm("party", 'x"><script>', {})).toBeNull()
})

test("cover is cured in an agreement, a missing look at the party in an assessment, all else in the record itself", () => {
  expect(curedIn("sharing", "covers")).toEqual({ kind: "agreement", path: "covers", itself: false })
  expect(curedIn("sharing", "assessment")).toEqual({ kind: "assessment", path: "kind", itself: false })
  expect(curedIn("sharing", "destinations.value.0")).toMatchObject({ kind: "sharing", itself: true })
  expect(curedIn("agreement", "checklist")).toMatchObject({ kind: "agreement", itself: true })
})
