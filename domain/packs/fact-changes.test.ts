import fc from "fast-check"
import { expect, test } from "vitest"
import type { AdequacyLine } from "@/domain/checks/law"
import { addDays, day, type Day } from "@/domain/core/day"
import { factChanges, type FactLine } from "./fact-changes"

const line = (to: string, from: string | null, until: string | null = null, act = `act on ${to}`): AdequacyLine => ({
  ...{ regime: "EU", to: [to], from: from as Day | null, until: until as Day | null, act, certainty: "read" },
})
const told = (before: AdequacyLine[], after: AdequacyLine[] | undefined): string[] =>
  factChanges({ adequacy: before }, after && { adequacy: after }).map((one) => {
    const words = (each: FactLine | null): string =>
      each ? `${each.act} ${each.from ?? ""}..${each.until ?? ""}` : "-"
    return `${one.change}: ${words(one.before)} > ${words(one.after)}`
  })

test("a line that is new, one that is left out and one whose day moved are told apart, and what stays is not told", () => {
  const stays = line("JP", "2019-01-23")
  expect(
    told(
      [stays, line("US", "2023-07-10"), line("KR", null)],
      [line("US", "2023-07-10", "2026-09-01"), stays, line("KE", "2026-06-01")],
    ),
  ).toEqual([
    "changed: act on US 2023-07-10.. > act on US 2023-07-10..2026-09-01",
    "left-out: act on KR .. > -",
    "new: - > act on KE 2026-06-01..",
  ])
})

test("a version that brings no facts of law changes none", () => {
  expect(told([line("JP", null)], undefined)).toEqual([])
})

test("a version that brings an empty list ends every line of it", () => {
  expect(told([line("JP", null)], [])).toEqual(["left-out: act on JP .. > -"])
})

test("every line before and after is told once, or is the same in both", () => {
  const lines = fc.array(fc.record({ to: fc.constantFrom("JP", "US", "KR"), from: fc.integer({ min: 0, max: 3 }) }), {
    maxLength: 6,
  })
  const made = (list: { to: string; from: number }[]): AdequacyLine[] => [
    ...new Map(
      list.map(({ to, from }) => [`${to} ${from}`, line(to, addDays(day("2026-01-01"), from), null, "one act")]),
    ).values(),
  ]
  fc.assert(
    fc.property(lines, lines, (old, fresh) => {
      const [before, after] = [made(old), made(fresh)]
      const changes = factChanges({ adequacy: before }, { adequacy: after })
      const text = (one: FactLine | null): string[] => (one ? [JSON.stringify(one)] : [])
      const known = (list: AdequacyLine[]): Set<string> => new Set(list.map((one) => JSON.stringify(one)))
      const same = [...known(before)].filter((one) => known(after).has(one))
      expect([...changes.flatMap((one) => text(one.before)), ...same].sort()).toEqual([...known(before)].sort())
      expect([...changes.flatMap((one) => text(one.after)), ...same].sort()).toEqual([...known(after)].sort())
    }),
  )
})
