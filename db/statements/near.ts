import { sql } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import { textArray } from "./log"

export type NearParty = { name: string; id: string; title: string; fold: string }

/** How many parties of the register are looked at for one name; who is near more of them is looked for by hand. */
const EACH = 5

/**
 * Parties in force whose name is near one of these folded names, and not equal to it. Only names with the same figures
 * meet; `threshold` is pg_trgm's on the names without the words for sorts of company. Restricted parties are nobody's.
 */
export async function nearParties(tx: Tx, folds: readonly string[], threshold: number): Promise<NearParty[]> {
  if (folds.length === 0) return []
  await tx.execute(sql`select set_config('pg_trgm.similarity_threshold', ${String(threshold)}, true)`)
  // A name with figures finds its few fellows by them; one without goes by its letters. Each way has its own index.
  return rows<NearParty>(
    tx,
    sql`with want as (select f as name, name_core(f) as core, name_figures(f) as figures from unnest(${textArray(folds)}::text[]) as t(f))
      select w.name, p.record_id as id, p.title, p.fold from want w cross join lateral (
        select r.record_id, r.title, r.fold from party_rows r where r.until_at = 'infinity' and name_core(r.fold) % w.core
          and name_figures(r.fold) = '' and r.fold <> w.name and r.standing <> 'ended' and r.restricted_to is null
        order by similarity(name_core(r.fold), w.core) desc, r.record_id limit ${EACH}) p where w.figures = ''
      union all
      select w.name, p.record_id as id, p.title, p.fold from want w cross join lateral (
        select r.record_id, r.title, r.fold from party_rows r where r.until_at = 'infinity' and name_figures(r.fold) = w.figures
          and similarity(name_core(r.fold), w.core) >= ${threshold} and r.fold <> w.name and r.standing <> 'ended'
          and r.restricted_to is null
        order by similarity(name_core(r.fold), w.core) desc, r.record_id limit ${EACH}) p where w.figures <> ''`,
  )
}
