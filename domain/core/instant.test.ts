import { expect, test } from "vitest"
import { parseInstant } from "./instant"

test("an instant is read with its offset and given in UTC; what is none, and the year 0, is refused", () => {
  expect(parseInstant("2026-03-01T01:30:00+02:00")).toBe("2026-02-28T23:30:00.000Z")
  expect(parseInstant("2026-03-01T01:30:00.123456Z")).toBe("2026-03-01T01:30:00.123Z")
  expect(parseInstant("0001-06-01T00:00:00Z")).toBe("0001-06-01T00:00:00.000Z")
  for (const none of ["", "2026-03-01", "2026-02-30T00:00:00Z", "2026-03-01T25:00:00Z", "0000-06-01T00:00:00Z"])
    expect(parseInstant(none)).toBeNull()
})
