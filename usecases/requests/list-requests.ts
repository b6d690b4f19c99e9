import { sql, type SQL } from "drizzle-orm"
import { z } from "zod"
import { rows, type Tx } from "@/db/connect"
import { textArray } from "@/db/statements/log"
import { OPEN } from "@/db/statements/open-stages"
import { fold } from "@/domain/core/fold"
import type { Day } from "@/domain/core/day"
import { parseInstant, type Instant } from "@/domain/core/instant"
import { good } from "@/domain/core/outcome"
import type { DueMark } from "@/domain/requests/due"
import { mayLeave } from "@/usecases/exports/mainland"
import { look } from "@/usecases/look"
import type { Scene } from "@/usecases/scene"
import type { Scope } from "@/usecases/scope"
import { nearestDue } from "./stage-state"

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
  /** When the nearest of its open stages is due, and how near that is; null: it is not in review. */
  dueOn: Day | null
  mark: DueMark | null
  mine: boolean
}

/** What the table can be sorted by: each has its index. */
export const REQUEST_SORTS = ["moved", "title", "no"] as const

const ORDERS = {
  moved: { column: sql`r.moved_at`, type: sql`timestamptz`, key: (line: RequestLine) => line.movedAt, falls: true },
  title: { column: sql`r.fold`, type: sql`text`, key: (line: RequestLine) => fold(line.title), falls: false },
  no: { column: sql`r.no`, type: sql`bigint`, key: (line: RequestLine) => String(line.no), falls: false },
} as const

const input = z.strictObject({
  q: z.string().max(200).default(""),
  state: z
    .array(z.enum(["draft", "in-review", "changes-requested", "approved", "recorded", "refused", "withdrawn"]))
    .default([]),
  kind: z.array(z.enum(["change", "import", "discovered"])).default([]),
  mine: z.boolean().default(false),
  sort: z.enum(REQUEST_SORTS).default("moved"),
  /** The other way round: the longest unmoved first, or Z to A, or the highest number. */
  turned: z.boolean().default(false),
  after: z.string().max(1200).nullable().default(null),
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

/** `counts`: how many of each state and of each kind the reader may know of. */
export type RequestList = { rows: RequestLine[]; next: string | null; counts: Record<string, number> }

/** The table of requests by keyset, newest move first unless another order is asked for. */
export const listRequests = look<z.output<typeof input>, RequestList>({
  name: "request.read",
  input: input as unknown as z.ZodType<z.output<typeof input>>,
  run: async (tx, { input: asked, scope, scene }) => {
    const { rows: shown, next } = await pageOf(tx, asked, scope, scene.now)
    return good({ rows: shown, next, counts: await counts(tx, scope) })
  },
})

type Asked = z.output<typeof input>

/** The requests in review that were moved last, within a look that shows more beside them. */
export async function inReviewFor(tx: Tx, { scope, scene }: { scope: Scope; scene: Scene }): Promise<RequestLine[]> {
  return (await pageOf(tx, input.parse({ state: ["in-review"], size: 25 }), scope, scene.now)).rows
}

/** So many requests a file of a view holds; for more there is the export. */
const MOST = 20_000

/** The requests of a view, all of them, at most 20,000: the same search, filters and scope as on screen. */
export const viewRequests = look<Asked, { rows: RequestLine[]; cut: boolean }>({
  name: "request.read",
  input: input as unknown as z.ZodType<Asked>,
  run: async (tx, { input: asked, scope, actor, scene }) => {
    await tx.execute(sql`set local statement_timeout = '30s'`)
    const stays = await mayLeave(tx, { actor, scope, scene }, null)
    if (stays) return stays
    const found: RequestLine[] = []
    let after: string | null = null
    do {
      const page: Pick<RequestList, "rows" | "next"> = await pageOf(
        tx,
        { ...asked, after, size: 200 },
        scope,
        scene.now,
      )
      found.push(...page.rows)
      after = page.next
    } while (after !== null && found.length < MOST)
    return good({ rows: found, cut: after !== null })
  },
})

async function pageOf(tx: Tx, asked: Asked, scope: Scope, now: Instant): Promise<Pick<RequestList, "rows" | "next">> {
  const found = await rows<Omit<RequestLine, "dueOn" | "mark">>(tx, requestsStatement(asked, scope))
  const page = found.slice(0, asked.size)
  const running = page.filter((line) => line.state === "in-review").map((line) => line.id)
  const due = await nearestDue(tx, running, now)
  const shown = page.map((line) => ({ ...line, ...(due.get(line.id) ?? { dueOn: null, mark: null }) }))
  const last = shown[shown.length - 1]
  const more = found.length > asked.size && last
  return { rows: shown, next: more ? `${ORDERS[asked.sort].key(last)}~${last.id}` : null }
}

/** The statement of a page; on its own so that a test can ask for its plan. */
export function requestsStatement(asked: Asked, scope: Scope): SQL {
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
  const { column, type, falls } = ORDERS[asked.sort]
  const down = falls !== asked.turned
  const cursor = readCursor(asked)
  if (cursor) where.push(sql`(${column}, r.id) ${down ? sql`<` : sql`>`} (${cursor.key}::${type}, ${cursor.id})`)
  const way = down ? sql`desc` : sql`asc`
  return sql`select r.id, r.no, r.title, r.kind, r.state, r.revision, r.created_by as "createdBy", p.name as "createdByName", r.moved_at as "movedAt",
        r.created_at as "createdAt", r.proposal_count as "proposalCount", r.created_by = ${scope.personId} as mine,
        case when r.state = 'in-review' then coalesce((select array_agg(distinct s.stage) ${OPEN}), '{}')
        else '{}' end as "openStages"
      from requests r join people p on p.id = r.created_by where ${sql.join(where, sql` and `)}
      order by ${column} ${way}, r.id ${way} limit ${asked.size + 1}`
}

/** Where the page before ended: its last key and id; null where that is no key of this order. */
function readCursor({ after, sort }: Asked): { key: string; id: string } | null {
  const [, key, id] = /^(.*)~(req_[0-9a-z]{26})$/s.exec(after ?? "") ?? []
  if (key === undefined || id === undefined) return null
  if (sort === "moved" && parseInstant(key) === null) return null
  return sort === "no" && !/^\d{1,15}$/.test(key) ? null : { key, id }
}

async function counts(tx: Tx, scope: Scope): Promise<Record<string, number>> {
  const found = await rows<{ state: string; kind: string; n: number }>(
    tx,
    sql`select r.state, r.kind, count(*)::int as n from requests r where ${requestScope(scope)} group by r.state, r.kind`,
  )
  const out: Record<string, number> = {}
  for (const { state, kind, n } of found) for (const word of [state, kind]) out[word] = (out[word] ?? 0) + n
  return out
}
