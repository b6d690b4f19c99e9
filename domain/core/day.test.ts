import fc from "fast-check"
import { Temporal } from "temporal-polyfill"
import { expect, test } from "vitest"
import { addDays, day, daysBetween, type Day } from "./day"

test.each([
  ["2024-02-28", 1, "2024-02-29"],
  ["2023-02-28", 1, "2023-03-01"],
  ["1900-02-28", 1, "1900-03-01"],
  ["2000-03-01", -1, "2000-02-29"],
  ["2026-12-31", 1, "2027-01-01"],
])("%s and %i days is %s", (from, count, to) => expect(addDays(day(from), count)).toBe(to))

test("so many days later is what the calendar says, and as many days away", () => {
  const days = fc
    .record({
      year: fc.integer({ min: 1, max: 9999 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 31 }),
    })
    .map((parts) => Temporal.PlainDate.from(parts, { overflow: "constrain" }).toString() as Day)
  fc.assert(
    fc.property(days, fc.integer({ min: -800_000, max: 800_000 }), (from, count) => {
      const to = addDays(from, count)
      expect(to).toBe(Temporal.PlainDate.from(from).add({ days: count }).toString())
      if (to.length === 10) expect(daysBetween(from, to)).toBe(count)
    }),
  )
})
