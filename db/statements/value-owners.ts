import { sql, type SQL } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import { textArray } from "./log"

/**
 * What the owner of a value is about: other ids, and companies (null: no company is named). `any`: whoever reads one of the companies
 * knows it, else all are needed. `known`: of a record whether it is in force, or proposed in a request that the reader knows.
 */
export type OwnerAbout = { id: string; about: string[]; companies: string[] | null; any: boolean; known: boolean }

/** What these owners of values are about; `mine` is the reader's condition on a request `r`. Of others there is no line. */
export async function ownersAbout(tx: Tx, ids: readonly string[], mine: SQL): Promise<OwnerAbout[]> {
  if (ids.length === 0) return []
  const list = sql`${textArray([...new Set(ids)])}::text[]`
  const none = sql`'{}'::text[]`
  const line = (columns: { id?: SQL; about?: SQL; companies?: SQL; any?: boolean; known?: SQL }, from: SQL): SQL =>
    sql`select ${columns.id ?? sql`x.id`} as id, ${columns.about ?? none} as about, ${columns.companies ?? sql`null::text[]`} as companies,
      ${sql.raw(columns.any ? "true" : "false")} as any, ${columns.known ?? sql`true`} as known from ${from}`
  const parts = [
    line(
      {
        id: sql`t.id`,
        known: sql`(exists (select 1 from versions v where v.record_id = t.id) or exists (select 1 from revision_proposals p
          join requests r on r.id = p.request_id where p.record_id = t.id and ${mine}))`,
      },
      sql`unnest(${list}) t(id) where t.id ~ '^(pty|shr|agr|asm|con|ntc|dmd|chn)_'`,
    ),
    line(
      { about: sql`array[x.subject_id]`, companies: sql`x.entity_ids`, any: true },
      sql`questions x where x.id = any(${list})`,
    ),
    ...["letters", "redactions"].map((table) =>
      line({ about: sql`array[x.agreement_id]` }, sql`${sql.raw(table)} x where x.id = any(${list})`),
    ),
    line(
      { about: sql`array_remove(array[x.record_id, x.request_id], null)` },
      sql`papers_sent x where x.id = any(${list})`,
    ),
    line({ companies: sql`array[x.entity_id]` }, sql`supplier_links x where x.id = any(${list})`),
    line({ companies: sql`x.entity_ids`, any: true }, sql`holds x where x.id = any(${list})`),
    line({ companies: sql`x.entity_ids` }, sql`inquiries x where x.id = any(${list})`),
    line(
      { about: sql`array(select o.object_id from log_objects o where o.index = x.log_index and o.object_id <> x.id)` },
      sql`erasures x where x.id = any(${list})`,
    ),
  ]
  return rows<OwnerAbout>(tx, sql.join(parts, sql` union all `))
}
