import { sql } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import { textArray } from "@/db/statements/log"
import type { BodyOf } from "@/domain/records/kinds"
import { titleOf } from "@/domain/records/project"
import { refsOf } from "@/domain/records/refer"
import { readable } from "@/usecases/register/read-record"
import { loadRecords } from "@/usecases/register/records"
import type { Scope } from "@/usecases/scope"
import type { Proposal } from "./revision"

/** The records that proposals name and that are not among them. */
export function namedBy(proposals: readonly Proposal[]): string[] {
  const here = new Set(proposals.map((item) => item.recordId))
  const refs = proposals.flatMap((item) => refsOf(item.kind, item.body as BodyOf[typeof item.kind]))
  return [...new Set(refs.map((ref) => ref.id))].filter((id) => !here.has(id))
}

/** How the records of the register are called that the proposals name, as far as the reader may know them. */
export async function titlesNamed(
  tx: Tx,
  proposals: readonly Proposal[],
  scope: Scope,
): Promise<Record<string, string>> {
  const found = await loadRecords(tx, namedBy(proposals), null)
  return Object.fromEntries(
    found
      .filter((record) => readable(record, scope))
      .map((record) => [record.id, titleOf(record.kind, record.body as BodyOf[typeof record.kind])]),
  )
}

/** Names of people by id, for what a page shows. */
export async function namesOf(tx: Tx, ids: readonly string[]): Promise<Record<string, string>> {
  const found = await rows<{ id: string; name: string }>(
    tx,
    sql`select id, name from people where id = any(${textArray([...new Set(ids)])}::text[])`,
  )
  return Object.fromEntries(found.map((item) => [item.id, item.name]))
}
