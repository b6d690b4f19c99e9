import { Readable } from "node:stream"
import { z } from "zod"
import { sql } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import { textArray } from "@/db/statements/log"
import { FileFault, type Range } from "@/adapters/files/seal"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { isOnlyRequester } from "@/domain/people/permissions"
import { idOf } from "@/domain/records/parts"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"
import { readsLinkFile } from "@/usecases/asked/known-link"
import { readsLetterFile } from "@/usecases/inquiries/reads-letter-file"
import { readable } from "@/usecases/register/read-record"
import { readKnown } from "@/usecases/requests/known-request"
import { readsPaperSent } from "@/usecases/templates/reads-paper"
import { readsEvidence } from "@/usecases/requests/read-evidence"
import { scopeWithin } from "@/usecases/requests/seen"
import { look } from "@/usecases/look"
import { hiddenIds } from "@/usecases/audit/readable"
import type { Actor, Scene } from "@/usecases/scene"
import { scopeOf, type Scope } from "@/usecases/scope"

export type FileFound = { id: string; sha256: string; name: string; type: string; sizeBytes: number }

/**
 * The file, if this person may read a record that holds it, or put it there themselves. Requesters read the files of
 * their own requests only.
 */
export const readFile = look<{ id: string }, FileFound>({
  name: "file.read",
  input: z.strictObject({ id: idOf("file") }) as unknown as z.ZodType<{ id: string }>,
  about: (input) => [{ type: "file", id: input.id }],
  run: async (tx, { input, actor }) => {
    const [file] = await filesHeld(tx, [input.id])
    if (!file || !(await readsFile(tx, file, actor))) return refuse("not-found", "not-found")
    if (file.scan === "waiting") return refuse("conflict", "conflict.file-held")
    if (file.scan === "infected") return refuse("conflict", "conflict.file-infected")
    return good({ id: file.id, sha256: file.sha256, name: file.name, type: file.type, sizeBytes: file.sizeBytes })
  },
})

type FileHeld = FileFound & { byPerson: string; legalAdvice: boolean; scan: string; supplied: boolean }

function filesHeld(tx: Tx, ids: readonly string[]): Promise<FileHeld[]> {
  return rows(
    tx,
    sql`select id, sha256, name, type, size_bytes as "sizeBytes", by_person as "byPerson", legal_advice as "legalAdvice", scan,
        exists (select 1 from supplier_files s where s.file_id = files.id) as supplied
      from files where id = any(${textArray(ids)}::text[])`,
  )
}

/** Whether this person may read the file, whatever the virus scanner says of it. */
async function readsFile(tx: Tx, file: FileHeld, actor: Actor): Promise<boolean> {
  // What a supplier lays beside its answers is in the keeping of who asked, and for them as for others once it was sent.
  if (file.byPerson === actor.id && !file.supplied) return true
  const scope = scopeOf(actor)
  if (file.legalAdvice && !scope.legalAdvice) return false
  return (
    (await readsHolder(tx, file.id, actor, scope)) ||
    (await readsLinkFile(tx, file.id, actor)) ||
    (await readsEvidence(tx, file.id, actor, scope)) ||
    (await readsPaperSent(tx, file.id, actor)) ||
    (await readsLetterFile(tx, file.id, actor))
  )
}

/** Of these files those that are there and that this person may not read: nobody lays another's file beside a paper of theirs. */
export async function unreadAmong(tx: Tx, ids: readonly string[], actor: Actor): Promise<string[]> {
  const unread: string[] = []
  for (const file of ids.length === 0 ? [] : await filesHeld(tx, ids))
    if (!(await readsFile(tx, file, actor))) unread.push(file.id)
  return unread
}

/** A file that this person may know, and what the virus scanner says of it. */
export type FileSeen = FileFound & { scan: string }

/** Of these files those that are there and that this person may read, held or not. */
export async function readableFiles(tx: Tx, ids: readonly string[], actor: Actor): Promise<FileSeen[]> {
  const seen: FileSeen[] = []
  for (const file of ids.length === 0 ? [] : await filesHeld(tx, ids)) {
    const { id, sha256, name, type, sizeBytes, scan } = file
    if (await readsFile(tx, file, actor)) seen.push({ id, sha256, name, type, sizeBytes, scan })
  }
  return seen
}

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
    const stream = await scene.files.read(sha256, range)
    return good(stream && (await begun(stream)))
  } catch (problem) {
    if (!(problem instanceof FileFault)) throw problem
    process.stderr.write(`file ${sha256}: ${problem.message}\n`)
    return refuse("conflict", problem.kind === "no-key" ? "conflict.file-no-key" : "conflict.file-damaged")
  }
}

/** The stream once its first bytes are there: what is damaged at its beginning is refused in words, and not by a line that is cut. */
async function begun(stream: Readable): Promise<Readable> {
  const walk = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
  const first = await walk.next()
  const bytes = async function* (): AsyncGenerator<Buffer> {
    for (let next = first; !next.done; next = await walk.next()) yield next.value
  }
  const whole = Readable.from(bytes(), { objectMode: false })
  // Whoever lets go of it lets go of what it stands on, also before it was read.
  whole.once("close", () => stream.destroy())
  return whole
}

async function readsHolder(tx: Tx, fileId: string, actor: Actor, scope: Scope): Promise<boolean> {
  if (isOnlyRequester(actor)) {
    const own = await inOwnRequests(tx, fileId, actor.id)
    return own.length > (await hiddenIds(tx, own, scope)).size
  }
  const records = await recordsOf(tx, fileId)
  if (records.length > (await hiddenIds(tx, records, scope)).size) return true
  const requests = await requestsOf(tx, fileId)
  const hidden = await hiddenIds(tx, requests, scope)
  for (const id of requests) if (!hidden.has(id) && (await readsProposed(tx, id, fileId, actor))) return true
  return false
}

/** Of a request that is known, whether a record that it proposes with the file is: what lies in other companies is not. */
async function readsProposed(tx: Tx, requestId: string, fileId: string, actor: Actor): Promise<boolean> {
  const request = await readKnown(tx, requestId, actor)
  if (!request) return false
  const scope = scopeWithin(scopeOf(actor), request)
  const found = await rows<{ kind: RecordKind; body: string }>(
    tx,
    sql`select kind, body from revision_proposals where request_id = ${requestId} and body like ${`%"${fileId}"%`} limit 200`,
  )
  return found.some(({ kind, body }) => readable({ kind, body: JSON.parse(body) as BodyOf[RecordKind] }, scope))
}

async function inOwnRequests(tx: Tx, fileId: string, personId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select f.request_id as id from request_files f join request_authors a on a.request_id = f.request_id and a.person_id = ${personId}
      where f.file_id = ${fileId} limit 50`,
  )
  return found.map((item) => item.id)
}

async function recordsOf(tx: Tx, fileId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select record_id as id from record_files where file_id = ${fileId}
      union select agreement_id from letters where file_id = ${fileId}
      union select agreement_id from redactions where copy_file_id = ${fileId} limit 200`,
  )
  return found.map((item) => item.id)
}

async function requestsOf(tx: Tx, fileId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select request_id as id from request_files where file_id = ${fileId} order by request_id desc limit 50`,
  )
  return found.map((item) => item.id)
}
