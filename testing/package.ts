import type { Readable } from "node:stream"
import { fromBufferPromise, type Entry } from "yauzl"
import { parseInstant } from "@/domain/core/instant"
import { blankOf, FIELDS } from "@/domain/records/fields"
import type { Chain } from "@/domain/records/evidence"
import type { AnyRecord } from "@/domain/records/kinds"
import type { PackageInput } from "@/formats/package/input"
import { writePackage } from "@/formats/package/write-package"
import { typedEntity, typedParty } from "./bodies"
import { nthId, typedAgreement, typedAssessment, typedConsent, typedDemand, typedNotice, typedSharing } from "./flow"

const OURS = nthId("entity", 1)
const between = { entityId: OURS, partyId: nthId("party", 1) }

/** A record of each kind, two parties, and a company of ours. */
export function packedInput(over: Partial<PackageInput> = {}): PackageInput {
  const stands = { version: 1, standing: "approved" } as const
  const chain = { ...(blankOf(FIELDS.chain) as Chain), sharingId: nthId("sharing", 1), title: "Storage", rank: 1 }
  const records: AnyRecord[] = [
    { ...stands, kind: "party", id: nthId("party", 1), body: typedParty() },
    {
      kind: "party",
      id: nthId("party", 2),
      version: 3,
      standing: "ended",
      body: typedParty({ legalName: "Østlig Lys AS" }),
    },
    { ...stands, kind: "sharing", id: nthId("sharing", 1), body: typedSharing(between) },
    { ...stands, kind: "agreement", id: nthId("agreement", 1), body: typedAgreement(between, [nthId("sharing", 1)]) },
    { ...stands, kind: "assessment", id: nthId("assessment", 1), body: typedAssessment(between.partyId) },
    { ...stands, kind: "consent", id: nthId("consent", 1), body: typedConsent(OURS) },
    { ...stands, kind: "notice", id: nthId("notice", 1), body: typedNotice(OURS) },
    { ...stands, kind: "demand", id: nthId("demand", 1), body: typedDemand(between) },
    {
      ...stands,
      kind: "chain",
      id: nthId("chain", 1),
      body: { ...chain, partyId: nthId("party", 2), engagedBy: between.partyId },
    },
  ]
  const asOf = parseInstant("2026-11-24T12:00:00Z")
  if (!asOf) throw new Error("no instant")
  return {
    formatVersion: 1,
    scope: { entityIds: null },
    asOf,
    logSize: 42,
    root: "ab".repeat(32),
    erasures: 2,
    withheld: 3,
    records,
    entities: [
      { id: OURS, body: typedEntity() },
      { id: nthId("entity", 2), body: typedEntity({ legalName: "Lumen North AS", mergeSeats: true }) },
    ],
    packs: [
      { pack: "statement", version: "1" },
      { pack: "house", version: "1" },
    ],
    ...over,
  }
}

/** The bytes of a package. */
export async function packed(input: PackageInput): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of writePackage(input)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

export type Unzipped = { entry: Entry; bytes: Buffer }

/** The files of a ZIP by name, in the order of its directory, read by another library than wrote it. */
export async function unzipped(zip: Buffer): Promise<Map<string, Unzipped>> {
  const file = await fromBufferPromise(zip, { lazyEntries: true, strictFileNames: true, validateEntrySizes: true })
  const entries = await new Promise<Entry[]>((resolve, reject) => {
    const found: Entry[] = []
    file.on("entry", (entry: Entry) => {
      found.push(entry)
      file.readEntry()
    })
    file.on("end", () => resolve(found))
    file.on("error", reject)
    file.readEntry()
  })
  const files = new Map<string, Unzipped>()
  for (const entry of entries) {
    const chunks: Uint8Array[] = []
    const stream: Readable = await file.openReadStreamPromise(entry)
    for await (const chunk of stream) chunks.push(chunk as Uint8Array)
    files.set(entry.fileName, { entry, bytes: Buffer.concat(chunks) })
  }
  return files
}
