import { expect, test } from "vitest"
import type { Id } from "@/domain/core/id"
import { day } from "@/domain/core/day"
import { SAMPLE_COMPANIES } from "./companies.data"
import { sampleLetters } from "./letters"

const companies = Object.fromEntries(
  Object.entries(SAMPLE_COMPANIES).map(([name, entity]) => [name, { id: `ent_${name}` as Id<"entity">, entity }]),
) as Parameters<typeof sampleLetters>[0]["companies"]

test("one letter is answered and released, another waits for a word; what is asked for an answer is a question that we know", () => {
  const [first, second] = sampleLetters({ today: day("2026-06-30"), companies })
  expect(first?.released).not.toBeNull()
  expect(first?.questions.every((one) => one.answer !== null)).toBe(true)
  // Nobody releases before the last answer.
  expect(Math.max(...(first?.questions ?? []).map((one) => one.answer?.after ?? 0))).toBeLessThan(first?.released ?? 0)
  expect(second).toMatchObject({ receivedOn: "2026-06-18", dueOn: "2026-07-16", released: null })
  expect(second?.questions.map((one) => one.answer?.query?.kind ?? null)).toEqual(["recipients", "table", null])
})
