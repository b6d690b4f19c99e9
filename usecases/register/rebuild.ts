import { withConfirmed } from "./confirmed"
import { setImmediate } from "node:timers/promises"
import { sql } from "drizzle-orm"
import { batches } from "@/db/batches"
import { rows, type Tx } from "@/db/connect"
import { rebuildCounts } from "@/db/statements/counts"
import {
  derivedWith,
  otherwiseFound,
  putFindings,
  putJudgementsOfPart,
  putTurns,
  type NetTurn,
} from "@/db/statements/judgements"
import { countSharings, putRows, putSharingChecks } from "@/db/statements/rows"
import { textArray } from "@/db/statements/log"
import { neighbours } from "@/db/statements/neighbours"
import { lawFactsOf } from "@/domain/checks/law"
import type { Pack } from "@/domain/checks/types"
import { dayIn, type Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Entity } from "@/domain/records/evidence"
import type { AnyRecord } from "@/domain/records/kinds"
import { rebuildBands, standsNow, type Stands } from "@/usecases/checks/bands"
import type { Instant } from "@/domain/core/instant"
import { RECORD_KINDS } from "@/domain/records/kinds"
import { holdsCommitment } from "@/domain/records/seal"
import { rowTable } from "@/domain/records/project"
import { checkMany, type AllChecked } from "@/usecases/checks/check-all"
import { conditionsAround, type Conditions } from "@/usecases/checks/conditions"
import { packsNow, packsWord } from "@/usecases/packs/known"
import { listRow } from "@/usecases/requests/in-force"
import { putDesk, type SealedVersion } from "@/usecases/desk/put-desk"
import { versionRows, versionsInForce } from "@/db/statements/versions"
import { withWords } from "@/usecases/signatures/paper-words"
import { isRecordKind, loadEntities, openVersions, type StoredRecord } from "./records"

const BATCH = 500

/**
 * Makes the derived tables anew from the versions: list rows with their spans, and what the checks say of what is in
 * force. What is in them follows from the versions alone, so this changes nothing but what was wrong: a finding or a
 * judgement that still holds keeps its span. Run it alone, in one transaction.
 */
export async function rebuildRows(tx: Tx, now: Instant): Promise<{ versions: number; records: number }> {
  for (const table of ["party_rows", "sharing_rows", "agreement_rows", "other_rows", "record_counts"])
    await tx.execute(sql.raw(`delete from ${table}`))
  let versions = 0
  for (let after = -1; ;) {
    const page = await versionRows(tx, after, BATCH)
    const last = page[page.length - 1]
    if (!last) break
    after = last.logIndex
    for (const version of await openVersions(
      tx,
      page.filter((one) => (RECORD_KINDS as readonly string[]).includes(one.kind)),
    )) {
      const row = listRow(version.kind, version.id, version.version, version.standing, version.body)
      await putRows(tx, rowTable(version.kind), version.at, [row])
      versions += 1
    }
  }
  await rebuildCounts(tx)
  return { versions, records: await recheck(tx, now) }
}

/**
 * Judges everything in force anew and writes coverage, findings and counts: first the sums of the mainland, then party by
 * party with all that is around them, so that memory does not grow with the register.
 */
export async function recheck(tx: Tx, now: Instant): Promise<number> {
  const all = await idsOf(tx, RECORD_KINDS)
  const entities = await loadEntities(tx, await idsOf(tx, ["entity"]), null)
  const packs = await packsNow(tx, now)
  const law = lawFactsOf(packs)
  await rebuildBands(tx, entities, law, BATCH)
  const on: On = {
    packs,
    entities,
    stands: await standsNow(tx, entities, law),
    conditions: await conditionsAround(tx, all, null),
    today: new Map([...entities].map(([id, entity]) => [id as string, dayIn(entity.zone, now)])),
  }
  const parts = partsOf(await partiesWithFlows(tx))
  const turns = new Map<string, NetTurn>()
  const keep = (written: readonly NetTurn[]): void => {
    for (const turn of written) {
      const key = `${turn.entity_id} ${turn.clause} ${turn.verdict} ${turn.on_day}`
      const known = turns.get(key)
      if (known) known.n += turn.n
      else turns.set(key, turn)
    }
  }
  // The next part is read, and the last one written, while this one is judged.
  let reading = parts[0] ? around(tx, parts[0]) : null
  let writing: Promise<NetTurn[]> = Promise.resolve([])
  const waiting = new Set(all)
  try {
    for (const [i, parties] of parts.entries()) {
      const { records, versions } = (await reading) ?? NOBODY
      const next = parts[i + 1]
      reading = next ? around(tx, next) : null
      // Whoever fails is waited for and thrown in its own turn; until then nobody else listens.
      reading?.catch(() => undefined)
      const { checked, about } = await judgedPart(records, parties, on)
      keep(await writing)
      const mine = versions.filter((version) => about.has(version.recordId))
      for (const { recordId } of mine) waiting.delete(recordId)
      writing = writePart(tx, now, parties, checked, about, mine)
      writing.catch(() => undefined)
    }
    keep(await writing)
  } finally {
    // Whatever failed: nothing of ours may still read or write when the transaction is let go.
    await Promise.allSettled([reading, writing])
  }
  // What stands with no party (consents, notices) has no part.
  for (const ids of batches([...waiting], BATCH)) await putDesk(tx, now, await versionsInForce(tx, ids, null))
  await putTurns(tx, now, [...turns.values()])
  // By these packs everything was judged: the worker need not do it again.
  await derivedWith(tx, packsWord(packs, now))
  return all.length
}

/** Parties in parts that have about a batch of flows each. */
function partsOf(parties: readonly { id: string; n: number }[]): string[][] {
  const out: string[][] = []
  let flows = BATCH
  for (const { id, n } of parties) {
    const last = out[out.length - 1]
    if (last && flows < BATCH && last.length < BATCH) last.push(id)
    else {
      out.push([id])
      flows = 0
    }
    flows += n
  }
  return out
}

type On = {
  packs: readonly Pack[]
  entities: ReadonlyMap<Id<"entity">, Entity>
  stands: Stands
  conditions: Conditions
  today: ReadonlyMap<string, Day>
}

/** The records around parties, opened, and the versions that they are. */
type Part = { records: StoredRecord[]; versions: SealedVersion[] }
const NOBODY: Part = { records: [], versions: [] }

async function around(tx: Tx, parties: readonly string[]): Promise<Part> {
  const ids = await neighbours(tx, { parties, sharings: [], allSharings: true }, null)
  const versions = (await versionsInForce(tx, ids, null)).filter((version) => isRecordKind(version.kind))
  const records = await withWords(tx, await withConfirmed(tx, await openVersions(tx, versions), null), null)
  const opened = new Map(records.map((record) => [record.id as string, record.body]))
  // What holds nothing sealed reads the same open: it is not parsed twice.
  const sealed = versions.map((version): SealedVersion => {
    const read = holdsCommitment(version.body) ? undefined : opened.get(version.recordId)
    return read ? { ...version, read } : version
  })
  return { records, versions: sealed }
}

type Checked = AllChecked["checked"]

/** So many records are judged before what is read and written beside goes on: a statement follows another only between two turns. */
const TURN = 25

async function judgedPart(
  records: readonly StoredRecord[],
  parties: readonly string[],
  on: On,
): Promise<{ checked: Checked; about: ReadonlySet<string> }> {
  const theirs = new Set(parties)
  const about = new Set(records.filter((one) => theirs.has(partyOf(one))).map((one) => one.id as string))
  const { checked } = await checkMany({ ...on, records, about, keep: true }, () => setImmediate(), TURN)
  return { checked, about }
}

async function writePart(
  tx: Tx,
  at: Instant,
  parties: readonly string[],
  checked: Checked,
  about: ReadonlySet<string>,
  versions: readonly SealedVersion[],
): Promise<NetTurn[]> {
  const mine = <T extends { recordId: string }>(list: readonly T[]): T[] =>
    list.filter((one) => about.has(one.recordId))
  await putSharingChecks(tx, at, mine(checked.sharings))
  const findings = mine(checked.findings)
  const others = await otherwiseFound(
    tx,
    checked.recordIds.filter((id) => about.has(id)),
    findings,
  )
  const news = findings.filter((one) => others.has(one.recordId))
  if (others.size > 0) await putFindings(tx, at, [...others], news)
  await putDesk(tx, at, versions)
  await countSharings(tx, parties)
  return putJudgementsOfPart(tx, at, mine(checked.judgements))
}

const partyOf = (one: AnyRecord): string =>
  one.kind === "party" ? one.id : "partyId" in one.body ? (one.body.partyId as string) : ""

async function idsOf(tx: Tx, kinds: readonly string[]): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select id from records where kind = any(${textArray(kinds)}::text[]) order by id`,
  )
  return found.map((row) => row.id)
}

/** Every party in force with how many flows it has. */
async function partiesWithFlows(tx: Tx): Promise<{ id: string; n: number }[]> {
  return rows(
    tx,
    sql`select p.record_id as id, (select count(*)::int from sharing_rows s where s.until_at = 'infinity' and s.party_id = p.record_id) as n
      from party_rows p where p.until_at = 'infinity' order by p.record_id`,
  )
}
