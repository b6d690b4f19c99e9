import { expect, test } from "vitest"
import { readCursor } from "./cursor"

test.each([
  ["2026-11-25T10:00:00.000Z~req_1", { at: "2026-11-25T10:00:00.000Z", key: "req_1" }],
  ["2026-11-25~tak_1:a-b", { at: "2026-11-25", key: "tak_1:a-b" }],
])("%s is where a page goes on", (text, cursor) => {
  expect(readCursor(text)).toEqual(cursor)
})

test.each([
  "",
  "~",
  "2026-11-25",
  "2026-11-25~",
  "~req_1",
  "2026-02-30~req_1",
  "2026-13-01T10:00:00.000Z~req_1",
  "2026-11-25T25:00:00.000Z~req_1",
  "2026-11-25T10:00Z Z~req_1",
  "2026-11-25T::.Z~req_1",
  "2026-11-25~a'b",
  `2026-11-25~${"x".repeat(201)}`,
])("%j is none: the first page is shown", (text) => {
  expect(readCursor(text)).toBeNull()
})
