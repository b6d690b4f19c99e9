import { addDays, daysBetween, parseDay, weekdayOf, type Day } from "./day"

/** When a company works: the days of the week on which it does not (1 Monday to 7), and its holidays by day. */
export type WorkCalendar = { weekend: readonly number[]; holidays: readonly Holiday[] }
export type Holiday = { on: Day; name: string }

/** A company that said nothing works from Monday to Friday. */
export const USUAL_CALENDAR: WorkCalendar = { weekend: [6, 7], holidays: [] }

/** Whether the company works on that day. */
export function isWorkingDay(on: Day, calendar: WorkCalendar): boolean {
  return !calendar.weekend.includes(weekdayOf(on)) && !calendar.holidays.some((one) => one.on === on)
}

/** The working days after `from`, up to and with `to`; none where `to` is not later. */
export function workingDaysBetween(from: Day, to: Day, calendar: WorkCalendar): number {
  const days = daysBetween(from, to)
  if (days <= 0) return 0
  const first = weekdayOf(from)
  let worked = 0
  for (let weekday = 1; weekday <= 7; weekday += 1) {
    if (calendar.weekend.includes(weekday)) continue
    // How many of the days after `from` fall on this day of the week.
    const lead = (weekday - first + 7) % 7 || 7
    worked += lead > days ? 0 : Math.floor((days - lead) / 7) + 1
  }
  const off = new Set(calendar.holidays.filter((one) => one.on > from && one.on <= to).map((one) => one.on))
  for (const on of off) if (!calendar.weekend.includes(weekdayOf(on))) worked -= 1
  return worked
}

/** The day that is so many working days after `from`; with none the day itself, or the next one that is worked. */
export function addWorkingDays(from: Day, count: number, calendar: WorkCalendar): Day {
  if (calendar.weekend.length >= 7) return addDays(from, count)
  let on = from
  for (let left = count; left > 0;) {
    // At most so many working days lie in as many days: never beyond the day that is looked for.
    const to = addDays(on, left)
    left -= workingDaysBetween(on, to, calendar)
    on = to
  }
  if (count > 0) return on
  while (!isWorkingDay(on, calendar)) on = addDays(on, 1)
  return on
}

const MOST_HOLIDAYS = 1000

/** Lines that say no day with a name, with the number of the line (from 1) and what is wrong. */
export type BadLine = { line: number; says: string }

/** Reads holidays as they are pasted: one a line, the day first, then its name. Empty lines are nothing. */
export function readHolidays(text: string): { holidays: Holiday[]; bad: BadLine[] } {
  const holidays = new Map<Day, Holiday>()
  const bad: BadLine[] = []
  text.split(/\r\n|\r|\n/).forEach((raw, i) => {
    const line = raw.trim()
    if (line === "") return
    const [, said = "", name = ""] = /^(\S+?)[\s,;]+(.*)$/.exec(line) ?? [null, line, ""]
    const on = parseDay(said)
    if (on === null) bad.push({ line: i + 1, says: "invalid.holiday-day" })
    else if (name.trim() === "") bad.push({ line: i + 1, says: "invalid.holiday-name" })
    else if (name.trim().length > 100) bad.push({ line: i + 1, says: "invalid.holiday-long" })
    else if (holidays.has(on)) bad.push({ line: i + 1, says: "invalid.holiday-twice" })
    else if (holidays.size >= MOST_HOLIDAYS) bad.push({ line: i + 1, says: "invalid.holiday-many" })
    else holidays.set(on, { on, name: name.trim() })
  })
  return { holidays: [...holidays.values()].sort((a, b) => (a.on < b.on ? -1 : 1)), bad }
}

/** Holidays as they can be pasted again. */
export function writeHolidays(list: readonly Holiday[]): string {
  return list.map((one) => `${one.on} ${one.name}`).join("\n")
}
