import { describe, expect, test } from "vitest"
import { BLANK, known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import { complement, intersect, union } from "@/domain/core/stretch"
import { makeRegister } from "@/domain/checks/register"
import { factsOfAgreement, factsOfSharing } from "@/domain/checks/facts"
import { CHECKS, WIDE_CHECKS } from "@/domain/checks/registry"
import { findingsOf, rulingsOf } from "@/domain/checks/run"
import type { ConditionFact, Check, Facts, Finding } from "@/domain/checks/types"
import type { Agreement } from "@/domain/records/agreement"
import type { Assessment } from "@/domain/records/assessment"
import {
  NOTICE_ITEMS,
  type Chain,
  type Consent,
  type Demand,
  type Entity,
  type Notice,
} from "@/domain/records/evidence"
import type { FileWord } from "@/domain/signatures/bears"
import type { AnyRecord, BodyOf, RecordKind } from "@/domain/records/kinds"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import { CATALOGUE } from "@/components/words/catalogue"
import { packsKnownAt } from "@/domain/packs/all"
import { blankOf, FIELDS } from "@/domain/records/fields"
import { PARTY_KINDS } from "@/domain/vocabulary/parties"
import { typedEntity, typedParty } from "./bodies"
import { LAW } from "./covered"
import {
  aGround,
  aLine,
  nthId,
  OPEN,
  typedAgreement,
  typedAssessment,
  typedConsent,
  typedDemand,
  typedNotice,
  typedSharing,
} from "./in-2026"

export const NOW = "2026-06-01T00:00:00.000Z"
export const PACK = packsKnownAt(NOW)
export const ENTITY = nthId("entity", 1)
export const PARTY = nthId("party", 2)
export const SHARING = nthId("sharing", 3)
export const AGREEMENT = nthId("agreement", 4)
export const CONSENT = nthId("consent", 6)
export const NOTICE = nthId("notice", 8)
export const PARENT = nthId("sharing", 9)
export const DEMAND = nthId("demand", 10)
export const between = { entityId: ENTITY, partyId: PARTY }

export type Story = {
  sharing?: Partial<Sharing>
  party?: Partial<Party>
  entity?: Partial<Entity>
  agreement?: Partial<Agreement> | null
  assessments?: Partial<Assessment>[]
  consent?: Partial<Consent>
  notice?: Partial<Notice>
  demand?: Partial<Demand>
  /** An appraisal of 2026; null: none. */
  appraisal?: Partial<Assessment> | null
  chains?: Partial<Chain>[]
  standing?: "approved" | "discovered"
  parent?: Partial<Sharing>
  about?: "agreement"
  conditions?: readonly ConditionFact[]
  /** What is known of the signatures in the paper's files; left out: nobody asks. */
  signatures?: readonly FileWord[]
}

/** A notice that tells of every kind of recipient and of the countries of these stories. */
const TELLS_ALL: Partial<Notice> = {
  recipientKinds: known(PARTY_KINDS.map((kind) => kind.code)),
  countries: known(["US", "GB", "CH", "JP", "IN", "DE", "HK", "IE"]),
  items: known([...NOTICE_ITEMS]),
}

/** A link of the chain behind the party, announced and accepted before it began. */
export function aChain(over: Partial<Chain> = {}): Chain {
  return {
    ...(blankOf(FIELDS.chain) as Chain),
    sharingId: SHARING,
    partyId: PARTY,
    engagedBy: PARTY,
    title: "Hosting of the host",
    announcedOn: known(day("2025-11-01")),
    objectUntil: known(day("2025-12-01")),
    answer: known("accepted"),
    firstOn: known(day("2026-01-01")),
    ...over,
  }
}

/** The facts of a flow that lacks nothing but what the story takes away. */
export function factsOf(story: Story): Facts {
  const records: AnyRecord[] = []
  const add = <K extends RecordKind>(kind: K, id: string, body: BodyOf[K]): void => {
    const standing = kind === "sharing" ? (story.standing ?? "approved") : "approved"
    records.push({ id, kind, version: 1, standing, body } as unknown as AnyRecord)
  }
  if (story.appraisal !== null)
    add("assessment", nthId("assessment", 19), typedAssessment(PARTY, { kind: "appraisal", ...story.appraisal }))
  add("party", PARTY, typedParty(story.party))
  add("sharing", SHARING, typedSharing(between, { noticeId: NOTICE, ...story.sharing }))
  if (story.parent) add("sharing", PARENT, typedSharing(between, story.parent))
  for (const [i, over] of (story.chains ?? []).entries()) add("chain", nthId("chain", 30 + i), aChain(over))
  if (story.agreement !== null) add("agreement", AGREEMENT, typedAgreement(between, [SHARING], story.agreement))
  for (const [i, one] of (story.assessments ?? [{}]).entries())
    add("assessment", nthId("assessment", 20 + i), typedAssessment(PARTY, one))
  if (story.consent) add("consent", CONSENT, typedConsent(ENTITY, story.consent))
  add("notice", NOTICE, typedNotice(ENTITY, { ...TELLS_ALL, ...story.notice }))
  if (story.demand) add("demand", DEMAND, typedDemand(between, story.demand))
  if (story.signatures)
    for (const one of records)
      if (one.kind === "agreement")
        one.signatures = story.signatures.map((word, i) => ({ fileId: nthId("file", 80 + i), word }))
  const register = makeRegister(records, new Map([[ENTITY, typedEntity(story.entity)]]))
  const facts = story.about === "agreement" ? factsOfAgreement(register, AGREEMENT) : factsOfSharing(register, SHARING)
  if (!facts) throw new Error("the story holds no such record")
  return story.conditions ? { ...facts, conditions: story.conditions } : facts
}

export const found = (story: Story, clause: string): Finding[] =>
  findingsOf(factsOf(story), PACK).filter((finding) => finding.clause === clause)

/** Days of a finding as `from..to`, the first day after included as `to`. */
export const daysOf = (findings: readonly Finding[]): string[] =>
  union([...findings]).map((item) => `${item.from ?? ""}..${item.to ?? ""}`)

// Flows of each way of passing on, each lacking nothing.
export const partner = {
  sharing: {
    mode: "share",
    role: known("controller"),
    grounds: [aGround("partner")],
    dataLines: known([aLine("order.items"), aLine("order.number")]),
    purposes: known(["order.deliver"]),
    purposeText: known("Parcels reach the customer who ordered them."),
  },
  party: { kinds: [{ kind: "partner", ...OPEN }], subKind: known("logistics") },
  agreement: { kind: "confidentiality" },
} as const satisfies Story
export const affiliate = {
  ...partner,
  sharing: { ...partner.sharing, grounds: [aGround("affiliate")] },
  party: { kinds: [{ kind: "affiliate", ...OPEN }], groupLinks: [{ ...OPEN }] },
} as const satisfies Story
export const consent = {
  ...partner,
  sharing: { ...partner.sharing, grounds: [aGround("consent", { consentId: CONSENT })] },
  consent: { parties: known([PARTY]) },
  agreement: null,
} as const satisfies Story
export const statute = {
  ...partner,
  sharing: {
    ...partner.sharing,
    role: known("authority"),
    purposes: known(["law.comply"]),
    grounds: [
      aGround("statute", { statuteKind: known("authority"), caseNumber: known("12 K 34/26"), demandId: DEMAND }),
    ],
  },
  party: { kinds: [{ kind: "authority", ...OPEN }] },
  demand: {
    servedOn: known(day("2025-12-01")),
    answerOn: known(day("2026-01-15")),
    dataKinds: known(["order.items", "order.number"]),
  },
  agreement: null,
  assessments: [],
} as const satisfies Story
export const merger = {
  ...partner,
  sharing: {
    ...partner.sharing,
    mode: "transfer",
    purposes: known(["corp.deal"]),
    grounds: [aGround("merger")],
    saleNoticeOn: known(day("2025-11-01")),
    objectionWeeks: known(6),
  },
  party: { kinds: [{ kind: "successor", ...OPEN }] },
  agreement: { kind: "successor" },
  assessments: [],
} as const satisfies Story
export const takeover = {
  ...merger,
  sharing: { ...merger.sharing, grounds: [aGround("consent", { consentId: CONSENT })] },
  consent: { about: "transfer", parties: known([PARTY]) },
  agreement: null,
} as const satisfies Story
export const published = {
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
export const ordered = {
  ...published,
  sharing: {
    ...published.sharing,
    channel: known("web"),
    grounds: [aGround("statute", { citation: known("Court order 4 of March") })],
  },
} as const satisfies Story
export const exception = (n: number, over: Parameters<typeof aGround>[1]): Story => ({
  ...statute,
  sharing: { ...statute.sharing, grounds: [aGround(`exception-${n}` as "exception-1", over)] },
})
export const minors = {
  ...partner,
  sharing: {
    ...partner.sharing,
    subjects: known(["child"]),
    minors: known({ way: "guardian-consent", consentId: CONSENT, reason: BLANK }),
  },
  consent: { about: "guardian" },
} as const satisfies Story
export const camera = {
  sharing: {
    dataLines: known([aLine("perm.camera")]),
    permission: known({ name: "camera", switchOff: "system settings", consentId: CONSENT, userStarted: true }),
  },
  consent: { about: "permission" },
} as const satisfies Story
export const deIdentified = {
  sharing: { dataForm: known("de-identified"), deidentification: known("hashed with a key that only we hold") },
  assessments: [{}, { kind: "reid" }],
} as const satisfies Story
export const marketing = {
  ...consent,
  sharing: { ...consent.sharing, purposes: known(["mkt.direct"]), optOutRoute: known("link in each mail") },
} as const satisfies Story

export const share = (story: Story, over: Partial<Sharing>): Story => ({
  ...story,
  sharing: { ...story.sharing, ...over },
})
export const party = (story: Story, over: Partial<Party>): Story => ({ ...story, party: { ...story.party, ...over } })
export const paper = (story: Story, over: Partial<Agreement>): Story => ({
  ...story,
  agreement: { ...story.agreement, ...over },
})
export const yes = (story: Story, over: Partial<Consent>): Story => ({
  ...story,
  consent: { ...story.consent, ...over },
})
export const ground = (story: Story, over: Parameters<typeof aGround>[1]): Story =>
  share(story, { grounds: [{ ...(story.sharing?.grounds?.[0] ?? aGround("consent")), ...over }] })
export const plain: Story = {}
export const ON = (from: string, to: string): string => `${from}..${to}`
export const ALL_2026 = [ON("2026-01-01", "2027-01-01")]
export const lines = (over: Parameters<typeof aLine>[1]): Sharing["dataLines"] => known([aLine("device.id", over)])
export const abroad = (mechanisms: unknown[], over = {}): Partial<Sharing> => ({
  destinations: known([{ country: "US", kind: "storage", mechanisms, ...OPEN, ...over }]) as Sharing["destinations"],
})
export const clauses2021 = {
  regime: "EU",
  mechanism: "scc-2021",
  module: known("2"),
  agreementId: AGREEMENT,
  assessmentId: null,
  evidence: BLANK,
  ...OPEN,
}
export const exceptionAnswers = {
  citation: known("Act 5"),
  authority: known("Ministry"),
  dpoOpinion: known("agreed"),
  endsOn: known(day("2026-12-31")),
  caseNumber: known("7 Js 1/26"),
  source: known("own site"),
  capturedOn: known(day("2025-12-30")),
  lawfulness: known("public register"),
}

export type Row = { clause: string; kept: Story; broken: Story; edge: Story; edgeDays: string[] }

const clauseOf = (id: string) => PACK.flatMap((pack) => pack.clauses).find((one) => one.id === id)

/**
 * The tests of a table: each clause is kept by one flow, broken by another, at the edge wrong on exactly the days said,
 * and would be missed if its check were turned round.
 */
export function testClauses(table: readonly Row[]): void {
  describe.each(table.map((row) => [row.clause, row] as const))("%s", (clause, row) => {
    test("is kept by a flow that lacks nothing", () => {
      const rulings = rulingsOf(factsOf(row.kept), PACK).find((ruled) => ruled.clause.id === clause)?.rulings ?? []
      expect(rulings.some((ruling) => ruling.verdict === "kept")).toBe(true)
      expect(found(row.kept, clause)).toEqual([])
    })
    test("is broken with its own severity, and says what to do", () => {
      const findings = found(row.broken, clause)
      expect(findings.length).toBeGreaterThan(0)
      for (const finding of findings) {
        expect(finding.severity).toBe(clauseOf(clause)?.severity)
        expect(finding.remedy).not.toBe("")
        const sentence = CATALOGUE[finding.says]
        expect(sentence, finding.says).toBeDefined()
        for (const [, place] of (sentence ?? "").matchAll(/\{(\w+)\}/g))
          expect(finding.params, finding.says).toHaveProperty(place ?? "")
      }
    })
    test("at the edge, is wrong on exactly these days", () => {
      expect(daysOf(found(row.edge, clause))).toEqual(row.edgeDays)
    })
    test("would be missed if its check were turned round", () => {
      const check = CHECKS[clauseOf(clause)?.check ?? ""] as Check
      const turned: Check = (facts, params, law) =>
        check(facts, params, law).map((ruling) => ({
          ...ruling,
          verdict: ruling.verdict === "kept" ? "broken" : ruling.verdict === "broken" ? "kept" : ruling.verdict,
        }))
      const brokenDays = turned(factsOf(row.kept), clauseOf(clause)?.params ?? {}, LAW).filter(
        (ruling) => ruling.verdict === "broken",
      ).length
      expect(brokenDays).toBeGreaterThan(0)
    })
    test("rules over all days, and none is both kept and wrong", () => {
      for (const story of [row.kept, row.broken, row.edge])
        for (const { clause: one, rulings } of rulingsOf(factsOf(story), PACK).filter(
          (it) => it.clause.id === clause,
        )) {
          expect(complement(union(rulings)), one.id).toEqual([])
          const of = (verdict: string) => rulings.filter((ruling) => ruling.verdict === verdict)
          expect(intersect(of("kept"), [...of("broken"), ...of("unknown")]), one.id).toEqual([])
        }
    })
  })
  const packs = [...new Set(table.map((row) => PACK.find((pack) => pack.clauses.some((one) => one.id === row.clause))))]
  test.each(packs.map((pack) => [pack?.pack, pack] as const))(
    "every clause of %s with a check is in the table",
    (_name, pack) => {
      const checked = (pack?.clauses ?? []).filter((one) => one.check !== null && !(one.check in WIDE_CHECKS))
      expect(checked.map((one) => one.id).sort()).toEqual(
        table
          .map((row) => row.clause)
          .filter((id) => pack?.clauses.some((one) => one.id === id))
          .sort(),
      )
    },
  )
}
