import { expect, test } from "vitest"
import { lawFactsOf } from "@/domain/checks/law"
import { PACKS } from "@/domain/packs/all"
import { FACT_KINDS, type FactLine } from "@/domain/packs/fact-changes"
import { factsShape } from "@/domain/packs/facts-shape"
import { factDays, factWords } from "./fact-words"

const facts = lawFactsOf(PACKS)

test.each(FACT_KINDS)("every shipped line of the kind %s is told in whole sentences", (kind) => {
  expect(facts[kind].length).toBeGreaterThan(0)
  for (const line of facts[kind] as readonly FactLine[])
    for (const words of factWords(kind, line)) expect(words, line.act).toMatch(/^[A-Z0-9][^{}]*\.$/)
})

test("a decision with limits says each of them, and its days", () => {
  const staff = facts.adequacy.find((line) => line.to.includes("US") && line.regime === "EU" && line.staffCondition)
  if (!staff) throw new Error("there is no such decision")
  expect(factWords("adequacy", staff).join(" ")).toContain("dpf-hr")
  expect(factDays(staff)).toContain("2023")
})

test("every shipped pack's facts can be taken from a file as they are", () => {
  for (const pack of PACKS) expect(factsShape.safeParse(pack.facts ?? {}).error?.issues ?? []).toEqual([])
})
