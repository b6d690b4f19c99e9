import { describe, expect, test } from "vitest"
import { day } from "@/domain/core/day"
import { PACKS } from "@/domain/packs/all"
import { layOverRules, rulesOf } from "./lay-law"
import { scenarioShape } from "./scenario"

const RULES = rulesOf(PACKS)
const MARCH = day("2026-03-01")

describe("the next version of a pack", () => {
  const statement = PACKS.find((pack) => pack.pack === "statement")
  test("takes the place of the one of its name, and finds what it finds", () => {
    const pack = {
      ...statement,
      version: "2",
      clauses: [
        { ...statement?.clauses[0], id: "S-NEW", check: "partyAudited", params: { months: 12 }, severity: "warning" },
      ],
    }
    const parsed = scenarioShape.safeParse({ kind: "pack-next", pack, on: MARCH })
    expect(parsed.success).toBe(true)
    if (!parsed.success) return
    expect(
      layOverRules(RULES, parsed.data)
        .packs.filter((one) => one.pack === "statement")
        .map((one) => one.version),
    ).toEqual(["2"])
  })
  test("that names an unknown check is refused whole", () => {
    const pack = { ...statement, clauses: [{ ...statement?.clauses[0], check: "runThis" }] }
    expect(scenarioShape.safeParse({ kind: "pack-next", pack, on: MARCH }).success).toBe(false)
  })
})
