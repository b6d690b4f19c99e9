import fc from "fast-check"
import { Temporal } from "temporal-polyfill"
import { expect, test } from "vitest"
import { addDays, addMonths, day, parseDay } from "./day"

test("days are added as the calendar has them, over leap days and centuries", () => {
  expect(addDays(day("2024-02-28"), 1)).toBe("2024-02-29")
  expect(addDays(day("2100-02-28"), 1)).toBe("2100-03-01")
  expect(addDays(day("2000-03-01"), -1)).toBe("2000-02-29")
  expect(addDays(day("2026-12-31"), 1)).toBe("2027-01-01")
  // The calendar ends where days no longer sort as text.
  expect(addDays(day("9999-12-31"), 30)).toBe("9999-12-31")
  expect(addMonths(day("9999-06-30"), 12)).toBe("9999-12-31")
  expect(addDays(day("0001-01-01"), -1)).toBe("0001-01-01")
  // The database has no year 0.
  expect(parseDay("0000-12-31")).toBe(null)
  const days = fc.integer({ min: -600_000, max: 1_000_000 })
  const counts = fc.integer({ min: -40_000, max: 40_000 })
  fc.assert(
    fc.property(days, counts, (offset, count) => {
      const from = Temporal.PlainDate.from("2000-01-01").add({ days: offset })
      expect(addDays(day(from.toString()), count)).toBe(from.add({ days: count }).toString())
    }),
    { numRuns: 10_000 },
  )
})

test("months are added as the calendar has them, clamped to the month's last day", () => {
  expect(addMonths(day("2024-01-31"), 1)).toBe("2024-02-29")
  expect(addMonths(day("2025-11-30"), 3)).toBe("2026-02-28")
  expect(addMonths(day("2026-03-31"), -1)).toBe("2026-02-28")
  const days = fc.integer({ min: -600_000, max: 1_000_000 })
  fc.assert(
    fc.property(days, fc.integer({ min: -600, max: 600 }), (offset, months) => {
      const from = Temporal.PlainDate.from("2000-01-01").add({ days: offset })
      expect(addMonths(day(from.toString()), months)).toBe(from.add({ months }).toString())
    }),
    { numRuns: 10_000 },
  )
})
