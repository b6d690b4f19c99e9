import type { ErasedList } from "@/adapters/log-key/erased-list"
import { erasedCommitments } from "@/db/statements/erasures"
import type { Scene } from "@/usecases/scene"
import { replayErasures } from "./erase"

/**
 * Holds the database and the list outside it together. What the list names and a restored backup brought back is erased again; then
 * the list takes what was erased since. Gives how many values came to each.
 */
export async function followErasures(scene: Scene, list: ErasedList): Promise<{ again: number; kept: number }> {
  const known = list.read()
  const again = await replayErasures(scene, known)
  const listed = new Set(known)
  const fresh = (await erasedCommitments(scene.db)).filter((one) => !listed.has(one))
  list.add(fresh)
  return { again, kept: fresh.length }
}
