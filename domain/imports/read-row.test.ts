import fc from "fast-check"
import { expect, test } from "vitest"
import { IMPORT_WORDS } from "@/components/words/import"
import { canonical } from "@/domain/core/canonical"
import { makeId, type Id, type IdKind } from "@/domain/core/id"
import type { Agreement } from "@/domain/records/agreement"
import { SHAPES } from "@/domain/records/kinds"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import type { ColumnMap, TargetField } from "./columns"
import type { RowRead } from "./proposal"
import { readRow } from "./read-row"
import type { RowGiven } from "./row-given"

let made = 0
const newId = <K extends IdKind>(kind: K): Id<K> => makeId(kind, (made += 1), new Uint8Array(10))
const entityId = newId("entity")

type Fields = Partial<Record<TargetField, string>> & { extra?: string }

function read(fields: Fields, over: Partial<RowGiven> = {}): RowRead {
  const header = Object.keys(fields)
  const map = Object.fromEntries(header.map((field, at) => [at, field])) as ColumnMap
  const cells = Object.values(fields)
  return readRow({ sheet: null, row: 5, cells }, { header, map, guarded: true, entityId, newId, ...over })
}

const party = (row: RowRead): Party => row.proposals.find(({ kind }) => kind === "party")?.body as Party
const sharing = (row: RowRead): Sharing => row.proposals.find(({ kind }) => kind === "sharing")?.body as Sharing
const kinds = (row: RowRead): string[] => row.proposals.map(({ kind }) => kind)
const says = (row: RowRead): unknown[] => row.problems.map(({ column, says }) => [column, says])

const full: Fields = {
  legalName: "Harbour Cloud Ltd",
  otherNames: "Harbour; HC",
  country: "Irland",
  kind: "Auftragsverarbeiter",
  subKind: "hosting",
  registration: "HRB 1",
  vat: "IE123",
  website: "https://harbour.example",
  hosts: "a.example; b.example",
  contactName: "Privacy desk",
  contactEmail: "privacy@harbour.example",
  risk: "hoch",
  mode: "entrust",
  role: "processor",
  purposes: "Hosting; Send mail, text, push for us",
  dataKinds: "Name, E-mail address, ip",
  subjects: "customers and employees",
  basis: "Art. 6(1)(f) GDPR",
  destinations: "Ireland, Korea, Republic of",
  retentionDays: "13 months",
  startsOn: "1.2.2024",
  endsOn: "2026-01-31",
  owner: "Head of platform",
  dueOn: "31.3.2026",
  dpa: "yes",
  extra: "kept",
}

test("a full row becomes a party, its sharing and the stated paper, in the register's words", () => {
  const row = read(full)
  expect(row.problems).toEqual([])
  expect(kinds(row)).toEqual(["party", "sharing", "agreement"])
  expect(party(row)).toMatchObject({
    legalName: "Harbour Cloud Ltd",
    otherNames: ["Harbour", "HC"],
    country: { state: "known", value: "IE" },
    kinds: [{ kind: "processor" }],
    subKind: { value: "infrastructure" },
    identifiers: [
      { kind: "registration", value: "HRB 1" },
      { kind: "vat", value: "IE123" },
    ],
    hosts: ["a.example", "b.example"],
    contacts: [{ name: "Privacy desk", email: "privacy@harbour.example" }],
    risk: { value: "high" },
    dataDecision: "receives-data",
    extra: [],
  })
  const flow = sharing(row)
  expect(flow).toMatchObject({
    entityId,
    partyId: row.proposals[0]?.id,
    mode: "entrust",
    title: "Hosting and delivery network: Harbour Cloud Ltd",
    purposes: { value: ["svc.infra", "svc.comms"] },
    subjects: { value: ["customer", "employee"] },
    bases: [{ regime: "EU", basis: "eu.6.1.f" }],
    retention: { value: { days: { value: 396 } } },
    startsOn: { value: "2024-02-01" },
    endsOn: { value: "2026-01-31" },
    owner: { value: "Head of platform" },
    dueOn: { value: "2026-03-31" },
    grounds: [],
    extra: [
      { column: "retentionDays", value: "13 months" },
      { column: "extra", value: "kept" },
    ],
  })
  expect(flow.dataLines.state === "known" && flow.dataLines.value.map(({ kind }) => kind)).toEqual([
    "id.name",
    "contact.email",
    "online.ip",
  ])
  expect(flow.destinations.state === "known" && flow.destinations.value.map(({ country }) => country)).toEqual([
    "IE",
    "KR",
  ])
  const paper = row.proposals[2]?.body as Agreement
  expect(paper).toMatchObject({ kind: "processing", knownHow: "stated", files: [], signatories: [] })
  expect(paper.covers).toEqual([{ sharingId: row.proposals[1]?.id, firstOn: null, lastOn: null }])
})

test("a row without a flow is a supplier not yet decided, and what it says beside that is kept", () => {
  const row = read({ legalName: "Paper Ltd", destinations: "Ireland", owner: "Purchasing", purposes: "-", extra: "x" })
  expect(kinds(row)).toEqual(["party"])
  expect(party(row)).toMatchObject({
    dataDecision: "undecided",
    extra: [
      { column: "destinations", value: "Ireland" },
      { column: "owner", value: "Purchasing" },
      { column: "extra", value: "x" },
    ],
  })
})

test("the last line of an address tells the country where no column does, and the address is kept", () => {
  const address = "1 Quay\nGalway\nIreland\n"
  expect(party(read({ legalName: "A", address }))).toMatchObject({
    country: { state: "known", value: "IE" },
    extra: [{ column: "address", value: address.trim() }],
  })
  expect(party(read({ legalName: "A", address, country: "DE" })).country).toEqual({ state: "known", value: "DE" })
  expect(party(read({ legalName: "A", address: "1 Quay, Galway" })).country).toEqual({ state: "blank" })
})

test("what a row does not say is not answered, and what it says is unknown is unknown", () => {
  const row = read({ legalName: "A", mode: "share", country: "unknown", risk: "n/a", startsOn: "tbd" })
  expect(party(row)).toMatchObject({ country: { state: "unknown" }, risk: { state: "blank" } })
  expect(sharing(row)).toMatchObject({ startsOn: { state: "unknown" }, purposes: { state: "blank" } })
})

test.each<[string, Fields, Partial<RowGiven>, string]>([
  ["the row", { mode: "transfer of control", kind: "processor" }, { defaults: { mode: "share" } }, "transfer"],
  ["the import's default", { purposes: "hosting", kind: "partner" }, { defaults: { mode: "entrust" } }, "entrust"],
  ["the party's kind", { purposes: "hosting", kind: "processor" }, {}, "entrust"],
  ["the default kind", { dataKinds: "name" }, { defaults: { kind: "public" } }, "disclose"],
])("the mode comes from %s", (_from, fields, over, mode) => {
  expect(sharing(read({ legalName: "A", ...fields }, over)).mode).toBe(mode)
})

test("a default mode alone makes no flow", () => {
  expect(kinds(read({ legalName: "A" }, { defaults: { mode: "entrust" } }))).toEqual(["party"])
})

test.each<[Fields, string, string]>([
  [{ legalName: "" }, "legalName", "import.name-missing"],
  [{ legalName: "?!" }, "legalName", "import.name-missing"],
  [{ legalName: "=HYPERLINK(1)" }, "legalName", "import.formula"],
  [{ legalName: "＝1+1" }, "legalName", "import.formula"],
  [{ legalName: "+49" }, "legalName", "import.formula"],
  [{ legalName: "-1" }, "legalName", "import.formula"],
  [{ legalName: "@sum" }, "legalName", "import.formula"],
  [{ legalName: "#REF!" }, "legalName", "import.cell-error"],
  [{ legalName: "x".repeat(301) }, "legalName", "import.too-long"],
  [{ country: "UK" }, "country", "import.country-meant"],
  [{ country: "Varies" }, "country", "import.country-region"],
  [{ country: "European Union" }, "country", "import.country-region"],
  [{ country: "Atlantis" }, "country", "import.no-country"],
  [{ country: "France, Spain" }, "country", "import.no-country"],
  [{ mode: "share", destinations: "France, EU" }, "destinations", "import.country-region"],
  [{ mode: "share", startsOn: "30.2.2026" }, "startsOn", "import.no-day"],
  [{ mode: "share", startsOn: "2026-13-01" }, "startsOn", "import.no-day"],
  [{ mode: "share", startsOn: "03/04/2026" }, "startsOn", "import.no-day"],
  [{ mode: "share", startsOn: "2.1.2026", endsOn: "1.1.2026" }, "endsOn", "import.ends-before"],
  [{ mode: "share", retentionDays: "for ever" }, "retentionDays", "import.no-days"],
  [{ mode: "share", retentionDays: "36526" }, "retentionDays", "import.no-days"],
  [{ dueOn: "31.9.2025" }, "dueOn", "import.no-day"],
  [{ destinations: "Atlantis" }, "destinations", "import.no-country"],
  [{ mode: "lend" }, "mode", "import.no-word"],
  [{ mode: "unknown" }, "mode", "import.mode-missing"],
  [{ mode: "share", purposes: "hosting; world peace" }, "purposes", "import.no-word"],
  [{ mode: "share", basis: "because" }, "basis", "import.no-word"],
  [{ risk: "purple" }, "risk", "import.no-risk"],
  [{ dpa: "maybe" }, "dpa", "import.no-yes-no"],
  [{ extra: "x".repeat(4001) }, "extra", "import.too-long"],
  [{ notes: "cut \ud83d" }, "notes", "import.half-sign"],
])("a row with %j is refused there, with one sentence", (fields, column, key) => {
  const row = read({ legalName: "A", ...fields })
  expect(says(row)).toEqual([[column, key]])
  expect(row.proposals).toEqual([])
  expect(IMPORT_WORDS).toHaveProperty([key])
})

test("a flow whose mode nothing says is asked for it", () => {
  expect(says(read({ legalName: "A", purposes: "hosting" }))).toEqual([[null, "import.mode-missing"]])
})

test("all problems of a row are told at once, with its number", () => {
  const row = read({ legalName: "=A", country: "XX", mode: "share", endsOn: "x", dueOn: "31.9.2025" })
  expect(row.problems.map((problem) => problem.row)).toEqual([5, 5, 5, 5])
  expect(row.problems.map((problem) => problem.column)).toEqual(["legalName", "country", "endsOn", "dueOn"])
})

test("a name that our own export guarded against spreadsheets comes back as it was; other formats keep the sign", () => {
  expect(party(read({ legalName: "'+Plus GmbH" })).legalName).toBe("+Plus GmbH")
  expect(party(read({ legalName: "''t Hart BV" })).legalName).toBe("'t Hart BV")
  expect(party(read({ legalName: "'t Hart BV" })).legalName).toBe("'t Hart BV")
  expect(party(read({ legalName: "'=x" }, { guarded: false })).legalName).toBe("'=x")
  expect(party(read({ legalName: "A", extra: "'=1" })).extra).toEqual([{ column: "extra", value: "=1" }])
})

test("a name that a formula gave is refused, though it looks like a name", () => {
  const given = { header: ["Name"], map: { 0: "legalName" } as ColumnMap, guarded: false, entityId, newId }
  const row = readRow({ sheet: "A", row: 2, cells: ["Acme"], formulas: [0] }, given)
  expect(says(row)).toEqual([["Name", "import.formula"]])
})

test("cells beyond the header, and rows that could not be read, are problems of the row as a whole", () => {
  const given = { header: ["Name"], map: { 0: "legalName" } as ColumnMap, guarded: true, entityId, newId }
  expect(says(readRow({ sheet: null, row: 2, cells: ["A", "x"] }, given))).toEqual([[null, "import.too-many-cells"]])
  expect(says(readRow({ sheet: null, row: 2, cells: ["A", " "] }, given))).toEqual([])
  expect(says(readRow({ sheet: null, row: 2, cells: [""], fault: "import.json-item" }, given))).toEqual([
    [null, "import.json-item"],
  ])
})

test("two columns of one meaning: the first is taken, the second kept; an ignored one is gone; a DPA of no is kept", () => {
  const header = ["Name", "Trade name", "Secret", "DPA"]
  const map: ColumnMap = { 0: "legalName", 1: "legalName", 2: "ignore", 3: "dpa" }
  const row = readRow(
    { sheet: null, row: 2, cells: ["A", "B", "C", "no"] },
    { header, map, guarded: true, entityId, newId },
  )
  expect(kinds(row)).toEqual(["party"])
  expect(party(row)).toMatchObject({
    legalName: "A",
    extra: [
      { column: "Trade name", value: "B" },
      { column: "DPA", value: "no" },
    ],
  })
})

test("whatever a row holds, it becomes records of the right form or problems, never both and never neither", () => {
  const cell = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.constantFrom(
      "",
      "Acme",
      "share",
      "DE",
      "hosting",
      "2026-02-29",
      "29.2.2024",
      "yes",
      "low",
      "90",
      "\ud800",
      "'=1",
    ),
  )
  const fields = Object.keys(full) as (keyof Fields)[]
  fc.assert(
    fc.property(fc.record(Object.fromEntries(fields.map((field) => [field, cell]))), fc.boolean(), (row, guarded) => {
      const got = read({ ...row, legalName: `A${row["legalName"]}` } as Fields, { guarded })
      expect(got.proposals.length === 0).toBe(got.problems.length > 0)
      for (const { kind, body } of got.proposals) {
        expect(SHAPES[kind].safeParse(body).error).toBeUndefined()
        expect(() => canonical(body)).not.toThrow()
      }
      for (const { says } of got.problems) expect(IMPORT_WORDS).toHaveProperty([says])
    }),
  )
})
