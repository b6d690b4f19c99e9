import type { Db, Tx } from "@/db/connect"
import { LISTS, type ListName } from "@/db/statements/list-specs"
import type { Instant } from "@/domain/core/instant"
import type { InquiryQuery } from "@/domain/inquiries/query"
import { recipientsPageOf } from "@/usecases/answers/recipients"
import { findingsOf } from "@/usecases/checks/list-findings"
import { listPageOf } from "@/usecases/register/list-records"
import type { Scope } from "@/usecases/scope"

/** What the register answers: how many (`more`: at least so many), and the first of them. */
export type QueryResult = { count: number; more: boolean; first: ResultLine[]; next: string | null }
/** One record of an answer; `party`: the party of a flow or paper, which often shares its title with others. */
type ResultLine = { id: string; title: string; party: string | null }

const SIZE = 25

/**
 * Asks the register as of the instant, through the reader's scope, never wider, and of the letter's companies alone: whoever reads it counts
 * the same. Parties are the group's.
 */
export async function resultOf(
  tx: Tx,
  query: InquiryQuery,
  asked: { db: Db; scope: Scope; companies: readonly string[]; instant: Instant; after?: string; size?: 25 | 200 },
): Promise<QueryResult> {
  const { entities } = asked.scope
  const companies = asked.companies.filter((id) => entities === null || entities.includes(id))
  const on = { ...asked, scope: { ...asked.scope, entities: companies } }
  const scene = { db: on.db, now: on.instant }
  const { size = SIZE, after = "" } = on
  if (query.kind === "recipients") {
    const page = await recipientsPageOf(tx, { query, after, size, asOf: on.instant, on: null }, on.scope, scene)
    const first = page.lines.map(({ id, title, partyName }) => ({ id, title, party: partyName }))
    return { count: page.flows, more: page.more, first, next: page.next }
  }
  if (query.kind === "findings") return foundResult(tx, query, { ...on, after, size })
  const { q, filters, excluded } = query
  const list = query.list satisfies ListName as ListName
  if (!LISTS[list]) return { count: 0, more: false, first: [], next: null }
  const page = await listPageOf(
    tx,
    {
      ...{ list, q, filters, excluded, sort: "name", descending: false, after: after === "" ? null : after, size },
      ...{ facets: [], count: true, on: null, asOf: on.instant },
    },
    on.scope,
    scene,
  )
  // What is only like the search is no answer.
  if (page.alike) return { count: 0, more: false, first: [], next: null }
  const first = page.rows.map((row) => ({
    ...{ id: String(row.id), title: String(row.title ?? row.name ?? row.id) },
    party: typeof row.partyName === "string" ? row.partyName : null,
  }))
  return { count: page.total, more: page.more, first, next: page.next }
}

type Found = Extract<InquiryQuery, { kind: "findings" }>

/** What was missing as the register said it then, on each company's own day of then. A record stands once for each clause that it misses. */
async function foundResult(
  tx: Tx,
  query: Found,
  on: { scope: Scope; instant: Instant; after: string; size: number },
): Promise<QueryResult> {
  const { severity, filters, excluded } = query
  const asked = { severity, filters, excluded, after: on.after, size: on.size, asOf: on.instant, on: null }
  // Only the first page says how many there are.
  const page = await findingsOf(tx, { ...asked, facets: on.after === "" }, on.scope, { now: on.instant })
  const counted = page.counts?.severities[severity]
  return {
    ...{ count: counted ?? page.findings.length, more: page.counts === null && page.next !== null, next: page.next },
    first: page.findings.map(({ recordId, clause, title, partyName }) => ({
      ...{ id: recordId, title: `${clause} ${title}`, party: partyName === title ? null : partyName },
    })),
  }
}
