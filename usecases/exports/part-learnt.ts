import { sql } from "drizzle-orm"
import { rows } from "@/db/connect"
import { textArray } from "@/db/statements/log"
import { versionsOfAll, type VersionRow } from "@/db/statements/versions"
import { canonical } from "@/domain/core/canonical"
import { learntOf } from "@/domain/records/learnt"
import { RECORD_KINDS } from "@/domain/records/kinds"
import { unrestricted } from "@/usecases/scope"
import type { PackageContext, PackagePart } from "./context"
import { lineText } from "./lines"
import { recordsIn, type PackedRecord } from "./records-in"

/** So many records are looked at together: each with every version it had. */
const TOGETHER = 100

/** For each record when the register learnt each of its facts: the version since which it stands, its instant and request. */
export const learntPart: PackagePart = async function* (on) {
  yield { name: "learnt.jsonl", text: lineText(learntLines(on)) }
}

async function* learntLines(on: PackageContext): AsyncGenerator<unknown[]> {
  for (const kind of ["entity", ...RECORD_KINDS] as const)
    for await (const batch of recordsIn(on, kind))
      for (let at = 0; at < batch.length; at += TOGETHER) yield await linesOf(on, batch.slice(at, at + TOGETHER))
}

async function linesOf(on: PackageContext, batch: readonly PackedRecord[]): Promise<unknown[]> {
  const ids = batch.map(({ id }) => id)
  const byRecord = new Map<string, VersionRow[]>()
  for (const one of await versionsOfAll(on.tx, ids, on.asOf))
    byRecord.set(one.recordId, [...(byRecord.get(one.recordId) ?? []), one])
  const open = await openRequests(on, [...byRecord.values()].flat())
  return batch.map((record) => {
    const versions = byRecord.get(record.id) ?? []
    const bodies = versions.map(({ n, body }) => ({ version: n, body: JSON.parse(body) as Record<string, unknown> }))
    const told = record.changed === null ? null : (JSON.parse(record.changed) as Record<string, unknown>)
    const raw = bodies[bodies.length - 1]?.body ?? {}
    const facts = learntOf(bodies).flatMap(({ path, version }) => {
      const [field = ""] = path.split(".")
      // Where something was taken out of a field, the places of its lines are others, and would tell what is missing.
      if (told && canonical(told[field] ?? null) !== canonical(raw[field] ?? null)) return []
      const from = versions.find(({ n }) => n === version)
      const request = from?.requestId && open.has(from.requestId) ? from.requestId : null
      return from ? [{ path, version, at: from.at, request }] : []
    })
    return { id: record.id, kind: record.kind, facts }
  })
}

/** Of the requests that brought these versions, those that whoever takes the package may know. */
async function openRequests(on: PackageContext, versions: readonly VersionRow[]): Promise<Set<string>> {
  const ids = [...new Set(versions.flatMap(({ requestId }) => requestId ?? []))]
  const found = await rows<{ id: string }>(
    on.tx,
    sql`select r.id from requests r where r.id = any(${textArray(ids)}::text[]) and ${unrestricted(on.scope, sql`r.restricted_to`)}`,
  )
  return new Set(found.map(({ id }) => id))
}
