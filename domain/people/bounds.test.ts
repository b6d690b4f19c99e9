import { describe, expect, test } from "vitest"
import { day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { boundsOf, dayLiesIn, endOfGrant, firstStartOf, lastDayOf, liesIn, saysBound, type GrantBound } from "./bounds"
import type { HeldRole } from "./roles"

const held = (over: Partial<HeldRole>): HeldRole => ({
  ...{ grantId: "grt_1", role: "supervisor", entityId: null, confirmed: true },
  ...over,
})
const bound = (over: Partial<GrantBound>): GrantBound => ({ kinds: null, firstOn: null, lastOn: null, ...over })

describe("what a supervisor is bound to", () => {
  test("is nothing where no grant says so", () => {
    expect(boundsOf([held({ entityId: "ent_1" }), held({ role: "legal" })])).toBeNull()
    expect(boundsOf([held({ bound: bound({}) })])).toBeNull()
  })
  test("is each grant by itself: neither kinds nor days go over to another company", () => {
    const one = held({ entityId: "ent_1", bound: bound({ kinds: ["agreement"] }) })
    const two = held({ entityId: "ent_2", bound: bound({ lastOn: day("2026-12-31") }) })
    expect(boundsOf([one, two, held({ entityId: "ent_3" })])).toEqual([
      { entityId: "ent_1", kinds: ["agreement"], firstOn: null, lastOn: null },
      { entityId: "ent_2", kinds: null, firstOn: null, lastOn: "2026-12-31" },
      { entityId: "ent_3", kinds: null, firstOn: null, lastOn: null },
    ])
  })
  test.each([
    [bound({ kinds: [] }), "kinds"],
    [bound({ kinds: ["pack"] }), "kinds"],
    [bound({ firstOn: day("2026-02-01"), lastOn: day("2026-01-31") }), "period"],
    [bound({ firstOn: day("2026-02-01"), lastOn: day("2026-02-01") }), null],
    [bound({ kinds: ["party"] }), null],
  ])("can be said or not: %j", (said, wrong) => expect(saysBound(said)).toBe(wrong))
})

describe("days are the company's", () => {
  const shanghai = "Asia/Shanghai"
  const period = [{ entityId: "ent_1", ...bound({ firstOn: day("2026-01-01"), lastOn: day("2026-01-31") }) }]
  test.each([
    ["2025-12-31T15:59:59.999Z", false],
    ["2025-12-31T16:00:00.000Z", true],
    ["2026-01-31T15:59:59.999Z", true],
    ["2026-01-31T16:00:00.000Z", false],
  ])("%s lies in January: %s", (at, within) => expect(liesIn(at as Instant, period, () => shanghai)).toBe(within))
  test("an account ends with its last day", () => {
    expect(endOfGrant(shanghai, day("2026-04-30"))).toBe("2026-04-30T16:00:00.000Z")
    expect(lastDayOf(shanghai, "2026-04-30T16:00:00.000Z" as Instant)).toBe("2026-04-30")
  })
})

describe("a day of a period", () => {
  const period = [{ entityId: "ent_1", ...bound({ firstOn: day("2026-01-01"), lastOn: day("2026-01-31") }) }]
  test.each([
    ["2025-12-31", false],
    ["2026-01-01", true],
    ["2026-01-31", true],
    ["2026-02-01", false],
  ])("%s", (one, within) => expect(dayLiesIn(day(one), period)).toBe(within))
  test("begins where it begins first", () => {
    expect(firstStartOf(day("2026-01-01"), [])).toBe("2026-01-01T00:00:00.000Z")
    expect(firstStartOf(day("2026-01-01"), ["America/New_York"])).toBe("2026-01-01T05:00:00.000Z")
    expect(firstStartOf(day("2026-01-01"), ["America/New_York", "Asia/Shanghai"])).toBe("2025-12-31T16:00:00.000Z")
  })
})
