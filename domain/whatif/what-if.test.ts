import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { factsOfSharing } from "@/domain/checks/facts"
import { makeRegister } from "@/domain/checks/register"
import { BLANK, known, valueOf } from "@/domain/core/answer"
import { addDays, day, type Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { covers } from "@/domain/core/stretch"
import { coverageOf } from "@/domain/coverage/coverage"
import { PACKS } from "@/domain/packs/all"
import type { AnyRecord } from "@/domain/records/kinds"
import type { Sharing } from "@/domain/records/sharing"
import type { Party } from "@/domain/records/party"
import { typedEntity, typedParty } from "@/testing/bodies"
import {
  aBasis,
  aGround,
  nthId,
  OPEN,
  typedAgreement,
  typedAssessment,
  typedConsent,
  typedSharing,
} from "@/testing/in-2026"
import { mechanism } from "@/testing/covered"
import { compareSharing } from "./compare"
import { proposalsFor } from "./drafts"
import { layOverRules, rulesOf } from "./lay-law"
import { layOverRecords } from "./lay-records"
import { addSummaries, concerned, inOrder, summarise, type Affected } from "./result"
import { addressOf, scenarioShape, typedScenario, type Scenario } from "./scenario"

const ENTITY = nthId("entity", 1)
const CONSENT = nthId("consent", 6)
const RULES = rulesOf(PACKS)
const entities = new Map([[ENTITY, typedEntity()]])
const beside = { entities, law: RULES.law }
const MARCH = day("2026-03-01")

const partyId = (n: number): Id<"party"> => nthId("party", 100 + n)
const sharingId = (n: number): Id<"sharing"> => nthId("sharing", 200 + n)
const record = (kind: string, id: string, body: unknown): AnyRecord =>
  ({ id, kind, version: 1, standing: "approved", body }) as unknown as AnyRecord

const LISTED: Party["conditions"] = (["dpf", "appi"] as const).map((condition) => ({
  condition,
  evidence: BLANK,
  ...OPEN,
}))
/** What a flow of the made-up register may be: where it goes, by which mechanism, on which ground. */
const SHAPES = [
  () => ({}),
  () => to("JP", [mechanism("adequacy")]),
  () => to("JP", [mechanism("adequacy"), mechanism("bcr", { evidence: known("approved by the authority") })]),
  () => to("US", [mechanism("adequacy")]),
  () => to("CH", []),
  () => ({
    mode: "share" as const,
    role: known("controller" as const),
    grounds: [aGround("consent", { consentId: CONSENT })],
    bases: [aBasis("eu.6.1.a")],
  }),
  () => ({
    mode: "share" as const,
    role: known("controller" as const),
    grounds: [aGround("affiliate")],
    bases: [aBasis("eu.6.1.f")],
  }),
] as const
const to = (country: string, mechanisms: ReturnType<typeof mechanism>[]) => ({
  destinations: known([{ country, kind: "storage" as const, mechanisms, ...OPEN }]),
})

/** A register of so many flows, each with its party, paper and vetting. */
function register(shapes: readonly number[]): AnyRecord[] {
  return [
    record("consent", CONSENT, typedConsent(ENTITY)),
    ...shapes.flatMap((shape, n) => {
      const between = { entityId: ENTITY, partyId: partyId(n) }
      const kinds = [
        { kind: "processor" as const, ...OPEN },
        { kind: "affiliate" as const, ...OPEN },
      ]
      return [
        record(
          "party",
          between.partyId,
          typedParty({ legalName: `Party ${n}`, kinds, groupLinks: [{ ...OPEN }], conditions: LISTED }),
        ),
        record(
          "sharing",
          sharingId(n),
          typedSharing(between, { ...SHAPES[shape % SHAPES.length]?.(), peopleCount: n % 2 ? known(n * 10) : BLANK }),
        ),
        record("agreement", nthId("agreement", 300 + n), typedAgreement(between, [sharingId(n)])),
        record("assessment", nthId("assessment", 400 + n), typedAssessment(between.partyId)),
      ]
    }),
  ]
}
const ALL = register([0, 1, 2, 3, 4, 5, 6])

/** What comes of a scenario for every flow of a register, by the engine of the product. */
function outcome(records: readonly AnyRecord[], scenario: Scenario, findings = true): Affected[] {
  const [before, after] = [
    makeRegister(records, entities),
    makeRegister(layOverRecords(records, scenario, beside), entities),
  ]
  const supposed = layOverRules(RULES, scenario)
  return records.flatMap((one) => {
    const [was, is] = [factsOfSharing(before, one.id as Id<"sharing">), factsOfSharing(after, one.id as Id<"sharing">)]
    if (!was || !is) return []
    const compared = compareSharing(
      { before: was, after: is, rulesBefore: RULES, rulesAfter: supposed },
      scenario,
      findings,
    )
    const rest = { title: one.id, entityId: ENTITY, partyId: was.party.id, partyName: was.party.body.legalName }
    return [{ ...compared, ...concerned(was.sharing.body), id: one.id, ...rest }]
  })
}
const uncovered = (records: readonly AnyRecord[], scenario: Scenario): string[] =>
  outcome(records, scenario).flatMap((one) => (one.change === "uncovered" ? [`${one.id} ${one.from}`] : []))

const SCENARIOS: Scenario[] = [
  { kind: "loses-adequacy", regime: "EU", country: "JP", on: MARCH },
  { kind: "gains-adequacy", regime: "EU", country: "US", on: MARCH },
  { kind: "agreement-ends", agreementId: nthId("agreement", 300), on: MARCH },
  { kind: "agreement-not-renewed", agreementId: nthId("agreement", 301), on: MARCH },
  { kind: "party-incident", partyId: partyId(1), on: MARCH },
  { kind: "party-insolvent", partyId: partyId(2), on: MARCH },
  { kind: "consent-withdrawn", consentId: CONSENT, on: MARCH },
  { kind: "purpose-withdrawn", purpose: "svc.infra", on: MARCH },
  { kind: "party-moves", partyId: partyId(0), from: "IE", to: "US", on: MARCH },
  { kind: "leaves-group", partyId: partyId(6), on: MARCH },
]

describe("what stands uncovered", () => {
  test.each([
    ["a country loses adequacy: those that rest on nothing else", SCENARIOS[0], [`${sharingId(1)} 2026-03-01`]],
    ["an agreement ends: from that day", SCENARIOS[2], [`${sharingId(0)} 2026-03-01`]],
    ["an agreement is not renewed: from the day after its last", SCENARIOS[3], [`${sharingId(1)} 2026-03-02`]],
    ["a party is insolvent: its papers bind no more", SCENARIOS[5], [`${sharingId(2)} 2026-03-01`]],
    ["an incident: nothing by itself", SCENARIOS[4], []],
    ["a consent is withdrawn", SCENARIOS[6], [`${sharingId(5)} 2026-03-01`]],
    ["consent for a purpose is withdrawn", SCENARIOS[7], [`${sharingId(5)} 2026-03-01`]],
    ["a party moves its hosting abroad", SCENARIOS[8], [`${sharingId(0)} 2026-03-01`]],
    ["a party leaves the group", SCENARIOS[9], [`${sharingId(6)} 2026-03-01`]],
  ] as const)("%s", (_what, scenario, expected) => {
    expect(uncovered(ALL, scenario as Scenario)).toEqual(expected)
  })
  test("an incident leaves the party's vetting in doubt from its day", () => {
    const [found] = outcome(ALL, SCENARIOS[4] as Scenario).filter((one) => one.id === sharingId(1))
    expect(found).toMatchObject({ change: "findings", from: MARCH })
    expect(found?.findings.map((one) => one.clause)).toContain("S-IV-4.1")
  })
  test("a country that gains adequacy covers those that named it, and could cover others", () => {
    const gains: Scenario = { kind: "gains-adequacy", regime: "EU", country: "IN", on: MARCH }
    const india = register([0, 0]).map((one) => {
      if (one.kind !== "sharing") return one
      return { ...one, body: { ...one.body, ...to("IN", one.id === sharingId(0) ? [mechanism("adequacy")] : []) } }
    }) as AnyRecord[]
    expect(outcome(india, gains).map((one) => one.change)).toEqual(["covered", "mendable"])
    expect(outcome(india, gains)[1]?.mends).toMatchObject([{ do: "mechanism", ready: ["adequacy"] }])
  })
  test("what would mend it is named: a mechanism that is there already, else those that exist", () => {
    const [found] = outcome(ALL, SCENARIOS[0] as Scenario).filter((one) => one.id === sharingId(1))
    expect(found?.causes).toEqual([{ what: "mechanism", country: "JP", regime: "EU" }])
    expect(found?.mends).toMatchObject([
      { do: "mechanism", ready: [], possible: expect.arrayContaining(["scc-2021", "bcr"]) },
    ])
  })
})

const anyRegister = fc
  .array(fc.integer({ min: 0, max: SHAPES.length - 1 }), { minLength: 1, maxLength: 7 })
  .map(register)
const anyDay = fc.integer({ min: -40, max: 420 }).map((n) => addDays(day("2026-01-01"), n))
const anyScenario = fc
  .tuple(fc.constantFrom(...SCENARIOS), anyDay, fc.constantFrom("JP", "US", "CH", "DE", "IN"))
  .map(([scenario, on, country]) => ({ ...scenario, on, ...("country" in scenario ? { country } : {}) }) as Scenario)

describe("whatever is supposed", () => {
  test("is compared by the same coverage on every day: newly uncovered is covered before and not after", () => {
    fc.assert(
      fc.property(anyRegister, anyScenario, (records, scenario) => {
        const before = makeRegister(records, entities)
        const after = makeRegister(layOverRecords(records, scenario, beside), entities)
        const law = layOverRules(RULES, scenario).law
        for (const found of outcome(records, scenario, false)) {
          const id = found.id as Id<"sharing">
          const [was, is] = [factsOfSharing(before, id), factsOfSharing(after, id)]
          if (!was || !is) throw new Error("no facts")
          const [c, d] = [coverageOf(was, RULES.law).covered, coverageOf(is, law).covered]
          let first: Day | null = null
          for (let n = -10; n < 470; n += 1) {
            const on = addDays(day("2026-01-01"), n)
            const lost = on >= scenario.on && covers(c, on) && !covers(d, on)
            if (lost) first ??= on
            expect(found.change === "uncovered" && covers(found.days, on)).toBe(lost)
          }
          if (found.change === "uncovered") expect(found.from).toBe(first)
        }
      }),
      { numRuns: 40 },
    )
  })
  test("leaves the records that it was laid over as they were", () => {
    fc.assert(
      fc.property(anyRegister, anyScenario, (records, scenario) => {
        const before = JSON.stringify(records)
        layOverRecords(records, scenario, beside)
        expect(JSON.stringify(records)).toBe(before)
      }),
      { numRuns: 100 },
    )
  })
  test("losing adequacy and gaining it again the same day changes nothing, where the decision was an open-ended one", () => {
    fc.assert(
      fc.property(anyRegister, anyDay, fc.constantFrom("JP", "US", "CH", "KR"), (records, on, country) => {
        const about = { regime: "EU" as const, country, on }
        const lost = layOverRules(RULES, { kind: "loses-adequacy", ...about })
        const again = layOverRules(lost, { kind: "gains-adequacy", ...about })
        const facts = records.flatMap(
          (one) => factsOfSharing(makeRegister(records, entities), one.id as Id<"sharing">) ?? [],
        )
        for (const one of facts) expect(coverageOf(one, again.law)).toEqual(coverageOf(one, RULES.law))
      }),
      { numRuns: 60 },
    )
  })
  test("about a country says nothing of the others", () => {
    for (const regime of ["EU", "UK", "CH"] as const)
      for (const country of ["DE", "JP", "US"]) {
        const lost = layOverRules(RULES, { kind: "loses-adequacy", regime, country, on: MARCH }).law
        const reached = (law: typeof lost, c: string) =>
          coverageOf(
            factsOfSharing(
              makeRegister(
                register([1]).map((one) =>
                  one.kind === "sharing"
                    ? { ...one, body: { ...one.body, ...to(c, [mechanism("adequacy", { regime })]) } }
                    : one,
                ) as AnyRecord[],
                new Map([
                  [
                    ENTITY,
                    typedEntity({
                      country: regime === "UK" ? "GB" : regime === "CH" ? "CH" : "IE",
                      regimes: [{ regime, firstOn: null, lastOn: null }],
                    }),
                  ],
                ]),
              ),
              sharingId(0),
            ) as never,
            law,
          ).mechanism
        for (const other of ["FR", "NL", "JP", "US", "IL", "NO"])
          if (other !== country)
            expect([regime, country, other, reached(lost, other)]).toEqual([
              regime,
              country,
              other,
              reached(RULES.law, other),
            ])
      }
  })
  test("stands whole in its address", () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const url = new URL(addressOf(scenario) ?? "", "http://here")
        const [, , kind = "", subject = ""] = url.pathname.split("/")
        const read = scenarioShape.parse(
          typedScenario(kind, decodeURIComponent(subject), Object.fromEntries(url.searchParams)),
        )
        expect(read).toEqual(scenario)
      }),
    )
  })
})

test("a result counts people where they are known, and apart where they are not", () => {
  const found = inOrder(outcome(ALL, { kind: "purpose-withdrawn", purpose: "svc.infra", on: MARCH }))
  const { parts, candidates } = summarise(
    found.filter((one) => one.change !== "unchanged"),
    found.length,
  )
  expect(candidates).toBe(7)
  expect(parts.uncovered.tally).toEqual({ sharings: 1, minors: 0, people: 50, unknownPeople: 0, from: MARCH })
  expect(parts.uncovered.purposes.map((one) => one.key)).toEqual(["svc.infra"])
  const all = parts.uncovered.tally.sharings + parts.findings.tally.sharings + parts.unchanged.tally.sharings
  expect(all).toBe(7)
})

test("what two count of different sharings is, added, what one counts of all", () => {
  const scenarios: Scenario[] = [
    { kind: "purpose-withdrawn", purpose: "svc.infra", on: MARCH },
    { kind: "loses-adequacy", regime: "EU", country: "JP", on: MARCH },
  ]
  for (const scenario of scenarios) {
    const found = outcome(ALL, scenario)
    const told = found.map((one, i) => (i % 2 ? { ...one, gone: one.findings } : one))
    for (const list of [found, told])
      for (let cut = 0; cut <= list.length; cut += 1) {
        const [first, rest] = [list.slice(0, cut), list.slice(cut)]
        expect(addSummaries(summarise(first, cut + 3), summarise(rest, rest.length))).toEqual(
          summarise(list, list.length + 3),
        )
      }
  }
})

const destinationsOf = (body: Sharing) => valueOf(body.destinations) ?? []

describe("a draft", () => {
  const drawn = (scenario: Scenario, way: "mend" | "end") =>
    proposalsFor(
      outcome(ALL, scenario).flatMap((one) => {
        const found = ALL.find((other) => other.id === one.id)
        return one.change === "uncovered" && one.from && found?.kind === "sharing"
          ? [{ record: found, causes: one.causes, from: one.from, partyName: one.partyName }]
          : []
      }),
      ALL.find((one) => one.id === partyId(6)) ?? null,
      { scenario, way, due: day("2026-02-01"), beside },
    )
  test("ends adequacy before the day and leaves the mechanism after it open, asked of the party", () => {
    const [change] = drawn(SCENARIOS[0] as Scenario, "mend")
    const lines = change?.kind === "sharing" ? destinationsOf(change.body as Sharing)[0]?.mechanisms : null
    expect(lines).toMatchObject([
      { mechanism: "adequacy", lastOn: "2026-02-28" },
      {
        mechanism: "scc-2021",
        firstOn: "2026-03-01",
        module: { state: "unknown", asked: "Party 1", due: "2026-02-01" },
        agreementId: null,
      },
    ])
  })
  test("for a paper that ends begins a new one over the sharings from the day, its days not known yet", () => {
    const drafts = drawn(SCENARIOS[2] as Scenario, "mend")
    expect(drafts.map((one) => `${one.op} ${one.kind}`)).toEqual([
      "change sharing",
      "create agreement",
      "create agreement",
    ])
    expect(drafts[1]?.body).toMatchObject({
      effectOn: { state: "unknown" },
      covers: [{ sharingId: sharingId(0), firstOn: "2026-03-01" }],
    })
  })
  test("for a party that leaves the group proposes so, and its flows on the ground of a partner", () => {
    const [party, sharing] = drawn(SCENARIOS[9] as Scenario, "mend")
    expect(party?.body).toMatchObject({ groupLinks: [{ lastOn: "2026-02-28" }] })
    expect(sharing?.body).toMatchObject({
      grounds: [
        { ground: "affiliate", lastOn: "2026-02-28" },
        { ground: "partner", firstOn: "2026-03-01" },
      ],
    })
  })
  test("that ends the flows ends them the day before", () => {
    expect(drawn(SCENARIOS[6] as Scenario, "end")).toMatchObject([{ op: "end", body: { endsOn: known("2026-02-28") } }])
  })
})

test("a consent that is closed earlier in the day of its company stays as it was", () => {
  const early = register([5]).map((one) =>
    one.kind === "consent"
      ? { ...one, body: { ...one.body, closedAt: known("2026-02-01T10:00:00.000Z" as Instant) } }
      : one,
  ) as AnyRecord[]
  expect(uncovered(early, SCENARIOS[6] as Scenario)).toEqual([])
})
