import { sql } from "drizzle-orm"
import { z } from "zod"
import { rows } from "@/db/connect"
import type { ListName } from "@/db/statements/list-specs"
import { good } from "@/domain/core/outcome"
import { look } from "@/usecases/look"
import { inScope } from "@/usecases/register/list-records"
import { hiddenIds, metadataOnly, titlesOf } from "./readable"

export type Found = { field: "record" | "person" | "request"; id: string; name: string }

const MOST = 8
const TABLES = { parties: "party_rows", sharings: "sharing_rows", agreements: "agreement_rows", others: "other_rows" }

const input = z.strictObject({
  record: z.string().max(200).default(""),
  person: z.string().max(200).default(""),
  request: z.string().max(200).default(""),
})

/**
 * What somebody means by a name: people, records by their title, requests by number or title. Only what the reader may know, and of
 * each at most eight; an administrator, who reads no content, finds people.
 */
export const findAbout = look<z.output<typeof input>, Found[]>({
  name: "log.read",
  input: input as unknown as z.ZodType<z.output<typeof input>>,
  run: async (tx, { input: asked, scope, actor }) => {
    const like = (words: string) => `%${words.trim().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
    const found: Found[] = []
    if (asked.person.trim() !== "")
      found.push(
        ...(await rows<Found>(
          tx,
          sql`select 'person' as field, id, name from people where name ilike ${like(asked.person)} order by lower(name), id limit ${MOST}`,
        )),
      )
    if (metadataOnly(actor)) return good(found)
    const ids: { field: Found["field"]; id: string }[] = []
    if (asked.record.trim() !== "")
      for (const [list, table] of Object.entries(TABLES))
        ids.push(
          ...(await rows<{ field: "record"; id: string }>(
            tx,
            sql`select 'record' as field, r.record_id as id from ${sql.identifier(table)} r where r.until_at = 'infinity'
              and r.title ilike ${like(asked.record)} and ${inScope(list as ListName, scope, null)} order by r.title, r.record_id limit ${MOST}`,
          )),
        )
    // What somebody drafts is theirs alone until they bring it.
    const begun = sql`(revision > 0 or created_by = ${actor.id})`
    const no = /^\s*(?:R-)?(\d{1,9})\s*$/i.exec(asked.request)?.[1]
    if (asked.request.trim() !== "")
      ids.push(
        ...(await rows<{ field: "request"; id: string }>(
          tx,
          no === undefined
            ? sql`select 'request' as field, id from requests where title ilike ${like(asked.request)} and ${begun} order by no desc limit 100`
            : sql`select 'request' as field, id from requests where no = ${Number(no)} and ${begun}`,
        )),
      )
    const hidden = await hiddenIds(
      tx,
      ids.map((one) => one.id),
      scope,
    )
    for (const field of ["record", "request"] as const) {
      const seen = ids.filter((one) => one.field === field && !hidden.has(one.id)).slice(0, MOST)
      const titles = await titlesOf(
        tx,
        seen.map((one) => one.id),
      )
      found.push(...seen.flatMap(({ id }) => (titles[id] ? [{ field, id, name: titles[id] }] : [])))
    }
    return good(found)
  },
})
