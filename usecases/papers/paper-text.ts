import { createHash } from "node:crypto"
import { Readable } from "node:stream"
import { z } from "zod"
import { FileFault } from "@/adapters/files/seal"
import { readText, type TextRead } from "@/adapters/pdf-text/read-text"
import type { Tx } from "@/db/connect"
import { lockBytes } from "@/db/statements/answer-keeping"
import { bytesNamed, noteText, textOf, type TextRow } from "@/db/statements/papers"
import { sameText, type PageText } from "@/domain/clauses/words"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { openFile, readFile } from "@/usecases/files/read-file"
import { jot } from "@/usecases/jot"
import type { Scene } from "@/usecases/scene"

/** Raised when the reader reads the same file otherwise; what an older one read is read anew. */
const READER = 1

export type TextState = TextRead["is"]

/** The text of a file, page by page. `words`: the hash of its words alone, by which two papers say the same; null without text. */
export type PaperText = {
  fileId: string
  name: string
  sha256: string
  state: TextState
  /** Pages of the file; null where it could not be opened. */
  count: number | null
  pages: PageText[]
  words: string | null
}

/**
 * The text layer of a file that this person may read. It is read once, in a process of its own, and kept beside the files; a file
 * that has none, or that cannot be read within the limits, says so.
 */
export async function paperText(scene: Scene, { fileId }: { fileId: string }): Promise<Outcome<PaperText>> {
  const file = await readFile(scene, { id: fileId })
  if (!file.ok) return file
  const { sha256, name } = file.value
  const known = await textOf(scene.db, sha256, READER)
  const kept = known && (await keptPages(scene, known))
  if (kept) return good({ fileId, name, sha256, ...kept })
  const bytes = await openFile(scene, sha256)
  if (!bytes.ok) return bytes
  if (!bytes.value) return refuse("not-found", "not-found")
  const found = await readWhole(bytes.value)
  if (found === null) return refuse("conflict", "conflict.file-damaged")
  // How long it takes is as much this hour's doing as the file's: it is tried again.
  if (found.is !== "too-long") {
    const noted = await keepText(scene, { sha256, found })
    if (!noted.ok) return noted
  }
  const pages = found.is === "read" ? found.pages : []
  const count = "count" in found ? found.count : null
  return good({ fileId, name, sha256, state: found.is, count, pages, words: wordsHash(pages) })
}

/** What was read; null: the file is damaged behind its first bytes. */
async function readWhole(bytes: Readable): Promise<TextRead | null> {
  try {
    return await readText(bytes)
  } catch (problem) {
    if (problem instanceof FileFault) return null
    throw problem
  }
}

async function keptPages(
  scene: Scene,
  row: TextRow,
): Promise<Pick<PaperText, "state" | "count" | "pages" | "words"> | null> {
  const state = row.state as TextState
  if (row.kept === null) return { state, count: row.pages, pages: [], words: null }
  // What was damaged or has gone is read anew from the file.
  const opened = await openFile(scene, row.kept)
  if (!opened.ok || !opened.value) return null
  const parts: Buffer[] = []
  try {
    for await (const part of opened.value) parts.push(part as Buffer)
  } catch (problem) {
    if (problem instanceof FileFault) return null
    throw problem
  }
  const pages = (JSON.parse(Buffer.concat(parts).toString("utf8")) as string[]).map((text, i) => ({
    page: i + 1,
    text,
  }))
  return { state, count: row.pages, pages, words: row.words }
}

/** The hash of the words of a paper; null where it has none. */
function wordsHash(pages: readonly PageText[]): string | null {
  const words = sameText(pages)
  return words === "" ? null : createHash("sha256").update(words).digest("hex")
}

const input = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  found: z.custom<TextRead>((value) => typeof value === "object" && value !== null && "is" in value),
})

/** Keeps what was read of a file's text. Whoever gets here was shown the file. */
const keepText = jot({
  name: "file.text",
  input,
  run: async (tx, { input: { sha256, found }, scene }) => {
    const read = found.is === "read" ? found.pages : null
    // Of a file that was cleared while it was read nothing is kept.
    if (!(await bytesNamed(tx, sha256))) return refuse("not-found", "not-found")
    await noteText(tx, {
      sha256,
      reader: READER,
      state: found.is,
      pages: "count" in found ? found.count : null,
      kept: read ? await keepPages(scene, tx, read) : null,
      words: read ? wordsHash(read) : null,
    })
    return good(null)
  },
})

async function keepPages(scene: Scene, tx: Tx, pages: readonly PageText[]): Promise<string> {
  const bytes = Buffer.from(JSON.stringify(pages.map(({ text }) => text)))
  const staged = await scene.files.stage(Readable.from([bytes]) as AsyncIterable<Buffer>)
  // Of bytes that are on their way out, keeping them waits until they are gone.
  await lockBytes(tx, staged.sha256)
  await scene.files.keep(staged, tx)
  return staged.sha256
}
