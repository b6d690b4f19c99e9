import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from "node:fs"
import { join } from "node:path"
import type { PostedOut } from "./post"

/**
 * Lays a checkpoint into a folder, as a file of its own, whole by one rename and never over another. The folder itself is not made:
 * where it is not there, as when its disk is not, the file would lie within reach of whoever runs this machine. Another text under
 * the same name is a log that was forked, or somebody's hand: it stays, and is told.
 */
export function layCheckpoint(
  folder: string,
  { origin, size, note }: { origin: string; size: number; note: string },
): PostedOut {
  const path = join(
    folder,
    `checkpoint-${origin.replace(/[^A-Za-z0-9-]/g, "_")}-${String(size).padStart(12, "0")}.note`,
  )
  try {
    if (!statSync(folder).isDirectory()) return { sent: false, code: "ENOTDIR", forGood: false }
    if (existsSync(path))
      return readFileSync(path, "utf8") === note ? { sent: true } : { sent: false, code: "differs", forGood: true }
    const beside = `${path}.${process.pid}.new`
    const handle = openSync(beside, "w", 0o644)
    try {
      writeSync(handle, note)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(beside, path)
    return { sent: true }
  } catch (problem) {
    return { sent: false, code: (problem as { code?: string }).code ?? "failed", forGood: false }
  }
}
