import type { Db } from "@/db/connect"
import { bytesHeld, dropDone, lockBytes } from "@/db/statements/answer-keeping"
import { unnamedAmong } from "@/db/statements/scrubs"
import { clockNow, type Scene } from "@/usecases/scene"
import { fromMillis, toMillis } from "@/domain/core/instant"

const BATCH = 500
const DAY_MS = 24 * 60 * 60_000

/** What became of bytes that no file of the register names: taken out, or too young for it. */
export type Orphans = { removed: string[]; young: string[] }

/** Bytes that were laid down since then are left alone: whoever brought them may still be about to name them. */
export const graceSince = (): Date => new Date(fromMillis(toMillis(clockNow()) - DAY_MS))

/**
 * Takes bytes out of the store that nothing names for a day, or says which it would. Whoever keeps the same bytes at that
 * moment waits, and keeps them anew; whoever was first has named them, and they stay.
 */
export async function removeOrphans(
  scene: Pick<Scene, "db" | "files">,
  { since = graceSince(), dryRun = false, stop }: { since?: Date; dryRun?: boolean; stop?: AbortSignal } = {},
): Promise<Orphans> {
  const found: Orphans = { removed: [], young: [] }
  let held: string[] = []
  const take = async (): Promise<void> => {
    for (const sha256 of await unnamedAmong(scene.db, held)) {
      if (stop?.aborted) return
      const became = await removeOne(scene, sha256, { since, dryRun })
      if (became) found[became].push(sha256)
    }
    held = []
  }
  for await (const { sha256 } of scene.files.list()) {
    if (stop?.aborted) break
    held.push(sha256)
    if (held.length >= BATCH) await take()
  }
  await take()
  return found
}

/** What became of the bytes of one hash; null: they are named by now, or gone. */
export async function removeOne(
  { db, files }: { db: Db; files: Scene["files"] },
  sha256: string,
  { since, dryRun = false }: { since: Date; dryRun?: boolean },
): Promise<keyof Orphans | null> {
  return db.transaction(async (tx) => {
    await lockBytes(tx, sha256)
    if ((await bytesHeld(tx, sha256)) || !(await files.has(sha256))) return null
    const laid = await files.laidAt(sha256)
    if (laid !== null && laid >= since) return "young"
    if (dryRun) return "removed"
    await files.remove(sha256)
    await dropDone(tx, sha256)
    return "removed"
  })
}
