import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { USUAL_CALENDAR } from "@/domain/core/working-days"
import { dueMark, stageDueOn, stageReminders, workingDaysTaken } from "./due"
import { STAGES } from "./stage-rules"
import { expectedOf, quantile, stageTimes } from "./stage-times"
import { comesBefore, isTurn, openedAt, openOf, type InWave } from "./waves"

const at = (stage: string, wave: number, entityId = "A", seat: "decides" | "advises" = "decides"): InWave => ({
  ...{ stage, wave, entityId, seat },
})
const names = (list: readonly InWave[]): string[] => list.map((one) => `${one.stage}@${one.entityId}`)
const instant = (text: string) => `${text}.000Z` as Instant

describe("turns", () => {
  const serial = [at("procurement", 1), at("legal", 2), at("dpo", 3, "A", "advises"), at("legal", 1, "B")]

  test("a later wave opens when the earlier ones of the company are decided; who advises waits for nobody", () => {
    expect(names(openOf(serial, []))).toEqual(["procurement@A", "dpo@A", "legal@B"])
    expect(names(openOf(serial, [serial[0] as InWave]))).toEqual(["legal@A", "dpo@A", "legal@B"])
  })

  test("a second lawyer comes after the first of every company, in whatever wave", () => {
    const stages = [...serial, at("second-legal", 2, "B")]
    const second = stages[4] as InWave
    expect(names(comesBefore(stages, second))).toEqual(["legal@A", "legal@B"])
    expect(isTurn(stages, [serial[1] as InWave], second)).toBe(false)
    expect(isTurn(stages, [serial[1] as InWave, serial[3] as InWave], second)).toBe(true)
  })

  test("a stage opened with the revision, or with the last decision it waited for", () => {
    const began = instant("2026-03-02T09:00:00")
    const decided = [{ ...at("procurement", 1), at: instant("2026-03-04T09:00:00") }]
    expect(openedAt(serial, decided, serial[0] as InWave, began)).toBe(began)
    expect(openedAt(serial, decided, serial[1] as InWave, began)).toBe(decided[0]?.at)
    expect(openedAt(serial, [], serial[1] as InWave, began)).toBeNull()
    const carried = [{ ...at("procurement", 1), at: instant("2026-02-01T09:00:00") }]
    expect(openedAt(serial, carried, serial[1] as InWave, began)).toBe(began)
  })

  test("whatever the waves, something is open until all is decided, and deciding what is open ends", () => {
    const some = fc.uniqueArray(
      fc.record({
        stage: fc.constantFrom(...STAGES),
        entityId: fc.constantFrom("A", "B", "C"),
        seat: fc.constantFrom("decides" as const, "advises" as const),
        wave: fc.integer({ min: 1, max: 4 }),
      }),
      { selector: (one) => one.stage + one.entityId },
    )
    fc.assert(
      fc.property(some, (drawn) => {
        // The rules hold the second lawyer's turn at or after the first one's.
        const legal = (entityId: string) =>
          drawn.find((one) => one.entityId === entityId && one.stage === "legal")?.wave ?? 1
        const stages = drawn.map((one) =>
          one.stage === "second-legal" ? { ...one, wave: Math.max(one.wave, legal(one.entityId)) } : one,
        )
        let decided: InWave[] = []
        while (decided.length < stages.length) {
          const open = openOf(stages, decided)
          expect(open.length).toBeGreaterThan(0)
          decided = [...decided, open[0] as InWave]
        }
        expect(openOf(stages, decided)).toEqual([])
      }),
    )
  })
})

describe("days of a stage", () => {
  const berlin = { zone: "Europe/Berlin", calendar: USUAL_CALENDAR }
  test("are counted in the company's zone, from the day after it opened", () => {
    // Friday 23:30 UTC is Saturday in Berlin.
    expect(stageDueOn(instant("2026-06-05T23:30:00"), 3, berlin)).toBe("2026-06-10")
    expect(stageDueOn(instant("2026-06-05T20:00:00"), 3, { ...berlin, zone: "America/Lima" })).toBe("2026-06-10")
    expect(stageDueOn(instant("2026-06-05T09:00:00"), 1, berlin)).toBe("2026-06-08")
    expect(workingDaysTaken(instant("2026-06-05T09:00:00"), instant("2026-06-05T16:00:00"), berlin)).toBe(0)
    expect(workingDaysTaken(instant("2026-06-05T09:00:00"), instant("2026-06-09T16:00:00"), berlin)).toBe(2)
  })

  test("are near from the working day before on, and told then, on the day, late, and to whoever is named", () => {
    const due = day("2026-06-08")
    const mark = (on: string) => dueMark(due, day(on), USUAL_CALENDAR)
    expect(["2026-06-04", "2026-06-05", "2026-06-07", "2026-06-08", "2026-06-09"].map(mark)).toEqual([
      ...[null, "near", "near", "today", "late"],
    ])
    const told = (on: string, after: number | null) =>
      stageReminders({ dueOn: due, mark: mark(on) }, day(on), after).map((one) => `${one.kind}:${one.what}`)
    expect(told("2026-06-04", 3)).toEqual([])
    expect(told("2026-06-05", 3)).toEqual(["due:stage-near"])
    expect(told("2026-06-08", 3)).toEqual(["due:stage"])
    expect(told("2026-06-10", 3)).toEqual(["due:stage-late"])
    expect(told("2026-06-11", 3)).toEqual(["due:stage-late", "escalated:stage"])
    expect(told("2026-06-11", null)).toEqual(["due:stage-late"])
    expect(told("2026-12-01", 3)).toEqual([])
  })
})

describe("how long stages take", () => {
  test("the quantile is the value at that share of all cases laid out in order", () => {
    const cases = fc.array(fc.record({ days: fc.nat(30), n: fc.integer({ min: 1, max: 5 }) }), { minLength: 1 })
    fc.assert(
      fc.property(cases, fc.constantFrom(0.5, 0.9), (list, share) => {
        const laid = list.flatMap((one) => Array<number>(one.n).fill(one.days)).sort((a, b) => a - b)
        expect(quantile(list, share)).toBe(laid[Math.ceil(share * laid.length) - 1])
      }),
    )
  })

  const taken = (stage: string, days: number, n = 5, entityId = "A") => ({ stage, entityId, month: "2026-05", days, n })
  test("by month and over all, for each stage and company apart", () => {
    const times = stageTimes([taken("legal", 2), taken("legal", 8, 1), { ...taken("legal", 4, 1), month: "2026-06" }])
    expect(times).toContainEqual({ stage: "legal", entityId: "A", month: "2026-05", n: 6, median: 2, p90: 8 })
    expect(times).toContainEqual({ stage: "legal", entityId: "A", month: null, n: 7, median: 2, p90: 8 })
  })

  test("what is expected is wave after wave the slowest, beside the advice; nothing under five cases", () => {
    const times = stageTimes([taken("procurement", 1), taken("legal", 3), taken("dpo", 6), taken("second-legal", 2)])
    const expected = (...stages: InWave[]) => expectedOf(stages, times)?.days ?? null
    expect(expected(at("procurement", 1), at("legal", 1))).toBe(3)
    expect(expected(at("procurement", 1), at("legal", 2))).toBe(4)
    expect(expected(at("legal", 1), at("second-legal", 1))).toBe(5)
    expect(expected(at("procurement", 1), at("legal", 2), at("dpo", 3, "A", "advises"))).toBe(6)
    expect(expected(at("legal", 1, "B"))).toBeNull()
    expect(expectedOf([at("legal", 1)], stageTimes([taken("legal", 3, 4)]))).toBeNull()
    expect(expectedOf([], times)).toBeNull()
  })
})
