import { expect, test } from "vitest"
import { BLANK, known, NOT_APPLICABLE } from "@/domain/core/answer"
import { day, type Day } from "@/domain/core/day"
import type { Agreement } from "@/domain/records/agreement"
import { rowsOf, type Change } from "@/domain/requests/stage-rows"
import { between, SHARING } from "@/testing/clause-stories"
import { nthId, typedAgreement } from "@/testing/in-2026"
import { beginningOf, renewalsLeft } from "./begin"
import { lastDayOf } from "./rules-of"

const terms = { way: "tacit" as const, months: 12, noticeMonths: 3 }
const tacit = known(terms)
/** 36 months from 1 August 2020, then year by year, three times at most: 31 July of 2023, 2024, 2025 and 2026. */
const bounded = (over: Partial<Agreement> = {}): Agreement =>
  typedAgreement(between, [SHARING], {
    ...{ effectOn: known(day("2020-08-01")), endsOn: NOT_APPLICABLE, initialMonths: known(36), renewal: tacit },
    ...{ renewalsMost: known(3), ...over },
  })
const begun = (way: "renew" | "lapse", body: Agreement, today: string, noticeOn: Day | null = null) =>
  beginningOf(way, { id: nthId("agreement", 1), body, standing: "approved" }, day(today), noticeOn)

// Used are the tacit terms that lie before the end of the term that is decided about.
test.each([
  ["in its first term: none was used", "2022-01-01", 0, "2024-07-31", 3, "2027-07-31"],
  ["the day for notice of the first term is over: one is settled", "2023-06-01", 1, "2025-07-31", 2, "2027-07-31"],
  ["in the first tacit term", "2023-10-01", 1, "2025-07-31", 2, "2027-07-31"],
  ["in the second", "2024-10-01", 2, "2026-07-31", 1, "2027-07-31"],
  ["in the last, which ends of itself", "2025-10-01", 3, "2027-07-31", 0, "2027-07-31"],
])("renewed by an act, what was used of a bound stays used: %s", (_name, today, used, endsOn, left, furthest) => {
  expect(renewalsLeft(bounded(), day(today))).toEqual({ used, left })
  const proposed = begun("renew", bounded(), today)
  expect(proposed?.body).toMatchObject({ endsOn: known(endsOn), renewalsMost: known(left) })
  // The term by the act, and then as many of its own as are left: one term further than it would have run.
  expect(proposed && lastDayOf(proposed.body)).toBe(furthest)
})

test("renewed twice by an act, the count does not begin anew", () => {
  const once = begun("renew", bounded(), "2023-10-01")?.body as Agreement
  expect(renewalsLeft(once, day("2024-10-01"))).toEqual({ used: 0, left: 2 })
  const twice = begun("renew", once, "2025-10-01")?.body as Agreement
  expect(twice).toMatchObject({ endsOn: known("2027-07-31"), renewalsMost: known(1) })
})

test("without a bound nothing but the last day moves, and procurement alone decides either", () => {
  for (const renewalsMost of [BLANK, NOT_APPLICABLE, known(3)]) {
    const before = bounded({ renewalsMost } as Partial<Agreement>)
    const after = begun("renew", before, "2023-10-01")?.body as Agreement
    if (renewalsMost.state !== "known") expect(after.renewalsMost).toEqual(renewalsMost)
    const change = { op: "change", kind: "agreement", before, after, discovered: false } as Change
    expect(rowsOf(change)).toEqual(["agreement-renewed"])
    // More renewals than there were are more than a term.
    const more = { ...change, after: { ...after, renewalsMost: known(9) } } as Change
    expect(rowsOf(more)).toEqual([renewalsMost.state === "known" ? "agreement" : "agreement-renewed"])
  }
})

test.each<[string, Partial<Agreement>, string, Day | null, unknown]>([
  ["tacit, notice not given yet", {}, "2023-10-01", null, null],
  ["tacit, notice given", {}, "2023-10-01", day("2023-09-15"), { noticeGivenOn: known("2023-09-15") }],
  ["notice was given before", { noticeGivenOn: known(day("2023-09-15")) }, "2023-10-01", null, null],
  ["terminated", { terminatedOn: known(day("2024-01-01")) }, "2023-10-01", null, null],
  [
    "in its last tacit term no notice is needed, and it ends no earlier",
    {},
    "2025-10-01",
    null,
    { noticeGivenOn: BLANK, endsOn: known("2026-07-31"), renewal: known({ ...terms, way: "never" }) },
  ],
  [
    "express: it is said to renew no more",
    { renewal: known({ way: "express", months: 12, noticeMonths: 0 }) },
    "2022-10-01",
    null,
    { renewal: known({ way: "never", months: 12, noticeMonths: 0 }), endsOn: NOT_APPLICABLE },
  ],
])("let lapse: %s", (_name, over, today, noticeOn, wanted) => {
  const proposed = begun("lapse", bounded(over), today, noticeOn)
  if (wanted === null) expect(proposed).toBeNull()
  else expect(proposed?.body).toMatchObject(wanted as object)
  if (proposed)
    expect(lastDayOf(proposed.body)).toBe(
      lastDayOf(bounded({ ...over, ...(noticeOn ? { noticeGivenOn: known(noticeOn) } : {}) })),
    )
})
