import { z } from "zod"
import type { Tx } from "@/db/connect"
import { heldAmong } from "@/db/statements/scans"
import { good } from "@/domain/core/outcome"
import { idOf } from "@/domain/records/parts"
import { look } from "@/usecases/look"
import type { Scene } from "@/usecases/scene"
import { unreadAmong } from "./read-file"

/** Why nobody may read a file now. */
export type FileHeld = "waiting" | "infected"

const ask = look<{ ids: string[] }, Record<string, FileHeld>>({
  name: "file.read",
  input: z.strictObject({ ids: z.array(idOf("file")).max(1_000) }) as unknown as z.ZodType<{ ids: string[] }>,
  run: async (tx, { input, actor }) => {
    const held = await heldAmong(tx, input.ids)
    // What the scanner says of a file is for whoever could read it.
    const unread = new Set(await unreadAmong(tx, [...held.keys()], actor))
    return good(Object.fromEntries([...held].filter(([id]) => !unread.has(id))))
  },
})

/** Of these files those that this person could read, were they not held back, and why they are. */
export async function heldFiles(scene: Scene, ids: readonly (string | null)[]): Promise<Record<string, FileHeld>> {
  const those = [...new Set(ids)].filter((id) => id !== null).slice(0, 1_000)
  const found = those.length ? await ask(scene, { ids: those }) : null
  return found?.ok ? found.value : {}
}

/** Of files that a draft names those in which the scanner found something. */
export async function infectedAmong(tx: Tx, ids: readonly string[]): Promise<string[]> {
  return [...(await heldAmong(tx, ids))].flatMap(([id, held]) => (held === "infected" ? [id] : []))
}
