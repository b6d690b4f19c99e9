import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { addDays, day, daysBetween, type Day } from "@/domain/core/day"
import { arithmeticOf } from "./arithmetic"
import { endOf, noticeBy, standingOn, termEndedBy, termOf, termOn, type Rules } from "./terms"

const months = (n: number) => ({ unit: "months", n }) as const
const rules = (over: Partial<Rules>): Rules => ({
  ...{ startsOn: null, endsOn: null, initialMonths: null, way: "tacit", months: 12, most: null },
  ...{
    notice: { entity: months(3), party: months(3) },
    openNotice: { entity: null, party: null },
    counts: "received",
    given: null,
    terminatedOn: null,
  },
  ...over,
})
const lastOf = (r: Rules, n: number): Day | null => {
  const to = termOf(r, n)?.to
  return to ? addDays(to, -1) : null
}

describe("what others reported wrong", () => {
  test("glpi#23084: a term that has renewed since has its notice in the year that runs", () => {
    const paper = rules({ endsOn: day("2025-08-28"), notice: { entity: months(2), party: months(2) } })
    expect(standingOn(paper, day("2026-02-11"))).toMatchObject({
      ...{ is: "rolls", last: "2026-08-28", noticeBy: "2026-06-28", missed: false },
    })
  })

  test("glpi#15893: 36 months from 1 August 2020, then year by year", () => {
    const paper = rules({ startsOn: day("2020-08-01"), initialMonths: 36 })
    expect([0, 1, 2, 3].map((n) => lastOf(paper, n))).toEqual(["2023-07-31", "2024-07-31", "2025-07-31", "2026-07-31"])
    expect(standingOn(paper, day("2023-10-31"))).toMatchObject({ last: "2024-07-31", noticeBy: "2024-04-30" })
    expect(arithmeticOf(paper, day("2023-10-31"))).toEqual([
      { says: "life.step.initial", days: { from: "2020-08-01", last: "2023-07-31" }, numbers: { n: 36 } },
      { says: "life.step.renewed", days: { last: "2024-07-31" }, numbers: { times: 1, n: 12 } },
      { says: "life.step.renews", days: {}, numbers: { n: 12 } },
      { says: "life.step.notice-months", days: { by: "2024-04-30", last: "2024-07-31" }, numbers: { n: 3 } },
      { says: "life.step.counts-received", days: { by: "2024-04-30" }, numbers: {} },
    ])
    // The handbook's own example: on a day of 2026 the next chance is in April 2027.
    expect(standingOn(paper, day("2026-11-30"))).toMatchObject({ noticeBy: "2027-04-30", last: "2027-07-31" })
  })

  test("glpi#6004: the notice of a first term of 36 months lies before its end, not in its first year", () => {
    const paper = rules({ startsOn: day("2018-09-27"), initialMonths: 36 })
    const now = standingOn(paper, day("2019-06-07"))
    expect(now).toMatchObject({ is: "rolls", last: "2021-09-26", noticeBy: "2021-06-26" })
    expect(addDays(day("2021-06-26"), -21)).toBe("2021-06-05")
  })

  test.each([
    ["2025-03-15", 1, "2025-02-15"],
    ["2025-01-20", 1, "2024-12-20"],
    ["2025-02-10", 3, "2024-11-10"],
  ])("glpi#18954: a paper that never renews, ends on %s, %d months: by %s", (last, n, by) => {
    const paper = rules({ way: "never", endsOn: day(last), notice: { entity: months(n), party: months(n) } })
    expect(standingOn(paper, day("2024-10-01"))).toMatchObject({ is: "ends", why: "own", noticeBy: by })
  })

  test("glpi PR#23516: never and express end once, tacit rolls on", () => {
    const of = (way: Rules["way"]): Day | null => endOf(rules({ way, endsOn: day("2024-06-30") }))
    expect([of("never"), of("express"), of("tacit")]).toEqual(["2024-07-01", "2024-07-01", null])
    expect(standingOn(rules({ way: "express", endsOn: day("2024-06-30") }), day("2024-07-01")).is).toBe("over")
  })

  test("snipe-it#5515: two days stand out, the notice and the end", () => {
    const paper = rules({ way: "never", startsOn: day("2018-05-01"), endsOn: day("2019-05-01") })
    expect(standingOn(paper, day("2018-06-01"))).toMatchObject({ noticeBy: "2019-02-01", last: "2019-05-01" })
  })
})

describe("month ends and leap days, over four terms", () => {
  test.each([
    ["2024-02-29", 12, 12, ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-28"]],
    ["2023-01-31", 1, 1, ["2023-02-28", "2023-03-30", "2023-04-30", "2023-05-30"]],
    ["2023-03-01", 12, 12, ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28"]],
    ["2023-08-31", 6, 6, ["2024-02-29", "2024-08-30", "2025-02-28", "2025-08-30"]],
    ["2024-12-30", 2, 2, ["2025-02-28", "2025-04-29", "2025-06-29", "2025-08-29"]],
  ] as const)("from %s: %d months, then %d", (from, initialMonths, n, lasts) => {
    const paper = rules({ startsOn: day(from), initialMonths, months: n })
    expect(lasts.map((_, i) => lastOf(paper, i))).toEqual(lasts)
  })

  test.each([
    ["2024-05-31", 3, "2024-02-29"],
    ["2025-05-31", 3, "2025-02-28"],
    ["2024-03-31", 1, "2024-02-29"],
    ["2024-12-31", 3, "2024-09-30"],
    ["2024-02-29", 12, "2023-02-28"],
  ])("notice before the last day %s by %d months clamps to %s", (last, n, by) => {
    const paper = rules({ endsOn: day(last), notice: { entity: months(n), party: months(n) } })
    const term = termOf(paper, 0)
    expect(term && noticeBy(paper, term, "entity")).toBe(by)
  })

  test("days of notice, and each side its own", () => {
    const notice = { entity: { unit: "days", n: 90 }, party: { unit: "days", n: 180 } } as const
    expect(standingOn(rules({ endsOn: day("2026-12-31"), notice }), day("2026-01-01"))).toMatchObject({
      ...{ noticeBy: "2026-10-02", theirsBy: "2026-07-04" },
    })
  })
})

describe("notice, termination and bounds", () => {
  const paper = rules({ startsOn: day("2020-08-01"), initialMonths: 36 })

  test("notice in time ends the term that runs; a day late, the one after it", () => {
    const given = (on: string): Day | null => endOf({ ...paper, given: { on: day(on), by: "entity" } })
    expect([given("2024-04-30"), given("2024-05-01")]).toEqual(["2024-08-01", "2025-08-01"])
    const late = { ...paper, given: { on: day("2024-05-01"), by: "entity" } } as const
    expect(standingOn(late, day("2024-06-01"))).toMatchObject({ is: "ends", why: "notice", last: "2025-07-31" })
    expect(standingOn(late, day("2025-08-01"))).toEqual({ is: "over", last: "2025-07-31" })
  })

  test("the day for notice is over: it will renew, and the next chance is said", () => {
    expect(standingOn(paper, day("2024-05-01"))).toMatchObject({
      ...{ is: "rolls", missed: true, last: "2024-07-31", noticeBy: "2025-04-30", next: { to: "2025-08-01" } },
    })
  })

  test("a termination counts before every term, and a bound ends the last of them", () => {
    expect(endOf({ ...paper, terminatedOn: day("2022-01-15") })).toBe("2022-01-15")
    expect(endOf({ ...paper, most: 2 })).toBe("2025-08-01")
    expect(standingOn({ ...paper, most: 2 }, day("2025-01-01"))).toMatchObject({ is: "ends", why: "bound" })
    expect(termOf({ ...paper, most: 2 }, 3)).toBeNull()
  })

  test("notice longer than the terms that it ends", () => {
    const short = rules({ startsOn: day("2026-01-01"), initialMonths: 1, months: 1 })
    expect(standingOn(short, day("2026-01-10"))).toMatchObject({
      ...{ missed: true, last: "2026-01-31", noticeBy: "2026-01-30", next: { to: "2026-05-01" } },
    })
  })

  test("a length that does not agree with the day: the day stands, and both are said", () => {
    const both = rules({ startsOn: day("2020-08-01"), initialMonths: 36, endsOn: day("2023-08-01") })
    expect(lastOf(both, 1)).toBe("2024-08-01")
    expect(arithmeticOf(both, day("2021-01-01"))[1]).toEqual({
      ...{ says: "life.step.differs", days: { last: "2023-07-31" }, numbers: { n: 36 } },
    })
  })

  test("an end that a request moved is said to be renewed", () => {
    const moved = rules({ way: "express", startsOn: day("2020-08-01"), initialMonths: 36, endsOn: day("2024-07-31") })
    expect(arithmeticOf(moved, day("2024-01-01")).map((one) => one.says.split(".").pop())).toEqual([
      ...["initial", "moved", "way-express", "notice-months"],
    ])
  })

  test("nothing is said of a paper without days, and a term of no length renews nothing", () => {
    expect(standingOn(rules({}), day("2026-01-01"))).toEqual({ is: "open" })
    expect(endOf(rules({ endsOn: day("2026-01-01"), months: 0 }))).toBe("2026-01-02")
  })
})

const someDay = fc.integer({ min: 0, max: 36_500 }).map((n) => addDays(day("1990-01-01"), n))
const paper = fc
  .record({
    startsOn: someDay,
    initialMonths: fc.integer({ min: 1, max: 120 }),
    months: fc.integer({ min: 1, max: 60 }),
    n: fc.integer({ min: 0, max: 24 }),
    unit: fc.constantFrom("months" as const, "days" as const),
  })
  .map(({ n, unit, ...rest }) => rules({ ...rest, notice: { entity: { unit, n }, party: { unit, n } } }))

describe("for every paper that renews of itself", () => {
  test("terms tile time without gap or overlap, each ends after it begins, notice is before the end and goes on with it", () => {
    fc.assert(
      fc.property(paper, (r) => {
        for (let n = 0; n < 6; n += 1) {
          const [term, next] = [termOf(r, n), termOf(r, n + 1)]
          if (!term?.to || !next?.to || !term.from) throw new Error("a term is missing")
          expect(term.from < term.to && term.to === next.from && term.to < next.to).toBe(true)
          const [by, after] = [noticeBy(r, term, "entity"), noticeBy(r, next, "entity")]
          expect(by !== null && after !== null && by < term.to && by <= after).toBe(true)
        }
      }),
    )
  })

  test("the term that runs holds the day, by counting one after the other", () => {
    fc.assert(
      fc.property(paper, fc.integer({ min: 0, max: 20_000 }), (r, after) => {
        const on = addDays(r.startsOn as Day, after)
        let n = 0
        while ((termOf(r, n)?.to ?? on) <= on) n += 1
        expect(termOn(r, on)?.n).toBe(n)
      }),
      { numRuns: 60 },
    )
  })

  test("notice ends a term for which it was in time, and a later one never an earlier term", () => {
    fc.assert(
      fc.property(paper, fc.nat(15_000), fc.nat(400), (r, after, more) => {
        const on = addDays(r.startsOn as Day, after)
        const [term, later] = [on, addDays(on, more)].map((one) => termEndedBy(r, { on: one, by: "entity" }))
        if (!term?.to || !later?.to) throw new Error("no term")
        expect((noticeBy(r, term, "entity") as Day) >= on && term.to <= later.to).toBe(true)
        const before = term.n > 0 ? termOf(r, term.n - 1) : null
        if (before) expect((noticeBy(r, before, "entity") as Day) < on).toBe(true)
      }),
    )
  })

  test("the next day for notice is never over, whatever day it is", () => {
    fc.assert(
      fc.property(paper, fc.nat(20_000), (r, after) => {
        const on = addDays(r.startsOn as Day, after)
        const now = standingOn(r, on)
        if (now.is !== "rolls") throw new Error(now.is)
        expect(now.noticeBy >= on && daysBetween(on, now.last) >= 0).toBe(true)
      }),
    )
  })
})
