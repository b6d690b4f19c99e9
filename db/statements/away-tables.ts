import { sql } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import { textArray } from "./log"
import { OPEN } from "./open-stages"

type Place = { stage: string; entityId: string }
type Stage = Place & { seat: "decides" | "advises"; persons: string[] | null }

/** What four eyes ask of a request: its authors, who sits where, its open stages, to whom alone it may be known. */
export type TableRow = {
  id: string
  authors: string[]
  seats: (Place & { personId: string })[]
  open: Stage[]
  restrictedTo: string[] | null
}

/** What four eyes ask of these requests, in one statement. */
export async function tablesOf(tx: Db | Tx, requestIds: readonly string[]): Promise<TableRow[]> {
  if (requestIds.length === 0) return []
  return rows(
    tx,
    sql`select r.id, r.restricted_to as "restrictedTo",
        array(select a.person_id from request_authors a where a.request_id = r.id) as authors,
        coalesce((select jsonb_agg(jsonb_build_object('personId', e.person_id, 'stage', e.stage, 'entityId', e.entity_id)) from seats e where e.request_id = r.id), '[]'::jsonb) as seats,
        coalesce((select jsonb_agg(jsonb_build_object('stage', s.stage, 'entityId', s.entity_id, 'seat', s.seat, 'persons', to_jsonb(s.persons))
          order by array_position(array['procurement','legal','dpo','second-legal'], s.stage), s.entity_id) ${OPEN}), '[]'::jsonb) as open
      from requests r where r.id = any(${textArray(requestIds)}::text[])`,
  )
}
