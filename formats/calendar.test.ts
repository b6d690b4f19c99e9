import { expect, test } from "vitest"
import ICAL from "ical.js"
import { calendarText } from "./calendar"

const AT = { name: "Due", stamp: "2026-03-01T23:30:00.000Z", origin: "onward/abc" }
const line = {
  uid: "gap-1",
  on: "2026-03-01",
  title: "Host accounts",
  words: "You took it.",
  address: "https://x.test/sharings/1",
}

const eventsOf = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((one) => new ICAL.Event(one))

test("a day is a date, the same in every zone of whoever makes it", () => {
  const before = process.env.TZ
  try {
    for (const zone of ["UTC", "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu"]) {
      process.env.TZ = zone
      for (const on of ["2026-03-01", "2024-02-29", "2026-12-31", "2026-10-25"]) {
        const text = calendarText([{ ...line, on }], AT)
        expect([zone, /DTSTART;VALUE=DATE:(\d+)/.exec(text)?.[1]]).toEqual([zone, on.replaceAll("-", "")])
      }
    }
  } finally {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  }
})

test("is read by a calendar program as it was written, whatever a title holds", () => {
  const titles = [
    "plain",
    "a; b, c \\ d",
    "two\nlines\r\nEND:VCALENDAR\nBEGIN:VEVENT",
    "=HYPERLINK(1)",
    "数据共享 – żółć 👪".repeat(20),
    "\u0000nul\u0007",
    "",
  ]
  const text = calendarText(
    titles.map((title, n) => ({ ...line, uid: `gap-${n}`, title })),
    AT,
  )
  const events = eventsOf(text)
  expect(events).toHaveLength(titles.length)
  expect(events.map((one) => one.uid)).toEqual(titles.map((_, n) => `gap-${n}@onward/abc`))
  for (const [n, title] of titles.entries()) {
    const plain = (words: string): string => words.replace(/\s+/g, " ").trim()
    // Control characters have no place in the format: they are left out.
    // oxlint-disable-next-line no-control-regex
    expect(plain(events[n]?.summary ?? "")).toBe(plain(title.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "")))
  }
  // RFC 5545, 3.1: lines end by CRLF and hold 75 octets at the most.
  expect(text.split("\r\n").every((part) => Buffer.byteLength(part) <= 75 && !part.includes("\n"))).toBe(true)
})

test("an empty calendar is one that can be read", () => {
  expect(eventsOf(calendarText([], AT))).toEqual([])
})
