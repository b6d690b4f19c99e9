import { sql } from "drizzle-orm"
import { writeArchive, type Entry } from "@/adapters/backup/archive"
import { rows, type Tx } from "@/db/connect"
import { logHead } from "@/db/statements/log"
import { TABLES, tableRows } from "@/db/statements/backup"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { mayAct } from "@/domain/people/permissions"
import type { Scene } from "@/usecases/scene"

export type BackupMade = { file: string; size: number; root: string; files: number }

/**
 * Writes the whole register to one archive: all tables in one snapshot, and the files they name, sealed as they lie. Keys are
 * never in it: whoever restores it needs the key of the files. The archive carries the log's size and root, against which a restore is held.
 */
export async function makeBackup(scene: Scene, file: string): Promise<Outcome<BackupMade>> {
  const may = scene.actor ? mayAct("backup.make", scene.actor) : refuse("not-allowed", "not-allowed.sign-in")
  if (!may.ok) return may
  return scene.db.transaction(
    async (tx) => {
      await tx.execute(sql`set local statement_timeout = '60s'`)
      await tx.execute(sql`set local idle_in_transaction_session_timeout = '10min'`)
      const head = await logHead(tx)
      const names = (await rows<{ sha256: string }>(tx, sql`select distinct sha256 from files order by sha256`)).map(
        (row) => row.sha256,
      )
      const root = head.root.toString("hex")
      await writeArchive(
        file,
        entries(
          tx,
          scene,
          { version: 2, size: head.size, root, origin: head.origin, register: head.register, at: head.at },
          names,
        ),
      )
      return good({ file, size: head.size, root, files: names.length })
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  )
}

async function* entries(tx: Tx, scene: Scene, about: Record<string, unknown>, files: string[]): AsyncGenerator<Entry> {
  yield { name: "about.json", bytes: once(JSON.stringify(about)) }
  for (const table of TABLES) if (table !== "file_bytes") yield { name: `tables/${table}`, bytes: linesOf(tx, table) }
  for (const sha256 of files) {
    const bytes = await scene.files.sealedBytes(sha256)
    if (bytes) yield { name: `sealed/${sha256}`, bytes }
  }
}

async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text)
}

async function* linesOf(tx: Tx, table: (typeof TABLES)[number]): AsyncGenerator<Buffer> {
  for await (const batch of tableRows(tx, table)) yield Buffer.from(`${batch.join("\n")}\n`)
}
