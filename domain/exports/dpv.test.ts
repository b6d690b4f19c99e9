import { expect, test } from "vitest"
import { known, unknown } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import type { Entity } from "@/domain/records/evidence"
import { blankOf, FIELDS } from "@/domain/records/fields"
import type { Party } from "@/domain/records/party"
import { AGREEMENT_KINDS } from "@/domain/vocabulary/agreements"
import { ASSESSMENT_KINDS } from "@/domain/vocabulary/assessments"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { LEGAL_BASES } from "@/domain/vocabulary/grounds"
import { MEASURES } from "@/domain/vocabulary/measures"
import { MECHANISMS } from "@/domain/vocabulary/mechanisms"
import { PARTY_KINDS } from "@/domain/vocabulary/parties"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import { DATA_FORMS, FREQUENCIES, MODES, ROLES } from "@/domain/vocabulary/sharings"
import { SUBJECTS } from "@/domain/vocabulary/subjects"
import type { Term } from "@/domain/vocabulary/term"
import { typedParty } from "@/testing/bodies"
import { nthId, OPEN, typedAgreement, typedAssessment, typedSharing } from "@/testing/flow"
import { companyNode, dpvBegins, DPV_ENDS, dpvNode, DPV_PREFIXES, DPV_STRUCTURE, flowNode, partyNode } from "./dpv"
import type { FlowFacts } from "./forms/kit"

const [entityId, partyId, sharingId] = [nthId("entity", 1), nthId("party", 2), nthId("sharing", 3)]
const between = { entityId, partyId }
const entity = {
  ...(blankOf(FIELDS.entity) as Entity),
  legalName: "Ours AG",
  country: "DE",
  dpo: known("A. Person"),
} as Entity
const party = typedParty({ legalName: 'Theirs "Ltd" \u2028' }) as Party

function flow(over: Parameters<typeof typedSharing>[1] = {}): FlowFacts {
  return {
    ...{ id: sharingId, version: 1, standing: "approved", createdAt: null, at: "2026-02-02T00:00:00.000Z" as Instant },
    ...{ on: day("2026-06-01"), sharing: typedSharing(between, over), entity, party: { id: partyId, body: party } },
    papers: [{ id: nthId("agreement", 4), body: typedAgreement(between, [sharingId]) }],
    assessments: ASSESSMENT_KINDS.map(({ code }, n) => ({
      id: nthId("assessment", 5 + n),
      body: { ...typedAssessment(partyId), kind: code },
    })),
    ...{ chains: [], consents: [], notice: null, decisions: [], nameOf: (id: string) => id },
  }
}

const everything = [
  ...MODES.map(({ code }) => flow({ mode: code })),
  ...ROLES.map(({ code }) => flow({ role: known(code) })),
  flow({
    purposes: known(PURPOSES.map(({ code }) => code)),
    subjects: known(SUBJECTS.map(({ code }) => code)),
    measures: known(MEASURES.map(({ code }) => code)),
    dataLines: known(
      DATA_KINDS.map(({ code }) => ({
        kind: code,
        necessity: unknown(),
        reviewedOn: unknown(),
        retentionDays: unknown(),
        ...OPEN,
      })) as never,
    ),
    bases: LEGAL_BASES.map(({ code }) => ({ regime: "EU", basis: code, evidence: unknown(), ...OPEN })) as never,
    destinations: known([
      {
        country: "US",
        kind: "storage",
        ...OPEN,
        mechanisms: MECHANISMS.map(({ code }) => ({
          regime: "EU",
          mechanism: code,
          module: unknown(),
          agreementId: null,
          assessmentId: null,
          evidence: unknown(),
          ...OPEN,
        })),
      },
    ] as never),
    dataForm: known("de-identified"),
    frequency: known("often"),
    peopleCount: unknown(),
  }),
]

const document = (): string =>
  [
    dpvBegins({
      origin: "onward/abc",
      asOf: "2026-06-01T00:00:00.000Z",
      logSize: 3,
      logRoot: "ab",
      scope: "everything",
    }),
    dpvNode(companyNode(entityId, entity)),
    dpvNode(partyNode(partyId, { ...party, kinds: PARTY_KINDS.map(({ code }) => ({ kind: code, ...OPEN })) } as Party)),
    ...everything.map((one) => dpvNode(flowNode(one))),
    DPV_ENDS,
  ].join("")

type Json = { [key: string]: unknown }

/** Every key, type and id of the nodes, written out by the context of the document itself. */
function expanded(read: Json): { keys: Set<string>; names: Set<string>; nodes: Json[] } {
  const context = read["@context"] as Record<string, string>
  const keys = new Set<string>()
  const names = new Set<string>()
  const full = (short: string): string => {
    const [prefix = "", ...rest] = short.split(":")
    expect(context, short).toHaveProperty([prefix])
    return `${context[prefix]}${rest.join(":")}`
  }
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(walk)
    if (typeof value !== "object" || value === null) return
    for (const [key, item] of Object.entries(value)) {
      if (key === "@id") names.add(full(item as string))
      else if (key === "@type") for (const type of [item].flat()) names.add(full(type as string))
      else if (key !== "@value") keys.add(full(key))
      if (!key.startsWith("@")) walk(item)
    }
  }
  const nodes = read["@graph"] as Json[]
  walk(nodes)
  return { keys, names, nodes }
}

const iri = (short: string): string => {
  const [prefix = "", name = ""] = short.split(":")
  return `${DPV_PREFIXES[prefix as keyof typeof DPV_PREFIXES]}${name}`
}

test("the document is JSON-LD by itself, and every word of DPV in it is one of the vocabulary's or of its structure", () => {
  const text = document()
  const read = JSON.parse(text) as Json
  expect((read["@context"] as Json)["@version"]).toBe(1.1)
  expect(JSON.stringify(read["@context"])).not.toContain("@import")
  const lists: readonly (readonly Term[])[] = [
    PURPOSES,
    DATA_KINDS,
    SUBJECTS,
    LEGAL_BASES,
    MECHANISMS,
    MEASURES,
    MODES,
    DATA_FORMS,
    FREQUENCIES,
    PARTY_KINDS,
    AGREEMENT_KINDS,
    ASSESSMENT_KINDS,
  ]
  const allowed = new Set([...lists.flat().flatMap(({ dpv }) => dpv ?? []), ...DPV_STRUCTURE].map(iri))
  const { keys, names } = expanded(read)
  const ofDpv = [...keys, ...names].filter((name) => name.startsWith("https://w3id.org/dpv"))
  expect(ofDpv.length).toBeGreaterThan(150)
  expect(ofDpv.filter((name) => !allowed.has(name))).toEqual([])
  expect(document()).toBe(text)
})

test("each node is of some type and stands once for what it is; a flow has one controller at least, and a recipient", () => {
  const { nodes } = expanded(JSON.parse(document()) as Json)
  expect(nodes).toHaveLength(everything.length + 3)
  for (const node of nodes.slice(1)) expect(node["@type"]).toBeDefined()
  for (const node of nodes.filter((one) => one["@type"] === "dpv:Process")) {
    expect(node["dpv:hasDataController"]).toBeDefined()
    expect(node["dcterms:title"]).not.toBe("")
    const to = [
      "dpv:hasRecipient",
      "dpv:hasDataProcessor",
      "dpv:hasRecipientDataController",
      "dpv:hasJointDataControllers",
    ].filter((key) => key in node)
    expect(to).toHaveLength(1)
  }
})

test("what DPV has no exact word for has one of our own with what is nearest; states that are no value are named", () => {
  const node = flowNode(flow({ mode: "transfer", purposes: known(["corp.deal"]), peopleCount: unknown() }))
  expect(node["dpv:hasProcessing"]).toEqual([
    {
      "@id": "onward:mode-transfer",
      "dcterms:title": "Transfer of control",
      "skos:closeMatch": { "@id": "dpv:Transfer" },
    },
  ])
  expect(node["dpv:hasPurpose"]).toMatchObject([{ "skos:closeMatch": { "@id": "dpv:OrganisationGovernance" } }])
  expect(node["onward:notKnownYet"]).toContain("peopleCount")
})

test("for a client the company of ours is a processor", () => {
  const node = flowNode(flow({ client: known({ name: "Client SA" }) as never }))
  expect(node["dpv:hasDataController"]).toEqual({ "@type": "dpv:DataController", "dpv:hasName": "Client SA" })
  expect(node["dpv:hasDataProcessor"]).toEqual([{ "@id": `reg:${entityId}` }, { "@id": `reg:${partyId}` }])
})
