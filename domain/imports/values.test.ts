import fc from "fast-check"
import { expect, test } from "vitest"
import { parseDay } from "@/domain/core/day"
import { isCellError, readDay, readRetention, readRisk, readYesNo, saysNothing, saysUnknown } from "./values"

test.each([
  ["2026-03-31", "2026-03-31"],
  ["31.3.2026", "2026-03-31"],
  ["01.02.2024", "2024-02-01"],
  ["1. 2. 2024", "2024-02-01"],
  ["29.2.2024", "2024-02-29"],
  ["2026-03-31T00:00:00", "2026-03-31"],
  ["2026-03-31 13:05", "2026-03-31"],
  ["29.2.2023", null],
  ["31.9.2025", null],
  ["0.1.2025", null],
  ["2026-02-30", null],
  ["31.3.26", null],
  ["3/4/2026", null],
  ["2026-03-31T23:00:00Z", null],
  ["45000", null],
  ["March 2026", null],
])("%j is the day %j", (text, day) => {
  expect(readDay(text)).toBe(day)
})

test("every day that exists is read in both ways of writing, and only those", () => {
  const two = (number: number): string => String(number).padStart(2, "0")
  fc.assert(
    fc.property(
      fc.integer({ min: 1900, max: 2100 }),
      fc.integer({ min: 1, max: 13 }),
      fc.integer({ min: 1, max: 32 }),
      (y, m, d) => {
        const day = parseDay(`${y}-${two(m)}-${two(d)}`)
        expect(readDay(`${d}.${m}.${y}`)).toBe(day)
        expect(readDay(`${y}-${two(m)}-${two(d)}`)).toBe(day)
      },
    ),
  )
})

test.each([
  ["90", 90, false],
  ["0", 0, false],
  ["90 days", 90, true],
  ["30d", 30, true],
  ["2 weeks", 14, true],
  ["1 month", 31, true],
  ["12 Monate", 365, true],
  ["13 mois", 396, true],
  ["2 years", 730, true],
  ["10 Jahre", 3650, true],
  ["3 années", 1095, true],
])("a retention of %j is %i days", (text, days, inWords) => {
  expect(readRetention(text)).toEqual({ days, inWords })
})

test.each(["session", "for ever", "-1", "1.5 years", "36526", "101 years", "2 years 3 months", ""])(
  "%j is no number of days",
  (text) => {
    expect(readRetention(text)).toBeNull()
  },
)

test("months in words are never fewer days than the same in years, and more months are more days", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), (months) => {
      const days = readRetention(`${months} months`)?.days ?? -1
      expect(days).toBeGreaterThanOrEqual((months * 365) / 12)
      expect(readRetention(`${months + 1} months`)?.days).toBeGreaterThan(days)
      expect(readRetention(`${months * 12} months`)).toEqual(months <= 100 ? readRetention(`${months} years`) : null)
    }),
  )
})

test("yes, no, risk, nothing and unknown are read in three languages, and nothing else is", () => {
  expect(["Yes", "JA", "oui", "x", "✓", "1", "TRUE"].map(readYesNo)).toEqual(Array(7).fill(true))
  expect(["No", "nein", "NON", "0", "false"].map(readYesNo)).toEqual(Array(5).fill(false))
  expect(["", "maybe", "yes, but"].map(readYesNo)).toEqual([null, null, null])
  expect(["low", "Mittel", "élevé", "4"].map(readRisk)).toEqual(["low", "medium", "high", null])
  expect(["", " - ", "n/a", "keine", "—"].map(saysNothing)).toEqual(Array(5).fill(true))
  expect(["NA", "no", "0", "A"].map(saysNothing)).toEqual(Array(4).fill(false))
  expect(["unknown", "TBD", "unbekannt", "inconnu", "known"].map(saysUnknown)).toEqual([true, true, true, true, false])
  expect(["#REF!", "#N/A", "#1 Ads", "#"].map(isCellError)).toEqual([true, true, false, false])
})
