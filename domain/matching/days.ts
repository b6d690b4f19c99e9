import { parseDay, type Day } from "@/domain/core/day"

const MONTHS: Record<string, number> = {}
const NAMES = [
  "january jan januar janvier enero gennaio januari",
  "february feb februar fevrier février febrero febbraio februari",
  "march mar marz märz mars marzo maart",
  "april apr avril abril aprile",
  "may mai mayo maggio mei",
  "june jun juni juin junio giugno",
  "july jul juli juillet julio luglio",
  "august aug aout août agosto augustus",
  "september sep sept septembre septiembre settembre",
  "october oct oktober okt octobre octubre ottobre",
  "november nov novembre noviembre",
  "december dec dezember dez decembre décembre diciembre dicembre",
]
NAMES.forEach((names, i) => {
  for (const name of names.split(" ")) MONTHS[name] = i + 1
})

const ISO = /(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/g
const FIGURES = /(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)/g
const DAY_FIRST =
  /(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.|er|º)?\s+(?:day\s+of\s+|de\s+)?(\p{L}{3,10})\.?,?\s+(?:de\s+)?(\d{4})(?!\d)/giu
const MONTH_FIRST = /(\p{L}{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)/giu
const EAST = /(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]/g
const TOGETHER = /(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)/g

/** Every day that a text names, in the ways papers write days. Of 03/04/2024 both readings count: it only supports. */
export function daysIn(text: string): Set<Day> {
  const found = new Set<Day>()
  const add = (year: string | undefined, month: number, dayOfMonth: number): void => {
    const day = parseDay(`${year}-${String(month).padStart(2, "0")}-${String(dayOfMonth).padStart(2, "0")}`)
    if (day) found.add(day)
  }
  const plain = text.normalize("NFKC")
  for (const [, y, m, d] of plain.matchAll(ISO)) add(y, Number(m), Number(d))
  for (const [, y, m, d] of plain.matchAll(EAST)) add(y, Number(m), Number(d))
  for (const [, y, m, d] of plain.matchAll(TOGETHER)) add(y, Number(m), Number(d))
  for (const [, a, b, y] of plain.matchAll(FIGURES)) {
    add(y, Number(b), Number(a))
    add(y, Number(a), Number(b))
  }
  for (const [, d, month, y] of plain.matchAll(DAY_FIRST)) add(y, MONTHS[(month ?? "").toLowerCase()] ?? 0, Number(d))
  for (const [, month, d, y] of plain.matchAll(MONTH_FIRST)) add(y, MONTHS[(month ?? "").toLowerCase()] ?? 0, Number(d))
  return found
}
