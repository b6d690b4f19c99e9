import { sql } from "drizzle-orm"
import { z } from "zod"
import { rows, type Tx } from "@/db/connect"
import { countedAnswers, openCounts, type DeskQuery, type OpenCount } from "@/db/statements/desk-lists"
import type { Day } from "@/domain/core/day"
import { good } from "@/domain/core/outcome"
import { completed } from "@/domain/records/complete"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"
import { titleOf } from "@/domain/records/project"
import { openAnswers } from "@/domain/unknowns/open-answers"
import { look } from "@/usecases/look"
import type { Scope } from "@/usecases/scope"
import { asOfInput } from "@/usecases/register/as-of"
import { deskInput, deskPageOf, deskQuery, type DeskInput, type DeskPage, type DeskRow } from "./desk-page"

/** One answer that is not known yet in a request of one's own that is still open. */
export type MineUnknown = {
  requestId: string
  no: number
  requestTitle: string
  editable: boolean
  recordId: string
  recordKind: RecordKind
  title: string
  path: string
  asked: string | null
  dueOn: Day | null
}

export type UnknownsPage = DeskPage<DeskRow> & { mine: MineUnknown[]; mineMore: boolean }

/** Every answer that is not known yet, of what is in force and of one's own open requests; overdue first. */
export const listUnknowns = look<DeskInput, UnknownsPage>({
  name: "register.read",
  input: deskInput as unknown as z.ZodType<DeskInput>,
  run: async (tx, { input, scope, scene }) => {
    const page = await deskPageOf<DeskRow>(tx, "answers", input, { scope, now: scene.now })
    const mine = input.asOf === null && input.after === "" ? await inMyRequests(tx, scope.personId) : []
    return good({ ...page, mine: mine.slice(0, MOST), mineMore: mine.length > MOST })
  },
})

const MOST = 50
const RECORDS = 100

async function inMyRequests(tx: Tx, personId: string): Promise<MineUnknown[]> {
  const found = await rows<{
    requestId: string
    no: number
    title: string
    state: string
    recordId: string
    kind: RecordKind
    body: string
  }>(
    tx,
    // `requests_creator` finds the requests, the key of `proposals` what is in them.
    sql`select r.id as "requestId", r.no, r.title, r.state, p.record_id as "recordId", p.kind, p.body
      from requests r join proposals p on p.request_id = r.id
      where r.created_by = ${personId} and r.state in ('draft', 'in-review', 'changes-requested') and p.op <> 'end'
        and p.body like '%"state":"unknown"%' order by r.moved_at desc, r.id, p.position, p.record_id limit ${RECORDS}`,
  )
  return found
    .flatMap((row) => {
      const body = completed(row.kind, JSON.parse(row.body) as BodyOf[RecordKind])
      return openAnswers(row.kind, body).map(({ path, asked, due }): MineUnknown => ({
        requestId: row.requestId,
        no: row.no,
        requestTitle: row.title,
        editable: row.state !== "in-review",
        recordId: row.recordId,
        recordKind: row.kind,
        title: titleOf(row.kind, body as never),
        ...{ path, asked, dueOn: due },
      }))
    })
    .sort((a, b) => ((a.dueOn ?? "~") < (b.dueOn ?? "~") ? -1 : 1))
}

const countInput = z.strictObject({ asOf: asOfInput, entityId: z.string().max(40).nullable().default(null) })

export type UnknownCounts = {
  /** Answers not known yet, and those of them that are overdue. */
  answers: number
  overdue: number
  /** By company of ours; '': records of no company (parties). */
  byEntity: OpenCount[]
}

/** How many answers are not known yet, for the board beside *evidenced* and *not evidenced*; also as of an instant. */
export const unknownCounts = look<z.output<typeof countInput>, UnknownCounts>({
  name: "register.read",
  input: countInput as unknown as z.ZodType<z.output<typeof countInput>>,
  run: async (tx, { input, scope, scene }) => {
    const query = await deskQuery(tx, deskInput.parse({ asOf: input.asOf }), { scope, now: scene.now })
    const found = await openBy(tx, query, scope)
    const byEntity = found.filter((one) => input.entityId === null || one.entityId === input.entityId)
    const sum = (of: "answers" | "overdue"): number => byEntity.reduce((all, item) => all + item[of], 0)
    return good({ answers: sum("answers"), overdue: sum("overdue"), byEntity })
  },
})

/** Read from what is stored, where it can be. */
async function openBy(tx: Tx, query: DeskQuery, scope: Scope): Promise<OpenCount[]> {
  if (query.asOf !== null || (scope.entities !== null && scope.partiesByEntity)) return countedAnswers(tx, query)
  const days = Object.entries(query.todays)
    .filter(([id]) => scope.entities === null || scope.entities.includes(id))
    .map(([entityId, on]) => ({ entityId, on }))
  return openCounts(tx, [...days, { entityId: "", on: query.today }], scope.personId)
}
