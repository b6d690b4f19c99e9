import { describe, expect, test } from "vitest"
import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Entity } from "@/domain/records/evidence"
import {
  agreementId,
  assessmentId,
  coveredOf,
  factsOf,
  gapsOf,
  goingTo,
  mechanism,
  paperOver,
  running,
  signed,
  since,
  until,
  words,
  type CoverStory,
  LAW,
  lawKnownOn,
} from "@/testing/covered"
import { aLine, nthId, OPEN } from "@/testing/in-2026"
import { coverageOf } from "./coverage"

const SHARING = nthId("sharing", 3)
const bound = (...names: Entity["regimes"][number]["regime"][]): Partial<Entity> => ({
  regimes: names.map((regime) => ({ regime, ...OPEN })),
})
const scc = (over: object = {}) => mechanism("scc-2021", { module: known("1"), agreementId: agreementId(1), ...over })
/** A processing paper beside which the n-th papers stand that mechanisms point to. */
const beside = (sharing: CoverStory["sharing"], ...papers: NonNullable<CoverStory["agreements"]>): CoverStory => ({
  sharing: sharing ?? {},
  agreements: [{}, ...papers],
})
const clauses = { kind: "scc" as const }

describe("example 5: the old clauses", () => {
  const story = (over: object = {}): CoverStory => ({
    sharing: {
      ...running("2019-05-01", "2023-12-31"),
      ...goingTo("US", [mechanism("scc-2010", { agreementId: agreementId(1) }), scc({ agreementId: agreementId(2) })]),
      ...over,
    },
    agreements: [
      paperOver("2019-05-01", "2023-12-31"),
      paperOver("2019-05-01", "2023-12-31", clauses),
      { ...since("2023-01-10"), ...until("2023-12-31"), ...signed("2023-01-10"), ...clauses },
    ],
  })
  test("they ended thirteen days before the new ones were signed", () => {
    expect(gapsOf(story())).toEqual(["2022-12-28..2023-01-10"])
  })
  test("a kind of data that was added while they were phased out starts the gap on its day", () => {
    const dataLines = known([aLine("acct.identifier"), aLine("device.id", { firstOn: day("2022-03-01") })])
    expect(gapsOf(story({ dataLines }))).toEqual(["2022-03-01..2023-01-10"])
  })
  test("a place that was added while they were phased out never rests on them", () => {
    const lines = [mechanism("scc-2010", { agreementId: agreementId(1) })]
    const added = goingTo("US", lines, { firstOn: day("2022-03-01"), lastOn: day("2022-06-30") })
    expect(gapsOf(story(added))).toEqual(["2022-03-01..2022-07-01"])
    const before = goingTo("US", lines, { firstOn: day("2021-09-26"), lastOn: day("2022-06-30") })
    expect(gapsOf(story(before))).toEqual([])
  })
  test("before the new clauses were published nobody knew of their end", () => {
    expect(coverageOf(factsOf(story()), lawKnownOn(day("2021-06-06"))).gaps).toEqual([])
    expect(words(coverageOf(factsOf(story()), lawKnownOn(day("2021-06-07"))).gaps)).toEqual(["2022-12-28..2023-01-10"])
  })
  test("signed after nobody could conclude them any more, they carry nothing", () => {
    const late = story()
    const agreements = (late.agreements ?? []).map((one, i) => (i === 1 ? { ...one, ...signed("2021-09-27") } : one))
    expect(gapsOf({ ...late, agreements })).toEqual(["2019-05-01..2023-01-10"])
    const inTime = agreements.map((one, i) => (i === 1 ? { ...one, ...signed("2021-09-26") } : one))
    expect(gapsOf({ ...late, agreements: inTime })).toEqual(["2019-05-01..2021-09-26", "2022-12-28..2023-01-10"])
  })
  test("data under the law of the United Kingdom could rest on them until 2024-03-20", () => {
    const old = mechanism("scc-2010", { regime: "UK", agreementId: agreementId(1) })
    const years = paperOver("2021-02-01", "2024-12-31")
    expect(
      coveredOf({
        entity: { country: "GB", ...bound("UK") },
        sharing: { ...running("2021-02-01", "2024-12-31"), ...goingTo("US", [old]) },
        agreements: [years, { ...years, ...clauses }],
      }),
    ).toEqual(["2021-02-01..2024-03-21"])
  })
})

test("example 4: before the court had decided nobody knew of a gap", () => {
  const facts = factsOf({
    sharing: { ...running("2018-05-25", "2024-12-31"), ...goingTo("US", [mechanism("adequacy")]) },
    party: { conditions: [{ condition: "privacy-shield", evidence: known("list"), ...OPEN }] },
    agreements: [paperOver("2018-05-25", "2024-12-31")],
  })
  expect(words(coverageOf(facts, lawKnownOn(day("2020-07-15"))).gaps)).toEqual([])
  expect(words(coverageOf(facts, lawKnownOn(day("2020-07-16"))).gaps)).toEqual(["2020-07-16..2025-01-01"])
})

describe("a mechanism's own paper", () => {
  test("clauses cover as long as their paper covers the sharing", () => {
    expect(gapsOf(beside(goingTo("US", [scc()]), { ...clauses, ...until("2026-06-30") }))).toEqual([
      "2026-07-01..2027-01-01",
    ])
  })
  test("a paper of another kind is not the clauses, unless a page of it is pointed to for them", () => {
    const sharing = goingTo("US", [scc({ agreementId: agreementId(0) })])
    expect(coveredOf({ sharing })).toEqual([])
    const core = ["PARTICULARS", "28.3.a", "28.3.b", "28.3.d", "28.3.g", "28.3.h", "MODULE"]
    const checklist = core.map((item, i) => ({
      item,
      fileId: nthId("file", 7),
      page: known(i + 1),
      verdict: "there" as const,
    }))
    expect(gapsOf({ sharing, agreements: [{ checklist }] })).toEqual([])
  })
  test("an amendment of the clauses that drops the sharing ends the mechanism; one that keeps it does not", () => {
    const amendment = { ...clauses, ...since("2026-06-01"), amends: agreementId(1) }
    const sharing = goingTo("US", [scc()])
    expect(gapsOf(beside(sharing, clauses, amendment))).toEqual([])
    expect(gapsOf(beside(sharing, clauses, { ...amendment, covers: [] }))).toEqual(["2026-06-01..2027-01-01"])
    expect(gapsOf(beside(sharing, { ...clauses, ...until("2026-05-31") }, amendment))).toEqual([])
  })
  test("the Addendum alone, without the clauses that it changes, carries nothing", () => {
    const sharing = goingTo("US", [mechanism("uk-addendum", { regime: "UK", agreementId: agreementId(1) })])
    const story = { ...beside(sharing, { kind: "uk" }), entity: bound("UK") }
    expect(coveredOf(story)).toEqual([])
    expect(gapsOf({ ...story, agreements: [{}, { kind: "uk" }, clauses] })).toEqual([])
  })
})

describe("regimes", () => {
  test("clauses of the Commission carry nothing out of the Chinese mainland, nor out of the United Kingdom", () => {
    for (const regime of ["CN", "UK"] as const) {
      const story = { ...beside(goingTo("US", [scc({ regime })]), clauses), entity: bound(regime) }
      expect(coveredOf(story)).toEqual([])
    }
    const contract = mechanism("cn-contract", { regime: "CN", agreementId: agreementId(1) })
    expect(gapsOf({ ...beside(goingTo("US", [contract]), { kind: "cn-contract" }), entity: bound("CN") })).toEqual([])
  })
  test("each regime that binds needs its own, and is named once for two destinations in one country", () => {
    const two = known(
      (["storage", "access"] as const).map((kind) => ({ country: "US", kind, mechanisms: [scc()], ...OPEN })),
    )
    const story = { ...beside({ destinations: two }, clauses), entity: bound("EU", "CH") }
    expect(coverageOf(factsOf(story), LAW).gaps).toEqual([
      { from: "2026-01-01", to: "2027-01-01", causes: [{ what: "mechanism", country: "US", regime: "CH" }] },
    ])
  })
  test("a regime binds from its day on", () => {
    const regimes = [
      { regime: "EU" as const, ...OPEN },
      { regime: "CH" as const, firstOn: day("2026-10-01"), lastOn: null },
    ]
    expect(gapsOf({ ...beside(goingTo("US", [scc()]), clauses), entity: { regimes } })).toEqual([
      "2026-10-01..2027-01-01",
    ])
  })
  test("overseas parts of a member state are inside for the Union and for the British list alike", () => {
    expect(gapsOf({ sharing: goingTo("RE") })).toEqual([])
    expect(coveredOf({ sharing: goingTo("NC") })).toEqual([])
    const adequate = mechanism("adequacy", { regime: "UK" })
    expect(gapsOf({ sharing: goingTo("RE", [adequate]), entity: bound("UK") })).toEqual([])
  })
  test("the Brazilian decision does not hold yet for our companies in Norway", () => {
    const sharing = { ...running("2026-02-01", "2026-12-31"), ...goingTo("BR", [mechanism("adequacy")]) }
    expect(gapsOf({ sharing })).toEqual([])
    expect(coveredOf({ sharing, entity: { country: "NO" } })).toEqual([])
    expect(coverageOf(factsOf({ sharing }), lawKnownOn(day("2026-01-25"))).covered).toEqual([])
  })
  test("the British extension joins the first decision to the renewal without a gap", () => {
    const sharing = { ...running("2021-01-01", "2026-12-31"), ...goingTo("GB", [mechanism("adequacy")]) }
    expect(gapsOf({ sharing, agreements: [paperOver("2021-01-01", "2026-12-31")] })).toEqual([])
    const bare = { ...running("2021-01-01", "2026-12-31"), ...goingTo("GB") }
    expect(gapsOf({ sharing: bare, agreements: [paperOver("2021-01-01", "2026-12-31")] })).toEqual([
      "2021-06-28..2027-01-01",
    ])
  })
})

describe("days without rules", () => {
  const story = (over: CoverStory): CoverStory => ({
    sharing: running("2018-01-01", "2018-12-31"),
    agreements: [paperOver("2018-01-01", "2018-12-31")],
    ...over,
  })
  test("days before the packs begin are not covered, and say so", () => {
    expect(coverageOf(factsOf(story({})), LAW).gaps).toEqual([
      { from: "2018-01-01", to: "2018-05-25", causes: [{ what: "rules", regime: "EU", why: "before" }] },
    ])
    expect(gapsOf(story({ entity: { country: "NO" } }))).toEqual(["2018-01-01..2018-07-20"])
  })
  test("another regime that binds already is enough to judge a day", () => {
    expect(gapsOf(story({ entity: bound("EU", "CN") }))).toEqual(["2018-01-01..2018-05-25"])
  })
  test("where only a regime without a pack binds, nothing is covered", () => {
    const coverage = coverageOf(factsOf({ entity: bound("KR") }), LAW)
    expect(coverage.covered).toEqual([])
    expect(coverage.gaps[0]?.causes).toEqual([{ what: "rules", regime: "KR", why: "none" }])
    expect(coverageOf(factsOf({ entity: bound("EU", "KR", "DORA") }), LAW)).toMatchObject({
      gaps: [],
      unloaded: ["KR"],
    })
  })
})

describe("impact assessments", () => {
  const tia = (on: string, outcome: "equivalent" | "not-equivalent", last: string | null = null, about = SHARING) => ({
    kind: "tia" as const,
    sharingId: about,
    doneOn: known(day(on)),
    outcome: known(outcome),
    validUntil: last === null ? ({ state: "not-applicable" } as const) : known(day(last)),
  })
  const story = (line: object, ...assessments: NonNullable<CoverStory["assessments"]>): CoverStory => ({
    ...beside(goingTo("US", [scc(line)]), clauses),
    assessments,
  })
  const own = { assessmentId: assessmentId(0) }

  test("not equivalent ends the clauses from its day on; so does running out", () => {
    expect(gapsOf(story(own, tia("2026-04-01", "not-equivalent")))).toEqual(["2026-04-01..2027-01-01"])
    expect(gapsOf(story(own, tia("2025-12-01", "equivalent", "2026-05-31")))).toEqual(["2026-06-01..2027-01-01"])
  })
  test("one about this sharing counts though no line points to it; one about another does not", () => {
    expect(gapsOf(story({}, tia("2026-04-01", "not-equivalent")))).toEqual(["2026-04-01..2027-01-01"])
    expect(gapsOf(story({}, tia("2026-04-01", "not-equivalent", null, nthId("sharing", 9))))).toEqual([])
    expect(gapsOf({ ...story({}, tia("2026-04-01", "not-equivalent")), assessmentsStand: "ended" })).toEqual([])
  })
  test("one that belongs to another destination's line leaves this one alone", () => {
    const there = (country: string, n: number) => ({
      country,
      kind: "storage" as const,
      mechanisms: [scc({ assessmentId: assessmentId(n) })],
      ...OPEN,
    })
    const facts = factsOf({
      ...beside({ destinations: known([there("US", 0), there("IN", 1)]) }, clauses),
      assessments: [tia("2025-12-01", "equivalent"), tia("2026-04-01", "not-equivalent")],
    })
    expect(coverageOf(facts, LAW).gaps).toEqual([
      { from: "2026-04-01", to: "2027-01-01", causes: [{ what: "mechanism", country: "IN", regime: "EU" }] },
    ])
  })
  test("a later good one heals from its day on, an earlier good one does not", () => {
    const bad = tia("2026-04-01", "not-equivalent")
    expect(gapsOf(story(own, bad, tia("2026-07-01", "equivalent")))).toEqual(["2026-04-01..2026-07-01"])
    expect(gapsOf(story(own, bad, tia("2026-03-01", "equivalent")))).toEqual(["2026-04-01..2027-01-01"])
  })
  test("a blank outcome is a finding and takes nothing away", () => {
    expect(gapsOf(story(own, { ...tia("2026-04-01", "equivalent"), outcome: { state: "blank" } }))).toEqual([])
  })
  test("binding rules hold before their assessment was made, and end by it like clauses", () => {
    const rules = goingTo("US", [mechanism("bcr", { assessmentId: assessmentId(0) })])
    expect(gapsOf({ sharing: rules, assessments: [tia("2026-04-01", "equivalent")] })).toEqual([])
    expect(gapsOf({ sharing: rules, assessments: [tia("2026-04-01", "not-equivalent")] })).toEqual([
      "2026-04-01..2027-01-01",
    ])
  })
  test("an exemption by the Chinese authority does not end by our own assessment", () => {
    const sharing = goingTo("US", [mechanism("cn-exempt", { regime: "CN", evidence: known("under the band") })])
    expect(gapsOf({ sharing, entity: bound("CN"), assessments: [tia("2026-04-01", "not-equivalent")] })).toEqual([])
  })
  test("adequacy hangs on no assessment of ours", () => {
    const sharing = goingTo("CH", [mechanism("adequacy", own)])
    expect(gapsOf({ sharing, assessments: [tia("2026-04-01", "not-equivalent")] })).toEqual([])
  })
  test("a security assessment of the Chinese authority holds as long as its record says", () => {
    const line = mechanism("cn-assessment", { regime: "CN", ...own })
    const given = { doneOn: known(day("2023-07-01")), validUntil: known(day("2026-06-30")) }
    expect(gapsOf({ sharing: goingTo("US", [line]), entity: bound("CN"), assessments: [given] })).toEqual([
      "2026-07-01..2027-01-01",
    ])
    const failed = { ...given, outcome: known("failed" as const) }
    expect(coveredOf({ sharing: goingTo("US", [line]), entity: bound("CN"), assessments: [failed] })).toEqual([])
  })
})

test("what is made public needs no mechanism, wherever it can be read", () => {
  const facts = factsOf({ sharing: { mode: "disclose", ...goingTo("US") } })
  expect(coverageOf(facts, LAW).mechanism).toEqual(coverageOf(facts, LAW).own)
})

test("a derogation of a regime that knows none carries nothing", () => {
  const sharing = { ...goingTo("US", [mechanism("derogation.a", { regime: "CN" })]), frequency: known("once" as const) }
  expect(coveredOf({ sharing, entity: bound("CN") })).toEqual([])
})
