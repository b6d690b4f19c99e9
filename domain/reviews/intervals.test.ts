import { describe, expect, test } from "vitest"
import type { Clause, Pack, PackScope } from "@/domain/checks/types"
import { BLANK, known } from "@/domain/core/answer"
import { addDays, day } from "@/domain/core/day"
import { PACKS } from "@/domain/packs/all"
import { bodyOf, packsInForce, type OwnVersion } from "@/domain/packs/in-force"
import { nthId, typedSharing } from "@/testing/in-2026"
import { intervalsOf, intervalsOn, intervalsWord } from "./intervals"

const OURS = nthId("entity", 1)
const THEIRS = nthId("entity", 2)
const FROM = day("2026-03-01")
const shipped = PACKS.find((pack) => pack.pack === "statement") as Pack
const NARROW: PackScope = { regimes: null, entities: [OURS], products: ["Eye"], subjects: null }

/** The statement with another interval for necessity; null: without the clause. */
function text(version: string, months: number | null, scope: Partial<PackScope>, ends = false): OwnVersion {
  const clauses = shipped.clauses.flatMap((clause): Clause[] =>
    clause.check !== "dataMinimal" ? [clause] : months === null ? [] : [{ ...clause, params: { months } }],
  )
  const pack = { ...shipped, version, effectiveFrom: FROM, scope: { ...shipped.scope, ...scope }, clauses }
  const at = "2026-01-01T00:00:00.000Z"
  return { recordId: `pck_${ends ? 1 : version}`, n: ends ? 2 : 1, at, requestId: null, body: bodyOf(pack, "t"), ends }
}
const flow = (entityId: typeof OURS, products: string[] | null = null) =>
  typedSharing({ entityId, partyId: nthId("party", 3) }, { products: products === null ? BLANK : known(products) })
const months = (own: OwnVersion[], on = FROM) => {
  const every = intervalsOn(packsInForce("2026-02-01T00:00:00.000Z", own), on)
  return (body: ReturnType<typeof flow> | null) => every(body).necessityMonths
}

describe("a text for some has what lies in its scope looked at in its own interval", () => {
  const local = months([text("2", 6, NARROW)])
  test("a flow wholly within it by its alone, one outside by the wider text", () => {
    expect(local(flow(OURS, ["Eye"]))).toBe(6)
    expect(local(flow(OURS, ["Bell"]))).toBe(24)
    expect(local(flow(THEIRS, ["Eye"]))).toBe(24)
  })
  test("a longer interval of its own counts as well, for the wider text no longer looks at the flow", () => {
    expect(months([text("2", 60, NARROW)])(flow(OURS, ["Eye"]))).toBe(60)
  })
  test("a flow that lies in both is looked at by both: the shorter counts", () => {
    expect(local(flow(OURS, ["Eye", "Bell"]))).toBe(6)
    expect(local(flow(OURS))).toBe(6)
    expect(months([text("2", 60, NARROW)])(flow(OURS))).toBe(24)
  })
  test("what is about no flow goes by the text for everybody", () => {
    expect(local(null)).toBe(24)
  })
  test("not before its first day", () => {
    expect(months([text("2", 6, NARROW)], addDays(FROM, -1))(flow(OURS, ["Eye"]))).toBe(24)
  })
  test("one without the clause asks for nothing", () => {
    expect(months([text("2", null, NARROW)])(flow(OURS, ["Eye"]))).toBe(null)
  })
})

test("of several texts the shortest interval counts", () => {
  expect(
    intervalsOf([
      ...PACKS,
      { ...shipped, clauses: [{ ...(shipped.clauses[0] as Clause), check: "partyAudited", params: { months: 3 } }] },
    ]),
  ).toEqual({
    ...{ necessityMonths: 24, exceptionDays: 30, auditMonths: 3 },
  })
})

test("the word of the intervals is another one from the day on which a text with others counts, and only then", () => {
  const word = (own: OwnVersion[], on = FROM) => intervalsWord(packsInForce("2026-02-01T00:00:00.000Z", own), on)
  const own = [text("2", 6, NARROW)]
  expect(word(own, addDays(FROM, -1))).toBe(word([]))
  expect(word(own)).not.toBe(word([]))
  expect(word(own, addDays(FROM, 400))).toBe(word(own))
})
