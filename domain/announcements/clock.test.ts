import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { BLANK, known, NOT_APPLICABLE } from "@/domain/core/answer"
import { addDays, day } from "@/domain/core/day"
import { nthId, typedAgreement } from "@/testing/in-2026"
import { announcementState, objectionClock, objectionReminder, OBJECTION_DAYS } from "./clock"

const BETWEEN = { entityId: nthId("entity", 1), partyId: nthId("party", 2) }
const ON = day("2026-06-10")
type Over = Parameters<typeof typedAgreement>[2]
const paper = (days: number | null, over: Over = {}, id = "agr_a", standing = "approved") => ({
  ...{ id, standing },
  body: typedAgreement(BETWEEN, [], {
    ...{ effectOn: known(day("2026-01-01")), endsOn: NOT_APPLICABLE },
    ...{ objectionDays: days === null ? BLANK : known(days), ...over },
  }),
})

describe("the last day to object", () => {
  test.each([
    ["is the paper's own term after the announcement", [paper(14)], "agreement", "2026-06-24"],
    ["is the announcement's day itself where the paper gives none", [paper(0)], "agreement", "2026-06-10"],
    ["is the shorter of two", [paper(30), paper(10, {}, "agr_b")], "agreement", "2026-06-20"],
    ["is our default without a paper", [], "default", "2026-07-10"],
    ["is our default where the paper says nothing", [paper(null)], "default", "2026-07-10"],
    [
      "is our default where the paper had ended",
      [paper(14, { endsOn: known(day("2026-06-09")) })],
      "default",
      "2026-07-10",
    ],
    ["counts a paper on its last day", [paper(14, { endsOn: known(ON) })], "agreement", "2026-06-24"],
    ["does not count one from its termination on", [paper(14, { terminatedOn: known(ON) })], "default", "2026-07-10"],
    [
      "does not count one that begins later",
      [paper(14, { effectOn: known(day("2026-06-11")) })],
      "default",
      "2026-07-10",
    ],
    ["does not count one without a date of effect", [paper(14, { effectOn: BLANK })], "default", "2026-07-10"],
    ["does not count one that is ended", [paper(14, {}, "agr_a", "ended")], "default", "2026-07-10"],
  ] as const)("%s", (_says, papers, term, objectUntil) => {
    expect(objectionClock(ON, papers)).toMatchObject({ term, objectUntil })
  })
  test("is thirty days by default", () => {
    expect(OBJECTION_DAYS).toBe(30)
  })
})

test.each([
  ["2026-06-10", null, "open"],
  ["2026-06-16", null, "open"],
  ["2026-06-17", null, "last-days"],
  ["2026-06-24", null, "last-days"],
  ["2026-06-25", null, "over"],
  ["2026-06-25", "asked", "over"],
  ["2026-06-12", "asked", "open"],
  ["2026-06-12", "objected", "objected"],
  ["2026-06-30", "silence", "silence"],
])("on %s, answered %s, it is %s", (today, answer, state) => {
  expect(announcementState(day("2026-06-24"), answer, day(today))).toBe(state)
})

test("is reminded of within the last week and on the last day, never after it", () => {
  fc.assert(
    fc.property(fc.integer({ min: -20, max: 40 }), (left) => {
      const until = day("2026-06-24")
      const reminder = objectionReminder(until, addDays(until, -left))
      expect(reminder).toBe(left < 0 || left > 7 ? null : left === 0 ? "last" : "soon")
    }),
  )
})
