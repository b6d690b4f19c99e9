import fc from "fast-check"
import { expect, test } from "vitest"
import { makeId, type Id, type IdKind } from "@/domain/core/id"
import { SHAPES } from "@/domain/records/kinds"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import { openVendorList } from "@/formats/vendor-list"
import { eachRow } from "@/formats/table"
import { madeVendor, madeVendorList, type MadeVendor } from "@/testing/vendor-list"
import type { RowRead } from "./proposal"
import { readVendor } from "./vendor"

let made = 0
const newId = <K extends IdKind>(kind: K): Id<K> => makeId(kind, (made += 1), new Uint8Array(10))
const entityId = newId("entity")

async function readAll(vendors: MadeVendor[]): Promise<RowRead[]> {
  const table = await openVendorList({ bytes: Buffer.from(madeVendorList(vendors)) })
  if (!table.ok) throw new Error(table.says)
  const read: RowRead[] = []
  await eachRow(table.value, (row) => void read.push(readVendor(row, table.value.header, { entityId, newId })))
  return read
}

async function one(over: Partial<MadeVendor> = {}): Promise<{ party: Party; sharing: Sharing; read: RowRead }> {
  const [read] = await readAll([madeVendor(7, over)])
  const [party, sharing] = read?.proposals ?? []
  return {
    party: party?.body as Party,
    sharing: sharing?.body as Sharing,
    read: read ?? { row: 0, proposals: [], problems: [] },
  }
}

test("a vendor becomes a partner for advertising under its number, and one share with the file's facts", async () => {
  const { party, sharing, read } = await one()
  expect(party).toMatchObject({
    legalName: "Invented Ads 7 Ltd",
    kinds: [{ kind: "partner" }],
    subKind: { state: "known", value: "advertising" },
    identifiers: [{ kind: "vendor-number", value: "7" }],
    country: { state: "unknown" },
    website: { state: "unknown" },
    risk: { state: "unknown" },
  })
  expect(sharing).toMatchObject({
    entityId,
    partyId: read.proposals[0]?.id,
    mode: "share",
    purposes: { state: "known", value: ["mkt.ads", "ana.usage"] },
    bases: [
      { regime: "EU", basis: "eu.6.1.a", evidence: { value: "Purposes 1, 3, 4 of the vendor list" } },
      { regime: "EU", basis: "eu.6.1.f", evidence: { value: "Purposes 2, 7 of the vendor list" } },
    ],
    retention: { value: { days: { value: 90 }, trigger: { state: "unknown" }, deletion: { state: "unknown" } } },
    endsOn: { state: "unknown" },
    startsOn: { state: "unknown" },
    destinations: { state: "unknown" },
    subjects: { state: "unknown" },
    grounds: [],
  })
  const lines = sharing.dataLines.state === "known" ? sharing.dataLines.value : []
  expect(lines.map((line) => line.kind)).toEqual(["online.ip", "online.browsing", "loc.coarse"])
  expect(JSON.stringify([party, sharing])).not.toContain('"blank"')
})

test("every fact of the vendor is kept beside the sharing", async () => {
  const { sharing } = await one()
  expect(sharing.extra).toContainEqual({ column: "flexiblePurposes", value: "2" })
  expect(sharing.extra).toContainEqual({ column: "cookieMaxAgeSeconds", value: "7776000" })
})

test("a deleted vendor's sharing ends on the day of its deletion", async () => {
  expect((await one({ deletedDate: "2024-02-29T00:00:00Z" })).sharing.endsOn).toEqual({
    state: "known",
    value: "2024-02-29",
  })
})

test("a vendor that names no retention, purposes or data leaves them unknown", async () => {
  const { sharing } = await one({
    purposes: [],
    legIntPurposes: [],
    dataDeclaration: [],
    dataRetention: { purposes: {}, specialPurposes: {} },
  })
  expect(sharing).toMatchObject({
    purposes: { state: "unknown" },
    dataLines: { state: "unknown" },
    retention: { state: "unknown" },
    bases: [],
  })
})

test("a retention of no days is known as none, not as unknown", async () => {
  const { sharing } = await one({ dataRetention: { stdRetention: 0, purposes: {}, specialPurposes: {} } })
  expect(sharing.retention).toMatchObject({ state: "known", value: { days: { state: "known", value: 0 } } })
})

test.each<[Partial<MadeVendor>, string, string]>([
  [{ name: " " }, "name", "import.name-missing"],
  [{ name: "=cmd()" }, "name", "import.formula"],
  [{ deletedDate: "2023-02-30T00:00:00Z" }, "deletedDate", "import.no-day"],
  [{ purposes: [1, 12] }, "purposes", "import.vendor-code"],
  [{ dataDeclaration: [99] }, "dataDeclaration", "import.vendor-code"],
  [{ legIntPurposes: ["two"] as unknown as number[] }, "legIntPurposes", "import.no-number"],
  [{ dataRetention: { stdRetention: -4, purposes: {}, specialPurposes: {} } }, "stdRetention", "import.no-days"],
])("a vendor with %j proposes nothing and says why", async (over, column, says) => {
  const { read } = await one(over)
  expect(read.proposals).toEqual([])
  expect(read.problems).toEqual([expect.objectContaining({ row: 7, column, says })])
})

test("whatever the list says of purposes, data, retention and basis can be read back from the records", async () => {
  const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 11 }))
  await fc.assert(
    fc.asyncProperty(numbers, numbers, numbers, fc.option(fc.nat(4000)), async (consent, interest, data, days) => {
      const { party, sharing } = await one({
        purposes: consent,
        legIntPurposes: interest,
        dataDeclaration: data,
        dataRetention: { ...(days === null ? {} : { stdRetention: days }), purposes: {}, specialPurposes: {} },
      })
      expect(SHAPES.party.safeParse(party).success && SHAPES.sharing.safeParse(sharing).success).toBe(true)
      expect(sharing.bases.map(({ basis }) => basis)).toEqual([
        ...(consent.length > 0 ? ["eu.6.1.a"] : []),
        ...(interest.length > 0 ? ["eu.6.1.f"] : []),
      ])
      expect(
        sharing.bases.flatMap(({ evidence }) => (evidence.state === "known" ? evidence.value.match(/\d+/g) : [])),
      ).toEqual([...consent, ...interest].map(String))
      // Each data category is one kind of its own, so the count is the file's.
      expect(sharing.dataLines.state === "known" ? sharing.dataLines.value.length : 0).toBe(data.length)
      expect(sharing.retention.state === "known" && sharing.retention.value.days).toEqual(
        days === null ? false : { state: "known", value: days },
      )
    }),
  )
})
