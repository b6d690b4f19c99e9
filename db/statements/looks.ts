import { sql } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

/** Looks that are so near to each other are one: what is new stays new while somebody reads it. */
const ONE_LOOK = "30 minutes"

/** Notes that a person looks at a request now; gives since when what they see is new to them (null: all of it, or nothing). */
export async function noteLook(tx: Tx, personId: string, requestId: string, at: Instant): Promise<Instant | null> {
  const found = await row<{ since: Instant | null }>(
    tx,
    sql`insert into request_looks as l (person_id, request_id, since, at) values (${personId}, ${requestId}, null, ${at}::timestamptz)
      on conflict (person_id, request_id) do update set
        since = case when excluded.at > l.at + interval '${sql.raw(ONE_LOOK)}' then l.at else l.since end, at = greatest(l.at, excluded.at)
      returning since`,
  )
  return found?.since ?? null
}

export type Touched = { id: string; title: string; entityId: string; how: "party" | "paper"; covered: boolean }

/** Other sharings in force of these parties, or that name one of these records; one more than asked for. */
export async function sharingsBeside(
  tx: Db | Tx,
  of: { parties: readonly string[]; named: readonly string[]; without: readonly string[] },
  on: { day: string; scope: ReturnType<typeof sql>; limit: number },
): Promise<{ rows: Touched[]; n: number }> {
  const found = await rows<Touched & { n: number }>(
    tx,
    sql`select r.record_id as id, r.title, r.entity_id as "entityId", case when r.record_id = any(${textArray(of.named)}::text[]) then 'paper' else 'party' end as how,
        coalesce(r.coverage @> ${on.day}::date, false) as covered, count(*) over ()::int as n
      from sharing_rows r where r.until_at = 'infinity' and r.standing <> 'ended' and ${on.scope}
        and (r.party_id = any(${textArray(of.parties)}::text[]) or r.record_id = any(${textArray(of.named)}::text[]))
        and not (r.record_id = any(${textArray(of.without)}::text[]))
      order by covered, r.fold, r.record_id limit ${on.limit}`,
  )
  return { rows: found.map(({ n: _n, ...one }) => one), n: found[0]?.n ?? 0 }
}
