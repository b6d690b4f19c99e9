import type { Readable } from "node:stream"
import { z } from "zod"
import { sql } from "drizzle-orm"
import type { Staged } from "@/adapters/files/store"
import { row, type Tx } from "@/db/connect"
import { lockBytes } from "@/db/statements/answer-keeping"
import { foundBefore } from "@/db/statements/scans"
import { good, refuse, type Outcome, type Refusal } from "@/domain/core/outcome"
import { text } from "@/domain/records/parts"
import { sniff, type FileType } from "@/formats/sniff"
import { jot } from "@/usecases/jot"
import { newId, type Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { isFull } from "./disk-full"
import { examine, type ScanState } from "./scan"

const MEGABYTE = 1024 * 1024
/** Most that one file may hold, by type (security handbook, Files in). */
export const FILE_LIMITS: Record<"paper" | "import", number> = { paper: 50 * MEGABYTE, import: 20 * MEGABYTE }
const PER_DAY = { files: 500, bytes: 2 * 1024 * MEGABYTE }

/** A file that is kept. `held`: nobody reads it until the virus scanner has answered. */
export type PutFile = { id: string; sha256: string; name: string; type: string; sizeBytes: number; held: boolean }

/** An upload on its way: sealed, counted and hashed while it streamed, and looked at where a scanner is named. */
export type Received = Staged & { scan: ScanState }

/**
 * Takes an upload in, sealing it as it comes; refuses what is larger than `limit`, and what the virus scanner finds
 * something in, without keeping any of it. Nothing is ever whole in memory.
 */
export async function receive(scene: Scene, stream: Readable, limit: number): Promise<Outcome<Received>> {
  let staged: Staged
  try {
    staged = await scene.files.stage(counted(stream, limit))
  } catch (problem) {
    if (isFull(problem)) return noRoom()
    if (!(problem instanceof TooLarge)) throw problem
    return refuse("invalid", "invalid.file-too-large", { params: { limit: Math.round(limit / MEGABYTE) } })
  }
  if (staged.sizeBytes === 0) {
    await discard(scene, staged)
    return refuse("invalid", "invalid.file-empty")
  }
  try {
    const scan = await examine(scene, staged)
    if (scan.ok) return good({ ...staged, scan: scan.value })
    await discard(scene, staged)
    return scan
  } catch (problem) {
    await discard(scene, staged)
    throw problem
  }
}

async function* counted(stream: Readable, limit: number): AsyncGenerator<Buffer> {
  let sizeBytes = 0
  for await (const chunk of stream as AsyncIterable<Buffer | string>) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk
    sizeBytes += bytes.length
    if (sizeBytes > limit) throw new TooLarge()
    yield bytes
  }
}

/** Takes away what was received and is not to be kept. */
export async function discard(scene: Pick<Scene, "files">, received: Staged): Promise<void> {
  await scene.files.discard(received)
}

class TooLarge extends Error {}

/** Whoever runs the machine reads it in its log as well: nobody else can make room. */
function noRoom(): Refusal {
  process.stderr.write("A file could not be kept: the disk is full.\n")
  return refuse("conflict", "conflict.disk-full")
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
  const { sha256, sizeBytes, scan } = received
  // Of bytes that are on their way out, keeping them waits until they are gone, and keeps them anew.
  await lockBytes(tx, sha256)
  // What was found in these bytes holds for whoever sends them, unless the scanner has just said otherwise.
  const found = scan === "clean" ? null : await foundBefore(tx, sha256)
  if (found !== null) return refuse("invalid", "invalid.file-infected", { params: { found } })
  try {
    await scene.files.keep(received, tx)
  } catch (problem) {
    if (isFull(problem)) return noRoom()
    throw problem
  }
  await tx.execute(sql`insert into files (id, sha256, size_bytes, type, name, by_person, at, legal_advice, scan, scan_at)
    values (${id}, ${sha256}, ${sizeBytes}, ${type.value}, ${name}, ${asked.byPerson}, ${scene.now}::timestamptz, ${asked.legalAdvice ?? false},
      ${scan}, case when ${scan} = 'clean' then ${scene.now}::timestamptz end)`)
  return good({ id, sha256, name, type: type.value, sizeBytes, held: scan === "waiting" })
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
    // What is imported is read at once: there is nothing to hold back.
    if (asked.use === "import" && asked.received.scan === "waiting") return refuse("conflict", "conflict.scanner-away")
    const wanted = asked.use === "import" ? IMPORTS : PAPERS
    const { name, received, legalAdvice } = asked
    return keepFile(tx, scene, { name, received, wanted, byPerson: actor.id, legalAdvice })
  },
})
