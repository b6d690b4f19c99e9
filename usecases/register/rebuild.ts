import { sql } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import { rebuildCounts } from "@/db/statements/counts"
import { putFindings, putJudgements } from "@/db/statements/judgements"
import { countSharings, putRows, putSharingChecks } from "@/db/statements/rows"
import { dayIn } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { RECORD_KINDS } from "@/domain/records/kinds"
import { rowTable } from "@/domain/records/project"
import { checkAll } from "@/usecases/checks/check-all"
import { packsNow } from "@/usecases/packs/known"
import { listRow } from "@/usecases/requests/in-force"
import { putDesk } from "@/usecases/desk/put-desk"
import { versionRows, versionsInForce } from "@/db/statements/versions"
import { loadEntities, loadRecords, openVersions } from "./records"

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

/** Judges everything in force anew and writes coverage, findings and counts. */
export async function recheck(tx: Tx, now: Instant): Promise<number> {
  const ids = async (kinds: readonly string[]): Promise<string[]> =>
    (
      await rows<{ id: string }>(
        tx,
        sql`select id from records where kind = any(${sql.param(kinds as unknown as string)}::text[]) order by id`,
      )
    ).map((row) => row.id)
  const all = await ids(RECORD_KINDS)
  for (let from = 0; from < all.length; from += BATCH)
    await putDesk(tx, now, await versionsInForce(tx, all.slice(from, from + BATCH), null))
  const records = await loadRecords(tx, all, null)
  const entities = await loadEntities(tx, await ids(["entity"]), null)
  const today = new Map([...entities].map(([id, entity]) => [id as string, dayIn(entity.zone, now)]))
  const { checked } = checkAll(
    records,
    entities,
    today,
    new Set(records.map((one) => one.id as string)),
    await packsNow(tx, now),
  )
  await putSharingChecks(tx, now, checked.sharings)
  await putFindings(tx, now, checked.recordIds, checked.findings)
  await putJudgements(tx, now, checked.judgements)
  await countSharings(
    tx,
    records.filter((one) => one.kind === "party").map((one) => one.id as string),
  )
  return records.length
}
