import { sql } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"

export type Escalation = { entityId: string; personId: string; name: string; days: number }

/** Who hears of what is overdue, company by company. */
export async function escalations(tx: Db | Tx): Promise<Escalation[]> {
  return rows(
    tx,
    sql`select e.entity_id as "entityId", e.person_id as "personId", p.name, e.days from escalations e join people p on p.id = e.person_id order by e.entity_id`,
  )
}

/** Names who hears of it in a company; null: nobody but who gave it. */
export async function putEscalation(
  tx: Tx,
  entityId: string,
  to: { personId: string; days: number; at: Instant } | null,
): Promise<void> {
  if (to === null) await tx.execute(sql`delete from escalations where entity_id = ${entityId}`)
  else
    await tx.execute(sql`insert into escalations (entity_id, person_id, days, at) values (${entityId}, ${to.personId}, ${to.days}, ${to.at}::timestamptz)
      on conflict (entity_id) do update set person_id = excluded.person_id, days = excluded.days, at = excluded.at`)
}
