import { sql } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import { known, valueOf } from "@/domain/core/answer"
import { dayIn, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { dueAfter, termsOf, type EndDuty, type PaperTerm } from "@/domain/endings/duty"
import type { Sharing } from "@/domain/records/sharing"
import { loadEntities, loadRecords } from "@/usecases/register/records"
import { readable } from "@/usecases/register/read-record"
import type { Scope } from "@/usecases/scope"

/** Today where the sharing's company is. */
export async function todayOf(tx: Tx, body: Pick<Sharing, "entityId">, now: Instant): Promise<Day> {
  const entity = (await loadEntities(tx, [body.entityId], null)).get(body.entityId)
  return dayIn(entity?.zone ?? "UTC", now)
}

/** The papers that cover the sharing and say how many days the party has after the end, as far as this person reads them. */
export async function paperTerms(tx: Tx, sharingId: string, scope: Scope): Promise<PaperTerm[]> {
  const ids = await rows<{ id: string }>(
    tx,
    sql`select distinct a.record_id as id from version_refs f join agreement_rows a on a.record_id = f.record_id and a.n = f.n
      where f.target_id = ${sharingId} and a.until_at = 'infinity' limit 200`,
  )
  const found = await loadRecords(
    tx,
    ids.map((one) => one.id),
    null,
  )
  const papers = found.flatMap((paper) => (paper.kind === "agreement" && readable(paper, scope) ? [paper] : []))
  return termsOf(sharingId, papers)
}

/** By when the data is gone after the last day; what was made public is taken down by that day itself. */
export function dutyAfter(body: Sharing, endedOn: Day, papers: readonly PaperTerm[]): EndDuty {
  if (body.mode === "disclose") return { endedOn, dueOn: endedOn, term: "agreed", days: null, agreementId: null }
  return dueAfter(body, endedOn, papers)
}

/**
 * The body of a sharing that a request ends: with its last day, and with the day by which the data is deleted or returned.
 * A day that was agreed on, and that of a sharing that another succeeds, stays as it is said.
 */
export async function withEndingSet(
  tx: Tx,
  recordId: string,
  body: Sharing,
  on: { scope: Scope; now: Instant },
): Promise<Sharing> {
  const endedOn = valueOf(body.endsOn) ?? (await todayOf(tx, body, on.now))
  const ended = { ...body, endsOn: known(endedOn) }
  const said = body.deletionDue
  if (said.state === "not-applicable" || (said.state === "known" && said.value.term === "agreed")) return ended
  const { dueOn, term, agreementId } = dutyAfter(body, endedOn, await paperTerms(tx, recordId, on.scope))
  return { ...ended, deletionDue: known({ on: dueOn, term, agreementId }) } as Sharing
}
