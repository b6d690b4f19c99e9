import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { addDays, day, weekdayOf, type Day } from "./day"
import {
  addWorkingDays,
  isWorkingDay,
  readHolidays,
  USUAL_CALENDAR,
  workingDaysBetween,
  writeHolidays,
  type WorkCalendar,
} from "./working-days"

const begin = day("2026-01-01")
const someDay = fc.integer({ min: -800, max: 800 }).map((n) => addDays(begin, n))
const calendars: fc.Arbitrary<WorkCalendar> = fc.record({
  weekend: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 6 }),
  holidays: fc.uniqueArray(someDay, { maxLength: 60 }).map((list) => list.map((on) => ({ on, name: "Off" }))),
})

/** The day loop that the formula must agree with. */
function counted(from: Day, to: Day, calendar: WorkCalendar): number {
  let n = 0
  for (let on = addDays(from, 1); on <= to; on = addDays(on, 1)) if (isWorkingDay(on, calendar)) n += 1
  return n
}

describe("working days", () => {
  test("between two days are those that a day loop counts", () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: -10, max: 500 }), calendars, (from, n, calendar) => {
        const to = addDays(from, n)
        expect(workingDaysBetween(from, to, calendar)).toBe(counted(from, to, calendar))
      }),
    )
  })

  test("added come to the day that a day loop comes to", () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: 0, max: 60 }), calendars, (from, count, calendar) => {
        let on = from
        for (let left = count; left > 0;) {
          on = addDays(on, 1)
          if (isWorkingDay(on, calendar)) left -= 1
        }
        while (count === 0 && !isWorkingDay(on, calendar)) on = addDays(on, 1)
        expect(addWorkingDays(from, count, calendar)).toBe(on)
      }),
    )
  })

  test("run over weekends and holidays of the company", () => {
    const calendar = { weekend: [6, 7], holidays: [{ on: day("2026-12-25"), name: "Christmas Day" }] }
    expect(weekdayOf(day("2026-12-25"))).toBe(5)
    expect(addWorkingDays(day("2026-12-23"), 3, calendar)).toBe("2026-12-29")
    expect(addWorkingDays(day("2026-12-23"), 3, USUAL_CALENDAR)).toBe("2026-12-28")
    // Where the week is off on Friday and Saturday.
    expect(addWorkingDays(day("2026-12-23"), 3, { weekend: [5, 6], holidays: [] })).toBe("2026-12-28")
  })
})

describe("holidays as they are pasted", () => {
  test("are one a line, whatever divides day and name, and read back as they were written", () => {
    const read = readHolidays("2026-12-26\tBoxing Day\r\n\r\n 2026-12-25, Christmas Day \n2027-01-01;New Year")
    expect(read.bad).toEqual([])
    expect(read.holidays.map((one) => `${one.on} ${one.name}`)).toEqual([
      "2026-12-25 Christmas Day",
      "2026-12-26 Boxing Day",
      "2027-01-01 New Year",
    ])
    expect(readHolidays(writeHolidays(read.holidays)).holidays).toEqual(read.holidays)
  })

  test("tell each bad line by its number", () => {
    const text = ["2026-02-30 No such day", "2026-01-01", "", "Christmas", "2026-01-02 x", "2026-01-02 y"].join("\n")
    expect(readHolidays(text).bad).toEqual([
      { line: 1, says: "invalid.holiday-day" },
      { line: 2, says: "invalid.holiday-name" },
      { line: 4, says: "invalid.holiday-day" },
      { line: 6, says: "invalid.holiday-twice" },
    ])
  })

  test("never throw and never lose a good line, whatever is pasted", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: "grapheme" }), (text) => {
        const { holidays, bad } = readHolidays(text)
        const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "")
        expect(holidays.length + bad.length).toBe(lines.length)
      }),
    )
  })
})
