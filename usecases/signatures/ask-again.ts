import { z } from "zod"
import { askFor, lastResults } from "@/db/statements/signatures"
import { toMillis } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { idOf } from "@/domain/records/parts"
import { readableFiles } from "@/usecases/files/read-file"
import { jot } from "@/usecases/jot"

const JUST_NOW = 60_000

/**
 * Asks that the signatures of a file be looked at again: a list may have come, or a certificate may have expired since. The
 * worker does it, and its result stands beside those before. What was looked at a moment ago is not asked again.
 */
export const askSignatures = jot<{ fileId: string }, { asked: boolean }>({
  name: "signature.ask",
  input: z.strictObject({ fileId: idOf("file") }) as unknown as z.ZodType<{ fileId: string }>,
  run: async (tx, { input: { fileId }, actor, scene }) => {
    const [file] = await readableFiles(tx, [fileId], actor)
    if (!file) return refuse("not-found", "not-found")
    if (file.scan === "waiting") return refuse("conflict", "conflict.file-held")
    if (file.scan === "infected") return refuse("conflict", "conflict.file-infected")
    if (file.type !== "pdf") return refuse("invalid", "signatures.refused.not-a-pdf")
    const last = (await lastResults(tx, [file.sha256], null)).get(file.sha256)
    if (last && toMillis(scene.now) - toMillis(last.at) < JUST_NOW) return good({ asked: false })
    await askFor(tx, file.sha256, actor.id, scene.now)
    return good({ asked: true })
  },
})
