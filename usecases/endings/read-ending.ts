import { z } from "zod"
import { ownFiles } from "@/db/statements/files"
import type { Day } from "@/domain/core/day"
import { endStateOn, type EndState } from "@/domain/endings/duty"
import { good, refuse } from "@/domain/core/outcome"
import type { RecordOf } from "@/domain/records/kinds"
import { look } from "@/usecases/look"
import { loadRecords } from "@/usecases/register/records"
import { readable } from "@/usecases/register/read-record"
import { dutyAfter, paperTerms, todayOf } from "./ending-set"

export type EndingPage = {
  record: RecordOf<"sharing">
  today: Day
  state: EndState
  /** By when the data would be gone if it ended today. */
  dueIfToday: Day
  /** The files that this person sent. */
  files: { id: string; name: string }[]
}

/** What the form that ends a sharing, or brings its evidence, stands on. */
export const readEnding = look<{ id: string }, EndingPage>({
  name: "request.draft",
  input: z.strictObject({ id: z.string().max(40) }),
  run: async (tx, { input, scope, actor, scene }) => {
    const [record] = await loadRecords(tx, [input.id], null)
    if (record?.kind !== "sharing" || !readable(record, scope)) return refuse("not-found", "not-found")
    const today = await todayOf(tx, record.body, scene.now)
    return good({
      record,
      today,
      state: endStateOn(record.body, today),
      dueIfToday: dutyAfter(record.body, today, await paperTerms(tx, record.id, scope)).dueOn,
      files: await ownFiles(tx, actor.id, null),
    })
  },
})
