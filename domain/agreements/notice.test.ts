import fc from "fast-check"
import { expect, test } from "vitest"
import { BLANK, known, NOT_APPLICABLE, type Answer } from "@/domain/core/answer"
import { addDays, day, later, type Day } from "@/domain/core/day"
import { inEffect } from "@/domain/checks/papers"
import type { Agreement } from "@/domain/records/agreement"
import { between, SHARING } from "@/testing/clause-stories"
import { nthId, typedAgreement } from "@/testing/in-2026"
import { arithmeticOf } from "./arithmetic"
import { paperDues } from "./dues"
import { effectOf } from "./letters"
import { endedByAct, endOfPaper, rulesOf } from "./rules-of"
import { standingOn } from "./terms"

const begun = day("2026-01-01")
const open = (over: Partial<Agreement>): Agreement =>
  typedAgreement(between, [SHARING], {
    ...{ effectOn: known(begun), endsOn: NOT_APPLICABLE, renewal: NOT_APPLICABLE, ...over },
  })

/** Whether the paper still holds on the day, by walking from the day of notice one day after another. */
function walked(body: Agreement, on: Day): boolean {
  const given = body.noticeGivenOn.state === "known" ? body.noticeGivenOn.value : null
  const ended = body.terminatedOn.state === "known" ? body.terminatedOn.value : null
  if (ended !== null && on >= ended) return false
  if (given === null || on <= given) return true
  const side = body.noticeGivenBy.state === "known" ? body.noticeGivenBy.value : "entity"
  const said = side === "entity" ? body.noticeOurs : body.noticeTheirs
  const months = body.renewal.state === "known" ? body.renewal.value.noticeMonths : 0
  if (said.state !== "known" && months === 0) return true
  let left = said.state === "known" ? said.value : 0
  let [at, whole] = [given, said.state === "known" ? 0 : months]
  // Months are walked to the same date of the month; one that lacks it ends on its own last day.
  const date = Number(given.slice(8))
  while (left > 0 || whole > 0) {
    at = addDays(at, 1)
    if (whole === 0) left -= 1
    else if (at.slice(0, 7) !== given.slice(0, 7)) {
      const last = addDays(at, 1).slice(8) === "01"
      if (Number(at.slice(8)) === date || (last && Number(at.slice(8)) < date)) whole -= 1
    }
    if (at >= on) return true
  }
  return on <= at
}

const someDay = fc.integer({ min: 1, max: 1200 }).map((n) => addDays(begun, n))
const answered = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Answer<T>> =>
  fc.oneof(value.map(known), fc.constant(BLANK as Answer<T>))
const papers = fc
  .record({
    noticeGivenOn: answered(someDay),
    noticeGivenBy: answered(fc.constantFrom("entity" as const, "party" as const)),
    noticeOurs: answered(fc.integer({ min: 0, max: 200 })),
    noticeTheirs: answered(fc.integer({ min: 0, max: 200 })),
    terminatedOn: answered(someDay),
    renewal: fc.constantFrom(
      NOT_APPLICABLE as Agreement["renewal"],
      known({ way: "never" as const, months: 0, noticeMonths: 3 }),
      known({ way: "express" as const, months: 12, noticeMonths: 1 }),
    ),
  })
  .map(open)

test("an open-ended paper holds until its notice has run: cover, desk and letter say the day that walking says", () => {
  fc.assert(
    fc.property(papers, someDay, (body, on) => {
      const to = endOfPaper(body, "approved")
      if (to === undefined) throw new Error("its end is answered")
      const holds = to === null || on < to
      expect(holds).toBe(walked(body, on))
      const days = inEffect({ id: nthId("agreement", 1), body, standing: "approved", version: 1 } as never)
      expect(days).toEqual(to === null ? [{ from: begun, to: null }] : [{ from: begun, to }])
      expect(endedByAct(body)).toBe(to)
      const now = standingOn(rulesOf(body), on)
      expect(now.is).toBe(to === null ? "open" : on < to ? "ends" : "over")
      const due = paperDues(body, "approved", on).map((one) => [one.kind, one.dueOn])
      expect(due).toEqual(to === null || on >= to ? [] : [["ends", addDays(to, -1)]])
    }),
    { numRuns: 300 },
  )
})

test("a letter of ours takes effect on the day on which the register lets the paper end", () => {
  fc.assert(
    fc.property(papers, someDay, (body, on) => {
      const before = { ...body, noticeGivenOn: BLANK, terminatedOn: BLANK } as Agreement
      const { on: effect } = effectOf(before, "termination", { sentOn: on, receivedOn: on })
      const noticed = { ...before, noticeGivenOn: known(on), noticeGivenBy: known("entity" as const) } as Agreement
      expect(endOfPaper(noticed, "approved")).toBe(effect)
    }),
  )
})

test.each<[string, Partial<Agreement>, string | null, string[]]>([
  [
    "30 days",
    { noticeOurs: known(30), noticeGivenOn: known(day("2026-03-31")) },
    "2026-05-01",
    ["open", "runs-days-entity"],
  ],
  [
    "their notice by their own days",
    {
      noticeOurs: known(30),
      noticeTheirs: known(90),
      noticeGivenOn: known(day("2026-03-31")),
      noticeGivenBy: known("party"),
    },
    "2026-06-30",
    ["open", "runs-days-party"],
  ],
  [
    "months, from a month's end",
    {
      noticeOurs: BLANK,
      renewal: known({ way: "never", months: 0, noticeMonths: 1 }),
      noticeGivenOn: known(day("2027-01-31")),
    },
    "2027-03-01",
    ["open", "runs-months-entity"],
  ],
  ["no time is said", { noticeOurs: BLANK, noticeGivenOn: known(day("2026-03-31")) }, null, ["open", "notice-unsaid"]],
])("%s", (_name, over, to, steps) => {
  const body = open(over)
  expect(endOfPaper(body, "approved")).toBe(to)
  expect(
    arithmeticOf(rulesOf(body), later(begun, day("2026-02-01"))).map((one) => one.says.split("life.step.")[1]),
  ).toEqual(steps)
})

test("a fixed term holds no longer for a notice that runs past its end, and notice not to renew it ends nothing earlier", () => {
  const fixed = { endsOn: known(day("2026-06-30")), renewal: NOT_APPLICABLE, noticeOurs: known(90) }
  const letter = effectOf(open(fixed), "termination", { sentOn: day("2026-06-01"), receivedOn: day("2026-06-01") })
  expect([letter.on, letter.rule]).toEqual(["2026-07-01", "open-notice"])
  expect(endOfPaper(open({ ...fixed, noticeGivenOn: known(day("2026-01-10")) }), "approved")).toBe("2026-07-01")
})
