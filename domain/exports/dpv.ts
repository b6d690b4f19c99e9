import { canonical } from "@/domain/core/canonical"
import type { Answer } from "@/domain/core/answer"
import type { Entity } from "@/domain/records/evidence"
import type { Party } from "@/domain/records/party"
import { AGREEMENT_KINDS } from "@/domain/vocabulary/agreements"
import { ASSESSMENT_KINDS } from "@/domain/vocabulary/assessments"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { LEGAL_BASES } from "@/domain/vocabulary/grounds"
import { MEASURES } from "@/domain/vocabulary/measures"
import { MECHANISMS } from "@/domain/vocabulary/mechanisms"
import { PARTY_KINDS } from "@/domain/vocabulary/parties"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import { DATA_FORMS, FREQUENCIES, MODES } from "@/domain/vocabulary/sharings"
import { SUBJECTS } from "@/domain/vocabulary/subjects"
import type { Term } from "@/domain/vocabulary/term"
import { country, daysText, holds, type FlowFacts } from "./forms/kit"

/** What the short names stand for. It stands in the file itself, so that nothing has to be fetched. */
export const DPV_PREFIXES = {
  dpv: "https://w3id.org/dpv#",
  pd: "https://w3id.org/dpv/pd#",
  "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
  dcterms: "http://purl.org/dc/terms/",
  skos: "http://www.w3.org/2004/02/skos/core#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
  onward: "urn:onward:terms:",
} as const

/** The classes and properties of DPV that hold the words of the vocabularies together, as its specification of 2.2 lists them. */
export const DPV_STRUCTURE = [
  ...[
    "dpv:Process",
    "dpv:LegalEntity",
    "dpv:Country",
    "dpv:DataProtectionOfficer",
    "dpv:Representative",
    "dpv:StorageDuration",
  ],
  ...["dpv:DataController", "dpv:hasName", "dpv:hasAddress", "dpv:hasCountry", "dpv:hasRepresentative"],
  ...["dpv:hasDataProtectionOfficer", "dpv:hasDataController", "dpv:hasDataProcessor", "dpv:hasJointDataControllers"],
  ...["dpv:hasRecipient", "dpv:hasRecipientDataController", "dpv:hasDataExporter", "dpv:hasDataImporter"],
  ...["dpv:hasPurpose", "dpv:hasPersonalData", "dpv:hasDataSubject", "dpv:hasLegalBasis", "dpv:hasProcessing"],
  ...["dpv:hasTechnicalOrganisationalMeasure", "dpv:hasLegalMeasure", "dpv:hasAssessment", "dpv:hasLocation"],
  ...["dpv:hasFrequency", "dpv:hasStorageCondition"],
] as const

type Node = Record<string, unknown>

/**
 * A code as DPV says it. Where DPV has no word, or none that means quite the same, a word of our own stands there, with what is nearest.
 */
function termNode(list: string, terms: readonly Term[], code: string): Node {
  const term = terms.find((one) => one.code === code)
  const exact = term?.dpv !== undefined && !term.flags?.includes("check") && !(list === "mode" && code === "transfer")
  if (term && exact) return { "@id": term.dpv }
  return {
    "@id": `onward:${list}-${code}`,
    "dcterms:title": term?.label ?? code,
    ...(term?.dpv ? { "skos:closeMatch": { "@id": term.dpv } } : {}),
  }
}

const terms = (list: string, of: readonly Term[], codes: readonly string[]): Node[] =>
  [...new Set(codes)].map((code) => termNode(list, of, code))

const typesOf = (of: readonly Term[], codes: readonly string[], base: string): string[] => [
  ...new Set([base, ...codes.flatMap((code) => of.find((term) => term.code === code)?.dpv ?? [])]),
]

/** A property where there is anything to say. */
const some = (name: string, values: readonly unknown[]): Node => (values.length === 0 ? {} : { [name]: values })

const known = <T>(answer: Answer<T>, name: string, of: (value: T) => unknown): Node =>
  answer.state === "known" ? { [name]: of(answer.value) } : {}

const place = (code: string): Node => ({
  "@type": "dpv:Country",
  "dcterms:identifier": code,
  "dcterms:title": country(code),
})
const instant = (at: string): Node => ({ "@type": "xsd:dateTime", "@value": at })

/** Where the document begins: what the short names mean, what it is about, and the list that follows. */
export function dpvBegins(about: {
  origin: string
  asOf: string
  logSize: number
  logRoot: string
  scope: string
}): string {
  const context = { "@version": 1.1, reg: iriBase(about.origin), ...DPV_PREFIXES }
  const head: Node = {
    "@id": "reg:package",
    "dcterms:title": "Register of recipients of personal data",
    "dcterms:created": instant(about.asOf),
    "dcterms:description": `${about.scope}; log of ${about.logSize} entries with the root ${about.logRoot}`,
  }
  // `@version` is a number with a point, which canonical JSON of whole numbers does not know.
  const said = Object.entries(context).map(
    ([key, value]) => `${JSON.stringify(key)}:${key === "@version" ? "1.1" : JSON.stringify(value)}`,
  )
  return `{"@context":{${said.join(",")}},"@graph":[\n${canonical(head)}`
}

/** A further node; the nodes stand one on a line. */
export const dpvNode = (node: Node): string => `,\n${canonical(node)}`

export const DPV_ENDS = "\n]}\n"

/** What the ids of a register begin with as IRIs. */
export const iriBase = (origin: string): string => `urn:${origin.replaceAll("/", ":")}:`

/** One of our own companies. */
export function companyNode(id: string, body: Entity): Node {
  return {
    "@id": `reg:${id}`,
    "@type": "dpv:LegalEntity",
    "dpv:hasName": body.legalName,
    "dpv:hasCountry": place(body.country),
    ...known(body.address, "dpv:hasAddress", String),
    ...known(body.lei, "dcterms:identifier", String),
    ...known(body.representative, "dpv:hasRepresentative", (name) => ({
      "@type": "dpv:Representative",
      "dpv:hasName": name,
    })),
    ...known(body.dpo, "dpv:hasDataProtectionOfficer", (name) => ({
      "@type": "dpv:DataProtectionOfficer",
      "dpv:hasName": name,
    })),
  }
}

/** A party: what it is to us is its type. */
export function partyNode(id: string, body: Party): Node {
  return {
    "@id": `reg:${id}`,
    "@type": typesOf(
      PARTY_KINDS,
      body.kinds.map(({ kind }) => kind),
      "dpv:LegalEntity",
    ),
    "dpv:hasName": body.legalName,
    ...known(body.country, "dpv:hasCountry", place),
    ...some(
      "dcterms:identifier",
      body.identifiers.map(({ value }) => value),
    ),
  }
}

/** By which word of DPV the recipient takes part, from its role. */
const TAKES_PART: Record<string, string> = {
  processor: "dpv:hasDataProcessor",
  "sub-processor": "dpv:hasDataProcessor",
  controller: "dpv:hasRecipientDataController",
  joint: "dpv:hasJointDataControllers",
}

/** A flow: a process of ours by which data reaches a recipient. */
export function flowNode(flow: FlowFacts): Node {
  const { id, sharing, on, papers, assessments, standing, at } = flow
  const us = { "@id": `reg:${sharing.entityId}` }
  const them = { "@id": `reg:${sharing.partyId}` }
  const lines = sharing.dataLines.state === "known" ? sharing.dataLines.value.filter((line) => holds(line, on)) : []
  const places =
    sharing.destinations.state === "known" ? sharing.destinations.value.filter((line) => holds(line, on)) : []
  const mechanisms = places.flatMap((line) => line.mechanisms.filter((one) => holds(one, on)))
  const abroad = mechanisms.some(({ mechanism }) => mechanism !== "none-needed")
  const codes = (answer: Answer<readonly string[]>): readonly string[] => (answer.state === "known" ? answer.value : [])
  const role = sharing.role.state === "known" ? sharing.role.value : ""
  return {
    "@id": `reg:${id}`,
    "@type": "dpv:Process",
    "dcterms:title": sharing.title,
    "dcterms:modified": instant(at),
    "onward:standing": standing,
    ...days(sharing),
    ...(sharing.client.state === "known"
      ? {
          "dpv:hasDataController": { "@type": "dpv:DataController", "dpv:hasName": sharing.client.value.name },
          "dpv:hasDataProcessor": TAKES_PART[role] === "dpv:hasDataProcessor" ? [us, them] : us,
        }
      : { "dpv:hasDataController": us }),
    ...(sharing.client.state === "known" && TAKES_PART[role] === "dpv:hasDataProcessor"
      ? {}
      : { [TAKES_PART[role] ?? "dpv:hasRecipient"]: them }),
    ...(abroad ? { "dpv:hasDataExporter": us, "dpv:hasDataImporter": them } : {}),
    "dpv:hasProcessing": terms("mode", MODES, [sharing.mode]),
    ...some("dpv:hasPurpose", terms("purpose", PURPOSES, codes(sharing.purposes))),
    ...some("dpv:hasPersonalData", [
      ...terms(
        "kind",
        DATA_KINDS,
        lines.map(({ kind }) => kind),
      ),
      ...terms(
        "form",
        DATA_FORMS,
        sharing.dataForm.state === "known" && sharing.dataForm.value !== "identified" ? [sharing.dataForm.value] : [],
      ),
    ]),
    ...some("dpv:hasDataSubject", terms("subject", SUBJECTS, codes(sharing.subjects))),
    ...some("dpv:hasLegalBasis", [
      ...terms(
        "basis",
        LEGAL_BASES,
        sharing.bases.filter((one) => holds(one, on)).map(({ basis }) => basis),
      ),
      ...terms(
        "mechanism",
        MECHANISMS,
        mechanisms.map(({ mechanism }) => mechanism),
      ),
    ]),
    ...some("dpv:hasTechnicalOrganisationalMeasure", terms("measure", MEASURES, codes(sharing.measures))),
    ...some(
      "dpv:hasLegalMeasure",
      papers.map((paper) => ({
        ...{ "@id": `reg:${paper.id}`, "dcterms:title": paper.body.title },
        ...some("@type", typesOf(AGREEMENT_KINDS, [paper.body.kind], "onward:Agreement")),
      })),
    ),
    ...some(
      "dpv:hasAssessment",
      assessments.map((one) => assessmentNode(one.id, one.body.kind, one.body.title)),
    ),
    ...some("dpv:hasLocation", [...new Set(places.map((line) => line.country))].map(place)),
    ...known(sharing.frequency, "dpv:hasFrequency", (code) => termNode("frequency", FREQUENCIES, code)),
    ...(sharing.retention.state === "known"
      ? known(sharing.retention.value.days, "dpv:hasStorageCondition", (n) => ({
          ...{ "@type": "dpv:StorageDuration", "dcterms:description": daysText(n) },
        }))
      : {}),
    ...some("onward:notKnownYet", statesOf(sharing, "unknown")),
    ...some("onward:doesNotApply", statesOf(sharing, "not-applicable")),
  }
}

function assessmentNode(id: string, kind: string, title: string): Node {
  const term: Term | undefined = ASSESSMENT_KINDS.find((one) => one.code === kind)
  const type = term?.dpv && !term.flags?.includes("check") ? term.dpv : `onward:assessment-${kind}`
  return { "@id": `reg:${id}`, "@type": type, "dcterms:title": title }
}

const date = (on: string): Node => ({ "@type": "xsd:date", "@value": on })

/** First and last day of a flow. */
function days({ startsOn, endsOn }: FlowFacts["sharing"]): Node {
  return { ...known(startsOn, "onward:firstDay", date), ...known(endsOn, "onward:lastDay", date) }
}

/** Which questions about a flow have this state: what is silent in such a document would else mean nothing or anything. */
function statesOf(sharing: FlowFacts["sharing"], state: string): string[] {
  return Object.entries(sharing)
    .flatMap(([name, value]) => (isAnswer(value) && value.state === state ? [name] : []))
    .sort()
}

const isAnswer = (value: unknown): value is { state: string } =>
  typeof value === "object" && value !== null && "state" in value
