import { readFile, unlink } from "node:fs/promises"
import { join } from "node:path"
import { Readable } from "node:stream"
import { sql } from "drizzle-orm"
import type { FileStore } from "./store"

/** What the store needs of a database: one statement at a time. */
type Runs = { execute: (statement: ReturnType<typeof sql>) => Promise<{ rows: unknown[] }> }

/** Files in PostgreSQL, where every instance of the app can read them. `folder` is for uploads on their way. */
export function databaseStore(db: Runs, folder: string): FileStore {
  return {
    keep: async (sha256, path) => {
      const bytes = await readFile(path)
      await db.execute(sql`insert into file_bytes (sha256, bytes) values (${sha256}, ${bytes}) on conflict do nothing`)
      await unlink(path)
    },
    read: async (sha256) => {
      const found = await db.execute(sql`select bytes from file_bytes where sha256 = ${sha256}`)
      const first = found.rows[0] as { bytes: Buffer } | undefined
      return first ? Readable.from([first.bytes]) : null
    },
    has: async (sha256) => (await db.execute(sql`select 1 from file_bytes where sha256 = ${sha256}`)).rows.length > 0,
    // The app has no right to delete bytes: the database does so itself, with the line that says that they are to go.
    drop: async () => undefined,
    temporary: () => join(folder, "incoming"),
  }
}
