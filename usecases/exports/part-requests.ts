import { sql, type SQL } from "drizzle-orm"
import { rows } from "@/db/connect"
import { textArray } from "@/db/statements/log"
import { canonical } from "@/domain/core/canonical"
import { hiddenIds } from "@/usecases/audit/readable"
import type { PackageContext, PackagePart } from "./context"

/** An import's thousands of rows are read so many at a time. */
const ROWS = 2000

/** The requests that brought the records, with what makes up the hash that was decided on. */
export const requestsPart: PackagePart = async function* (on) {
  yield { name: "requests.jsonl", text: requestText(on) }
}

type Head = { id: string; no: number; revision: number; hash: string; rows: number }
type Row = {
  requestId: string
  position: number
  recordId: string
  kind: string
  op: string
  baseVersion: number | null
  discovered: boolean
  body: string
}

async function* requestText(on: PackageContext): AsyncGenerator<string> {
  for await (const ids of on.count.requests.batches()) {
    const heads = await rows<Head>(
      on.tx,
      sql`select r.id, r.no, r.revision, v.hash, (select count(*) from revision_proposals p where p.request_id = r.id and p.n = r.revision) as rows
        from requests r join revisions v on v.request_id = r.id and v.n = r.revision where r.id = any(${textArray(ids)}::text[]) order by r.id`,
    )
    const hidden = await hiddenIds(on.tx, ids, on.scope, on.asOf)
    for (const part of gathered(heads)) yield* linesOf(on, part, hidden)
  }
}

/** Heads in their order, so many together that their rows are few enough to be read at once; a large one by itself. */
function gathered(heads: readonly Head[]): Head[][] {
  const parts: Head[][] = []
  let sum = 0
  for (const head of heads) {
    const last = parts[parts.length - 1]
    if (!last || sum + head.rows > ROWS) {
      parts.push([head])
      sum = head.rows
    } else {
      last.push(head)
      sum += head.rows
    }
  }
  return parts
}

async function* linesOf(
  on: PackageContext,
  heads: readonly Head[],
  hidden: ReadonlySet<string>,
): AsyncGenerator<string> {
  const [only] = heads
  if (heads.length === 1 && only && only.rows > ROWS) return yield* longLine(on, only, hidden.has(only.id))
  const found = await proposals(
    on,
    sql`(p.request_id, p.n) in (select r.id, r.revision from requests r where r.id = any(${textArray(heads.map((head) => head.id))}::text[]))`,
  )
  const secret = await hiddenIds(
    on.tx,
    found.map((row) => row.recordId),
    on.scope,
    on.asOf,
  )
  for (const { id, no, revision, hash } of heads) {
    const mine = found.filter((row) => row.requestId === id)
    const told = !hidden.has(id) && mine.every((row) => !secret.has(row.recordId))
    yield `${canonical({ id, no, revision, hash, rows: told ? mine.map(shown) : null })}\n`
  }
}

/** The line of a request with more rows than are held at once: its members stand in the order of canonical JSON all the same. */
async function* longLine(on: PackageContext, head: Head, hidden: boolean): AsyncGenerator<string> {
  const { id, no, revision, hash } = head
  let told = !hidden
  for await (const page of told ? pages(on, head) : [])
    told &&=
      (
        await hiddenIds(
          on.tx,
          page.map((row) => row.recordId),
          on.scope,
          on.asOf,
        )
      ).size === 0
  if (!told) return yield `${canonical({ id, no, revision, hash, rows: null })}\n`
  yield `${canonical({ hash, id, no, revision }).slice(0, -1)},"rows":[`
  let before = ""
  for await (const page of pages(on, head))
    for (const row of page) {
      yield before + canonical(shown(row))
      before = ","
    }
  yield "]}\n"
}

async function* pages(on: PackageContext, head: Head): AsyncGenerator<Row[]> {
  for (let [position, recordId] = [-1, ""]; ;) {
    const page = await proposals(
      on,
      sql`p.request_id = ${head.id} and p.n = ${head.revision} and (p.position, p.record_id) > (${position}, ${recordId})`,
    )
    const last = page[page.length - 1]
    if (!last) return
    ;[position, recordId] = [last.position, last.recordId]
    yield page
  }
}

async function proposals(on: PackageContext, where: SQL): Promise<Row[]> {
  return rows<Row>(
    on.tx,
    sql`select p.request_id as "requestId", p.position, p.record_id as "recordId", p.kind, p.op, p.base_version as "baseVersion", p.discovered,
      encode(sha256(convert_to(p.body, 'UTF8')), 'hex') as body
      from revision_proposals p where ${where} order by p.request_id, p.position, p.record_id limit ${ROWS}`,
  )
}

function shown({ recordId, kind, op, baseVersion, discovered, body }: Row) {
  return { recordId, kind, op, baseVersion, discovered, body }
}
