import { sql } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

/**
 * Papers that cover these flows, links of their chains, and assessments of these parties, by id: each as some version of it said at
 * some time. What they say at the instant is read from them.
 */
export async function aroundFlows(
  tx: Tx,
  of: { sharings: readonly string[]; parties: readonly string[] },
  at: Instant,
): Promise<{ agreements: string[]; chains: string[]; assessments: string[] }> {
  const sharings = sql`${textArray(of.sharings)}::text[]`
  const found = await rows<{ id: string; kind: "agreement" | "chain" | "assessment" }>(
    tx,
    sql`select distinct f.record_id as id, 'agreement' as kind from version_refs f join records r on r.id = f.record_id and r.kind = 'agreement'
        where f.target_id = any(${sharings})
      union select n.record_id, n.record_kind from unnest(${sharings}) as want(id) cross join lateral (
        select r.record_id, r.record_kind from other_rows r where r.sharing_id = want.id and r.record_kind = 'chain'
          and r.from_at <= ${at}::timestamptz and r.until_at > ${at}::timestamptz offset 0) n
      union select n.record_id, n.record_kind from unnest(${textArray(of.parties)}::text[]) as want(id) cross join lateral (
        select r.record_id, r.record_kind from other_rows r where r.party_id = want.id and r.record_kind = 'assessment'
          and r.from_at <= ${at}::timestamptz and r.until_at > ${at}::timestamptz offset 0) n`,
  )
  const ids = (kind: string): string[] => found.filter((one) => one.kind === kind).map(({ id }) => id)
  return { agreements: ids("agreement"), chains: ids("chain"), assessments: ids("assessment") }
}

/** When the first version of each record came into force. */
export async function firstInForce(tx: Tx, ids: readonly string[]): Promise<Map<string, Instant>> {
  const found = await rows<{ id: string; at: Instant }>(
    tx,
    sql`select record_id as id, at from versions where record_id = any(${textArray(ids)}::text[]) and n = 1`,
  )
  return new Map(found.map(({ id, at }) => [id, at]))
}

export type PackedFinding = {
  record: string
  kind: string
  entity: string | null
  clause: string
  pack: string
  severity: string
  verdict: string
  from: string | null
  to: string | null
  says: string
  params: string
  path: string | null
  remedy: string
  key: string
}

/** What the checks found of these records, as it was known at the instant, with its days; by record and key. */
export async function findingsOf(tx: Tx, ids: readonly string[], at: Instant): Promise<PackedFinding[]> {
  return rows<PackedFinding>(
    tx,
    sql`select f.record_id as record, f.record_kind as kind, j.entity_id as entity, f.clause, f.pack, f.severity, f.verdict, f.first_on as from,
        f.until_on as to, f.says, f.params, f.path, f.remedy, f.key
      from findings f left join judgements j on j.record_id = f.record_id and j.from_at <= ${at}::timestamptz and j.until_at > ${at}::timestamptz
      where f.record_id = any(${textArray(ids)}::text[]) and f.from_at <= ${at}::timestamptz and f.until_at > ${at}::timestamptz
      order by f.record_id collate "C", f.key collate "C"`,
  )
}

/** On which days these flows were covered, as it was known at the instant. */
export async function coverageOf(tx: Tx, ids: readonly string[], at: Instant): Promise<Map<string, string>> {
  const found = await rows<{ record: string; coverage: string }>(
    tx,
    sql`select record_id as record, coverage from judgements where record_id = any(${textArray(ids)}::text[]) and coverage is not null
      and from_at <= ${at}::timestamptz and until_at > ${at}::timestamptz`,
  )
  return new Map(found.map(({ record, coverage }) => [record, coverage]))
}

export type KeptFile = { id: string; sha256: string; type: string; bytes: number; scan: string; advice: boolean }

/** What is kept of these files. */
export async function keptFiles(tx: Tx, ids: readonly string[]): Promise<Map<string, KeptFile>> {
  const found = await rows<KeptFile>(
    tx,
    sql`select id, sha256, type, size_bytes as bytes, scan, legal_advice as advice from files where id = any(${textArray(ids)}::text[])`,
  )
  return new Map(found.map((file) => [file.id, file]))
}
