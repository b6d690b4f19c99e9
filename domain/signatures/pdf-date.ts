import { parseInstant, type Instant } from "@/domain/core/instant"

/** A date as a PDF writes it (`D:20260131120000+01'00'`), in UTC; one without a zone is read as UTC; null for what is none. */
export function pdfDate(text: string | null): Instant | null {
  const found = /^D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([+-])(\d\d)'?(\d\d)?'?|Z.*)?$/.exec(text ?? "")
  if (!found) return null
  const [, year, month = "01", day = "01", hour = "00", minute = "00", second = "00", sign, zone, past = "00"] = found
  return parseInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}${sign ? `${sign}${zone}:${past}` : "Z"}`)
}
