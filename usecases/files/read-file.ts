import type { Readable } from "node:stream"
import { z } from "zod"
import { sql } from "drizzle-orm"
import { row, rows, type Tx } from "@/db/connect"
import { FileFault, type Range } from "@/adapters/files/seal"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { isOnlyRequester } from "@/domain/people/permissions"
import { idOf } from "@/domain/records/parts"
import { readsLinkFile } from "@/usecases/asked/take-over"
import { readsEvidence } from "@/usecases/requests/read-evidence"
import { look } from "@/usecases/look"
import { hiddenIds } from "@/usecases/audit/readable"
import type { Scene } from "@/usecases/scene"

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
    const file = await row<FileFound & { byPerson: string; legalAdvice: boolean; scan: string }>(
      tx,
      sql`select id, sha256, name, type, size_bytes as "sizeBytes", by_person as "byPerson", legal_advice as "legalAdvice", scan from files where id = ${input.id}`,
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
    if (file.scan === "waiting") return refuse("conflict", "conflict.file-held")
    if (file.scan === "infected") return refuse("conflict", "conflict.file-infected")
    return good({ id: file.id, sha256: file.sha256, name: file.name, type: file.type, sizeBytes: file.sizeBytes })
  },
})

/**
 * The bytes of a file that may be read, or a part of them. One that is not what it was when it was kept is not given: it
 * is said, and whoever runs the machine finds it in the next scrub as well.
 */
export async function openFile(
  scene: Pick<Scene, "files">,
  sha256: string,
  range?: Range,
): Promise<Outcome<Readable | null>> {
  try {
    return good(await scene.files.read(sha256, range))
  } catch (problem) {
    if (!(problem instanceof FileFault)) throw problem
    process.stderr.write(`file ${sha256}: ${problem.message}\n`)
    return refuse("conflict", "conflict.file-damaged")
  }
}

async function inOwnRequests(tx: Tx, fileId: string, personId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select f.request_id as id from request_files f join request_authors a on a.request_id = f.request_id and a.person_id = ${personId}
      where f.file_id = ${fileId} limit 50`,
  )
  return found.map((item) => item.id)
}

async function holdersOf(tx: Tx, fileId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select record_id as id from record_files where file_id = ${fileId}
      union select request_id from request_files where file_id = ${fileId}
      union select agreement_id from letters where file_id = ${fileId} limit 50`,
  )
  return found.map((item) => item.id)
}
