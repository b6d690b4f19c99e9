import { BLANK, known, NOT_APPLICABLE, unknown } from "@/domain/core/answer"
import { addDays, type Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { lawFactsOf } from "@/domain/checks/law"
import { PACKS } from "@/domain/packs/all"
import { daysAbroad } from "@/domain/coverage/areas"
import type { Agreement } from "@/domain/records/agreement"
import type { Assessment } from "@/domain/records/assessment"
import { NOTICE_ITEMS, type Consent, type Demand, type Entity, type Notice } from "@/domain/records/evidence"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { PARTY_KINDS } from "@/domain/vocabulary/parties"
import { termOf } from "@/domain/vocabulary/term"
import { blankOf, FIELDS, nodeAt, type FieldNode } from "@/domain/records/fields"
import type { Party } from "@/domain/records/party"
import type { GroundLine, MechanismLine, Sharing } from "@/domain/records/sharing"
import { SAMPLE_PAPER, saidIn } from "./paper"
import type { AgreementKind } from "@/domain/vocabulary/agreements"
import type { SampleFlow } from "./flows.data"
import type { SampleParty } from "./parties.data"

const LAW = lawFactsOf(PACKS)
const OPEN = { firstOn: null, lastOn: null }
/** A flow between one of our companies and a party, with everything that its sharing names. */
export type Between = { entityId: Id<"entity">; partyId: Id<"party">; entity: Entity }
export type Evidence = {
  noticeId: Id<"notice"> | null
  agreementId: Id<"agreement"> | null
  consentId: Id<"consent"> | null
  guardianId: Id<"consent"> | null
  demandId: Id<"demand"> | null
}

/** A party of the sample. */
export function partyBody(from: SampleParty): Party {
  const host = `${from.name
    .toLowerCase()
    .replace(/[^a-z]+/g, "-")
    .replace(/^-|-$/g, "")}.example`
  return {
    ...(blankOf(FIELDS.party) as Party),
    legalName: from.name,
    country: known(from.country),
    kinds: [{ kind: from.kind, ...OPEN }],
    subKind: from.subKind ? known(from.subKind) : from.kind === "partner" ? BLANK : NOT_APPLICABLE,
    website: known(`https://${host}`),
    hosts: [host],
    groupLinks: from.kind === "affiliate" ? [{ ...OPEN }] : [],
    conditions: from.country === "JP" ? [{ condition: "appi", evidence: known("company register"), ...OPEN }] : [],
    contacts: [{ task: "privacy", name: "Privacy desk", email: `privacy@${host}`, phone: "" }],
    risk: known(from.risk),
    dataDecision: from.decision ?? "receives-data",
    noDataReason:
      from.decision === "no-personal-data" ? known("Delivers to the building; no names change hands.") : BLANK,
    noDataReviewOn: BLANK,
  }
}

/** A due diligence that passed. */
export function vettingBody(partyId: Id<"party">, name: string, on: Day, until: Day): Assessment {
  return {
    ...(blankOf(FIELDS.assessment) as Assessment),
    kind: "due-diligence",
    partyId,
    title: `Due diligence on ${name}`.slice(0, 300),
    outcome: known("passed"),
    risk: known("low"),
    doneOn: known(on),
    validUntil: known(until),
    summary: known("Certificates seen, two references asked, nothing found."),
  }
}

/** Four letters for a text (FNV-1a): papers of one year and party have numbers of their own. */
function lettersOf(text: string): string {
  let sum = 2_166_136_261
  for (const letter of text) sum = Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 16_777_619) >>> 0
  return (sum % 36 ** 4).toString(36).padStart(4, "0")
}

/** A paper that covers the sharings, signed by both sides, every item pointed to a page of the file. */
export function paperBody(
  on: Pick<Between, "entityId" | "partyId">,
  kind: AgreementKind,
  title: string,
  sharings: readonly Id<"sharing">[],
  days: { from: Day; to: Day | null; file: { id: Id<"file">; sha256: string } },
): Agreement {
  return {
    ...(blankOf(FIELDS.agreement) as Agreement),
    entityId: on.entityId,
    partyId: on.partyId,
    kind,
    title: title.slice(0, 300),
    reference: known(`LUM-${days.from.slice(0, 4)}-${lettersOf([on.entityId, on.partyId, kind, title].join())}`),
    files: [
      { fileId: days.file.id, sha256: days.file.sha256, name: "agreement.pdf", pages: known(SAMPLE_PAPER.length) },
    ],
    knownHow: "document-seen",
    signatories: (["entity", "party"] as const).map((side) => ({
      side,
      name: side === "entity" ? "Managing director" : "Authorised signatory",
      capacity: "by power of attorney",
      signedOn: known(addDays(days.from, -7)),
      how: "signed",
      knownHow: "document-seen",
    })),
    effectOn: known(days.from),
    endsOn: days.to ? known(days.to) : NOT_APPLICABLE,
    terminatedOn: NOT_APPLICABLE,
    renewal: known({ way: days.to ? "express" : "tacit", months: 12, noticeMonths: 3 }),
    governingLaw: known("Ireland"),
    objectionDays: known(30),
    ...saidIn(days.file.id, kind),
    covers: sharings.map((sharingId) => ({ sharingId, ...OPEN })),
  }
}

/** A consent of the kind, given since the day. */
export function consentBody(
  entityId: Id<"entity">,
  about: Consent["about"],
  title: string,
  from: Day,
  partyId: Id<"party">,
): Consent {
  return {
    ...(blankOf(FIELDS.consent) as Consent),
    entityId,
    about,
    title: title.slice(0, 300),
    wording: known("We would like to pass the data named here to the company named here. You can say no."),
    wordingVersion: known("2"),
    captureMethod: known("switch in the app"),
    parties: known([partyId]),
    purposes: NOT_APPLICABLE,
    dataKinds: NOT_APPLICABLE,
    medium: known("bulletin on the web site"),
    withdrawalRoute: known("the same switch"),
    firstOn: known(from),
  }
}

/** The notice of a company: every kind of recipient, and the countries that the sample's flows reach. */
export function noticeBody(entityId: Id<"entity">, name: string, from: Day): Notice {
  return {
    ...(blankOf(FIELDS.notice) as Notice),
    entityId,
    title: `Privacy notice of ${name}`.slice(0, 300),
    version: known("7"),
    address: known("https://lumora.example/privacy"),
    effectOn: known(from),
    endsOn: NOT_APPLICABLE,
    dataKinds: known([]),
    recipientKinds: known(PARTY_KINDS.map((kind) => kind.code)),
    countries: known(["US", "JP", "IN", "PH", "GB", "CH", "CN", "IL", "BR", ...COMMUNITY]),
    items: known([...NOTICE_ITEMS]),
  }
}

const COMMUNITY = "IE DE FR NL FI PT SE DK AT LU HU CZ BE IT PL ES LT EE NO".split(" ")

/** An assessment of a flow: of its impact, of the law of the place it goes to, of interests, or of the party as such. */
export function assessmentBody(
  kind: "pia" | "tia" | "lia" | "appraisal",
  on: { partyId: Id<"party">; sharingId: Id<"sharing"> | null },
  title: string,
  days: { from: Day; until: Day },
): Assessment {
  return {
    ...(blankOf(FIELDS.assessment) as Assessment),
    kind,
    partyId: on.partyId,
    sharingId: on.sharingId,
    title: title.slice(0, 300),
    outcome: known(kind === "tia" ? "equivalent" : "passed"),
    risk: known("low"),
    doneOn: known(days.from),
    validUntil: known(days.until),
    summary: known("Looked at by the office for data protection; nothing speaks against it."),
    parts: kind === "pia" ? known(["lawful", "effect", "measures"]) : BLANK,
    keptUntil: kind === "pia" ? known(addDays(days.from, 1100)) : BLANK,
  }
}

/** A demand of a court or an authority. */
export function demandBody(on: Between, title: string, served: Day, kinds: SampleFlow["kinds"]): Demand {
  return {
    ...(blankOf(FIELDS.demand) as Demand),
    entityId: on.entityId,
    partyId: on.partyId,
    title: title.slice(0, 300),
    citation: known("Code of Procedure (example), s. 12"),
    docket: known("HC 12/34"),
    dataKinds: known([...kinds]),
    servedOn: known(served),
    answerOn: known(addDays(served, 14)),
    secrecy: known("may-tell"),
  }
}

/**
 * How many people a flow of the sample concerns. What leaves the mainland adds up by company: there it stays in the band
 * that standard contracts carry, with few people of whom sensitive data goes.
 */
function peopleOf(entity: Entity, flow: SampleFlow): number {
  if (flow.frequency === "once") return 1
  if (entity.country !== "CN") return 25_000
  const sensitive =
    flow.subjects.includes("child") ||
    flow.kinds.some((kind) => termOf(DATA_KINDS, kind)?.flags?.some((flag) => flag === "pipl-sensitive"))
  return sensitive ? 400 : 5_000
}

/** A sharing of the sample in which nothing is missing. */
export function sharingBody(
  on: Between,
  flow: SampleFlow,
  evidence: Evidence,
  days: { from: Day; to: Day | null },
): Sharing {
  return {
    ...(blankOf(FIELDS.sharing) as Sharing),
    entityId: on.entityId,
    partyId: on.partyId,
    mode: flow.mode,
    title: flow.title,
    role: known(flow.mode === "entrust" ? "processor" : flow.ground === "statute" ? "authority" : "controller"),
    products: known(["Lumora Eye", "Lumora app"]),
    purposes: known([flow.purpose]),
    purposeText: known(flow.text),
    ownPurpose: known(flow.mode === "entrust" ? "no" : "yes"),
    optOutRoute: flow.purpose.startsWith("mkt.")
      ? known("A switch in the app; the party is told within a day.")
      : BLANK,
    dataLines: known(
      flow.kinds.map((kind) => ({
        kind,
        necessity: known("Without it the service cannot be given to the right person or camera."),
        reviewedOn: known(days.from),
        retentionDays: BLANK,
        ...OPEN,
      })),
    ),
    dataForm: known("identified"),
    inferable: known("no"),
    subjects: known([...flow.subjects]),
    peopleCount: known(peopleOf(on.entity, flow)),
    minors: flow.minors ? known({ way: "guardian-consent", consentId: evidence.guardianId, reason: BLANK }) : BLANK,
    bases: basesOf(on, flow),
    noticeId: evidence.noticeId,
    saleNoticeOn: flow.ground === "merger" ? known(addDays(days.from, -60)) : BLANK,
    objectionWeeks: flow.ground === "merger" ? known(6) : BLANK,
    grounds: flow.ground ? [groundLine(flow.ground, evidence, days.from)] : [],
    destinations: flow.where.length
      ? known(flow.where.map((place) => destination(on, place, evidence)))
      : NOT_APPLICABLE,
    frequency: known(flow.frequency ?? "continuous"),
    channel: known(flow.mode === "disclose" ? "web" : "api"),
    retention:
      flow.mode === "disclose"
        ? NOT_APPLICABLE
        : known({ days: known(90), trigger: known("end of the task"), deletion: known("erased, with a note to us") }),
    deletionProof: days.to ? known({ provenOn: days.to, fileId: null, text: "Note of erasure received." }) : BLANK,
    measures: known([
      ...(["transit.encryption", "storage.protection", "access.control", "logging"] as const),
      ...(["backup", "pentest", "staff.training", "no-content-access"] as const),
    ]),
    accessWho: known("Named operators of the party."),
    onward: known({ allowed: false, toWhom: "" }),
    automatedDecisions: known("no"),
    startsOn: known(days.from),
    endsOn: days.to ? known(days.to) : NOT_APPLICABLE,
    owner: known("Product care"),
  }
}

type Basis = Sharing["bases"][number]

/** On which basis the flow stands under each law of the company. */
function basesOf(on: Between, flow: SampleFlow): Basis[] {
  const way =
    flow.ground === "consent"
      ? "consent"
      : flow.ground === "statute" || flow.ground?.startsWith("exception")
        ? "law"
        : flow.ground === "merger"
          ? "interest"
          : "contract"
  const codes = {
    EU: { consent: "eu.6.1.a", law: "eu.6.1.c", interest: "eu.6.1.f", contract: "eu.6.1.b" },
    UK: { consent: "uk.6.1.a", law: "uk.6.1.c", interest: "uk.6.1.f", contract: "uk.6.1.b" },
    CN: { consent: "cn.13.1", law: "cn.13.3", interest: "cn.13.2", contract: "cn.13.2" },
  } as const
  return on.entity.regimes.flatMap(({ regime }) =>
    regime in codes
      ? [
          {
            regime: regime as "EU",
            basis: codes[regime as keyof typeof codes][way],
            evidence: known(
              way === "law" ? "Code of Procedure (example), s. 12" : "Terms of use, as the customer accepted them.",
            ),
            ...OPEN,
          },
        ]
      : [],
  )
}

function destination(on: Between, place: SampleFlow["where"][number], evidence: Evidence) {
  const laws = on.entity.regimes.map((line) => line.regime)
  const away = laws.filter((law) => daysAbroad(LAW, law, place.country).some((days) => days.to === null))
  return {
    country: place.country,
    kind: place.kind ?? ("storage" as const),
    mechanisms: laws.map((law) => {
      const regime = law as MechanismLine["regime"]
      return away.includes(law) ? mechanismLine(regime, place, evidence) : sameArea(regime)
    }),
    ...OPEN,
  }
}

function sameArea(regime: MechanismLine["regime"]): MechanismLine {
  return {
    ...{ regime, mechanism: "none-needed", module: NOT_APPLICABLE, agreementId: null, assessmentId: null },
    evidence: NOT_APPLICABLE,
    ...OPEN,
  }
}

/** What carries the flow for a law; where the flow names a mechanism of another law, adequacy or standard clauses do. */
function mechanismLine(
  regime: MechanismLine["regime"],
  place: SampleFlow["where"][number],
  evidence: Evidence,
): MechanismLine {
  const fits = (code: string): boolean =>
    regime === "CN"
      ? code.startsWith("cn-")
      : regime === "UK"
        ? !code.startsWith("cn-") && !code.startsWith("scc-")
        : !code.startsWith("cn-") && !code.startsWith("uk-")
  const fallback =
    regime === "CN" ? "cn-contract" : regime === "UK" && place.mechanism?.startsWith("scc") ? "uk-addendum" : "adequacy"
  const mechanism =
    place.mechanism && fits(place.mechanism) && place.mechanism !== "none-needed" ? place.mechanism : fallback
  return {
    regime,
    mechanism,
    module: mechanism.startsWith("scc") ? known("2") : NOT_APPLICABLE,
    agreementId: evidence.agreementId,
    assessmentId: null,
    evidence: known("See the file of the agreement."),
    ...OPEN,
  }
}

function groundLine(ground: GroundLine["ground"], evidence: Evidence, from: Day): GroundLine {
  const exception = ground.startsWith("exception") || ground === "statute"
  return {
    ...(blankOf(nodeAt("sharing", "grounds.0") as FieldNode) as GroundLine),
    ground,
    consentId: ground === "consent" ? evidence.consentId : null,
    demandId: evidence.demandId,
    ...(exception
      ? {
          citation: known("Code of Procedure (example), s. 12"),
          statuteKind: known("authority" as const),
          authority: known("The party itself"),
          caseNumber: known("HC 12/34"),
          endsOn: known(addDays(from, 60)),
          dpoOpinion: known("Necessary and no wider than asked."),
          whoseInterest: known("The customer's own."),
          whyNoConsent: known("The customer could not be reached."),
          reviewedOn: known(from),
          source: known("https://gallery.example/2024"),
          capturedOn: known(from),
          lawfulness: known("A public register, open to everybody by law."),
        }
      : {}),
    reconsentOn: ground === "merger" ? unknown("the buyer", addDays(from, -1)) : BLANK,
    ...OPEN,
  }
}

/** The flow as it was found: whoever began it named a mechanism, and no paper. */
export function withoutPaper(body: Sharing): Sharing {
  const { destinations } = body
  if (destinations.state !== "known") return body
  const bare = destinations.value.map((one) => ({
    ...one,
    mechanisms: one.mechanisms.map((line) => ({ ...line, agreementId: null })),
  }))
  return { ...body, destinations: known(bare), noticeId: null }
}
