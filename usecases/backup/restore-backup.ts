import { createHash } from "node:crypto"
import { createWriteStream } from "node:fs"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import pg from "pg"
import { BadArchive, readArchive } from "@/adapters/backup/archive"
import type { FileStore } from "@/adapters/files/store"
import {
  beginDerived,
  beginDesk,
  catchUpSequences,
  clearBegun,
  fillRows,
  isEmptyRegister,
  TABLES,
  type Table,
} from "@/db/statements/backup"
import { REBUILD_COUNTS } from "@/db/statements/counts"
import { leafHash } from "@/db/statements/log"
import { addLeaf, emptyEdge, rootOf, type Hash } from "@/domain/audit/tree"
import { good, refuse, type Outcome } from "@/domain/core/outcome"

export type Restored = { size: number; root: string; files: number; origin: string }

const sha256: Hash = (bytes) => createHash("sha256").update(bytes).digest()

/**
 * Restores a backup into an empty, migrated database (as its owner) and an empty file store, all or nothing. The log's
 * leaves are hashed again and their root held against the archive's own and against the head that came with it.
 */
export async function restoreBackup(ownerUrl: string, files: FileStore, archive: string): Promise<Outcome<Restored>> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: "onward-restore" })
  await client.connect()
  try {
    if (!(await isEmptyRegister(client))) return refuse("conflict", "conflict.register-not-empty")
    const { rows: heads } = await client.query<{ register: string }>("select register from log_head")
    await client.query("begin")
    await clearBegun(client)
    const restored = await fill(client, files, archive, heads[0]?.register)
    await catchUpSequences(client)
    await beginDerived(client)
    await beginDesk(client)
    // The tally is derived, and backups of before it hold none.
    await client.query("delete from record_counts")
    await client.query(REBUILD_COUNTS)
    await client.query("commit")
    return good(restored)
  } catch (problem) {
    await client.query("rollback").catch(() => undefined)
    if (problem instanceof BadArchive)
      return refuse("invalid", "invalid.backup", { params: { detail: problem.message } })
    throw problem
  } finally {
    await client.end()
  }
}

type About = { version?: number; size: number; root: string; origin: string; register?: string }

async function fill(
  client: pg.Client,
  files: FileStore,
  archive: string,
  register: string | undefined,
): Promise<Restored> {
  let about: About | null = null
  let kept = 0
  const edge = emptyEdge()
  await readArchive(archive, async (name, bytes) => {
    if (name === "about.json") about = fitting(JSON.parse(await textOf(bytes)) as About, register)
    else if (name.startsWith("tables/")) await fillTable(client, name.slice(7), bytes, edge)
    else if (name.startsWith("files/")) {
      await keepFile(files, name.slice(6), bytes)
      kept += 1
    } else throw new BadArchive(`the backup holds a part that is not known: ${name}`)
  })
  const head = await client.query<{ size: string; root: string }>(
    "select size, encode(root, 'hex') as root from log_head",
  )
  const root = Buffer.from(rootOf(sha256, edge)).toString("hex")
  const said = about as About | null
  if (
    !said ||
    said.size !== edge.size ||
    said.root !== root ||
    head.rows[0]?.root !== root ||
    Number(head.rows[0]?.size) !== edge.size
  ) {
    throw new BadArchive("the log in the backup does not give the root that the backup names")
  }
  return { size: edge.size, root, files: kept, origin: said.origin }
}

/** A backup of a later Onward is not guessed at, and a sample never takes the real register's place: its clock is a story's. */
function fitting(about: About, register: string | undefined): About {
  if (about.version !== 1) throw new BadArchive("the backup was made by a newer Onward: update, and restore it then")
  if (about.register !== register)
    throw new BadArchive(
      `the backup is one of the ${about.register === "sample" ? "sample company" : "real register"}: ${about.register === "sample" ? "restore it with --sample" : "restore it without --sample"}`,
    )
  return about
}

async function fillTable(
  client: pg.Client,
  table: string,
  bytes: AsyncIterable<Buffer>,
  edge: ReturnType<typeof emptyEdge>,
): Promise<void> {
  if (!(TABLES as readonly string[]).includes(table))
    throw new BadArchive(`the backup holds a table that is not known: ${table}`)
  let rest = ""
  let batch: string[] = []
  const flush = async (): Promise<void> => {
    if (table === "log_leaves")
      for (const line of batch) addLeaf(sha256, edge, leafHash((JSON.parse(line) as { bytes: string }).bytes))
    await fillRows(client, table as Table, batch)
    batch = []
  }
  const decoder = new TextDecoder("utf-8", { fatal: true })
  for await (const chunk of bytes) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n")
    rest = parts.pop() ?? ""
    for (const line of parts) {
      batch.push(line)
      if (batch.length >= 500) await flush()
    }
  }
  await flush()
}

async function keepFile(files: FileStore, name: string, bytes: AsyncIterable<Buffer>): Promise<void> {
  if (!/^[0-9a-f]{64}$/.test(name)) throw new BadArchive("the backup names a file by something that is no content hash")
  await mkdir(files.temporary(), { recursive: true, mode: 0o700 })
  const path = join(files.temporary(), `restore-${name}`)
  const hash = createHash("sha256")
  await pipeline(
    Readable.from(bytes),
    async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        hash.update(chunk)
        yield chunk
      }
    },
    createWriteStream(path, { mode: 0o600 }),
  )
  if (hash.digest("hex") !== name) throw new BadArchive(`the file ${name} was altered`)
  await files.keep(name, path)
}

async function textOf(bytes: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = []
  for await (const chunk of bytes) parts.push(chunk)
  return Buffer.concat(parts).toString("utf8")
}
