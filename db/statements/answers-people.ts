import { sql } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import type { Role } from "@/domain/people/roles"
import { textArray } from "./log"

export type RoleLine = {
  grantId: string
  personId: string
  name: string
  role: Role
  /** Null: in every company. */
  entityId: string | null
  /** Since when it stood like that, and who did it; null: the operator of the machine. */
  since: Instant
  byName: string | null
  untilAt: Instant | null
  state: string
  /** The place in the log of the act that made it stand like that. */
  logIndex: number
}

/** A page of the roles that were in effect at the instant, by name; in these companies (null: all) and in every one. */
export async function rolesThen(
  tx: Tx,
  asked: { at: Instant; entities: readonly string[] | null; after: { name: string; id: string } | null; limit: number },
): Promise<RoleLine[]> {
  const within =
    asked.entities === null
      ? sql`true`
      : sql`(g.entity_id is null or g.entity_id = any(${textArray(asked.entities)}::text[]))`
  const after = asked.after ? sql`(p.name, g.grant_id) > (${asked.after.name}, ${asked.after.id})` : sql`true`
  return rows<RoleLine>(
    tx,
    sql`select g.grant_id as "grantId", g.person_id as "personId", p.name, g.role, g.entity_id as "entityId", g.at as since, b.name as "byName",
        g.until_at as "untilAt", g.state, g.log_index as "logIndex"
      from (select distinct on (grant_id) * from role_grants where at <= ${asked.at}::timestamptz order by grant_id, n desc) g
      join people p on p.id = g.person_id left join people b on b.id = g.by_person
      where g.state in ('granted', 'unconfirmed', 'confirmed') and (g.until_at is null or g.until_at > ${asked.at}::timestamptz) and ${within} and ${after}
        and not exists (select 1 from log_objects o join log_leaves l on l.index = o.index
          where o.object_id = p.id and l.act = 'person.disable' and l.at <= ${asked.at}::timestamptz)
      order by p.name, g.grant_id limit ${asked.limit}`,
  )
}

export type LentLine = {
  delegationId: string
  forName: string
  toName: string
  role: Role
  entityId: string | null
  fromAt: Instant
  untilAt: Instant
}

/** Who stood in for whom at the instant, as the register had it then; in these companies (null: all) and in every one. */
export async function lentThen(
  tx: Tx,
  asked: { at: Instant; entities: readonly string[] | null },
): Promise<LentLine[]> {
  const within =
    asked.entities === null
      ? sql`true`
      : sql`(d.entity_id is null or d.entity_id = any(${textArray(asked.entities)}::text[]))`
  return rows<LentLine>(
    tx,
    sql`select d.delegation_id as "delegationId", p.name as "forName", q.name as "toName", d.role, d.entity_id as "entityId",
        d.from_at as "fromAt", d.until_at as "untilAt"
      from (select distinct on (delegation_id) * from delegations where at <= ${asked.at}::timestamptz order by delegation_id, n desc) d
      join people p on p.id = d.person_id join people q on q.id = d.delegate_id
      where d.state = 'given' and d.from_at <= ${asked.at}::timestamptz and d.until_at > ${asked.at}::timestamptz and ${within}
      order by p.name, q.name, d.delegation_id limit 500`,
  )
}
