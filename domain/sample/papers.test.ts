import { expect, test } from "vitest"
import { day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Agreement } from "@/domain/records/agreement"
import type { Between } from "./bodies"
import { lifeOfPapers } from "./papers"

test("each paper has a number of its own: a file that bears it is of that one", () => {
  const file = { id: "fil_1" as Id<"file">, sha256: "ab".repeat(32) }
  const entity = {} as Between["entity"]
  const parties = ["A", "B", "C"].map((name) => ({
    ...{ name, covers: [] },
    between: { entity, entityId: "ent_1" as Id<"entity">, partyId: `pty_${name}0000` as Id<"party"> },
  }))
  let n = 0
  const steps = lifeOfPapers({ today: day("2026-11-30"), file }, parties, () => `agr_000${(n += 1)}` as Id<"agreement">)
  const numbers = new Map<string, string>()
  for (const { id, body } of steps.flatMap((one) => one.proposals)) {
    const { reference } = body as Agreement
    const number = reference.state === "known" ? reference.value : ""
    expect(number).toMatch(/^LUM-\d{4}-\w{4}$/)
    expect(numbers.get(number) ?? id).toBe(id)
    numbers.set(number, id)
  }
  expect(numbers.size).toBe(n)
})
