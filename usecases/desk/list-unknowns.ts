import { sql } from "drizzle-orm"
import { z } from "zod"
import { rows, type Tx } from "@/db/connect"
import { unknownSums } from "@/db/statements/desk-lists"
import type { Day } from "@/domain/core/day"
import { good } from "@/domain/core/outcome"
import { completed } from "@/domain/records/complete"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"
import { titleOf } from "@/domain/records/project"
import { openAnswers } from "@/domain/unknowns/open-answers"
import { look } from "@/usecases/look"
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

const countInput = z.strictObject({ asOf: asOfInput })

export type UnknownCounts = {
  /** Answers not known yet, those of them overdue, and the records that they stand in. */
  answers: number
  overdue: number
  records: number
  /** By company of ours; null: records of no company (parties). */
  byEntity: { entityId: string | null; answers: number; overdue: number; records: number }[]
}

/** How many answers are not known yet, for the board beside *evidenced* and *not evidenced*; also as of an instant. */
export const unknownCounts = look<z.output<typeof countInput>, UnknownCounts>({
  name: "register.read",
  input: countInput as unknown as z.ZodType<z.output<typeof countInput>>,
  run: async (tx, { input, scope, scene }) => {
    const query = await deskQuery(tx, deskInput.parse({ asOf: input.asOf }), { scope, now: scene.now })
    const byEntity = await unknownSums(tx, query)
    const sum = (of: "answers" | "overdue" | "records"): number => byEntity.reduce((all, item) => all + item[of], 0)
    return good({ answers: sum("answers"), overdue: sum("overdue"), records: sum("records"), byEntity })
  },
})
