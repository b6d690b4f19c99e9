import { sql, type SQL } from "drizzle-orm"
import { z } from "zod"
import { rows } from "@/db/connect"
import { parseInstant, type Instant } from "@/domain/core/instant"
import { good } from "@/domain/core/outcome"
import { look } from "@/usecases/look"
import { requestScope } from "@/usecases/requests/list-requests"
import type { Scope } from "@/usecases/scope"
import { clocksInput, readPlace, whenAsked, writePlace } from "./clocks"

const input = z.strictObject({
  state: z.enum(["refused", "withdrawn"]),
  after: z.string().max(1600).default(""),
  size: z.int().min(1).max(5_000).default(50),
  asOf: clocksInput.asOf,
})
type Input = z.output<typeof input>

/** A request that came to nothing, when, and by whose word where it was refused. */
export type ClosedRequest = {
  id: string
  no: number
  title: string
  kind: string
  byName: string
  createdAt: Instant
  closedAt: Instant
  refusedBy: string | null
  stage: string | null
}

export type ClosedPage = { lines: ClosedRequest[]; next: string | null; asOf: Instant | null; said: Instant }

/** Requests that were refused or withdrawn by the instant, the latest first. From both there is no way back. */
export const closedRequests = look<Input, ClosedPage>({
  name: "answers.read",
  input: input as unknown as z.ZodType<Input>,
  about: ({ state }) => [{ type: "answer", id: state }],
  run: async (tx, { input: asked, scope, scene }) => {
    const { at, said } = await whenAsked(tx, { asOf: asked.asOf, on: null }, scene.now)
    const found = await rows<ClosedRequest>(tx, closedStatement(asked, at, scope))
    const lines = found.slice(0, asked.size)
    const last = lines[lines.length - 1]
    return good({
      lines,
      next: found.length > asked.size && last ? writePlace(last.closedAt, last.id) : null,
      ...{ asOf: asked.asOf, said },
    })
  },
})

/** The statement of a page; on its own so that a test can ask for its plan. */
export function closedStatement(asked: Input, at: Instant | null, scope: Scope): SQL {
  const place = readPlace(asked.after)
  const after =
    place && parseInstant(place.key) !== null
      ? sql`(r.moved_at, r.id) < (${place.key}::timestamptz, ${place.id})`
      : sql`true`
  const by = at === null ? sql`true` : sql`r.moved_at <= ${at}::timestamptz`
  return sql`select r.id, r.no, r.title, r.kind, p.name as "byName", r.created_at as "createdAt", r.moved_at as "closedAt",
      q.name as "refusedBy", d.stage
    from (select * from requests r where r.state = ${asked.state} and ${by} and ${after} and ${requestScope(scope)}
      order by r.moved_at desc, r.id desc limit ${asked.size + 1}) r
    join people p on p.id = r.created_by
    left join lateral (select d.person_id, d.stage from decisions d where d.request_id = r.id and d.verdict = 'refuse'
      order by d.at desc limit 1) d on r.state = 'refused'
    left join people q on q.id = d.person_id
    order by r.moved_at desc, r.id desc`
}
