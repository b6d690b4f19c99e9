import { expect, test } from "vitest"
import type { Clause, Pack } from "@/domain/checks/types"
import { day } from "@/domain/core/day"
import { packsKnownAt } from "@/domain/packs/all"
import { added, boardOf, stateOf, sumOf } from "./board"

const clause = (over: Partial<Clause>): Clause => ({
  ...{ id: "T-1", title: "", duty: "", remedy: "", severity: "blocking", bitesOn: "approval", check: "x" },
  ...{ effectiveFrom: null, effectiveTo: null, source: "", certainty: "" },
  ...(over as object),
})

test.each([
  ["one record is not evidenced, whatever the others are", { e: 40, n: 1, u: 3 }, "not-evidenced"],
  ["nobody knows for one record", { e: 40, n: 0, u: 1 }, "unknown"],
  ["every record shows it", { e: 1, n: 0, u: 0 }, "evidenced"],
  ["it is about no record", { e: 0, n: 0, u: 0 }, "not-applicable"],
])("a clause stands by its gravest record: %s", (_name, counts, state) => {
  expect(stateOf(clause({}), counts)).toBe(state)
})

test("a clause that bites later, or that no record shows yet, is not looked at and never called evidenced", () => {
  expect(stateOf(clause({ bitesOn: "closing" }), { e: 3, n: 0, u: 0 })).toBe("not-looked-at")
  expect(stateOf(clause({ check: null }), { e: 0, n: 0, u: 0 })).toBe("not-looked-at")
})

test("the board has every clause of the packs that were known then, and of no pack that came later", () => {
  const pack = (version: string, publishedAt: string, ids: string[]): Pack =>
    ({
      pack: "t",
      version,
      publishedAt,
      scope: { entities: null },
      clauses: ids.map((id) => clause({ id })),
    }) as unknown as Pack
  const packs = [pack("1", "2024-01-01T00:00:00.000Z", ["T-1"]), pack("2", "2026-01-01T00:00:00.000Z", ["T-1", "T-2"])]
  const counts = new Map([["T-2", { e: 0, n: 2, u: 0 }]])
  expect(
    boardOf(counts, packsKnownAt("2025-06-01T00:00:00.000Z", packs), day("2025-06-01")).map((line) => line.clause.id),
  ).toEqual(["T-1"])
  const now = boardOf(counts, packsKnownAt("2026-06-01T00:00:00.000Z", packs), day("2026-06-01"))
  expect(now.map((line) => [line.version, line.clause.id, line.state])).toEqual([
    ["2", "T-1", "not-applicable"],
    ["2", "T-2", "not-evidenced"],
  ])
  expect(sumOf(now)).toMatchObject({ "not-evidenced": 1, "not-applicable": 1, grave: { blocking: 1, warning: 0 } })
})

test("counts of several companies add up", () => {
  const one = new Map([["T-1", { e: 1, n: 2, u: 3 }]])
  const two = new Map([
    ["T-1", { e: 1, n: 1, u: 1 }],
    ["T-2", { e: 0, n: 0, u: 1 }],
  ])
  expect(Object.fromEntries(added(one, two))).toEqual({ "T-1": { e: 2, n: 3, u: 4 }, "T-2": { e: 0, n: 0, u: 1 } })
})
