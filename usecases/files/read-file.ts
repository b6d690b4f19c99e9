import { z } from "zod"
import { sql } from "drizzle-orm"
import { row, rows, type Tx } from "@/db/connect"
import { good, refuse } from "@/domain/core/outcome"
import { isOnlyRequester } from "@/domain/people/permissions"
import { idOf } from "@/domain/records/parts"
import { readsLinkFile } from "@/usecases/asked/take-over"
import { readsEvidence } from "@/usecases/requests/read-evidence"
import { look } from "@/usecases/look"
import { hiddenIds } from "@/usecases/audit/readable"

export type FileFound = { id: string; sha256: string; name: string; type: string; sizeBytes: number }

/**
 * The file, if this person may read a record that holds it, or put it there themselves. Requesters read the files of
 * their own requests only.
 */
export const readFile = look<{ id: string }, FileFound>({
  name: "file.read",
  input: z.strictObject({ id: idOf("file") }) as unknown as z.ZodType<{ id: string }>,
  about: (input) => [{ type: "file", id: input.id }],
  run: async (tx, { input, scope, actor }) => {
    const file = await row<FileFound & { byPerson: string; legalAdvice: boolean }>(
      tx,
      sql`select id, sha256, name, type, size_bytes as "sizeBytes", by_person as "byPerson", legal_advice as "legalAdvice" from files where id = ${input.id}`,
    )
    if (!file || (file.legalAdvice && !scope.legalAdvice && file.byPerson !== actor.id))
      return refuse("not-found", "not-found")
    if (file.byPerson !== actor.id) {
      const holders = isOnlyRequester(actor)
        ? await inOwnRequests(tx, input.id, actor.id)
        : await holdersOf(tx, input.id)
      const hidden = await hiddenIds(tx, holders, scope)
      const reads =
        holders.some((id) => !hidden.has(id)) ||
        (await readsLinkFile(tx, file.id, actor)) ||
        (await readsEvidence(tx, file.id, actor, scope))
      if (!reads) return refuse("not-found", "not-found")
    }
    return good({ id: file.id, sha256: file.sha256, name: file.name, type: file.type, sizeBytes: file.sizeBytes })
  },
})

async function holdersOf(tx: Tx, fileId: string): Promise<string[]> {
  const needle = `%"${fileId}"%`
  const found = await rows<{ id: string }>(
    tx,
    sql`select distinct record_id as id from versions where kind in ('agreement', 'assessment', 'consent', 'notice', 'demand', 'sharing') and body like ${needle}
      union select distinct request_id from revision_proposals where body like ${needle} limit 50`,
  )
  return found.map((item) => item.id)
}

async function inOwnRequests(tx: Tx, fileId: string, personId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select distinct p.request_id as id from revision_proposals p join request_authors a on a.request_id = p.request_id and a.person_id = ${personId}
      where p.body like ${`%"${fileId}"%`} limit 50`,
  )
  return found.map((item) => item.id)
}
