import { BLANK, known, unknown } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Assessment } from "@/domain/records/assessment"
import type { MechanismLine, Sharing } from "@/domain/records/sharing"
import {
  abroad,
  ALL_2026,
  between,
  clauses2021,
  CONSENT,
  consent,
  exception,
  ON,
  PARENT,
  paper,
  partner,
  party,
  plain,
  share,
  SHARING,
  statute,
  testClauses,
  yes,
  type Row,
  type Story,
} from "@/testing/clause-stories"
import { aBasis, aGround, aLine, OPEN, typedAgreement } from "@/testing/in-2026"

const END_OF_YEAR = [ON("2026-12-31", "2027-01-01")]
const without = (story: Story, item: string, kind?: "processing" | "scc" | "joint-arrangement"): Story =>
  paper(story, {
    ...(kind ? { kind } : {}),
    checklist: typedAgreement(between, [], kind ? { kind } : {}).checklist.filter((line) => line.item !== item),
  })
/** A second paper's item that holds all but the last day cannot be told by one paper: its last day is. */
const short = (story: Story): Story => paper(story, { endsOn: known(day("2026-12-30")) })
const basis = (story: Story, ...bases: Sharing["bases"]): Story => share(story, { bases })
const TIA: Partial<Assessment> = { kind: "tia", sharingId: SHARING, outcome: known("equivalent") }

const joint: Story = { ...share(partner, { role: known("joint") }), agreement: { kind: "joint-arrangement" } }
const sub: Story = { ...share(plain, { role: known("sub-processor"), parentId: PARENT }), parent: {} }
const client = {
  name: "A client",
  paper: known("contract 7"),
  categories: known("hosting"),
  instruction: known("order of 3 May"),
  leave: known("general" as const),
  leaveOn: known(day("2025-05-03")),
  deletion: known("returned"),
}
const acting = share(plain, { client: known(client) })
const us = (mechanism: MechanismLine["mechanism"], over: Partial<MechanismLine> = {}): Partial<Sharing> =>
  abroad([{ ...clauses2021, mechanism, evidence: known("see the file"), ...over }])
const scc: Story = { ...share(plain, us("scc-2021")), agreement: { kind: "scc" }, assessments: [{}, TIA] }
const bcr: Story = {
  ...share(plain, us("bcr")),
  party: { kinds: [{ kind: "affiliate", ...OPEN }], groupLinks: [{ ...OPEN }] },
  assessments: [{}, TIA],
}
const dpf = { condition: "dpf" as const, evidence: BLANK, ...OPEN }
const adequate: Story = { ...share(plain, us("adequacy")), party: { conditions: [dpf] } }
const rare: Story = share(plain, { ...us("derogation.b"), frequency: known("sporadic") })
const order: Story = party(share(statute, { grounds: [aGround("statute", { citation: known("treaty of 2006") })] }), {
  country: known("US"),
})
const oldWay: Story = {
  ...share(plain, {
    ...us("scc-2010"),
    startsOn: known(day("2021-01-01")),
    endsOn: known(day("2022-12-27")),
  }),
  agreement: {
    kind: "scc",
    effectOn: known(day("2021-01-01")),
    signatories: typedAgreement(between, []).signatories.map((one) => ({ ...one, signedOn: known(day("2020-12-01")) })),
  },
}
const signedOn = (story: Story, on: string): Story =>
  paper(story, {
    signatories: typedAgreement(between, []).signatories.map((one) => ({ ...one, signedOn: known(day(on)) })),
  })

const letters: Row[] = ["a", "b", "c", "d", "e", "f", "g", "h"].map((letter) => ({
  clause: `GDPR-28.3.${letter}`,
  kept: plain,
  broken: without(plain, `28.3.${letter}`),
  edge: paper(plain, {
    endsOn: known(day("2026-06-30")),
    checklist: typedAgreement(between, []).checklist.map((line) =>
      line.item === `28.3.${letter}` ? { ...line, verdict: "partly" as const } : line,
    ),
  }),
  edgeDays: [ON("2026-01-01", "2026-07-01")],
}))
const clientRows: Row[] = (
  [
    ["CONTRACT", "paper"],
    ["ORDER", "instruction"],
    ["LEAVE", "leaveOn"],
    ["END", "deletion"],
  ] as const
).map(([what, field]) => ({
  clause: `GDPR-28-CLIENT-${what}`,
  kept: acting,
  broken: share(plain, { client: known({ ...client, [field]: BLANK }) }),
  edge: share(plain, { client: known({ ...client, [field]: unknown("the client") }) }),
  edgeDays: ALL_2026,
}))

testClauses([
  {
    clause: "GDPR-5.1.b",
    kept: plain,
    broken: share(plain, { purposes: known(["mkt.social"]) }),
    edge: share(consent, {
      purposes: known(["mkt.social"]),
      grounds: [aGround("consent", { consentId: CONSENT, lastOn: day("2026-12-30") })],
    }),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "GDPR-5.1.c",
    kept: plain,
    broken: share(plain, { dataLines: known([aLine("device.id", { necessity: BLANK })]) }),
    edge: share(plain, {
      dataLines: known([
        aLine("device.id"),
        aLine("acct.identifier", { necessity: BLANK, firstOn: day("2026-12-31") }),
      ]),
    }),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "GDPR-5.1.e",
    kept: plain,
    broken: share(plain, { retention: BLANK }),
    edge: share(plain, { retention: unknown("the party") }),
    edgeDays: ALL_2026,
  },
  {
    clause: "GDPR-6.1",
    kept: { ...basis(partner, aBasis("eu.6.1.f")), assessments: [{}, { kind: "lia" }] },
    broken: basis(partner),
    edge: {
      ...basis(partner, aBasis("eu.6.1.f")),
      assessments: [{}, { kind: "lia", validUntil: known(day("2026-12-30")) }],
    },
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "GDPR-7",
    kept: yes(basis(consent, aBasis("eu.6.1.a")), { withdrawalRoute: known("the same switch") }),
    broken: basis(partner, aBasis("eu.6.1.a")),
    edge: yes(basis(consent, aBasis("eu.6.1.a")), {
      withdrawalRoute: known("the same switch"),
      closedAt: known("2026-12-31T10:00:00.000Z"),
    }),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "GDPR-8",
    kept: {
      ...share(basis(partner, aBasis("eu.6.1.a")), {
        subjects: known(["child"]),
        minors: known({ way: "guardian-consent", consentId: CONSENT, reason: BLANK }),
      }),
      consent: { about: "guardian" },
    },
    broken: share(basis(partner, aBasis("eu.6.1.a")), { subjects: known(["child"]) }),
    edge: {
      ...share(basis(partner, aBasis("eu.6.1.a")), {
        subjects: known(["child"]),
        minors: known({ way: "guardian-consent", consentId: CONSENT, reason: BLANK }),
      }),
      consent: { about: "guardian", firstOn: known(day("2026-01-02")) },
    },
    edgeDays: [ON("2026-01-01", "2026-01-02")],
  },
  {
    clause: "GDPR-9",
    kept: share(basis(plain, aBasis("eu.9.2.f")), { inferable: known("yes") }),
    broken: share(plain, { dataLines: known([aLine("spec.health")]) }),
    edge: share(basis(plain, aBasis("eu.9.2.h", { lastOn: day("2026-12-30") })), {
      dataLines: known([aLine("spec.health")]),
    }),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "GDPR-10",
    kept: share(basis(plain, aBasis("eu.6.1.c")), { dataLines: known([aLine("crim.record")]) }),
    broken: share(plain, { dataLines: known([aLine("crim.record")]) }),
    edge: share(basis(plain, aBasis("eu.6.1.c", { evidence: known(" ") })), {
      dataLines: known([aLine("crim.record", { firstOn: day("2026-12-31") })]),
    }),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "GDPR-13.1.e",
    kept: share(plain, us("scc-2021")),
    broken: share(plain, { noticeId: null }),
    edge: { ...share(plain, us("scc-2021")), notice: { endsOn: known(day("2026-12-30")) } },
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "GDPR-14",
    kept: share(plain, { source: known("a public register") }),
    broken: share(plain, { source: known("a public register"), noticeId: null }),
    edge: { ...share(plain, { source: known("a register") }), notice: { effectOn: known(day("2026-01-02")) } },
    edgeDays: [ON("2026-01-01", "2026-01-02")],
  },
  {
    clause: "GDPR-26",
    kept: joint,
    broken: without(joint, "ESSENCE", "joint-arrangement"),
    edge: short(joint),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "GDPR-27",
    kept: { entity: { country: "US", representative: known("A representative in Cork") } },
    broken: { entity: { country: "US" } },
    edge: {
      entity: { country: "GB", regimes: [{ regime: "EU", ...OPEN }] },
      sharing: { startsOn: known(day("2020-12-01")) },
    },
    edgeDays: [ON("2021-06-28", "2027-01-01")],
  },
  {
    clause: "GDPR-28.1",
    kept: plain,
    broken: { assessments: [] },
    edge: { assessments: [{ validUntil: known(day("2026-12-30")) }] },
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "GDPR-28.2",
    kept: { chains: [{}] },
    broken: { chains: [{ answer: known("objected") }] },
    edge: { chains: [{ answer: BLANK, objectUntil: known(day("2026-01-10")) }] },
    edgeDays: [ON("2026-01-01", "2026-01-11")],
  },
  { clause: "GDPR-28.3", kept: plain, broken: { agreement: null }, edge: short(plain), edgeDays: END_OF_YEAR },
  ...letters,
  {
    clause: "GDPR-28.3.g-END",
    kept: share(plain, { deletionProof: known({ provenOn: day("2027-01-31"), fileId: null, text: "letter" }) }),
    broken: plain,
    edge: share(plain, { deletionProof: known({ provenOn: day("2027-02-01"), fileId: null, text: "letter" }) }),
    edgeDays: [ON("2027-01-31", "2027-02-01")],
  },
  {
    clause: "GDPR-28.4",
    kept: sub,
    broken: share(plain, { role: known("sub-processor") }),
    edge: short(sub),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "GDPR-28.9",
    kept: plain,
    broken: paper(plain, { files: [], checklist: [] }),
    edge: paper(plain, { files: [], checklist: [], endsOn: known(day("2026-06-30")) }),
    edgeDays: [ON("2026-01-01", "2026-07-01")],
  },
  {
    clause: "GDPR-28.10",
    kept: plain,
    broken: share(plain, { ownPurpose: known("yes") }),
    edge: share(plain, { ownPurpose: unknown("the party") }),
    edgeDays: ALL_2026,
  },
  ...clientRows,
  {
    clause: "GDPR-29",
    kept: plain,
    broken: share(plain, { ownPurpose: known("yes") }),
    edge: share(plain, { ownPurpose: BLANK }),
    edgeDays: ALL_2026,
  },
  {
    clause: "GDPR-30.1",
    kept: plain,
    broken: share(plain, { subjects: BLANK }),
    edge: share(plain, { measures: unknown("the party") }),
    edgeDays: ALL_2026,
  },
  {
    clause: "GDPR-30.2",
    kept: acting,
    broken: share(plain, { client: known({ ...client, categories: BLANK }) }),
    edge: share(plain, { client: known({ ...client, categories: known(" ") }) }),
    edgeDays: ALL_2026,
  },
  {
    clause: "GDPR-32",
    kept: plain,
    broken: share(plain, { measures: known(["transit.encryption", "access.control", "backup"]) }),
    edge: share(plain, { measures: unknown("the party") }),
    edgeDays: ALL_2026,
  },
  {
    clause: "GDPR-35",
    kept: { ...share(plain, { automatedDecisions: known("yes") }), assessments: [{}, { kind: "pia" }] },
    broken: share(plain, { inferable: known("yes"), peopleCount: known(5000) }),
    edge: {
      ...share(plain, { subjects: known(["child"]), peopleCount: known(5000) }),
      assessments: [{}, { kind: "pia", validUntil: known(day("2026-12-30")) }],
    },
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "GDPR-44",
    kept: scc,
    broken: share(plain, abroad([])),
    edge: share(plain, us("scc-2021", { lastOn: day("2026-12-30") })),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "GDPR-45",
    kept: adequate,
    broken: { ...adequate, party: { conditions: [] } },
    edge: { ...adequate, party: { conditions: [{ ...dpf, lastOn: day("2026-12-30") }] } },
    edgeDays: END_OF_YEAR,
  },
  { clause: "GDPR-46", kept: scc, broken: { ...scc, agreement: null }, edge: short(scc), edgeDays: END_OF_YEAR },
  {
    clause: "GDPR-46-TIA",
    kept: scc,
    broken: { ...scc, assessments: [{}] },
    edge: { ...scc, assessments: [{}, { ...TIA, validUntil: known(day("2026-12-30")) }] },
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "GDPR-47",
    kept: bcr,
    broken: share(bcr, us("bcr", { evidence: BLANK })),
    edge: party(bcr, { groupLinks: [{ firstOn: null, lastOn: day("2026-12-30") }] }),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "GDPR-48",
    kept: order,
    broken: party(statute, { country: known("US") }),
    edge: party(exception(3, { caseNumber: known("7"), lastOn: day("2026-12-30") }), { country: known("US") }),
    edgeDays: [ON("2026-01-01", "2026-12-31")],
  },
  {
    clause: "GDPR-49",
    kept: rare,
    broken: share(rare, { frequency: known("often") }),
    edge: share(rare, us("derogation.compelling", { evidence: BLANK, firstOn: day("2026-12-31") })),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "SCC-914-DATE",
    kept: scc,
    broken: signedOn(scc, "2021-06-26"),
    edge: signedOn(share(scc, us("scc-2021", { lastOn: day("2026-01-01") })), "2021-06-26"),
    edgeDays: [ON("2026-01-01", "2026-01-02")],
  },
  {
    clause: "SCC-914-MOD",
    kept: scc,
    broken: share(scc, us("scc-2021", { module: known("1") })),
    edge: share(scc, us("scc-2021", { module: unknown("counsel"), firstOn: day("2026-12-31") })),
    edgeDays: END_OF_YEAR,
  },
  {
    clause: "SCC-914-ANNEX",
    kept: scc,
    broken: without(scc, "ANNEX-II", "scc"),
    edge: { ...without(scc, "ANNEX-III", "scc"), chains: [{}] },
    edgeDays: ALL_2026,
  },
  {
    clause: "SCC-OLD-NEW",
    kept: oldWay,
    broken: signedOn(oldWay, "2021-09-27"),
    edge: signedOn(oldWay, "2021-09-28"),
    edgeDays: [ON("2021-09-27", "2022-12-28")],
  },
  {
    clause: "SCC-OLD-END",
    kept: oldWay,
    broken: share(oldWay, { dataLines: known([aLine("device.id", { firstOn: day("2021-09-27") })]) }),
    edge: share(oldWay, { endsOn: known(day("2022-12-28")) }),
    edgeDays: [ON("2022-12-28", "2022-12-29")],
  },
])
