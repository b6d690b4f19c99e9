import { createHash, randomBytes } from "node:crypto"
import { createWriteStream } from "node:fs"
import { mkdir, open, unlink } from "node:fs/promises"
import { join } from "node:path"
import { Transform, type Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { z } from "zod"
import { sql } from "drizzle-orm"
import { row, type Tx } from "@/db/connect"
import { lockBytes } from "@/db/statements/answer-keeping"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { text } from "@/domain/records/parts"
import { sniff, type FileType } from "@/formats/sniff"
import { jot } from "@/usecases/jot"
import { newId, type Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"

const MEGABYTE = 1024 * 1024
/** Most that one file may hold, by type (security handbook, Files in). */
export const FILE_LIMITS: Record<"paper" | "import", number> = { paper: 50 * MEGABYTE, import: 20 * MEGABYTE }
const PER_DAY = { files: 500, bytes: 2 * 1024 * MEGABYTE }

export type PutFile = { id: string; sha256: string; name: string; type: string; sizeBytes: number }

/** Where the upload lies on its way, with what was counted and hashed while it streamed. */
export type Received = { path: string; sha256: string; sizeBytes: number; head: Buffer }

/** Streams an upload to a temporary file, counting and hashing; refuses what is larger than `limit` without keeping any of it. */
export async function receive(scene: Scene, stream: Readable, limit: number): Promise<Outcome<Received>> {
  const folder = scene.files.temporary()
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, randomBytes(16).toString("hex"))
  const hash = createHash("sha256")
  let sizeBytes = 0
  const count = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      sizeBytes += chunk.length
      if (sizeBytes > limit) next(new TooLarge())
      else {
        hash.update(chunk)
        next(null, chunk)
      }
    },
  })
  try {
    await pipeline(stream, count, createWriteStream(path, { mode: 0o600 }))
  } catch (problem) {
    await unlink(path).catch(() => undefined)
    if (problem instanceof TooLarge)
      return refuse("invalid", "invalid.file-too-large", { params: { limit: Math.round(limit / MEGABYTE) } })
    throw problem
  }
  if (sizeBytes === 0) {
    await unlink(path)
    return refuse("invalid", "invalid.file-empty")
  }
  return good({ path, sha256: hash.digest("hex"), sizeBytes, head: await firstBytes(path) })
}

/** Takes away what was received and is not to be kept. */
export async function discard(received: { path: string }): Promise<void> {
  await unlink(received.path).catch(() => undefined)
}

class TooLarge extends Error {}

async function firstBytes(path: string): Promise<Buffer> {
  const handle = await open(path)
  const buffer = Buffer.alloc(4096)
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0)
  await handle.close()
  return buffer.subarray(0, bytesRead)
}

/** Kinds of files that people lay beside papers: by what is in them, held against their name. */
const PAPERS: readonly FileType[] = ["pdf", "png", "jpeg", "csv", "xlsx", "json", "docx", "text"]

const IMPORTS: readonly FileType[] = ["csv", "xlsx", "json", "text"]

/** Keeps what was received by its content hash, in the keeping of a person; nothing in it is run. */
export async function keepFile(
  tx: Tx,
  scene: Scene,
  asked: { name: string; received: Received; wanted?: readonly FileType[]; byPerson: string; legalAdvice?: boolean },
): Promise<Outcome<PutFile>> {
  const { received } = asked
  // Neither a path, nor signs that no page shows or that turn the direction of what stands beside them.
  const name = asked.name.replace(/[/\\\p{C}\u2028\u2029]/gu, "_").trim() || "file"
  const type = sniff(received.head, name)
  if (!type.ok) return type
  if (!(asked.wanted ?? PAPERS).includes(type.value))
    return refuse("invalid", "invalid.file-type", { params: { type: type.value } })
  const id = newId(scene, "file")
  // Of bytes that are on their way out, keeping them waits until they are gone, and keeps them anew.
  await lockBytes(tx, received.sha256)
  await scene.files.keep(received.sha256, received.path)
  await tx.execute(sql`insert into files (id, sha256, size_bytes, type, name, by_person, at, legal_advice)
    values (${id}, ${received.sha256}, ${received.sizeBytes}, ${type.value}, ${name}, ${asked.byPerson}, ${scene.now}::timestamptz, ${asked.legalAdvice ?? false})`)
  return good({ id, sha256: received.sha256, name, type: type.value, sizeBytes: received.sizeBytes })
}

const input = z.strictObject({
  name: text(300),
  use: z.enum(["paper", "import"]),
  received: z.custom<Received>((value) => typeof value === "object" && value !== null && "sha256" in value),
  legalAdvice: z.boolean().default(false),
})
type Input = z.output<typeof input>

/**
 * Keeps a received file by its content hash. Its type follows from its bytes, held against its name; nothing in it is
 * run, and it is served only as an attachment.
 */
export const putFile = jot<Input, PutFile>({
  name: "file.put",
  input: input as unknown as z.ZodType<Input>,
  run: async (tx, { input: asked, actor, scene }) => {
    // As with what is said: advice is a lawyer's or a DPO's.
    if (asked.legalAdvice && !scopeOf(actor).legalAdvice) return refuse("not-allowed", "not-allowed.legal-advice")
    const today = await row<{ n: number; bytes: number }>(
      tx,
      sql`select count(*) as n, coalesce(sum(size_bytes), 0)::bigint as bytes from files
      where by_person = ${actor.id} and at > ${scene.now}::timestamptz - interval '1 day'`,
    )
    if (today && (today.n >= PER_DAY.files || today.bytes + asked.received.sizeBytes > PER_DAY.bytes))
      return refuse("invalid", "invalid.files-per-day")
    const wanted = asked.use === "import" ? IMPORTS : PAPERS
    const { name, received, legalAdvice } = asked
    return keepFile(tx, scene, { name, received, wanted, byPerson: actor.id, legalAdvice })
  },
})
