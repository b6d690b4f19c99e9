import { sql, type SQL } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Day } from "@/domain/core/day"
import { underDemand } from "./list-specs"
import { textArray } from "./log"

export type FlowHit = {
  id: string
  title: string
  partyId: string
  party: string
  entityId: string
  standing: "approved" | "discovered"
  /** An authority demands it: it was not found running. */
  underDemand: boolean
  purposes: string[]
  dataKinds: string[]
}

const FLOW = sql`r.record_id as id, r.title, r.party_id as "partyId", p.title as party, r.entity_id as "entityId", r.standing, ${underDemand(sql`r`)} as "underDemand", r.purposes,
  r.data_kinds as "dataKinds"`
/** Flows in force with their parties, both as the reader may know them; `party` is the condition on `p`. */
const flows = (scope: SQL, party: SQL): SQL =>
  sql`from sharing_rows r join party_rows p on p.record_id = r.party_id and p.until_at = 'infinity' and ${party}
    where r.until_at = 'infinity' and r.standing <> 'ended' and ${scope}`

/** Flows in force to these parties, the newest first, at most `limit` of all. */
export async function flowsTo(
  tx: Db | Tx,
  partyIds: readonly string[],
  on: { scope: SQL; party: SQL; limit: number },
): Promise<FlowHit[]> {
  if (partyIds.length === 0) return []
  return rows<FlowHit>(
    tx,
    sql`select ${FLOW} ${flows(on.scope, on.party)} and r.party_id = any(${textArray(partyIds)}::text[])
      order by r.from_at desc, r.record_id limit ${on.limit}`,
  )
}

/** Approved flows of today for one of these purposes; those that hold all of these kinds of data first, then most of them. */
export async function approvedFlows(
  tx: Db | Tx,
  wanted: { purposes: readonly string[]; kinds: readonly string[]; today: Day },
  on: { scope: SQL; party: SQL; limit: number },
): Promise<FlowHit[]> {
  if (wanted.purposes.length === 0) return []
  const kinds = sql`${textArray(wanted.kinds)}::text[]`
  return rows<FlowHit>(
    tx,
    sql`select ${FLOW} ${flows(on.scope, on.party)} and r.standing = 'approved' and r.purposes && ${textArray(wanted.purposes)}::text[]
        and (r.starts_on is null or r.starts_on <= ${wanted.today}::date) and (r.ends_on is null or r.ends_on >= ${wanted.today}::date)
        and (cardinality(${kinds}) = 0 or r.data_kinds && ${kinds})
      order by (r.data_kinds @> ${kinds}) desc,
        (select count(*) from unnest(r.data_kinds) k where k = any(${kinds})) desc, p.fold, r.record_id limit ${on.limit}`,
  )
}

export type Choice = { id: string; label: string }

/** Records of a list that are chosen from, by words in them; the one that is chosen already is always there. */
export async function choicesOf(
  tx: Db | Tx,
  table: "sharing_rows" | "agreement_rows" | "other_rows",
  on: { scope: SQL; words: string; chosen: string; more: SQL; limit: number },
): Promise<Choice[]> {
  const like = `%${on.words.replace(/[\\%_]/g, "\\$&")}%`
  return rows<Choice>(
    tx,
    sql`select r.record_id as id, r.title as label from ${sql.raw(table)} r where r.until_at = 'infinity' and r.standing <> 'ended'
      and ${on.scope} and ${on.more} and (r.record_id = ${on.chosen} or r.fold like ${like})
      order by (r.record_id = ${on.chosen}) desc, r.fold, r.record_id limit ${on.limit}`,
  )
}

export type UnitCount = { entityId: string; open: number; overdue: number; demanded: number; oldest: Day | null }

/**
 * Flows that were found running, or run under a demand, and that no request settled yet, counted by company. Each company
 * has a day of its own.
 */
export async function foundByEntity(
  tx: Db | Tx,
  todays: Readonly<Record<string, Day>>,
  scope: SQL,
): Promise<UnitCount[]> {
  return rows<UnitCount>(
    tx,
    sql`select r.entity_id as "entityId", count(*)::int as open,
        count(*) filter (where r.due_on < (${JSON.stringify(todays)}::jsonb ->> r.entity_id)::date)::int as overdue,
        count(*) filter (where r.role = 'authority')::int as demanded, min(r.starts_on) as oldest
      from sharing_rows r where r.until_at = 'infinity' and r.standing = 'discovered' and ${scope} group by r.entity_id`,
  )
}
