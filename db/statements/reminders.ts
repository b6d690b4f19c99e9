import { sql } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"

/** Who was reminded of a request by the machine, of what and when: people by id. */
export type Reminder = {
  at: Instant
  kind: "due" | "escalated" | "nobody" | "condition"
  what: string | null
  /** The stage that waits; null: a condition. */
  stage: string | null
  dueOn: Day | null
  people: string[]
}

/** What people were reminded of in a request, oldest first, as long as it is kept; those told together stand together. */
export async function remindersOf(tx: Db | Tx, requestId: string): Promise<Reminder[]> {
  return rows(
    tx,
    sql`select t.at, t.kind, t.what, t.clause as stage, t.due_on as "dueOn", array_agg(distinct t.person_id) as people from tellings t
      where t.request_id = ${requestId} and (t.kind = 'nobody' or (t.kind in ('due', 'escalated') and t.what like 'stage%')
        or (t.kind = 'condition' and t.what in ('soon', 'missed')))
      group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4 limit 200`,
  )
}
