import { describe, expect, test } from "vitest"
import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Consent } from "@/domain/records/evidence"
import type { Sharing } from "@/domain/records/sharing"
import { CONSENT, coveredOf, DEMAND, factsOf, gapsOf, words, type CoverStory, LAW } from "@/testing/covered"
import { aGround, aLine, nthId, OPEN } from "@/testing/in-2026"
import { coverageOf } from "./coverage"

const YEAR = ["2026-01-01..2027-01-01"]
const on = (
  ground: Parameters<typeof aGround>[0],
  over: Parameters<typeof aGround>[1] = {},
  mode: Sharing["mode"] = "share",
): CoverStory => ({ sharing: { mode, grounds: [aGround(ground, over)] } })
const groundOf = (story: CoverStory): string[] => words(coverageOf(factsOf(story), LAW).ground)
const consented = (consent: Partial<Consent>, sharing: Partial<Sharing> = {}): CoverStory => ({
  sharing: { mode: "share", grounds: [aGround("consent", { consentId: CONSENT })], ...sharing },
  consent,
})

describe("consent", () => {
  test("is a ground from the day it was given to the day before it was closed", () => {
    expect(groundOf(consented({}))).toEqual(YEAR)
    expect(groundOf(consented({ firstOn: known(day("2026-03-01")) }))).toEqual(["2026-03-01..2027-01-01"])
    expect(groundOf(on("consent", { consentId: CONSENT }))).toEqual([])
  })
  test("closed and ended, it still was the ground before; ended without a day, it never counts", () => {
    const closed = consented({ closedAt: known("2026-05-10T10:00:00.000Z") })
    expect(groundOf({ ...closed, consentStands: "ended" })).toEqual(["2026-01-01..2026-05-10"])
    expect(groundOf({ ...consented({}), consentStands: "ended" })).toEqual([])
  })
  test("to something else is no ground: what was allowed for publication does not allow passing on", () => {
    expect(groundOf(consented({ about: "publication" }))).toEqual([])
    expect(groundOf(consented({ about: "publication" }, { mode: "disclose" }))).toEqual(YEAR)
    expect(groundOf(consented({ about: "transfer" }, { mode: "transfer" }))).toEqual(YEAR)
  })
  test("reaches only the recipients, purposes and data that it names", () => {
    expect(groundOf(consented({ parties: known([nthId("party", 2)]) }))).toEqual(YEAR)
    expect(groundOf(consented({ parties: known([nthId("party", 9)]) }))).toEqual([])
    expect(groundOf(consented({ parties: { state: "blank" } }))).toEqual([])
    expect(groundOf(consented({ purposes: known(["mkt.direct"]) }))).toEqual([])
    const later = known([aLine("acct.identifier"), aLine("device.id", { firstOn: day("2026-08-01") })])
    expect(groundOf(consented({ dataKinds: known(["acct.identifier"]) }, { dataLines: later }))).toEqual([
      "2026-01-01..2026-08-01",
    ])
  })
})

describe("law", () => {
  test("is a ground once an article, a docket or a demand stands behind it", () => {
    expect(groundOf(on("statute"))).toEqual([])
    expect(groundOf(on("statute", { citation: known("Art. 5") }))).toEqual(YEAR)
    expect(groundOf(on("statute", { demandId: DEMAND }))).toEqual([])
    expect(groundOf({ ...on("statute", { demandId: DEMAND }), demand: {} })).toEqual(YEAR)
  })
  test("ends on the last day that it names", () => {
    expect(groundOf(on("statute", { citation: known("Art. 5"), endsOn: known(day("2026-03-31")) }))).toEqual([
      "2026-01-01..2026-04-01",
    ])
  })
})

test("an exception is a ground once what it asks for is said, to the day on which it ends", () => {
  for (const [ground, answers] of [
    ["exception-1", { citation: known("Act 5") }],
    ["exception-2", { citation: known("Act 5") }],
    ["exception-3", { caseNumber: known("7 Js 1/26") }],
    ["exception-4", { whoseInterest: known("the person lost"), whyNoConsent: known("cannot be reached") }],
    ["exception-5", { source: known("own site") }],
    ["exception-6", { source: known("public register") }],
  ] as const) {
    expect(groundOf(on(ground))).toEqual([])
    expect(groundOf(on(ground, answers))).toEqual(YEAR)
    expect(groundOf(on(ground, { ...answers, endsOn: known(day("2026-01-31")) }))).toEqual(["2026-01-01..2026-02-01"])
  }
})

test("a group company is one while it belongs to the group", () => {
  const story = on("affiliate")
  const kinds = [{ kind: "affiliate" as const, ...OPEN }]
  expect(groundOf(story)).toEqual([])
  expect(groundOf({ ...story, party: { kinds, groupLinks: [{ firstOn: null, lastOn: day("2026-06-30") }] } })).toEqual([
    "2026-01-01..2026-07-01",
  ])
})

test("a ground of another mode is none", () => {
  expect(groundOf(on("merger"))).toEqual([])
  expect(groundOf(on("partner", {}, "transfer"))).toEqual([])
  expect(groundOf(on("partner", {}, "disclose"))).toEqual([])
})

test("an entrusted company acts for us and needs no ground of its own", () => {
  expect(groundOf({})).toEqual(YEAR)
})

test("who receives by consent or by law signs nothing", () => {
  expect(gapsOf({ ...consented({}), agreements: [] })).toEqual([])
  expect(gapsOf({ ...on("statute", { citation: known("Art. 5") }), agreements: [] })).toEqual([])
  expect(coveredOf({ ...on("partner"), agreements: [] })).toEqual([])
})
