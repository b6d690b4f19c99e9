import { confirmationsOf, type ConfirmationRow } from "@/db/statements/confirmations"
import { nearParties, type Near } from "@/db/statements/neighbours"
import { wordsOfFiles } from "@/db/statements/signatures"
import { bodiesInForce, type BodyRow } from "@/db/statements/versions"
import type { Tx } from "@/db/connect"
import { saysByHand } from "@/domain/records/by-hand"
import { completed } from "@/domain/records/complete"
import { ownFilesIn } from "@/domain/records/files-named"
import type { AnyRecord, RecordKind } from "@/domain/records/kinds"
import { holdsCommitment, veiled } from "@/domain/records/seal"
import type { FileWord } from "@/domain/signatures/bears"
import { confirmedBeside } from "@/usecases/register/confirmed"
import { isRecordKind } from "@/usecases/register/records"
import { wordsBeside } from "@/usecases/signatures/paper-words"

/** A record as it is stored, with what is asked beside papers. */
type Held = { version: BodyRow; words: ReadonlyMap<string, FileWord>; seen: readonly ConfirmationRow[] }

/** What was read for the last sharings, and need not be read again for the next: those of one party come together. */
export type Kept = Map<string, Held>

/** Some of the sharings, all of a party together, and the records around them, made out of their texts when they are asked for. */
export type Part = { sharings: string[]; records: () => AnyRecord[] }

/** So many sharings at least are a part, unless there are no more. */
const PART = 8

/**
 * Reads the records in force around the sharings, by which coverage and checks judge them, and gives them in parts. A text
 * becomes a record when its part is looked at, and is let go with it: thousands of records that stand while others are read beside
 * them cost a fifth of a run in being moved about. What is committed (names, reasons) stays veiled: it is not shown, and only asked
 * whether it is there.
 */
export async function readAround(tx: Tx, sharings: readonly string[], kept: Kept): Promise<Part[]> {
  const near = await nearParties(tx, { parties: [], sharings, allSharings: false }, null)
  const ids = new Set(near.map(({ id }) => id))
  for (const id of kept.keys()) if (!ids.has(id)) kept.delete(id)
  const fresh = [...ids].filter((id) => !kept.has(id))
  const read = (await bodiesInForce(tx, fresh)).filter(({ kind }) => isRecordKind(kind))
  const papers = read.filter(({ kind }) => kind === "agreement")
  const words = await wordsOfFiles(
    tx,
    papers.flatMap(({ body }) => ownFilesIn(body)),
    null,
  )
  const byHand = papers.filter(({ body }) => saysByHand(body)).map(({ recordId }) => recordId)
  const seen = await confirmationsOf(tx, byHand, null)
  for (const version of read) kept.set(version.recordId, { version, words, seen })
  return partsOf(sharings, near, new Map(kept))
}

/** The same, all at once. */
export async function loadAround(tx: Tx, sharings: readonly string[]): Promise<AnyRecord[]> {
  const parts = await readAround(tx, sharings, new Map())
  return [...new Map(parts.flatMap((part) => part.records().map((record) => [record.id as string, record]))).values()]
}

function partsOf(sharings: readonly string[], near: readonly Near[], held: Kept): Part[] {
  const own = new Map<string, string>()
  const around = new Map<string, string[]>()
  for (const { id, partyId, flow } of near) {
    if (flow) own.set(id, partyId)
    const list = around.get(partyId)
    if (list) list.push(id)
    else around.set(partyId, [id])
  }
  const parts: { sharings: string[]; parties: Set<string> }[] = []
  for (const id of sharings) {
    const party = own.get(id) ?? ""
    const last = parts[parts.length - 1]
    if (last && (last.sharings.length < PART || last.parties.has(party))) {
      last.sharings.push(id)
      last.parties.add(party)
    } else parts.push({ sharings: [id], parties: new Set([party]) })
  }
  const of = parts.map(({ parties }) => new Set([...parties].flatMap((party) => around.get(party) ?? [])))
  const recordOf = making(held, of)
  return parts.map((part, i) => ({
    sharings: part.sharings,
    records: () => [...(of[i] ?? [])].flatMap((id) => recordOf(id) ?? []),
  }))
}

/** Makes records out of their texts; what several parts ask for is made once (a notice that all flows name). */
function making(held: Kept, parts: readonly ReadonlySet<string>[]): (id: string) => AnyRecord | null {
  const [met, shared] = [new Set<string>(), new Map<string, AnyRecord | null>()]
  for (const part of parts)
    for (const id of part) {
      if (met.has(id)) shared.set(id, null)
      met.add(id)
    }
  return (id) => {
    const made = shared.get(id)
    if (made) return made
    const text = held.get(id)
    const record = text ? recordFrom(text) : null
    if (made === null) shared.set(id, record)
    return record
  }
}

function recordFrom({ version, words, seen }: Held): AnyRecord {
  const kind = version.kind as RecordKind
  const parsed = JSON.parse(version.body) as unknown
  const body = completed(kind, holdsCommitment(version.body) ? veiled(kind, parsed) : parsed)
  const record = { id: version.recordId, kind, version: version.n, standing: version.standing, body } as AnyRecord
  return wordsBeside(confirmedBeside(record, seen), words)
}
