import { expect, test } from "vitest"
import { day } from "@/domain/core/day"
import { calendarDays, calendarOf, type CalendarEntry } from "./calendar"

const entry = (key: string, on: string): CalendarEntry => ({
  ...{ key, kind: "gap", on: day(on), recordKind: "sharing", recordId: "shr_1", title: "A flow" },
})

test("in order of days, each once, within its days, the furthest left out first", () => {
  const days = calendarDays(day("2026-03-01"))
  expect(days).toEqual({ from: "2025-12-31", until: "2027-04-05" })
  const all = [
    entry("c", "2026-05-01"),
    entry("a", "2026-04-01"),
    entry("a", "2026-04-01"),
    entry("b", "2026-04-01"),
    entry("old", "2025-12-30"),
    entry("edge", "2025-12-31"),
    entry("last", "2027-04-05"),
    entry("far", "2027-04-06"),
  ]
  expect(calendarOf(all, days, 10).entries.map((one) => one.key)).toEqual(["edge", "a", "b", "c", "last"])
  expect(calendarOf(all, days, 2)).toMatchObject({ entries: [{ key: "edge" }, { key: "a" }], left: 3 })
})
