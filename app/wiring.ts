import { databaseStore } from "@/adapters/files/database"
import { folderStore } from "@/adapters/files/folder"
import { keysFrom } from "@/adapters/files/keys"
import type { FileStore } from "@/adapters/files/store"
import { scannerFrom, type Scanner } from "@/adapters/scan/clamd"
import { openDb, type Db } from "@/db/connect"

/** What stands behind a register: its database, opened on first use, its files, and the virus scanner if one is named. */
export type Behind = { db: Db; files: FileStore; scanner: Scanner | null }

const kept = globalThis as typeof globalThis & { onwardBehind?: Map<string, Behind> }

/** Database, files and scanner of the register; null where this server has none of that name. */
export function behind(register: "main" | "sample"): Behind | null {
  const known = (kept.onwardBehind ??= new Map<string, Behind>())
  const there = known.get(register)
  if (there) return there
  const url = register === "main" ? process.env.ONWARD_APP_URL : process.env.ONWARD_SAMPLE_APP_URL
  if (!url) return null
  const db = openDb(url, { name: `onward-web-${register}`, max: 12, register })
  const folder = `${process.env.ONWARD_FILES ?? ""}${register === "sample" ? "-sample" : ""}`
  const keys = keysFrom(process.env)
  const files =
    process.env.ONWARD_EXTERNAL && register === "main" ? databaseStore(db, folder, keys) : folderStore(folder, keys)
  const made = { db, files, scanner: scannerFrom(process.env) }
  known.set(register, made)
  return made
}
