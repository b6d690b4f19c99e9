import { sql } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import { textArray } from "@/db/statements/log"
import { versionsInForce } from "@/db/statements/versions"
import { completed } from "@/domain/records/complete"
import type { Agreement } from "@/domain/records/agreement"
import type { SealedVersion } from "./put-desk"

export type Paper = { id: string; body: Agreement }

/** The papers in force that name each of these flows: an end that nobody set owes by their terms. */
export async function papersNaming(tx: Tx, sharings: readonly string[]): Promise<ReadonlyMap<string, Paper[]>> {
  const out = new Map<string, Paper[]>()
  if (sharings.length === 0) return out
  const named = await rows<{ sharing: string; paper: string }>(
    tx,
    sql`select distinct f.target_id as sharing, a.record_id as paper from version_refs f
        join agreement_rows a on a.record_id = f.record_id and a.n = f.n and a.until_at = 'infinity'
      where f.target_id = any(${textArray(sharings)}::text[])`,
  )
  const bodies = new Map(
    (
      await versionsInForce(
        tx,
        named.map((one) => one.paper),
        null,
      )
    ).map((one) => [one.recordId, completed("agreement", JSON.parse(one.body) as Agreement)]),
  )
  for (const { sharing, paper } of named) {
    const body = bodies.get(paper)
    if (body) out.set(sharing, [...(out.get(sharing) ?? []), { id: paper, body }])
  }
  return out
}

/**
 * The flows beside these versions whose last day is known and that nobody ended by a request: what a paper among the
 * versions gives them, or gave them before, may be another term now.
 */
export async function endingBeside(tx: Tx, versions: readonly SealedVersion[]): Promise<SealedVersion[]> {
  const papers = versions.flatMap((one) => (one.kind === "agreement" ? [one.recordId] : []))
  if (papers.length === 0) return []
  const found = await rows<{ id: string }>(
    tx,
    sql`select distinct s.record_id as id from version_refs f join sharing_rows s on s.record_id = f.target_id and s.until_at = 'infinity'
        and s.standing <> 'ended' and s.unproven_from is not null
      where f.record_id = any(${textArray(papers)}::text[]) and not s.record_id = any(${textArray(versions.map((one) => one.recordId))}::text[])`,
  )
  return versionsInForce(
    tx,
    found.map((one) => one.id),
    null,
  )
}
