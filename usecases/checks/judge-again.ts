import {
  anyToJudge,
  derivedWith,
  judgeAgain,
  putFindings,
  putJudgements,
  reachDay,
  rollPapers,
  takeToJudge,
} from "@/db/statements/judgements"
import { appendLog, openLog } from "@/db/statements/log"
import { neighbours } from "@/db/statements/neighbours"
import { putSharingChecks } from "@/db/statements/rows"
import { versionsInForce } from "@/db/statements/versions"
import { listEntityIds } from "@/db/statements/entities"
import type { Id } from "@/domain/core/id"
import { addDays, dayIn } from "@/domain/core/day"
import { leafBytes } from "@/domain/audit/event"
import type { AnyRecord } from "@/domain/records/kinds"
import { loadEntities, loadRecords } from "@/usecases/register/records"
import { logActor, OPERATOR, type Scene } from "@/usecases/scene"
import { putDesk } from "@/usecases/desk/put-desk"
import { packsNow, packsWord } from "@/usecases/packs/known"
import { withWords } from "@/usecases/signatures/paper-words"
import { lawFactsOf } from "@/domain/checks/law"
import { bandRowOf, putBands, standsNow } from "./bands"
import { checkAll } from "./check-all"
import { conditionsAround } from "./conditions"

const BATCH = 200

/**
 * The worker's part: judges anew what a changed company or pack may have changed, a batch at a time. It holds the log
 * while it does, so that no act comes between what it reads and what it writes, and says in it that it did. Gives how
 * many records it looked at.
 */
export async function judgeWaiting(scene: Pick<Scene, "db" | "now">): Promise<number> {
  if (!(await anyToJudge(scene.db))) return 0
  return scene.db.transaction(async (tx) => {
    // Another worker may have taken what waited.
    const ids = await takeToJudge(tx, BATCH)
    if (ids.length === 0) return 0
    const place = await openLog(tx, scene.now)
    const { at } = place
    await putDesk(tx, at, await versionsInForce(tx, ids, null), scene.now)
    const wanted = await loadRecords(tx, ids, null)
    const around = await neighbours(
      tx,
      { ...whose(wanted), allSharings: wanted.some((one) => one.kind === "party") },
      null,
    )
    const records = await withWords(tx, await loadRecords(tx, [...new Set([...around, ...ids])], null), null)
    const entities = await loadEntities(tx, [...new Set(records.flatMap(entityOf))], null)
    const today = new Map([...entities].map(([id, entity]) => [id as string, dayIn(entity.zone, scene.now)]))
    const packs = await packsNow(tx, scene.now)
    const law = lawFactsOf(packs)
    const flows = wanted.flatMap((one) => bandRowOf(one, entities, law)?.row ?? [])
    await putBands(tx, { ids: wanted.flatMap(sharingIds), flows, stands: new Map() }, entities, law)
    const stands = await standsNow(tx, entities, law)
    const conditions = await conditionsAround(tx, ids, null)
    const { checked } = checkAll(records, entities, today, new Set(ids), packs, { stands, conditions })
    const asked = new Set(ids)
    await putSharingChecks(
      tx,
      at,
      checked.sharings.filter((one) => asked.has(one.recordId)),
    )
    await putFindings(
      tx,
      at,
      checked.recordIds.filter((id) => asked.has(id)),
      checked.findings.filter((one) => asked.has(one.recordId)),
    )
    await putJudgements(
      tx,
      at,
      checked.judgements.filter((one) => asked.has(one.recordId)),
    )
    const event = {
      act: "checks.judged",
      objects: [],
      after: { records: ids.length, packs: packsWord(packs, scene.now) },
    }
    const actor = logActor(OPERATOR, "operator")
    await appendLog(tx, [leafBytes(event, { index: place.size, at, origin: place.origin, actor })])
    return ids.length
  })
}

/** When the packs are others than those with which everything was judged last, everything is judged anew. */
export async function followPacks(scene: Pick<Scene, "db" | "now">): Promise<boolean> {
  return scene.db.transaction(async (tx) => {
    if (!(await derivedWith(tx, packsWord(await packsNow(tx, scene.now), scene.now)))) return false
    await judgeAgain(tx, null)
    return true
  })
}

/** Moves the sums of the board on to the day that it is now where each company is. Once a day; again changes nothing. */
export async function turnDays(scene: Pick<Scene, "db" | "now">): Promise<number> {
  const ids = await listEntityIds(scene.db)
  const entities = await loadEntities(scene.db, ids, null)
  let moved = 0
  for (const id of ["", ...ids]) {
    const on = dayIn(entities.get(id as Id<"entity">)?.zone ?? "UTC", scene.now)
    if (await scene.db.transaction((tx) => reachDay(tx, id, on))) moved += 1
  }
  return moved
}

/** Papers whose next day went by come by their next one. Again changes nothing. */
export async function turnPapers(scene: Pick<Scene, "db" | "now">): Promise<void> {
  await rollPapers(scene.db, addDays(dayIn("UTC", scene.now), -1))
}

const sharingIds = (record: AnyRecord): string[] => (record.kind === "sharing" ? [record.id] : [])
const entityOf = (record: AnyRecord): string[] => ("entityId" in record.body ? [record.body.entityId as string] : [])

function whose(records: readonly AnyRecord[]): { parties: string[]; sharings: string[] } {
  return {
    parties: records.flatMap((one) =>
      one.kind === "party" ? [one.id as string] : "partyId" in one.body ? [one.body.partyId as string] : [],
    ),
    sharings: records.flatMap((one) => (one.kind === "sharing" ? [one.id as string] : [])),
  }
}
