import { sql, type SQL } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"

export type FoundRow = {
  recordId: string
  key: string
  recordKind: string
  title: string
  standing: string
  clause: string
  severity: "blocking" | "warning" | "advice"
  verdict: "broken" | "unknown"
  from: string | null
  to: string | null
  says: string
  params: Record<string, string>
  remedy: string
}

/** What a reader of the list asks for. `on`: the day on which findings stand. */
export type FoundQuery = {
  severity: "blocking" | "warning" | "advice"
  clause: string
  on: string
  after: { clause: string; recordId: string; key: string } | null
  limit: number
}

const stands = (on: string): SQL =>
  sql`f.until_at = 'infinity' and (f.first_on is null or f.first_on <= ${on}::date) and (f.until_on is null or f.until_on > ${on}::date)`

/** Findings are of sharings, agreements and parties; the reader's scope is put to each table's own row. */
const source = (scope: (table: "s" | "a" | "p") => SQL): SQL => sql`findings f
  left join sharing_rows s on s.record_id = f.record_id and s.until_at = 'infinity' and ${scope("s")}
  left join agreement_rows a on a.record_id = f.record_id and a.until_at = 'infinity' and ${scope("a")}
  left join party_rows p on p.record_id = f.record_id and p.until_at = 'infinity' and ${scope("p")}`
const seen = sql`coalesce(s.record_id, a.record_id, p.record_id) is not null`

/** A page of the findings that stand on the day, by clause and record, after the cursor. */
export async function findingsPage(
  tx: Db | Tx,
  query: FoundQuery,
  scope: (table: "s" | "a" | "p") => SQL,
): Promise<FoundRow[]> {
  const after = query.after
    ? sql`(f.clause, f.record_id, f.key) > (${query.after.clause}, ${query.after.recordId}, ${query.after.key})`
    : sql`true`
  const found = await rows<Omit<FoundRow, "params"> & { params: string }>(
    tx,
    sql`select f.record_id as "recordId", f.key, f.record_kind as "recordKind", coalesce(s.title, a.title, p.title) as title,
        coalesce(s.standing, a.standing, p.standing) as standing, f.clause, f.severity, f.verdict, f.first_on as "from",
        f.until_on as "to", f.says, f.params, f.remedy
      from ${source(scope)} where f.severity = ${query.severity} and ${stands(query.on)} and ${seen} and ${after}
        and (${query.clause} = '' or f.clause = ${query.clause})
      order by f.clause, f.record_id, f.key limit ${query.limit}`,
  )
  return found.map((item) => ({ ...item, params: JSON.parse(item.params) as Record<string, string> }))
}

/** How many findings of each clause stand on the day, of all severities. */
export async function findingCounts(
  tx: Db | Tx,
  on: string,
  scope: (table: "s" | "a" | "p") => SQL,
): Promise<{ clause: string; severity: string; n: number; records: number }[]> {
  return rows(
    tx,
    sql`select f.clause, f.severity, count(*)::int as n, count(distinct f.record_id)::int as records
      from ${source(scope)} where ${stands(on)} and ${seen} group by f.clause, f.severity order by f.clause`,
  )
}
