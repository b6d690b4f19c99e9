import type { Db, Tx } from "@/db/connect"
import { lastCheckpoint } from "@/db/statements/tree"
import type { LogMark } from "@/domain/audit/mark"

/** What the log signed last; null: nothing yet. One look-up at the end of an index: every page asks, for any may be printed. */
export async function logMark(tx: Db | Tx): Promise<LogMark | null> {
  const last = await lastCheckpoint(tx)
  return last && { size: last.size, root: last.root.toString("hex"), at: last.at }
}
