import { describe, expect, test } from "vitest"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import {
  expiredRoots,
  isPastUpdate,
  listStanding,
  standings,
  trustDifference,
  type ConfirmedList,
  type TrustedRoot,
  type TrustFacts,
} from "./trust-list"

const root = (letter: string, over: Partial<TrustedRoot> = {}): TrustedRoot => ({
  ...{ subject: `CN=${letter}`, sha256: letter.repeat(64), use: "any", granted: null },
  ...{ notBefore: "2020-01-01T00:00:00.000Z", notAfter: "2030-01-01T00:00:00.000Z", ...over },
})
const facts = (...roots: TrustedRoot[]): TrustFacts => ({
  ...{ kind: "pem", issuedOn: null, nextUpdateOn: null, roots, unreadable: 0 },
})
const letters = (roots: readonly TrustedRoot[]) => roots.map((one) => one.sha256[0]).join("")
const since = [{ from: "2020-01-01T00:00:00.000Z", to: null }]

describe("what a list changes", () => {
  test.each<[string, TrustFacts | null, TrustFacts | null, string, string, string, number]>([
    ["the first one is all new", null, facts(root("a"), root("b")), "ab", "", "", 0],
    ["a withdrawal lets all go", facts(root("a")), null, "", "a", "", 0],
    ["one new, one gone", facts(root("a"), root("b")), facts(root("b"), root("c")), "c", "a", "", 1],
    ["the same", facts(root("a")), facts(root("a")), "", "", "", 1],
    ["for another use", facts(root("a")), facts(root("a", { use: "timestamps" })), "", "", "a", 0],
    ["on other days", facts(root("a")), facts(root("a", { granted: since })), "", "", "a", 0],
    ["twice for two uses", facts(root("a")), facts(root("a"), root("a", { use: "timestamps" })), "", "", "a", 0],
  ])("%s", (_what, before, after, added, gone, changed, same) => {
    const found = trustDifference(before, after)
    expect([letters(found.added), letters(found.gone), letters(found.changed), found.same]).toEqual([
      ...[added, gone, changed],
      same,
    ])
  })
})

test("roots whose own term is over are counted, and a list past its next update is", () => {
  const list = facts(root("a"), root("b", { notAfter: "2026-11-30T10:00:00.000Z" }))
  expect(letters(expiredRoots(list, "2026-11-30T10:00:00.001Z" as Instant))).toBe("b")
  expect(letters(expiredRoots(list, "2026-11-30T10:00:00.000Z" as Instant))).toBe("")
  expect(isPastUpdate("2026-11-29", "2026-11-30" as Day)).toBe(true)
  expect(isPastUpdate("2026-11-30", "2026-11-30" as Day)).toBe(false)
  expect(isPastUpdate(null, "2026-11-30" as Day)).toBe(false)
})

const list = (n: number, fromOn: string, decidedAt: string, op: ConfirmedList["op"] = "load"): ConfirmedList => ({
  ...{ n, op, fromOn, decidedAt: `${decidedAt}:00.000Z` as Instant },
})
const LISTS = [
  list(1, "2026-01-01", "2026-01-05T12:00"),
  list(2, "2026-03-01", "2026-02-01T12:00"),
  list(3, "2026-05-01", "2026-05-01T12:00", "withdraw"),
  list(4, "2026-06-01", "2026-06-01T12:00"),
]

test.each<[string, number | null, string]>([
  ["2026-01-05T11:59", null, "its day is there, and nobody has confirmed it"],
  ["2026-01-05T12:00", 1, "from when it was confirmed"],
  ["2026-02-15T00:00", 1, "the next one is confirmed and its day is not there"],
  ["2026-02-28T23:59", 1, "to the end of the day before"],
  ["2026-03-01T00:00", 2, "from its day on"],
  ["2026-05-01T11:59", 2, "a withdrawal waits to be confirmed as well"],
  ["2026-05-01T12:00", null, "withdrawn"],
  ["2026-06-02T00:00", 4, "and loaded again"],
])("at %s stands %s: %s", (at, n, _why) => {
  expect(listStanding(LISTS, `${at}:00.000Z` as Instant)?.n ?? null).toBe(n)
})

test("a later one that stands from an earlier instant does not come back over one that came after it", () => {
  const late = list(5, "2026-01-01", "2026-06-03T12:00")
  expect(listStanding([...LISTS, late], "2026-06-04T00:00:00.000Z" as Instant)?.n).toBe(5)
  expect(listStanding([...LISTS, late], "2026-06-02T00:00:00.000Z" as Instant)?.n).toBe(4)
})

test("what is decided later counts from its day on over what was only to come", () => {
  const two = [list(1, "2026-01-01", "2026-01-05T12:00"), list(2, "2026-03-01", "2026-02-01T12:00")]
  const gone = [...two, list(3, "2026-02-10", "2026-02-10T12:00", "withdraw")]
  expect(listStanding(gone, "2026-02-10T11:00:00.000Z" as Instant)?.n).toBe(1)
  expect(listStanding(gone, "2026-04-01T00:00:00.000Z" as Instant)).toBeNull()
  expect(standings(gone).map(({ one }) => one.n)).toEqual([3, 1])
})

test("each stands until the next one does", () => {
  expect(standings(LISTS).map(({ one, from, to }) => [one.n, from.slice(0, 10), to?.slice(0, 10) ?? null])).toEqual([
    [4, "2026-06-01", null],
    [3, "2026-05-01", "2026-06-01"],
    [2, "2026-03-01", "2026-05-01"],
    [1, "2026-01-05", "2026-03-01"],
  ])
})
