import { createHash } from "node:crypto"
import pg from "pg"
import { BadArchive, readArchive } from "@/adapters/backup/archive"
import { FileFault } from "@/adapters/files/seal"
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
      await keepFile(files, name.slice(6), bytes, false)
      kept += 1
    } else if (name.startsWith("sealed/")) {
      await keepFile(files, name.slice(7), bytes, true)
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
  if (about.version !== 1 && about.version !== 2)
    throw new BadArchive("the backup was made by a newer Onward: update, and restore it then")
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
    // Whole files that earlier landings kept here come among the files as well, and are sealed.
    if (table !== "file_bytes") await fillRows(client, table as Table, batch)
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

/** Keeps a file of the backup: sealed, or plain as earlier landings wrote it. */
async function keepFile(files: FileStore, name: string, bytes: AsyncIterable<Buffer>, sealed: boolean): Promise<void> {
  if (!/^[0-9a-f]{64}$/.test(name)) throw new BadArchive("the backup names a file by something that is no content hash")
  const staged = await files.stage(sealed ? openedOf(files, name, bytes) : bytes)
  if (staged.sha256 === name) return files.keep(staged)
  await files.discard(staged)
  throw new BadArchive(`the file ${name} was altered`)
}

/** What was sealed opens with the key it was sealed with, and is sealed anew with the current one of this machine. */
async function* openedOf(files: FileStore, name: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* files.opened(name, bytes)
  } catch (problem) {
    if (!(problem instanceof FileFault)) throw problem
    throw new BadArchive(
      problem.kind === "no-key"
        ? `its files are sealed with the key ${problem.keyId ?? ""}, which is not here: lay the key file of the register it was made of (keys/files.key) into this data folder, or name the key in ONWARD_FILE_KEYS, and restore it again`
        : `the file ${name} was altered`,
    )
  }
}

async function textOf(bytes: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = []
  for await (const chunk of bytes) parts.push(chunk)
  return Buffer.concat(parts).toString("utf8")
}
