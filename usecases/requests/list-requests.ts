import { sql } from "drizzle-orm"
import { z } from "zod"
import { rows, type Tx } from "@/db/connect"
import { textArray } from "@/db/statements/log"
import { fold } from "@/domain/core/fold"
import type { Instant } from "@/domain/core/instant"
import { good } from "@/domain/core/outcome"
import { look } from "@/usecases/look"
import type { Scope } from "@/usecases/scope"

export type RequestLine = {
  id: string
  no: number
  title: string
  kind: string
  state: string
  revision: number
  createdBy: string
  createdByName: string
  movedAt: Instant
  createdAt: Instant
  proposalCount: number
  openStages: string[]
  mine: boolean
}

const input = z.strictObject({
  q: z.string().max(200).default(""),
  state: z
    .array(z.enum(["draft", "in-review", "changes-requested", "approved", "recorded", "refused", "withdrawn"]))
    .default([]),
  kind: z.array(z.enum(["change", "import", "discovered"])).default([]),
  mine: z.boolean().default(false),
  after: z.string().max(300).nullable().default(null),
  size: z.union([z.literal(25), z.literal(50), z.literal(100), z.literal(200)]).default(50),
})

/** What a person may know of requests: drafts are their authors', restricted ones the named persons'. */
export function requestScope(scope: Scope) {
  const within =
    scope.entities === null
      ? sql`true`
      : sql`(r.created_by = ${scope.personId} or r.entity_ids && ${textArray(scope.entities)}::text[])`
  return sql`(r.restricted_to is null or ${scope.personId} = any(r.restricted_to)) and (r.revision > 0 or r.created_by = ${scope.personId}) and ${within}`
}

export type RequestList = { rows: RequestLine[]; next: string | null; counts: Record<string, number> }

/** The table of requests, newest move first, by keyset. */
export const listRequests = look<z.output<typeof input>, RequestList>({
  name: "request.read",
  input: input as unknown as z.ZodType<z.output<typeof input>>,
  run: async (tx, { input: asked, scope }) => {
    const { rows: shown, next } = await pageOf(tx, asked, scope)
    return good({ rows: shown, next, counts: await counts(tx, scope) })
  },
})

type Asked = z.output<typeof input>

/** So many requests a file of a view holds; for more there is the export. */
const MOST = 20_000

/** The requests of a view, all of them, at most 20,000: the same search, filters and scope as on screen. */
export const viewRequests = look<Asked, { rows: RequestLine[]; cut: boolean }>({
  name: "request.read",
  input: input as unknown as z.ZodType<Asked>,
  run: async (tx, { input: asked, scope }) => {
    await tx.execute(sql`set local statement_timeout = '30s'`)
    const found: RequestLine[] = []
    let after: string | null = null
    do {
      const page: Pick<RequestList, "rows" | "next"> = await pageOf(tx, { ...asked, after, size: 200 }, scope)
      found.push(...page.rows)
      after = page.next
    } while (after !== null && found.length < MOST)
    return good({ rows: found, cut: after !== null })
  },
})

async function pageOf(tx: Tx, asked: Asked, scope: Scope): Promise<Pick<RequestList, "rows" | "next">> {
  const where = [requestScope(scope)]
  if (asked.state.length) where.push(sql`r.state = any(${textArray(asked.state)}::text[])`)
  if (asked.kind.length) where.push(sql`r.kind = any(${textArray(asked.kind)}::text[])`)
  if (asked.mine) where.push(sql`r.created_by = ${scope.personId}`)
  if (asked.q)
    where.push(
      /^r?-?\d+$/i.test(asked.q.trim())
        ? sql`r.no = ${Number(asked.q.replace(/\D/g, "").slice(0, 15))}`
        : sql`r.fold like ${`%${fold(asked.q)}%`}`,
    )
  const cursor = /^(\d{4}-\d{2}-\d{2}T[\d:.]+Z)~(req_[0-9a-z]{26})$/.exec(asked.after ?? "")
  if (cursor) where.push(sql`(r.moved_at, r.id) < (${cursor[1]}::timestamptz, ${cursor[2]})`)
  const found = await lines(tx, sql.join(where, sql` and `), asked.size + 1, scope)
  const shown = found.slice(0, asked.size)
  const last = shown[shown.length - 1]
  return { rows: shown, next: found.length > asked.size && last ? `${last.movedAt}~${last.id}` : null }
}

async function lines(tx: Tx, where: ReturnType<typeof sql>, limit: number, scope: Scope): Promise<RequestLine[]> {
  return rows<RequestLine>(
    tx,
    sql`select r.id, r.no, r.title, r.kind, r.state, r.revision, r.created_by as "createdBy", p.name as "createdByName", r.moved_at as "movedAt",
        r.created_at as "createdAt", r.proposal_count as "proposalCount", r.created_by = ${scope.personId} as mine,
        case when r.state = 'in-review' then coalesce((select array_agg(distinct s.stage) from revision_stages s where s.request_id = r.id and s.n = r.revision
          and not exists (select 1 from decisions d where d.request_id = r.id and d.revision = r.revision and d.stage = s.stage and d.entity_id = s.entity_id)), '{}')
        else '{}' end as "openStages"
      from requests r join people p on p.id = r.created_by where ${where} order by r.moved_at desc, r.id desc limit ${limit}`,
  )
}

async function counts(tx: Tx, scope: Scope): Promise<Record<string, number>> {
  const found = await rows<{ state: string; n: number }>(
    tx,
    sql`select r.state, count(*) as n from requests r where ${requestScope(scope)} group by r.state`,
  )
  return Object.fromEntries(found.map((item) => [item.state, item.n]))
}
