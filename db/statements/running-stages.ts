import { sql } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

/** What is open of a request in review: each stage with its turn, what was decided, and since when. */
export type RunningStage = {
  requestId: string
  no: number
  restrictedTo: string[] | null
  createdBy: string
  revision: number
  revisionAt: Instant
  rulesVersion: number
  stage: string
  entityId: string
  seat: "decides" | "advises"
  because: string[]
  wave: number
  days: number
  persons: string[] | null
  decidedAt: Instant | null
}

const RUNNING = sql`select r.id as "requestId", r.no, r.restricted_to as "restrictedTo", r.created_by as "createdBy", r.revision, v.at as "revisionAt",
    v.rules_version as "rulesVersion", s.stage, s.entity_id as "entityId", s.seat, s.because, s.wave, s.days, s.persons, d.at as "decidedAt"
  from requests r join revisions v on v.request_id = r.id and v.n = r.revision join revision_stages s on s.request_id = r.id and s.n = r.revision
  left join lateral (select max(x.at) as at from (
    select d.at from decisions d where d.request_id = r.id and d.revision = r.revision and d.stage = s.stage and d.entity_id = s.entity_id
    union all select d.at from carried k join decisions d on d.id = k.decision_id
      where k.request_id = r.id and k.revision = r.revision and k.stage = s.stage and k.entity_id = s.entity_id and k.fate = 'kept') x) d on true`

/** The stages of these requests, as their current revisions have them. */
export async function stagesOfRequests(tx: Db | Tx, ids: readonly string[]): Promise<RunningStage[]> {
  if (ids.length === 0) return []
  return rows(tx, sql`${RUNNING} where r.id = any(${textArray(ids)}::text[]) order by r.id, s.stage, s.entity_id`)
}

/** Requests in review by number, the next so many after one. */
export async function inReviewAfter(tx: Db | Tx, no: number, most: number): Promise<{ id: string; no: number }[]> {
  return rows(
    tx,
    sql`select r.id, r.no from requests r where r.state = 'in-review' and r.no > ${no} order by r.no limit ${most}`,
  )
}

/** The authors of these requests. */
export async function authorsOfMany(
  tx: Db | Tx,
  ids: readonly string[],
): Promise<{ requestId: string; personId: string }[]> {
  return rows(
    tx,
    sql`select request_id as "requestId", person_id as "personId" from request_authors where request_id = any(${textArray(ids)}::text[])`,
  )
}

/** The seats taken in these requests. */
export async function seatsOfMany(
  tx: Db | Tx,
  ids: readonly string[],
): Promise<{ requestId: string; personId: string; stage: string; entityId: string }[]> {
  return rows(
    tx,
    sql`select request_id as "requestId", person_id as "personId", stage, entity_id as "entityId" from seats where request_id = any(${textArray(ids)}::text[])`,
  )
}
