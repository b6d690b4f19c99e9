import { z } from "zod"
import { sql } from "drizzle-orm"
import { rows } from "@/db/connect"
import { textArray } from "@/db/statements/log"
import type { Instant } from "@/domain/core/instant"
import { good } from "@/domain/core/outcome"
import { idOf } from "@/domain/records/parts"
import { look, readingInstant } from "@/usecases/look"
import { asOfInput } from "@/usecases/register/as-of"
import { requestScope } from "./list-requests"

type Asked = { requestIds: string[]; asOf: Instant | null }
export type RequestTitle = { id: string; no: number; title: string }

/**
 * How these requests are called, in the order they were asked for: those that the reader may know and that were submitted by the
 * instant (null: by now). Nothing of what they propose is read.
 */
export const readRequestTitles = look<Asked, RequestTitle[]>({
  name: "request.read",
  input: z.strictObject({
    requestIds: z.array(idOf("request")).max(20),
    asOf: asOfInput,
  }) as unknown as z.ZodType<Asked>,
  about: (input) => input.requestIds.map((id) => ({ type: "request", id })),
  run: async (tx, { input, scope }) => {
    const at = await readingInstant(tx, input.asOf)
    const by = at === null ? sql`true` : sql`v.at <= ${at}::timestamptz`
    return good(
      await rows<RequestTitle>(
        tx,
        sql`select r.id, r.no, r.title from requests r where r.id = any(${textArray(input.requestIds)}::text[]) and ${requestScope(scope)}
          and exists (select 1 from revisions v where v.request_id = r.id and ${by})
          order by array_position(${textArray(input.requestIds)}::text[], r.id)`,
      ),
    )
  },
})
