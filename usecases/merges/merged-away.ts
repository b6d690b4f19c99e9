import { sql } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import { textArray } from "@/db/statements/log"
import { refuse, type Refusal } from "@/domain/core/outcome"
import { leadsOnTo, mergedAway, type Proposed } from "@/domain/merges/merged-away"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import { readable } from "@/usecases/register/read-record"
import { loadRecords } from "@/usecases/register/records"
import type { Scope } from "@/usecases/scope"

/**
 * Why these proposals cannot be, where they would change a party that went into another or give it a flow again: with the
 * way to the one that goes on, where this person may know of it. Null: nothing stands against them.
 */
export async function refusedByMerge(
  tx: Tx,
  proposals: readonly Proposed[],
  scope: Scope,
  requestId: string | null = null,
): Promise<Refusal | null> {
  const parties = proposals.flatMap(({ kind, recordId, op, body }) =>
    kind === "party" && op !== "create" ? [recordId] : kind === "sharing" ? [(body as Sharing).partyId as string] : [],
  )
  const ended = await endedAmong(tx, "party_rows", parties)
  if (ended.size > 0) {
    const went = await wentInto(tx, [...ended])
    const flows = proposals.flatMap((one) => (one.kind === "sharing" && one.op === "change" ? [one.recordId] : []))
    const away = mergedAway(proposals, went, await endedAmong(tx, "sharing_rows", flows))
    if (away) return refusal(tx, away.recordId, leadsOnTo(away.into, went), scope)
  }
  return (await badTarget(tx, proposals)) ?? leftBehind(tx, proposals, requestId)
}

/** What is said where the party went into another, with the way there. */
export async function refusal(tx: Tx, recordId: string, into: string, scope: Scope): Promise<Refusal> {
  const [party] = await loadRecords(tx, [into], null)
  const known = party !== undefined && readable(party, scope)
  return refuse("conflict", "conflict.merged-away", {
    fields: [{ path: recordId, says: "conflict.merged-away" }],
    ...(known ? { leadsTo: `/parties/${into}` } : {}),
  })
}

/** Of these parties and those that they went into: where each went. */
export async function wentInto(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const went = new Map<string, string>()
  for (let next = [...new Set(ids)]; next.length > 0;) {
    const found = await loadRecords(tx, next, null)
    next = found.flatMap((one) => {
      const into = one.kind === "party" && one.standing === "ended" ? one.body.mergedInto : null
      if (into === null || went.has(one.id)) return []
      went.set(one.id, into)
      return [into]
    })
  }
  return went
}

/** A party is merged by ending it, into another one that stands: nothing leads to itself or to what is over. */
async function badTarget(tx: Tx, proposals: readonly Proposed[]): Promise<Refusal | null> {
  const merging = proposals.filter((one) => one.kind === "party" && (one.body as Party).mergedInto !== null)
  const targets = merging.map((one) => (one.body as Party).mergedInto as string)
  if (merging.length === 0) return null
  const stand = new Set(
    (await loadRecords(tx, targets, null)).flatMap((one) =>
      one.kind === "party" && one.standing !== "ended" ? [one.id as string] : [],
    ),
  )
  const gone = new Set(merging.map((one) => one.recordId))
  const bad = merging.find(({ op, body }) => {
    const into = (body as Party).mergedInto as string
    return op !== "end" || gone.has(into) || !stand.has(into)
  })
  return bad
    ? refuse("conflict", "conflict.merge-target", { fields: [{ path: bad.recordId, says: "conflict.merge-target" }] })
    : null
}

/**
 * A flow that came to the party since its merge was begun is in nobody's proposals: it would be left with a party that is
 * over. Flows kept to other names than the party are not asked for: they stay with it (decision 32).
 */
async function leftBehind(tx: Tx, proposals: readonly Proposed[], requestId: string | null): Promise<Refusal | null> {
  const merging = proposals.filter((one) => one.kind === "party" && (one.body as Party).mergedInto !== null)
  if (merging.length === 0 || requestId === null) return null
  const [left] = await rows<{ partyId: string }>(
    tx,
    sql`select s.party_id as "partyId" from sharing_rows s join party_rows p on p.record_id = s.party_id and p.until_at = 'infinity'
        join versions v on v.record_id = s.record_id and v.n = 1 join requests r on r.id = ${requestId}
      where s.until_at = 'infinity' and s.standing <> 'ended' and s.party_id = any(${textArray(merging.map((one) => one.recordId))}::text[])
        and (s.restricted_to is null or s.restricted_to is not distinct from p.restricted_to) and v.at > r.created_at and v.request_id <> r.id
        and not s.record_id = any(${textArray(proposals.map((one) => one.recordId))}::text[]) limit 1`,
  )
  return left
    ? refuse("conflict", "conflict.merge-moved", { fields: [{ path: left.partyId, says: "conflict.merge-moved" }] })
    : null
}

async function endedAmong(tx: Tx, table: "party_rows" | "sharing_rows", ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const found = await rows<{ id: string }>(
    tx,
    sql`select record_id as id from ${sql.raw(table)} where record_id = any(${textArray([...new Set(ids)])}::text[])
      and until_at = 'infinity' and standing = 'ended'`,
  )
  return new Set(found.map((one) => one.id))
}
