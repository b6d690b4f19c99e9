import { z } from "zod"
import { ownFiles } from "@/db/statements/files"
import type { Day } from "@/domain/core/day"
import { endStateOn, withTerms, type EndState } from "@/domain/endings/duty"
import { good, refuse } from "@/domain/core/outcome"
import type { RecordOf } from "@/domain/records/kinds"
import type { Sharing } from "@/domain/records/sharing"
import { look } from "@/usecases/look"
import { loadRecords } from "@/usecases/register/records"
import { readable } from "@/usecases/register/read-record"
import { dutyAfter, paperTerms, todayOf } from "./ending-set"

export type EndingPage = {
  record: RecordOf<"sharing">
  today: Day
  state: EndState
  /** The flow with what its last day owes by its papers, where it came by itself. */
  owing: Sharing
  /** By when the data would be gone if it ended today. */
  dueIfToday: Day
  /** The files that this person sent. */
  files: { id: string; name: string; held: "waiting" | null }[]
}

/** What the form that ends a sharing, or brings its evidence, stands on. */
export const readEnding = look<{ id: string }, EndingPage>({
  name: "request.draft",
  input: z.strictObject({ id: z.string().max(40) }),
  run: async (tx, { input, scope, actor, scene }) => {
    const [record] = await loadRecords(tx, [input.id], null)
    if (record?.kind !== "sharing" || !readable(record, scope)) return refuse("not-found", "not-found")
    const today = await todayOf(tx, record.body, scene.now)
    const terms = await paperTerms(tx, record.id, scope)
    return good({
      record,
      today,
      ...{ state: endStateOn(withTerms(record.body, terms), today), owing: withTerms(record.body, terms) },
      dueIfToday: dutyAfter(record.body, today, terms).dueOn,
      files: await ownFiles(tx, actor.id, null),
    })
  },
})
