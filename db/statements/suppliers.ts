import { sql, type SQL } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import { conditions } from "./lists"
import { textArray } from "./log"

export type Candidate = {
  id: string
  title: string
  standing: string
  decision: string
  sharings: number
  restricted: boolean
  /** Whether a request in review, or sent back for changes, is about it already. */
  underWay: boolean
}

/** The parties that a selection means: those ticked, or all that match the search and filters of the table; through the reader's scope. */
export async function candidatesFor(
  tx: Db | Tx,
  chosen: {
    all: boolean
    q: string
    filters: Record<string, string[]>
    excluded: Record<string, string[]>
    records: readonly string[]
  },
  on: { scope: SQL; today: string; most: number },
): Promise<Candidate[]> {
  const where = chosen.all
    ? conditions("parties", { ...chosen, asOf: null, today: on.today }, on.scope)
    : sql`r.until_at = 'infinity' and ${on.scope} and r.record_id = any(${textArray(chosen.records)}::text[])`
  return rows<Candidate>(
    tx,
    sql`select r.record_id as id, r.title, r.standing, r.data_decision as decision, r.sharing_count as sharings,
        r.restricted_to is not null as restricted, exists (select 1 from proposals p join requests q on q.id = p.request_id
          where p.record_id = r.record_id and q.state in ('in-review','changes-requested')) as "underWay"
      from party_rows r where ${where} order by r.fold, r.record_id limit ${on.most}`,
  )
}
