import { sql } from "drizzle-orm"
import { row, rows, type Tx } from "@/db/connect"
import { madeFor } from "@/db/statements/templates"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"
import { readable } from "@/usecases/register/read-record"
import { loadRecords } from "@/usecases/register/records"
import { readKnown } from "@/usecases/requests/known-request"
import { scopeWithin } from "@/usecases/requests/seen"
import type { Actor } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"

type Held = { kind: RecordKind; body: string }

/**
 * Whether this person may know of the papers that were made for an agreement: they read it as it is in force, or as a request
 * proposes it that they know. Only in drafts: whoever began those.
 */
export async function readsPapersOf(tx: Tx, recordId: string, actor: Actor): Promise<boolean> {
  const [record] = await loadRecords(tx, [recordId], null)
  if (record) return readable(record, scopeOf(actor))
  const proposed = await rows<{ requestId: string }>(
    tx,
    sql`select request_id as "requestId" from proposals where record_id = ${recordId}
      union select request_id from revision_proposals where record_id = ${recordId} limit 50`,
  )
  for (const { requestId } of proposed) if (await readsProposed(tx, requestId, recordId, actor)) return true
  return false
}

async function readsProposed(tx: Tx, requestId: string, recordId: string, actor: Actor): Promise<boolean> {
  const request = await readKnown(tx, requestId, actor)
  if (!request) return false
  if (request.createdBy === actor.id) return true
  const held = await row<Held>(
    tx,
    sql`select kind, body from revision_proposals where request_id = ${requestId} and record_id = ${recordId} order by n desc limit 1`,
  )
  if (!held) return false
  return readable(
    { kind: held.kind, body: JSON.parse(held.body) as BodyOf[RecordKind] },
    scopeWithin(scopeOf(actor), request),
  )
}

/**
 * Whether the file is a paper made for an agreement of which this person may know. It says what the agreement and its flows say, so
 * whoever reads those reads it, also as requester alone.
 */
export async function readsPaperSent(tx: Tx, fileId: string, actor: Actor): Promise<boolean> {
  for (const recordId of await madeFor(tx, fileId)) if (await readsPapersOf(tx, recordId, actor)) return true
  return false
}
