import { sql } from "drizzle-orm"
import { row, rows, type Tx } from "@/db/connect"
import type { Finding } from "@/domain/checks/types"
import type { Coverage } from "@/domain/coverage/coverage"
import { textArray } from "./log"

/** What is kept of records as it stands now, by record: their findings by clause, and the coverage of sharings. */
export type Kept = { findings: Map<string, Finding[]>; coverage: Map<string, Coverage> }

/** What the checks said of the records, as kept; null where one of them waits to be judged anew or never was. */
export async function judgementsOf(tx: Tx, recordIds: readonly string[]): Promise<Kept | null> {
  if (recordIds.length === 0) return { findings: new Map(), coverage: new Map() }
  const ids = sql`${textArray(recordIds)}::text[]`
  if (await row(tx, sql`select 1 from to_judge where record_id = any(${ids}) limit 1`)) return null
  const judged = await rows<{ id: string; coverage: string | null }>(
    tx,
    sql`select record_id as id, coverage from judgements where record_id = any(${ids}) and until_at = 'infinity'`,
  )
  if (judged.length < new Set(recordIds).size) return null
  const found = await rows<Omit<Finding, "params"> & { params: string }>(
    tx,
    sql`select clause, pack, pack_version as "packVersion", severity, verdict, record_kind as "recordKind", record_id as "recordId",
        first_on as "from", until_on as "to", says, params, path, remedy
      from findings where record_id = any(${ids}) and until_at = 'infinity' order by record_id, clause, first_on nulls first, key`,
  )
  const kept: Kept = { findings: new Map(), coverage: new Map() }
  for (const { id, coverage } of judged) if (coverage) kept.coverage.set(id, JSON.parse(coverage) as Coverage)
  for (const { params, ...finding } of found) {
    const list = kept.findings.get(finding.recordId) ?? []
    list.push({ ...finding, params: JSON.parse(params) as Record<string, string> })
    kept.findings.set(finding.recordId, list)
  }
  return kept
}
