import { expect, test } from "vitest"
import { known, unknown, NOT_APPLICABLE } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import type { Entity } from "@/domain/records/evidence"
import { blankOf, FIELDS } from "@/domain/records/fields"
import type { Party } from "@/domain/records/party"
import { typedParty } from "@/testing/bodies"
import { nthId, OPEN, typedAgreement, typedAssessment, typedSharing } from "@/testing/flow"
import { ASKED } from "./asked.data"
import { aboutRows, ANSWERED, SHEETS } from "./forms"
import type { FlowFacts } from "./kit"

const entityId = nthId("entity", 1)
const partyId = nthId("party", 2)
const sharingId = nthId("sharing", 3)
const between = { entityId, partyId }

function facts(over: Partial<FlowFacts> = {}): FlowFacts {
  const entity = {
    ...(blankOf(FIELDS.entity) as Entity),
    legalName: "Ours AG",
    country: "DE",
    regimes: [
      { regime: "CN", ...OPEN },
      { regime: "DORA", ...OPEN },
    ],
  } as Entity
  return {
    ...{
      id: sharingId,
      version: 2,
      standing: "approved",
      createdAt: "2026-01-02T00:00:00.000Z" as Instant,
      at: "2026-02-02T00:00:00.000Z" as Instant,
    },
    ...{ on: day("2026-06-01"), sharing: typedSharing(between), entity },
    party: { id: partyId, body: { ...(typedParty({ legalName: "Theirs Ltd" }) as Party) } },
    papers: [{ id: nthId("agreement", 4), body: typedAgreement(between, [sharingId]) }],
    assessments: [{ id: nthId("assessment", 5), body: { ...typedAssessment(partyId), kind: "pia" } }],
    chains: [],
    consents: [],
    notice: null,
    decisions: [],
    nameOf: (id) => (id === partyId ? "Theirs Ltd" : id === entityId ? "Ours AG" : id),
    ...over,
  }
}

test("every column that authorities' templates ask for is answered by a column, filled or named as not held", () => {
  expect(ASKED).toHaveLength(102)
  expect(ASKED.map(({ key }) => key).filter((key) => !ANSWERED.includes(key))).toEqual([])
  for (const { lacks } of SHEETS) for (const { why } of lacks) expect(why).not.toBe("")
  const names = SHEETS.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const { name, head } of SHEETS) {
    expect(name.length).toBeLessThanOrEqual(26)
    expect(new Set(head).size, name).toBe(head.length)
  }
})

const cellOf = (sheet: string, head: string, flow: FlowFacts, row = 0): unknown => {
  const one = SHEETS.find(({ name }) => name === sheet)
  return one?.rows(flow)[row]?.[one.head.indexOf(head)]
}

test("a flow fills the record of a controller; states read apart from what was typed", () => {
  const flow = facts()
  expect(cellOf("Article 30(1)", "(a) Controller", flow)).toBe("Ours AG")
  expect(cellOf("Article 30(1)", "(d) Recipient", flow)).toBe("Theirs Ltd")
  expect(cellOf("Article 30(1)", "(d) Role of the recipient", flow)).toBe("Processor")
  expect(cellOf("Article 30(1)", "(d) Where the recipient has the data", flow)).toBe("Ireland (IE): Stored there")
  expect(cellOf("Article 30(1)", "(e) Transfers: country and what they stand on", flow)).toBe("(none)")
  expect(cellOf("Article 30(2)", "(a) Processor", flow)).toBeUndefined()
  const odd = facts({
    sharing: typedSharing(between, {
      purposeText: known("not known yet"),
      source: unknown("X"),
      endsOn: NOT_APPLICABLE,
    }),
  })
  expect(cellOf("Article 30(1)", "(b) Purposes in words", odd)).toBe('"not known yet"')
  expect(cellOf("ICO sheet", "Source of the data", odd)).toBe("not known yet")
  expect(cellOf("Article 30(1)", "Last day", odd)).toBe("does not apply")
})

test("places and kinds are those of the day; transfers name the country and what they stand on", () => {
  const mechanism = {
    regime: "EU",
    mechanism: "scc-2021",
    module: known("2"),
    agreementId: null,
    assessmentId: null,
    evidence: known("filed"),
    ...OPEN,
  } as const
  const compelling = {
    ...mechanism,
    mechanism: "derogation.compelling",
    evidence: known("told the authority"),
  } as const
  const line = { country: "US", kind: "access", mechanisms: [mechanism, compelling], ...OPEN } as const
  const past = { country: "CN", kind: "storage", mechanisms: [], firstOn: null, lastOn: day("2026-05-31") } as const
  const flow = facts({ sharing: typedSharing(between, { destinations: known([line, past] as never) }) })
  expect(cellOf("Article 30(1)", "(e) Transfers: country and what they stand on", flow)).toBe(
    "United States of America (US) — EU: EU clauses 2021/914 (filed); EU: Compelling interests (told the authority)",
  )
  expect(cellOf("Article 30(1)", "(e) Safeguards, Art. 49(1) second subparagraph", flow)).toBe(
    "United States of America (US): told the authority",
  )
  expect(cellOf("Contracts (DORA)", "Countries of data at rest", flow)).toBe("(none)")
  expect(cellOf("Contracts (DORA)", "Data stored", flow)).toBe("no")
})

test("what a company does for clients is a processor's record, and nothing of it a controller's", () => {
  const client = {
    name: "Client SA",
    paper: known("MSA"),
    categories: known("hosting"),
    instruction: known("mail"),
    leave: known("general"),
    leaveOn: NOT_APPLICABLE,
    deletion: known("30 days"),
  } as const
  const flow = facts({ sharing: typedSharing(between, { client: known(client) as never }) })
  expect(cellOf("Article 30(2)", "(a) Controller (client)", flow)).toBe("Client SA")
  expect(cellOf("Article 30(2)", "(b) Categories of processing", flow)).toBe("hosting")
  expect(cellOf("Article 30(1)", "(a) Controller", flow)).toBeUndefined()
})

test("contracts and mainland sheets are only of companies under that law", () => {
  expect(cellOf("Contracts (DORA)", "Provider", facts())).toBe("Theirs Ltd")
  expect(cellOf("PIPL 56", "Company", facts())).toBe("Ours AG")
  const plain = facts({ entity: { ...(facts().entity as Entity), regimes: [] } })
  for (const sheet of ["Contracts (DORA)", "PIPL 56", "PIPL 39"])
    expect(cellOf(sheet, "Company", plain), sheet).toBeUndefined()
})

test("a flow whose party and company the package does not hold names them by their ids", () => {
  const flow = facts({ entity: null, party: null, papers: [], assessments: [] })
  for (const { rows } of SHEETS) expect(() => rows(flow)).not.toThrow()
  expect(cellOf("Article 30(1)", "(d) Recipient", flow)).toBe(partyId)
})

test("the sheet that says what a workbook is names every column of which nothing is held", () => {
  const rows = aboutRows(
    {
      origin: "onward/x",
      asOf: "2026-06-01T00:00:00.000Z",
      scope: "everything",
      logSize: 3,
      logRoot: "ab",
      takenBy: null,
    },
    SHEETS,
  )
  expect(rows.filter(([head]) => String(head).startsWith("Not held"))).toHaveLength(
    SHEETS.flatMap(({ lacks }) => lacks).length,
  )
  expect(rows.map(([head]) => head)).toContain("Sheet Article 30(1)")
})
