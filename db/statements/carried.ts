import { sql, type SQL } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import type { Fate } from "@/domain/requests/carried"
import type { DecisionRow } from "./requests"

export type CarriedRow = Fate & { revision: number }

/** The stage `s` (of request and revision) is open: not decided on the revision itself, nor kept from an earlier one. */
export function isOpenAt(s: { request: SQL; revision: SQL; stage: SQL; entity: SQL }): SQL {
  const at = (t: "d" | "k"): SQL => {
    const c = (name: string) => sql.raw(`${t}.${name}`)
    return sql`${c("request_id")} = ${s.request} and ${c("revision")} = ${s.revision} and ${c("stage")} = ${s.stage} and ${c("entity_id")} = ${s.entity}`
  }
  return sql`(not exists (select 1 from decisions d where ${at("d")}) and not exists (select 1 from carried k where ${at("k")} and k.fate = 'kept'))`
}

/** What became of decisions with each new revision of the request, oldest first. */
export async function carriedOf(tx: Db | Tx, requestId: string): Promise<CarriedRow[]> {
  return rows(
    tx,
    sql`select revision, decision_id as "decisionId", stage, entity_id as "entityId", fate, because from carried
      where request_id = ${requestId} order by revision, decision_id`,
  )
}

/** The decisions that count on the revision: taken on it, or kept for it. */
export function countedOn<T extends Pick<DecisionRow, "id" | "revision">>(
  all: readonly T[],
  carried: readonly CarriedRow[],
  revision: number,
): T[] {
  const kept = new Set(
    carried.flatMap((one) => (one.revision === revision && one.fate === "kept" ? [one.decisionId] : [])),
  )
  return all.filter((item) => item.revision === revision || kept.has(item.id))
}

/** Writes what a new revision keeps and withdraws, in its act. */
export async function insertCarried(
  tx: Tx,
  on: { requestId: string; revision: number; at: Instant; logIndex: number },
  fates: readonly Fate[],
): Promise<void> {
  if (fates.length === 0) return
  await tx.execute(sql`insert into carried (request_id, revision, decision_id, stage, entity_id, fate, because, at, log_index)
    select ${on.requestId}, ${on.revision}::int, t."decisionId", t.stage, t."entityId", t.fate, t.because, ${on.at}::timestamptz, ${on.logIndex}::bigint
    from jsonb_to_recordset(${JSON.stringify(fates)}::jsonb) as t("decisionId" text, stage text, "entityId" text, fate text, because text[])`)
}
