const INSTANT = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
})
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" })

/** An instant in words, UTC; copied it is ISO. */
export function At({ instant }: { instant: string }) {
  return <time dateTime={instant}>{instantWords(instant)}</time>
}

/** An instant in words, UTC, as text. */
export function instantWords(instant: string): string {
  return INSTANT.format(new Date(instant))
}

/** A calendar day in words: `1 Mar 2025`. */
export function On({ day }: { day: string | null }) {
  return day ? <time dateTime={day}>{dayWords(day)}</time> : null
}

/** A calendar day in words, as text. */
export function dayWords(day: string): string {
  return DAY.format(new Date(`${day}T00:00:00Z`))
}
