import { describe, expect, test } from "vitest"
import { BLANK, known, NOT_APPLICABLE, unknown } from "@/domain/core/answer"
import { day, type Day } from "@/domain/core/day"
import { complement, intersect, union } from "@/domain/core/stretch"
import { CHECKS, WIDE_CHECKS } from "@/domain/checks/registry"
import { findingsOf, rulingsOf } from "@/domain/checks/run"
import { aGround, aLine, nthId, typedAgreement } from "@/testing/in-2026"
import {
  PACK,
  CONSENT,
  NOTICE,
  PARTY,
  between,
  factsOf,
  found,
  partner,
  affiliate,
  consent,
  statute,
  merger,
  takeover,
  published,
  ordered,
  exception,
  minors,
  camera,
  deIdentified,
  marketing,
  share,
  party,
  paper,
  yes,
  ground,
  plain,
  ON,
  ALL_2026,
  lines,
  abroad,
  clauses2021,
  exceptionAnswers,
  testClauses,
  type Row,
  type Story,
} from "@/testing/clause-stories"
import { PACKS, packsKnownAt } from "./all"

const demanded: Story = {
  ...share(statute, { dataLines: known([aLine("order.items")]) }),
  demand: {
    servedOn: known(day("2025-12-01")),
    answerOn: known(day("2026-01-15")),
    dataKinds: known(["order.items"]),
  },
}
const appList = share(plain, { dataLines: known([aLine("device.apps")]) })

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
    // Neither without pointers, nor with pointers into a file that is not the paper's any more.
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
  {
    clause: "S-III.B-0.2",
    kept: partner,
    broken: share(partner, { role: known("processor") }),
    edge: share(partner, { role: unknown("the partner") }),
    edgeDays: ALL_2026,
  },
  {
    clause: "S-IV-2",
    kept: plain,
    broken: share(plain, { measures: known(["transit.encryption"]) }),
    edge: share(plain, { measures: unknown("the party") }),
    edgeDays: ALL_2026,
  },
  {
    clause: "S-IV-3",
    kept: plain,
    broken: share(plain, { measures: known([]) }),
    edge: share(plain, { measures: BLANK }),
    edgeDays: ALL_2026,
  },
  {
    clause: "S-IV-4.3",
    kept: { party: { risk: known("medium") }, assessments: [{ kind: "audit" }] },
    broken: { party: { risk: known("high") } },
    edge: {
      party: { risk: known("medium") },
      assessments: [{ kind: "audit", doneOn: known(day("2024-12-31")) }],
    },
    edgeDays: [ON("2026-12-31", "2027-01-01")],
  },
  {
    clause: "S-0-1",
    kept: share(plain, { purposes: known(["hr.manage"]) }),
    broken: share(plain, { purposes: known(["hr.manage"]), noticeId: null }),
    edge: {
      ...share(partner, { dataLines: known([aLine("contact.email", { firstOn: day("2026-12-30") })]) }),
      notice: { endsOn: known(day("2026-12-30")) },
    },
    edgeDays: [ON("2026-12-31", "2027-01-01")],
  },
  {
    clause: "S-I.A-2.4",
    kept: share(plain, { dataLines: known([aLine("content.stored")]), measures: known(["no-content-access"]) }),
    broken: share(plain, { dataLines: known([aLine("content.stored")]) }),
    edge: share(plain, {
      dataLines: known([aLine("device.id"), aLine("content.stored", { firstOn: day("2026-12-31") })]),
    }),
    edgeDays: [ON("2026-12-31", "2027-01-01")],
  },
  {
    clause: "S-I.A-5",
    kept: share(plain, {
      dataForm: known("aggregate"),
      deidentification: known("groups of at least fifty"),
      dataLines: known([aLine("log.usage")]),
    }),
    broken: share(plain, { dataForm: known("aggregate") }),
    edge: share(plain, {
      dataForm: known("aggregate"),
      deidentification: known("groups of at least fifty"),
      dataLines: known([aLine("log.usage"), aLine("online.ip", { firstOn: day("2026-12-31") })]),
    }),
    edgeDays: [ON("2026-12-31", "2027-01-01")],
  },
  {
    clause: "S-II-1",
    kept: share(plain, { dataLines: known([aLine("online.ip")]) }),
    broken: share(plain, { dataLines: known([aLine("online.ip")]), dataForm: known("aggregate") }),
    edge: share(plain, { dataLines: known([aLine("online.ip", { lastOn: day("2026-01-01") })]), dataForm: BLANK }),
    edgeDays: [ON("2026-01-01", "2026-01-02")],
  },
  {
    clause: "S-II.D-1",
    kept: share(plain, { channel: known("web"), signalTestedOn: known(day("2025-12-01")) }),
    broken: share(plain, { channel: known("web") }),
    edge: share(plain, { channel: known("web"), signalTestedOn: unknown("the web team") }),
    edgeDays: ALL_2026,
  },
  {
    clause: "S-III.B-1.3",
    kept: yes(consent, { parties: known([PARTY]) }),
    broken: ground(yes(consent, { parties: NOT_APPLICABLE }), { source: BLANK }),
    edge: ground(yes(consent, { parties: NOT_APPLICABLE }), { source: unknown("the app team") }),
    edgeDays: ALL_2026,
  },
  {
    clause: "S-III.B-2.2",
    kept: demanded,
    broken: ground(demanded, { demandId: null }),
    edge: share(demanded, {
      dataLines: known([aLine("order.items"), aLine("device.id", { firstOn: day("2026-12-31") })]),
    }),
    edgeDays: [ON("2026-12-31", "2027-01-01")],
  },
  {
    clause: "S-III.B-4.1",
    kept: party(share(partner, { dataLines: known([aLine("order.items")]) }), { subKind: known("seller") }),
    broken: party(share(partner, { purposes: known(["ana.usage"]) }), { subKind: known("developer") }),
    edge: party(
      share(partner, { dataLines: known([aLine("order.items"), aLine("device.id", { firstOn: day("2026-12-31") })]) }),
      { subKind: known("seller") },
    ),
    edgeDays: [ON("2026-12-31", "2027-01-01")],
  },
  {
    clause: "S-III.B-4.2",
    kept: share(partner, { dataLines: known([aLine("order.items")]) }),
    broken: share(partner, { dataLines: known([aLine("device.id")]) }),
    edge: party(
      share(partner, {
        dataLines: known([aLine("order.amount"), aLine("order.items", { firstOn: day("2026-12-31") })]),
      }),
      { subKind: known("payment") },
    ),
    edgeDays: [ON("2026-12-31", "2027-01-01")],
  },
  {
    clause: "S-IV-4.4",
    kept: plain,
    broken: { appraisal: null },
    edge: { appraisal: { validUntil: known(day("2026-12-30")) } },
    edgeDays: [ON("2026-12-31", "2027-01-01")],
  },
  {
    clause: "S-IV-5",
    kept: share(plain, { channel: known("access"), measures: known(["staff.training"]) }),
    broken: share(plain, { channel: known("access") }),
    edge: share(plain, {
      destinations: known([
        { country: "IE", kind: "access", mechanisms: [], firstOn: day("2026-12-31"), lastOn: null },
      ]),
    }),
    edgeDays: [ON("2026-12-31", "2027-01-01")],
  },
  {
    clause: "S-VI-1",
    kept: share(partner, { subjects: known(["child"]) }),
    broken: share(partner, { subjects: known(["child", "user"]) }),
    edge: share(partner, { subjects: known(["user", "child"]), endsOn: known(day("2026-01-01")) }),
    edgeDays: [ON("2026-01-01", "2026-01-02")],
  },
  {
    clause: "S-VI-3",
    kept: minors,
    broken: yes(minors, { closedAt: known("2026-05-10T10:00:00.000Z") }),
    // Half past midnight of the eleventh in Berlin.
    edge: yes(minors, { closedAt: known("2026-05-10T22:30:00.000Z"), recipientsTold: known("told") }),
    edgeDays: ["2026-05-11.."],
  },
  {
    clause: "S-VII-1",
    kept: party(share(plain, { dataLines: known([]) }), {
      kinds: [{ kind: "linked-only", firstOn: null, lastOn: null }],
    }),
    broken: party(plain, { kinds: [{ kind: "linked-only", firstOn: null, lastOn: null }] }),
    edge: party(plain, { kinds: [{ kind: "linked-only", firstOn: day("2026-12-31"), lastOn: null }] }),
    edgeDays: [ON("2026-12-31", "2027-01-01")],
  },
  {
    clause: "S-IX-3",
    kept: { ...appList, notice: { dataKinds: known(["device.apps"]) } },
    broken: appList,
    edge: { ...appList, notice: { dataKinds: known(["device.apps"]), effectOn: known(day("2026-01-02")) } },
    edgeDays: [ON("2026-01-01", "2026-01-02")],
  },
  {
    clause: "S-IX-5",
    kept: share(camera, { dataLines: known([aLine("perm.microphone")]) }),
    broken: share(plain, { dataLines: known([aLine("content.voice")]) }),
    edge: share(camera, {
      dataLines: known([aLine("perm.microphone", { lastOn: day("2026-01-01") })]),
      permission: known({ name: "microphone", switchOff: "settings", consentId: CONSENT, userStarted: false }),
    }),
    edgeDays: [ON("2026-01-01", "2026-01-02")],
  },
]

testClauses(TABLE)

describe("the pack", () => {
  test("only clauses about what is no record yet lack a check", () => {
    for (const one of PACK.flatMap((pack) => pack.clauses)) {
      if (one.check === null) expect(one.bitesOn).not.toBe("approval")
      else expect(CHECKS[one.check] ?? WIDE_CHECKS[one.check], one.check).toBeDefined()
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
  test("a ground that ends by itself leaves the flow without one from the next day on, as coverage says", () => {
    const ends = ground(partner, { endsOn: known(day("2026-06-30")) })
    expect(found(ends, "S-III.B-0")).toMatchObject([{ from: "2026-07-01", to: "2027-01-01" }])
    const published = ground(ordered, { endsOn: known(day("2026-06-30")) })
    expect(found(published, "S-III.D-2")).toMatchObject([{ from: "2026-07-01", to: "2027-01-01" }])
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
  test("what was made public and is over owes its taking down from the day after its last", () => {
    const over = { retention: NOT_APPLICABLE, endsOn: known(day("2026-06-30")), deletionProof: BLANK } as const
    expect(found(share(ordered, over), "S-IV-1.2")).toMatchObject([{ from: "2026-07-01", path: "deletionProof" }])
    const gone = known({ provenOn: day("2026-06-30"), fileId: null, text: "Taken down." })
    expect(found(share(ordered, { ...over, deletionProof: gone }), "S-IV-1.2")).toEqual([])
  })
  test("does not apply is no answer where the statement asks for one", () => {
    expect(found(share(plain, { retention: NOT_APPLICABLE }), "S-IV-1.2").length).toBeGreaterThan(0)
  })
})
