import { sql, type SQL } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import type { Day } from "@/domain/core/day"
import { textArray } from "./log"

/** Stages that opened and were decided on the same two days of their company: how many. */
export type StageSpan = { stage: string; entityId: string; openedOn: Day; decidedOn: Day; n: number }

/**
 * How long stages took that were decided since: one statement, by the index of when decisions were made. A stage opened
 * with its revision, or with the last decision that it waited for (the rule is in `domain/requests/waves`). `scope` is the
 * reader's, over requests `r`; days are those of each company's zone, which `zones` gives.
 */
export async function stageSpans(
  tx: Db | Tx,
  on: { since: Instant; zones: ReadonlyMap<string, string>; scope: SQL },
): Promise<StageSpan[]> {
  const ids = [...on.zones.keys()]
  const zones = ids.map((id) => on.zones.get(id) ?? "UTC")
  return rows(
    tx,
    sql`select t.stage, t.entity_id as "entityId", (t.opened at time zone t.zone)::date as "openedOn", (t.at at time zone t.zone)::date as "decidedOn", count(*)::int as n
    from (select d.stage, d.entity_id, d.at, z.zone, greatest(v.at, b.at) as opened
      from decisions d join requests r on r.id = d.request_id join unnest(${textArray(ids)}::text[], ${textArray(zones)}::text[]) as z(id, zone) on z.id = d.entity_id
      join revisions v on v.request_id = d.request_id and v.n = d.revision
      join revision_stages s on s.request_id = d.request_id and s.n = d.revision and s.stage = d.stage and s.entity_id = d.entity_id
      left join lateral (select max(p.at) as at from revision_stages l join decisions p on p.request_id = l.request_id and p.revision = l.n and p.stage = l.stage and p.entity_id = l.entity_id
        where s.seat = 'decides' and l.request_id = s.request_id and l.n = s.n and (l.entity_id = s.entity_id and l.wave < s.wave or s.stage = 'second-legal' and l.stage = 'legal')) b on true
      where d.at >= ${on.since}::timestamptz and ${on.scope}) t
    group by 1, 2, 3, 4`,
  )
}
