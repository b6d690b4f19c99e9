import { BLANK, known, unknown } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Assessment } from "@/domain/records/assessment"
import type { Entity } from "@/domain/records/evidence"
import type { FileWord } from "@/domain/signatures/bears"
import type { MechanismLine, Sharing } from "@/domain/records/sharing"
import {
  abroad,
  affiliate,
  ALL_2026,
  between,
  clauses2021,
  CONSENT,
  exception,
  merger,
  ON,
  paper,
  partner,
  party,
  plain,
  published,
  share,
  SHARING,
  testClauses,
  yes,
  type Row,
  type Story,
} from "@/testing/clause-stories"
import { aBasis, aLine, nthId, OPEN, typedAgreement } from "@/testing/in-2026"

type Regime = Entity["regimes"][number]["regime"]
const END_OF_YEAR = [ON("2026-12-31", "2027-01-01")]
const FIRST_DAY = [ON("2026-01-01", "2026-01-02")]
const under = (regime: Regime, country: string, story: Story = plain): Story => ({
  ...story,
  entity: { country, regimes: [{ regime, ...OPEN }], ...story.entity },
})
const without = (story: Story, item: string): Story =>
  paper(story, {
    checklist: typedAgreement(between, [], story.agreement ?? {}).checklist.filter((line) => line.item !== item),
  })
const short = (story: Story): Story => paper(story, { endsOn: known(day("2026-12-30")) })
const signedOn = (story: Story, on: string): Story =>
  paper(story, {
    signatories: typedAgreement(between, []).signatories.map((one) => ({ ...one, signedOn: known(day(on)) })),
  })
const to = (country: string, regime: MechanismLine["regime"], mechanism: MechanismLine["mechanism"], over = {}) =>
  abroad([{ ...clauses2021, regime, mechanism, evidence: known("see the file"), ...over }], { country })
const assessed = (story: Story, ...more: Partial<Assessment>[]): Story => ({ ...story, assessments: [{}, ...more] })

const uk = (story: Story = plain): Story => under("UK", "GB", story)
const ukTo = (mechanism: MechanismLine["mechanism"], over = {}): Story =>
  uk(share(plain, to("US", "UK", mechanism, over)))
const idta: Story = { ...ukTo("uk-idta"), agreement: { kind: "uk" } }
const RISK: Partial<Assessment> = {
  kind: "tia",
  sharingId: SHARING,
  outcome: known("equivalent"),
  doneOn: known(day("2026-02-05")),
}
const oldUk: Story = {
  ...uk(
    share(plain, {
      ...to("US", "UK", "scc-2010"),
      startsOn: known(day("2022-01-01")),
      endsOn: known(day("2024-03-20")),
    }),
  ),
  agreement: {
    kind: "scc",
    effectOn: known(day("2022-01-01")),
    signatories: typedAgreement(between, []).signatories.map((one) => ({ ...one, signedOn: known(day("2021-12-01")) })),
  },
}
const swiss = (story: Story = plain): Story => under("CH", "CH", story)
const dpfCh = { condition: "dpf-ch" as const, evidence: BLANK, ...OPEN }
const swissUs: Story = { ...swiss(share(plain, to("US", "CH", "adequacy"))), party: { conditions: [dpfCh] } }

const cn = (story: Story = plain): Story => under("CN", "CN", share(story, { bases: [aBasis("cn.13.2")] }))
const PIA: Partial<Assessment> = {
  kind: "pia",
  parts: known(["lawful", "effect", "measures"]),
  keptUntil: known(day("2028-12-01")),
}
const byConsent = (story: Story): Story => share(story, { bases: [aBasis("cn.13.1")], consentIds: [CONSENT] })
const separate = (story: Story, about: "sharing" | "publication" | "sensitive" | "abroad"): Story => ({
  ...byConsent(cn(story)),
  consent: { about, separate: known("yes") },
})
const sensitive = share(plain, { dataLines: known([aLine("loc.precise")]) })
const outOf = (mechanism: MechanismLine["mechanism"], over = {}): Story =>
  cn(share(plain, to("HK", "CN", mechanism, over)))
const leave = nthId("assessment", 21)
const certified: Story = assessed(outOf("cn-certification", { assessmentId: leave }), { kind: "pia" })
const operator: Story = {
  ...cn(
    share(plain, {
      destinations: known([
        { country: "CN", kind: "storage", mechanisms: [], ...OPEN },
        ...(to("HK", "CN", "cn-assessment").destinations as Extract<Sharing["destinations"], { state: "known" }>).value,
      ]),
    }),
  ),
}
const critical = (story: Story): Story => ({ ...story, entity: { ...story.entity, criticalOperator: true } })

const ccpa = (story: Story): Story => under("CCPA", "US", story)
const terms: Story = { ...ccpa(partner), agreement: { kind: "ccpa" } }
const bank = under("DORA", "DE", {
  ...party(plain, { identifiers: [{ kind: "lei", value: "529900EXAMPLE0000000" }] }),
  entity: { lei: known("529900EXAMPLE0000001") },
  agreement: { governingLaw: known("Ireland"), noticeOurs: known(90), noticeTheirs: known(180) },
})
const tag = share(plain, { channel: known("web"), dataLines: known([aLine("online.cookie")]) })
const bare = known([aLine("online.cookie", { necessity: BLANK })])

const UK: readonly Row[] = [
  {
    clause: "UK-45",
    kept: uk(share(plain, to("IE", "UK", "adequacy"))),
    broken: ukTo("adequacy"),
    edge: {
      ...ukTo("adequacy"),
      party: { conditions: [{ ...dpfCh, condition: "dpf-uk", lastOn: day("2026-12-30") }] },
    },
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "UK-45-TEST",
    kept: assessed(idta, RISK),
    broken: assessed(idta, { ...RISK, doneOn: known(day("2026-02-04")) }),
    edge: assessed(idta, { ...RISK, validUntil: known(day("2026-12-30")) }),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "UK-46-IDTA",
    kept: idta,
    broken: { ...ukTo("scc-2021"), agreement: { kind: "scc" } },
    edge: short(idta),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "UK-46-OLD",
    kept: oldUk,
    broken: signedOn(oldUk, "2022-09-22"),
    edge: share(oldUk, { endsOn: known(day("2024-03-21")) }),
    edgeDays: [ON("2024-03-21", "2024-03-22")],
  },
  {
    clause: "UK-6.1.ea",
    kept: uk(share(partner, { bases: [aBasis("uk.6.1.ea")] })),
    broken: uk(share(partner, { bases: [aBasis("uk.6.1.ea", { evidence: BLANK })] })),
    edge: uk(share(partner, { bases: [aBasis("uk.6.1.ea", { evidence: unknown("counsel") })] })),
    edgeDays: [ON("2026-02-05", "2027-01-01")],
  },
  { clause: "UK-28", kept: uk(), broken: without(uk(), "28.3.h"), edge: short(uk()), edgeDays: END_OF_YEAR },
]

const CH: readonly Row[] = [
  {
    clause: "CH-16",
    kept: swissUs,
    broken: swiss(share(plain, abroad([]))),
    edge: swiss(share(plain, to("US", "CH", "adequacy", { lastOn: day("2026-12-30") }))),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "CH-16-HOLDS",
    kept: swissUs,
    broken: { ...swissUs, party: { conditions: [] } },
    edge: { ...swissUs, party: { conditions: [{ ...dpfCh, lastOn: day("2026-12-30") }] } },
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "CH-9",
    kept: swiss(),
    broken: { ...swiss(), agreement: { kind: "confidentiality" } },
    edge: short(swiss()),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "CH-19",
    kept: swissUs,
    broken: share(swissUs, { noticeId: null }),
    edge: { ...swissUs, notice: { countries: known(["IE"]), effectOn: known(day("2025-06-01")) } },
    edgeDays: ALL_2026,
  },
  {
    clause: "CH-12",
    kept: swiss(),
    broken: swiss(share(plain, { subjects: BLANK })),
    edge: swiss(share(plain, { retention: unknown("the party") })),
    edgeDays: ALL_2026,
  },
]

const notice = (clause: string, kept: Story, item: "contact" | "effect" | "rights"): Row => ({
  clause,
  kept,
  broken: share(kept, { noticeId: null }),
  edge: {
    ...kept,
    notice: {
      items: known(
        (["name", "contact", "purpose", "method", "data", "rights", "necessity", "effect"] as const).filter(
          (one) => one !== item,
        ),
      ),
    },
  },
  edgeDays: ALL_2026,
})
const consented = (clause: string, kept: Story): Row => ({
  clause,
  kept,
  broken: yes(kept, { separate: known("no") }),
  edge: yes(kept, { closedAt: known("2026-12-30T20:00:00.000Z") }),
  // Berlin is the zone of these stories: the thirtieth itself is no longer covered.
  edgeDays: [ON("2026-12-30", "2027-01-01")],
})

const CN: readonly Row[] = [
  {
    clause: "PIPL-13",
    kept: cn(),
    broken: share(cn(), { bases: [aBasis("eu.6.1.f")] }),
    edge: share(cn(), { bases: [aBasis("cn.13.3", { lastOn: day("2026-12-30") })] }),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "PIPL-20",
    kept: { ...cn(share(partner, { role: known("joint") })), agreement: { kind: "joint-arrangement" } },
    broken: cn(share(partner, { role: known("joint") })),
    edge: short({ ...cn(share(partner, { role: known("joint") })), agreement: { kind: "joint-arrangement" } }),
    edgeDays: END_OF_YEAR,
  },
  { clause: "PIPL-21", kept: cn(), broken: without(cn(), "PIPL-21"), edge: short(cn()), edgeDays: END_OF_YEAR },
  {
    clause: "PIPL-21-YEARLY",
    kept: { ...cn(), appraisal: { doneOn: known(day("2026-01-01")) } },
    broken: { ...cn(), appraisal: null },
    edge: { ...cn(), appraisal: { doneOn: known(day("2025-12-31")) } },
    edgeDays: END_OF_YEAR,
  },
  notice("PIPL-22", cn(merger), "contact"),
  consented("PIPL-23", separate(partner, "sharing")),
  notice("PIPL-23-TELL", cn(partner), "contact"),
  consented("PIPL-25", separate(published, "publication")),
  {
    clause: "PIPL-27",
    kept: cn(exception(5, { lawfulness: known("published by the person on purpose") })),
    broken: cn(exception(6, {})),
    edge: cn(exception(5, { lawfulness: unknown("counsel"), firstOn: day("2026-12-31") })),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "PIPL-28",
    kept: cn(sensitive),
    broken: cn(share(sensitive, { dataLines: known([aLine("loc.precise", { necessity: BLANK })]) })),
    edge: cn(
      share(sensitive, {
        dataLines: known([aLine("loc.precise"), aLine("fin.card", { necessity: BLANK, firstOn: day("2026-12-31") })]),
      }),
    ),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "PIPL-28-STRICT",
    kept: cn(sensitive),
    broken: cn(share(sensitive, { measures: known(["transit.encryption"]) })),
    edge: cn(
      share(plain, {
        measures: known(["access.control"]),
        dataLines: known([aLine("device.id"), aLine("spec.health", { firstOn: day("2026-12-31") })]),
      }),
    ),
    edgeDays: END_OF_YEAR,
  },
  consented("PIPL-29", separate(sensitive, "sensitive")),
  notice("PIPL-30", cn(sensitive), "effect"),
  {
    clause: "PIPL-31",
    kept: {
      ...cn(
        share(partner, {
          subjects: known(["child"]),
          minors: known({ way: "guardian-consent", consentId: CONSENT, reason: BLANK }),
        }),
      ),
      consent: { about: "guardian" },
    },
    broken: cn(share(partner, { subjects: known(["child"]) })),
    edge: {
      ...cn(
        share(partner, {
          subjects: known(["child"]),
          minors: known({ way: "guardian-consent", consentId: CONSENT, reason: BLANK }),
        }),
      ),
      consent: { about: "guardian", firstOn: known(day("2026-01-02")) },
    },
    edgeDays: FIRST_DAY,
  },
  {
    clause: "PIPL-38",
    kept: outOf("cn-exempt"),
    broken: cn(share(plain, abroad([], { country: "TW" }))),
    edge: outOf("cn-exempt", { lastOn: day("2026-12-30") }),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "PIPL-38-HOLDS",
    kept: outOf("cn-exempt"),
    broken: outOf("cn-exempt", { agreementId: null, evidence: BLANK }),
    edge: share(outOf("cn-volume"), { startsOn: known(day("2024-03-21")), endsOn: known(day("2024-12-31")) }),
    edgeDays: [ON("2024-03-21", "2024-03-22")],
  },
  consented("PIPL-39", separate(share(plain, to("HK", "CN", "cn-exempt")), "abroad")),
  notice("PIPL-39-TELL", outOf("cn-exempt"), "rights"),
  {
    clause: "PIPL-40",
    kept: critical(operator),
    broken: critical(outOf("cn-contract")),
    edge: critical(share(operator, to("HK", "CN", "cn-assessment", { lastOn: day("2026-12-30") }))),
    edgeDays: ALL_2026,
  },
  {
    clause: "PIPL-42",
    kept: cn(),
    broken: party(cn(), { conditions: [{ ...dpfCh, condition: "cn-restricted" }] }),
    edge: party(cn(), { conditions: [{ ...dpfCh, condition: "cn-restricted", firstOn: day("2026-12-31") }] }),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "PIPL-55",
    kept: assessed(cn(), PIA),
    broken: assessed(cn(), { ...PIA, outcome: known("failed") }),
    edge: assessed(cn(), { ...PIA, validUntil: known(day("2026-12-30")) }),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "PIPL-56",
    kept: assessed(cn(), PIA),
    broken: assessed(cn(), { ...PIA, parts: known(["lawful"]) }),
    edge: assessed(cn(), { ...PIA, keptUntil: known(day("2028-11-30")), doneOn: known(day("2025-12-01")) }),
    edgeDays: ALL_2026,
  },
  {
    clause: "CAC-SC-2023",
    kept: { ...outOf("cn-contract"), agreement: { kind: "cn-contract" } },
    broken: outOf("cn-contract"),
    edge: short({ ...outOf("cn-contract"), agreement: { kind: "cn-contract" } }),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "CAC-CERT-2026",
    kept: certified,
    broken: assessed(outOf("cn-certification", { assessmentId: leave }), { kind: "pia", outcome: known("failed") }),
    edge: assessed(outOf("cn-certification", { assessmentId: leave }), {
      kind: "pia",
      validUntil: known(day("2026-12-30")),
    }),
    edgeDays: END_OF_YEAR,
  },
]

const OTHERS: readonly Row[] = [
  {
    clause: "CCPA-100.d",
    kept: terms,
    broken: ccpa(partner),
    edge: short(terms),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "CCPA-7051",
    kept: ccpa(plain),
    broken: without(ccpa(plain), "CCPA-7051.7"),
    edge: short(ccpa(plain)),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "CCPA-7053",
    kept: terms,
    broken: { ...ccpa(affiliate), agreement: { kind: "intragroup" } },
    edge: short(terms),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "CCPA-7053-OUT",
    kept: share(terms, { bases: [aBasis("ca.sale")], optOutRoute: known("a file each night") }),
    broken: share(terms, { bases: [aBasis("ca.sale")] }),
    edge: share(terms, { bases: [aBasis("ca.sale", { firstOn: day("2026-12-31") })] }),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "LGPD-33",
    kept: under("BR", "BR", share(plain, to("US", "BR", "bcr"))),
    broken: under("BR", "BR"),
    edge: under("BR", "BR", share(plain, to("US", "BR", "bcr", { lastOn: day("2026-12-30") }))),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "DORA-28.3",
    kept: bank,
    broken: party(bank, { identifiers: [] }),
    edge: short(bank),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "EPD-5.3",
    kept: tag,
    broken: share(tag, { dataLines: bare }),
    edge: {
      ...share(tag, { dataLines: bare, consentIds: [CONSENT] }),
      consent: { about: "permission", firstOn: known(day("2026-01-02")) },
    },
    edgeDays: FIRST_DAY,
  },
]

/** A flow looked at on the first of January 2026, to a party whose name changed on the day. */
/** Approved in January on a condition that was due in March. */
const conditioned = (confirmedOn: string | null): Story => ({
  ...plain,
  conditions: [
    { since: day("2026-01-10"), dueOn: day("2026-03-10"), confirmedOn: confirmedOn === null ? null : day(confirmedOn) },
  ],
})

/** A paper whose file came back for one that was made from our template. */
const returned = (found: "changed" | "no-text", lookedOn: string | null): Story => ({
  ...plain,
  about: "agreement",
  agreement: {
    cameBack: {
      ...{ paperId: nthId("paper", 50), fileId: nthId("file", 7), found },
      lookedOn: lookedOn === null ? null : day(lookedOn),
    },
  },
})
const changedParty = (on: string) => party(plain, { changes: [{ what: "name", on: day(on) }] })

/** From the day on which the clauses begin. */
const EVER = [ON("2018-01-01", "")]
const signedAs = (kind: "confidentiality" | "processing", ...signatures: FileWord[]): Story => ({
  ...paper(plain, { kind }),
  about: "agreement",
  signatures,
})
const checked = (word: FileWord): Story => ({
  ...paper(plain, { knownHow: "signature-checked" }),
  about: "agreement",
  signatures: [word],
})

const ONLINE = {
  ...{ address: "https://cloud.example/terms", version: "2026-02", fileId: nthId("file", 1) },
  ...{ acceptedBy: "Ada Example", acceptedOn: day("2026-03-05") },
}
const HOUSE: readonly Row[] = [
  {
    clause: "H-INFER",
    kept: plain,
    broken: share(plain, { inferable: BLANK }),
    edge: share(plain, { inferable: unknown("the product team") }),
    edgeDays: ALL_2026,
  },
  {
    clause: "H-ONWARD",
    kept: partner,
    broken: share(partner, { onward: BLANK }),
    edge: share(partner, { onward: unknown("the partner") }),
    edgeDays: ALL_2026,
  },
  {
    clause: "H-ONWARD-PAPER",
    kept: partner,
    broken: without(partner, "ONWARD"),
    edge: paper(without(partner, "ONWARD"), { endsOn: known(day("2026-06-30")) }),
    edgeDays: [ON("2026-01-01", "2026-07-01")],
  },
  {
    clause: "H-SALE",
    kept: merger,
    broken: share(merger, { objectionWeeks: BLANK }),
    edge: share(merger, { saleNoticeOn: known(day("2025-12-22")), objectionWeeks: known(2) }),
    edgeDays: [ON("2026-01-01", "2026-01-05")],
  },
  {
    clause: "H-BREACH",
    kept: { ...share(plain, { isBreach: known("no") }), standing: "discovered" },
    broken: { ...plain, standing: "discovered" },
    edge: { ...share(plain, { isBreach: unknown("the security team") }), standing: "discovered" },
    edgeDays: ALL_2026,
  },
  {
    clause: "H-CHANGED",
    kept: changedParty("2025-12-31"),
    broken: changedParty("2026-03-01"),
    edge: changedParty("2026-01-02"),
    edgeDays: [ON("2026-01-02", "2027-01-01")],
  },
  {
    clause: "H-CONDITION",
    kept: conditioned("2026-03-10"),
    broken: conditioned(null),
    edge: conditioned("2026-04-01"),
    edgeDays: [ON("2026-03-11", "2026-04-01")],
  },
  {
    clause: "H-SIGNED",
    kept: checked("passed"),
    broken: checked("unsigned"),
    edge: checked("unseen"),
    edgeDays: EVER,
  },
  {
    clause: "H-UNALTERED",
    kept: signedAs("confidentiality", "intact-untrusted"),
    broken: signedAs("confidentiality", "altered"),
    edge: signedAs("confidentiality", "passed", "failed"),
    edgeDays: EVER,
  },
  {
    clause: "H-UNALTERED-TERMS",
    kept: signedAs("processing", "passed"),
    broken: signedAs("processing", "failed"),
    edge: signedAs("processing", "altered"),
    edgeDays: EVER,
  },
  {
    clause: "H-SIGNING",
    kept: paper({ about: "agreement" }, { signing: known("digitally") }),
    broken: paper({ about: "agreement" }, { signing: known("by-hand") }),
    // Only stated, it is looked at by nobody; but what is said of terms accepted online is.
    edge: paper({ about: "agreement" }, { knownHow: "stated", online: known(ONLINE), signatories: [] }),
    edgeDays: ["2018-01-01.."],
  },
  {
    clause: "H-TEMPLATE",
    kept: returned("changed", "2026-03-02"),
    broken: returned("changed", null),
    edge: returned("no-text", null),
    edgeDays: ["2018-01-01.."],
  },
]

testClauses([...UK, ...CH, ...CN, ...OTHERS, ...HOUSE])
