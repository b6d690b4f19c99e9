import { addDays, day } from "@/domain/core/day"

/** Formats that every spreadsheet has by number and that show a day. Those of time alone are left out. */
const BUILT_IN = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58])

/** Whether a number format shows a day: its code names days, months or years outside quotes and brackets. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN.has(id)
  const letters = code
    .replace(/"[^"]*"|\[[^\]]*\]|\\.|_.|\*./g, "")
    .split(";")[0]
    ?.toLowerCase()
  if (letters === undefined || /general/.test(letters)) return false
  // m is a month, but a minute beside hours or seconds.
  return /[dy]/.test(letters) || (/m/.test(letters) && !/[hs]/.test(letters))
}

/**
 * The day that a spreadsheet's number means, with its time of day where it has one; the number itself where there is
 * no such day. 1900-02-29, which spreadsheets believe in, stays as it is written so that it is noticed.
 */
export function dayOfSerial(raw: string, since1904: boolean): string {
  const serial = Number(raw)
  if (raw.trim() === "" || !Number.isFinite(serial) || serial < (since1904 ? 0 : 1) || serial >= 2958466) return raw
  const seconds = Math.round((serial - Math.floor(serial)) * 86400)
  const whole = Math.floor(serial) + (seconds === 86400 ? 1 : 0)
  const time = seconds % 86400 === 0 ? "" : `T${clock(seconds)}`
  if (since1904) return addDays(day("1904-01-01"), whole) + time
  if (whole === 60) return `1900-02-29${time}`
  return addDays(day(whole < 60 ? "1899-12-31" : "1899-12-30"), whole) + time
}

function clock(seconds: number): string {
  const two = (number: number): string => String(Math.floor(number)).padStart(2, "0")
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** A number as text: as it is kept, but without an exponent where it is whole. */
export function numberText(raw: string): string {
  const number = Number(raw)
  return /e/i.test(raw) && Number.isSafeInteger(number) ? String(number) : raw
}

/** The place of a cell's column, from 0, by its reference (`AB12`); null where it has none. */
export function columnOf(reference: string | undefined): number | null {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference ?? "")?.[1]
  if (letters === undefined) return null
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}
