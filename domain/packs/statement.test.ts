import { describe, expect, test } from "vitest"
import { BLANK, known, NOT_APPLICABLE, unknown } from "@/domain/core/answer"
import { day, type Day } from "@/domain/core/day"
import { complement, intersect, union } from "@/domain/core/stretch"
import { makeRegister } from "@/domain/checks/register"
import { factsOfAgreement, factsOfSharing } from "@/domain/checks/facts"
import { CHECKS } from "@/domain/checks/registry"
import { findingsOf, rulingsOf } from "@/domain/checks/run"
import type { Check, Facts, Finding } from "@/domain/checks/types"
import type { Agreement } from "@/domain/records/agreement"
import type { Assessment } from "@/domain/records/assessment"
import type { Consent, Entity, Notice } from "@/domain/records/evidence"
import type { AnyRecord, BodyOf, RecordKind } from "@/domain/records/kinds"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import { CATALOGUE } from "@/components/words/catalogue"
import { typedEntity, typedParty } from "@/testing/bodies"
import { LAW } from "@/testing/covered"
import {
  aGround,
  aLine,
  nthId,
  OPEN,
  typedAgreement,
  typedAssessment,
  typedConsent,
  typedNotice,
  typedSharing,
} from "@/testing/flow"
import { PACKS, packsKnownAt } from "./all"

const NOW = "2026-06-01T00:00:00.000Z"
const PACK = packsKnownAt(NOW)
const ENTITY = nthId("entity", 1)
const PARTY = nthId("party", 2)
const SHARING = nthId("sharing", 3)
const AGREEMENT = nthId("agreement", 4)
const CONSENT = nthId("consent", 6)
const NOTICE = nthId("notice", 8)
const between = { entityId: ENTITY, partyId: PARTY }

type Story = {
  sharing?: Partial<Sharing>
  party?: Partial<Party>
  entity?: Partial<Entity>
  agreement?: Partial<Agreement> | null
  assessments?: Partial<Assessment>[]
  consent?: Partial<Consent>
  notice?: Partial<Notice>
  about?: "agreement"
}

/** The facts of a flow that lacks nothing but what the story takes away. */
function factsOf(story: Story): Facts {
  const records: AnyRecord[] = []
  const add = <K extends RecordKind>(kind: K, id: string, body: BodyOf[K]): void => {
    records.push({ id, kind, version: 1, standing: "approved", body } as unknown as AnyRecord)
  }
  add("party", PARTY, typedParty(story.party))
  add("sharing", SHARING, typedSharing(between, story.sharing))
  if (story.agreement !== null) add("agreement", AGREEMENT, typedAgreement(between, [SHARING], story.agreement))
  for (const [i, one] of (story.assessments ?? [{}]).entries())
    add("assessment", nthId("assessment", 20 + i), typedAssessment(PARTY, one))
  if (story.consent) add("consent", CONSENT, typedConsent(ENTITY, story.consent))
  if (story.notice) add("notice", NOTICE, typedNotice(ENTITY, story.notice))
  const register = makeRegister(records, new Map([[ENTITY, typedEntity(story.entity)]]))
  const facts = story.about === "agreement" ? factsOfAgreement(register, AGREEMENT) : factsOfSharing(register, SHARING)
  if (!facts) throw new Error("the story holds no such record")
  return facts
}

const found = (story: Story, clause: string): Finding[] =>
  findingsOf(factsOf(story), PACK).filter((finding) => finding.clause === clause)

/** Days of a finding as `from..to`, the first day after included as `to`. */
const daysOf = (findings: readonly Finding[]): string[] =>
  union([...findings]).map((item) => `${item.from ?? ""}..${item.to ?? ""}`)

// Flows of each way of passing on, each lacking nothing.
const partner = {
  sharing: {
    mode: "share",
    role: known("controller"),
    grounds: [aGround("partner")],
    dataLines: known([aLine("order.items"), aLine("device.id")]),
    purposes: known(["order.deliver"]),
    purposeText: known("Parcels reach the customer who ordered them."),
  },
  party: { kinds: [{ kind: "partner", ...OPEN }], subKind: known("logistics") },
  agreement: { kind: "confidentiality" },
} as const satisfies Story
const affiliate = {
  ...partner,
  sharing: { ...partner.sharing, grounds: [aGround("affiliate")] },
  party: { kinds: [{ kind: "affiliate", ...OPEN }], groupLinks: [{ ...OPEN }] },
} as const satisfies Story
const consent = {
  ...partner,
  sharing: { ...partner.sharing, grounds: [aGround("consent", { consentId: CONSENT })] },
  consent: {},
  agreement: null,
} as const satisfies Story
const statute = {
  ...partner,
  sharing: {
    ...partner.sharing,
    role: known("authority"),
    purposes: known(["law.comply"]),
    grounds: [aGround("statute", { statuteKind: known("authority"), caseNumber: known("12 K 34/26") })],
  },
  party: { kinds: [{ kind: "authority", ...OPEN }] },
  agreement: null,
  assessments: [],
} as const satisfies Story
const merger = {
  ...partner,
  sharing: { ...partner.sharing, mode: "transfer", purposes: known(["corp.deal"]), grounds: [aGround("merger")] },
  party: { kinds: [{ kind: "successor", ...OPEN }] },
  agreement: { kind: "successor" },
  assessments: [],
} as const satisfies Story
const takeover = {
  ...merger,
  sharing: { ...merger.sharing, grounds: [aGround("consent", { consentId: CONSENT })] },
  consent: { about: "transfer", parties: known([PARTY]) },
  agreement: null,
} as const satisfies Story
const published = {
  ...partner,
  sharing: {
    ...partner.sharing,
    mode: "disclose",
    destinations: BLANK,
    grounds: [aGround("consent", { consentId: CONSENT })],
  },
  party: { kinds: [{ kind: "public", ...OPEN }] },
  consent: { about: "publication" },
  agreement: null,
  assessments: [],
} as const satisfies Story
const ordered = {
  ...published,
  sharing: {
    ...published.sharing,
    channel: known("web"),
    grounds: [aGround("statute", { citation: known("Court order 4 of March") })],
  },
} as const satisfies Story
const exception = (n: number, over: Parameters<typeof aGround>[1]): Story => ({
  ...statute,
  sharing: { ...statute.sharing, grounds: [aGround(`exception-${n}` as "exception-1", over)] },
})
const minors = {
  ...partner,
  sharing: {
    ...partner.sharing,
    subjects: known(["child"]),
    minors: known({ way: "guardian-consent", consentId: CONSENT, reason: BLANK }),
  },
  consent: { about: "guardian" },
} as const satisfies Story
const camera = {
  sharing: {
    dataLines: known([aLine("perm.camera")]),
    permission: known({ name: "camera", switchOff: "system settings", consentId: CONSENT, userStarted: true }),
  },
  consent: { about: "permission" },
} as const satisfies Story
const deIdentified = {
  sharing: { dataForm: known("de-identified"), deidentification: known("hashed with a key that only we hold") },
  assessments: [{}, { kind: "reid" }],
} as const satisfies Story
const marketing = {
  ...consent,
  sharing: { ...consent.sharing, purposes: known(["mkt.direct"]), optOutRoute: known("link in each mail") },
} as const satisfies Story

const share = (story: Story, over: Partial<Sharing>): Story => ({ ...story, sharing: { ...story.sharing, ...over } })
const party = (story: Story, over: Partial<Party>): Story => ({ ...story, party: { ...story.party, ...over } })
const paper = (story: Story, over: Partial<Agreement>): Story => ({
  ...story,
  agreement: { ...story.agreement, ...over },
})
const yes = (story: Story, over: Partial<Consent>): Story => ({ ...story, consent: { ...story.consent, ...over } })
const ground = (story: Story, over: Parameters<typeof aGround>[1]): Story =>
  share(story, { grounds: [{ ...(story.sharing?.grounds?.[0] ?? aGround("consent")), ...over }] })
const plain: Story = {}
const ON = (from: string, to: string): string => `${from}..${to}`
const ALL_2026 = [ON("2026-01-01", "2027-01-01")]
const lines = (over: Parameters<typeof aLine>[1]): Sharing["dataLines"] => known([aLine("device.id", over)])
const abroad = (mechanisms: unknown[], over = {}): Partial<Sharing> => ({
  destinations: known([{ country: "US", kind: "storage", mechanisms, ...OPEN, ...over }]) as Sharing["destinations"],
})
const clauses2021 = {
  regime: "EU",
  mechanism: "scc-2021",
  module: known("2"),
  agreementId: AGREEMENT,
  assessmentId: null,
  evidence: BLANK,
  ...OPEN,
}
const exceptionAnswers = {
  citation: known("Act 5"),
  authority: known("Ministry"),
  dpoOpinion: known("agreed"),
  endsOn: known(day("2026-12-31")),
  caseNumber: known("7 Js 1/26"),
  source: known("own site"),
  capturedOn: known(day("2025-12-30")),
  lawfulness: known("public register"),
}

type Row = { clause: string; kept: Story; broken: Story; edge: Story; edgeDays: string[] }

/** For each clause one flow that keeps it, one that breaks it, and one at the edge with the days that are wrong. */
const TABLE: readonly Row[] = [
  {
    clause: "S-I.A-4",
    kept: partner,
    broken: share(partner, { grounds: [aGround("merger")] }),
    edge: share(partner, { grounds: [aGround("partner"), aGround("merger", { firstOn: day("2026-12-31") })] }),
    edgeDays: [ON("2026-12-31", "2027-01-01")],
  },
  {
    clause: "S-I.B-1",
    kept: plain,
    broken: share(plain, { purposes: known(["hr.manage"]) }),
    edge: share(plain, { purposes: unknown("the business") }),
    edgeDays: ALL_2026,
  },
  {
    clause: "S-I.B-5",
    kept: marketing,
    broken: share(marketing, { grounds: [aGround("partner")] }),
    edge: ground(marketing, { lastOn: day("2026-12-30") }),
    edgeDays: [ON("2026-12-31", "2027-01-01")],
  },
  {
    clause: "S-III.A-1",
    kept: plain,
    broken: share(plain, { ownPurpose: known("yes") }),
    edge: share(plain, { role: unknown() }),
    edgeDays: ALL_2026,
  },
  {
    clause: "S-III.A-2",
    kept: plain,
    broken: { agreement: null },
    edge: paper(plain, { endsOn: known(day("2026-12-30")) }),
    edgeDays: [ON("2026-12-31", "2027-01-01")],
  },
  {
    clause: "S-III.A-3",
    kept: plain,
    broken: paper(plain, { checklist: [] }),
    edge: paper(plain, {
      checklist: typedAgreement(between, []).checklist.map((line) =>
        line.item === "STATEMENT" ? { ...line, page: BLANK } : line,
      ),
    }),
    edgeDays: ALL_2026,
  },
  {
    clause: "S-III.B-0",
    kept: partner,
    broken: share(partner, { grounds: [] }),
    edge: ground(partner, { firstOn: day("2026-01-02") }),
    edgeDays: [ON("2026-01-01", "2026-01-02")],
  },
  {
    clause: "S-III.B-1.1",
    kept: consent,
    broken: ground(consent, { consentId: null }),
    edge: yes(consent, { firstOn: known(day("2026-01-02")) }),
    edgeDays: [ON("2026-01-01", "2026-01-02")],
  },
  {
    clause: "S-III.B-1.2",
    kept: consent,
    broken: yes(consent, { parties: known([]) }),
    edge: yes(
      share(consent, { dataLines: known([aLine("order.items"), aLine("device.id", { firstOn: day("2026-12-31") })]) }),
      {
        dataKinds: known(["order.items"]),
      },
    ),
    edgeDays: [ON("2026-12-31", "2027-01-01")],
  },
  {
    clause: "S-III.B-2.1",
    kept: statute,
    broken: ground(statute, { caseNumber: BLANK }),
    edge: party(statute, { kinds: [{ kind: "authority", firstOn: day("2026-01-02"), lastOn: null }] }),
    edgeDays: [ON("2026-01-01", "2026-01-02")],
  },
  {
    clause: "S-III.B-3.1",
    kept: affiliate,
    broken: party(affiliate, { groupLinks: [] }),
    edge: party(affiliate, { groupLinks: [{ firstOn: null, lastOn: day("2026-12-30") }] }),
    edgeDays: [ON("2026-12-31", "2027-01-01")],
  },
  {
    clause: "S-III.B-3.2",
    kept: affiliate,
    broken: share(affiliate, { dataLines: lines({ necessity: BLANK }) }),
    edge: share(affiliate, { dataLines: lines({ necessity: known("   ") }) }),
    edgeDays: ALL_2026,
  },
  {
    clause: "S-III.B-4.0",
    kept: partner,
    broken: party(partner, { subKind: known("advertising") }),
    edge: party(partner, { subKind: unknown("the partner") }),
    edgeDays: ALL_2026,
  },
  {
    clause: "S-III.B-4.0.2",
    kept: partner,
    broken: share(partner, { dataLines: known([aLine("contact.email")]) }),
    edge: {
      ...share(partner, { dataLines: known([aLine("contact.email")]), noticeId: NOTICE }),
      notice: { dataKinds: known(["contact.email"]), effectOn: known(day("2026-01-02")) },
    },
    edgeDays: [ON("2026-01-01", "2026-01-02")],
  },
  {
    clause: "S-III.B-4.3",
    kept: partner,
    broken: share(partner, { purposeText: BLANK }),
    edge: share(partner, { purposeText: known("x".repeat(19)) }),
    edgeDays: ALL_2026,
  },
  {
    clause: "S-III.B-5",
    kept: partner,
    broken: { ...partner, agreement: null },
    edge: paper(partner, {
      signatories: typedAgreement(between, []).signatories.map((one) => ({
        ...one,
        signedOn: known(day("2026-01-05")),
      })),
    }),
    edgeDays: [ON("2026-01-01", "2026-01-05")],
  },
  {
    clause: "S-III.C-0",
    kept: merger,
    broken: share(merger, { grounds: [aGround("partner")] }),
    edge: ground(merger, { firstOn: day("2026-01-02") }),
    edgeDays: [ON("2026-01-01", "2026-01-02")],
  },
  {
    clause: "S-III.C-1",
    kept: takeover,
    broken: yes(takeover, { about: "sharing" }),
    edge: yes(takeover, { parties: known([nthId("party", 99)]) }),
    edgeDays: ALL_2026,
  },
  {
    clause: "S-III.C-2",
    kept: merger,
    broken: { ...merger, agreement: null },
    edge: { ...ground(merger, { reconsentOn: known(day("2026-01-02")) }), agreement: null },
    edgeDays: ALL_2026,
  },
  {
    clause: "S-III.D-1",
    kept: published,
    broken: share(published, { grounds: [] }),
    edge: yes(published, { medium: BLANK }),
    edgeDays: ALL_2026,
  },
  {
    clause: "S-III.D-2",
    kept: ordered,
    broken: ground(ordered, { citation: BLANK }),
    edge: share(ordered, { endsOn: BLANK }),
    edgeDays: [ON("2026-01-01", "")],
  },
  ...[
    { n: 1, edge: "dpoOpinion" },
    { n: 2, edge: "endsOn" },
    { n: 3, edge: "authority" },
    { n: 5, edge: "capturedOn" },
    { n: 6, edge: "lawfulness" },
  ].map(({ n, edge }) => ({
    clause: `S-III.E-${n}`,
    kept: exception(n, exceptionAnswers),
    broken: exception(n, {}),
    edge: exception(n, { ...exceptionAnswers, [edge]: unknown("the authority") }),
    edgeDays: ALL_2026,
  })),
  {
    clause: "S-III.E-4",
    kept: {
      ...exception(4, {
        whoseInterest: known("the user"),
        whyNoConsent: known("unconscious"),
        lastOn: day("2026-01-30"),
      }),
    },
    broken: exception(4, {}),
    edge: exception(4, {
      whoseInterest: known("the user"),
      whyNoConsent: known("unconscious"),
      reviewedOn: known(day("2026-01-30")),
      lastOn: day("2026-03-01"),
    }),
    edgeDays: [ON("2026-03-01", "2026-03-02")],
  },
  {
    clause: "S-III.E-7",
    kept: deIdentified,
    broken: { ...deIdentified, assessments: [{}] },
    edge: { ...deIdentified, assessments: [{}, { kind: "reid", validUntil: known(day("2026-12-30")) }] },
    edgeDays: [ON("2026-12-31", "2027-01-01")],
  },
  {
    clause: "S-IV-1.1",
    kept: plain,
    broken: share(plain, { dataLines: known([]) }),
    edge: share(plain, { dataLines: lines({ reviewedOn: known(day("2024-12-31")) }) }),
    edgeDays: [ON("2026-12-31", "2027-01-01")],
  },
  {
    clause: "S-IV-1.2",
    kept: share(plain, { deletionProof: known({ provenOn: day("2027-01-31"), fileId: null, text: "letter" }) }),
    broken: share(plain, { retention: BLANK }),
    edge: share(plain, { deletionProof: known({ provenOn: day("2027-02-01"), fileId: null, text: "letter" }) }),
    edgeDays: [ON("2027-01-31", "2027-02-01")],
  },
  {
    clause: "S-IV-4.1",
    kept: plain,
    broken: { assessments: [{ outcome: known("failed") }] },
    edge: { assessments: [{ validUntil: known(day("2026-12-30")) }] },
    edgeDays: [ON("2026-12-31", "2027-01-01")],
  },
  {
    clause: "S-IV-4.2",
    kept: { about: "agreement" },
    broken: paper({ about: "agreement" }, { checklist: [] }),
    edge: paper(
      { about: "agreement" },
      {
        checklist: typedAgreement(between, []).checklist.map((line, i) => (i ? line : { ...line, verdict: "partly" })),
      },
    ),
    edgeDays: ["2018-01-01.."],
  },
  {
    clause: "S-V.B-1",
    kept: consent,
    broken: yes(consent, { closedAt: known("2026-05-10T10:00:00.000Z") }),
    // 22:30 UTC on the tenth is half past midnight on the eleventh in Berlin.
    edge: yes(consent, { closedAt: known("2026-05-10T22:30:00.000Z"), recipientsTold: known("acknowledged") }),
    edgeDays: [ON("2026-05-11", "2027-01-01")],
  },
  {
    clause: "S-VI-2",
    kept: minors,
    broken: share(minors, { minors: BLANK }),
    edge: yes(minors, { firstOn: known(day("2026-01-02")) }),
    edgeDays: [ON("2026-01-01", "2026-01-02")],
  },
  {
    clause: "S-VIII-1",
    kept: plain,
    broken: share(plain, { destinations: known([]) }),
    edge: share(plain, {
      destinations: known([
        { country: "IE", kind: "storage", mechanisms: [], firstOn: day("2026-01-02"), lastOn: null },
      ]),
    }),
    edgeDays: [ON("2026-01-01", "2026-01-02")],
  },
  {
    clause: "S-VIII-2",
    kept: share(plain, abroad([clauses2021])),
    broken: share(plain, abroad([])),
    edge: share(plain, abroad([{ ...clauses2021, lastOn: day("2026-12-30") }])),
    edgeDays: [ON("2026-12-31", "2027-01-01")],
  },
  {
    clause: "S-IX-0",
    kept: camera,
    broken: share(camera, { permission: BLANK }),
    edge: yes(camera, { closedAt: known("2026-12-31T10:00:00.000Z"), recipientsTold: known("acknowledged") }),
    edgeDays: [ON("2026-12-31", "2027-01-01")],
  },
]

describe.each(TABLE.map((row) => [row.clause, row] as const))("%s", (clause, row) => {
  test("is kept by a flow that lacks nothing", () => {
    const rulings = rulingsOf(factsOf(row.kept), PACK).find((ruled) => ruled.clause.id === clause)?.rulings ?? []
    expect(rulings.some((ruling) => ruling.verdict === "kept")).toBe(true)
    expect(found(row.kept, clause)).toEqual([])
  })
  test("is broken, blocking, and says what to do", () => {
    const findings = found(row.broken, clause)
    expect(findings.length).toBeGreaterThan(0)
    for (const finding of findings) {
      expect(finding.severity).toBe("blocking")
      expect(finding.remedy).not.toBe("")
      expect(CATALOGUE[finding.says], finding.says).toBeDefined()
    }
  })
  test("at the edge, is wrong on exactly these days", () => {
    expect(daysOf(found(row.edge, clause))).toEqual(row.edgeDays)
  })
  test("would be missed if its check were turned round", () => {
    const name = PACK.flatMap((pack) => pack.clauses).find((one) => one.id === clause)?.check ?? ""
    const check = CHECKS[name] as Check
    const turned: Check = (facts, params) =>
      check(facts, params, LAW).map((ruling) => ({
        ...ruling,
        verdict: ruling.verdict === "kept" ? "broken" : ruling.verdict === "broken" ? "kept" : ruling.verdict,
      }))
    const params = PACK.flatMap((pack) => pack.clauses).find((one) => one.id === clause)?.params ?? {}
    const brokenDays = (of: Story): number =>
      turned(factsOf(of), params, LAW).filter((ruling) => ruling.verdict === "broken").length
    expect(brokenDays(row.kept)).toBeGreaterThan(0)
  })
})

describe("the pack", () => {
  test("every blocking clause that bites on approval is in the table", () => {
    const blocking = PACK.flatMap((pack) => pack.clauses).filter(
      (one) => one.severity === "blocking" && one.bitesOn === "approval",
    )
    expect(blocking.map((one) => one.id).sort()).toEqual(TABLE.map((row) => row.clause).sort())
  })
  test("only clauses about what is no record yet lack a check", () => {
    for (const one of PACK.flatMap((pack) => pack.clauses)) {
      if (one.check === null) expect(one.bitesOn).not.toBe("approval")
      else expect(CHECKS[one.check], one.check).toBeDefined()
    }
  })
  test.each([
    ["entrusted", plain],
    ["partner", partner],
    ["affiliate", affiliate],
    ["consent", consent],
    ["statute", statute],
    ["merger", merger],
    ["takeover", takeover],
    ["published", published],
    ["ordered", ordered],
    ["minors", minors],
    ["camera", camera],
    ["de-identified", deIdentified],
    ["marketing", marketing],
  ] as [string, Story][])("a %s flow that lacks nothing has no finding while it runs", (_name, story) => {
    const running = findingsOf(factsOf(story), PACK).filter(
      (finding) => intersect([finding], [{ from: day("2026-01-01"), to: day("2027-01-01") }]).length,
    )
    expect(running.map((finding) => `${finding.clause} ${finding.says}`)).toEqual([])
  })
  test("the rulings of a clause are all days, and no day is both kept and broken", () => {
    for (const row of TABLE)
      for (const story of [row.kept, row.broken, row.edge])
        for (const { clause, rulings } of rulingsOf(factsOf(story), PACK)) {
          expect(complement(union(rulings)), clause.id).toEqual([])
          const of = (verdict: string) => rulings.filter((ruling) => ruling.verdict === verdict)
          expect(intersect(of("kept"), [...of("broken"), ...of("unknown")]), clause.id).toEqual([])
        }
  })
  test("not known yet blocks under a blocking clause, and is counted apart", () => {
    const [finding] = found(share(plain, { destinations: unknown("the party", "2026-07-01" as Day) }), "S-VIII-1")
    expect(finding).toMatchObject({ verdict: "unknown", severity: "blocking" })
  })
  test("before its publication a pack is not known", () => {
    expect(packsKnownAt("2023-12-31T23:59:59.999Z")).toEqual([])
    expect(PACKS.length).toBeGreaterThan(0)
  })
  test("what is only stated covers nothing, and is not held against a checklist", () => {
    const stated = paper(plain, { knownHow: "stated", checklist: [] })
    expect(found(stated, "S-III.A-2").map((finding) => finding.says)).toEqual(["finding.S-III.A-2.stated"])
    expect(found({ ...stated, about: "agreement" }, "S-IV-4.2")).toEqual([])
  })
  test("does not apply is no answer where the statement asks for one", () => {
    expect(found(share(plain, { retention: NOT_APPLICABLE }), "S-IV-1.2").length).toBeGreaterThan(0)
  })
})
