import { z } from "zod"
import { logHead } from "@/db/statements/log"
import { checkpointOver, lastCheckpoint, leafAt, nodeHashes } from "@/db/statements/tree"
import { base64 } from "@/domain/audit/note"
import { tileNodes, readTilePath } from "@/domain/audit/tiles"
import { good, refuse } from "@/domain/core/outcome"
import { look } from "@/usecases/look"
import { consistencyProof, inclusionProof } from "./proofs"

const place = z.int().min(0).max(Number.MAX_SAFE_INTEGER)

/** A file of proof (c2sp.org/tlog-proof): the place, the hashes, and the checkpoint that they lead to. */
export type EventProof = { index: number; size: number; leafHash: string; proof: string[]; file: string }

/**
 * Proof that an event stands in the log, against the first checkpoint that holds it, or against the newest (`newest`).
 */
export const proveEvent = look<{ index: number; newest: boolean }, EventProof>({
  name: "log.read",
  input: z.strictObject({ index: place, newest: z.boolean().default(false) }) as unknown as z.ZodType<{
    index: number
    newest: boolean
  }>,
  run: async (tx, { input: { index, newest } }) => {
    const leaf = await leafAt(tx, index)
    if (!leaf) return refuse("not-found", "not-found")
    const point = newest ? await lastCheckpoint(tx) : await checkpointOver(tx, index)
    if (!point || point.size <= index) return refuse("conflict", "log.not-signed-yet")
    const proof = (await inclusionProof(tx, index, point.size)).map(base64)
    const file = ["c2sp.org/tlog-proof@v1", `index ${index}`, ...proof, "", point.note].join("\n")
    return good({ index, size: point.size, leafHash: leaf.hash.toString("hex"), proof, file })
  },
})

/** Proof that the log of an older size is the beginning of that of a newer one; left out: of the newest checkpoint. */
export const proveGrowth = look<
  { older: number; newer: number | null },
  { older: number; newer: number; proof: string[] }
>({
  name: "log.read",
  input: z.strictObject({ older: place, newer: place.nullable().default(null) }) as unknown as z.ZodType<{
    older: number
    newer: number | null
  }>,
  run: async (tx, { input }) => {
    const newer = input.newer ?? (await lastCheckpoint(tx))?.size ?? 0
    const { size } = await logHead(tx)
    if (input.older > newer || newer > size) return refuse("not-found", "not-found")
    return good({ older: input.older, newer, proof: (await consistencyProof(tx, input.older, newer)).map(base64) })
  },
})

/** The checkpoint that was signed last, as a note. */
export const readCheckpointNow = look<Record<string, never>, { size: number; note: string; at: string }>({
  name: "log.read",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx) => {
    const point = await lastCheckpoint(tx)
    if (!point) return refuse("not-found", "log.not-signed-yet")
    return good({ size: point.size, note: point.note, at: point.at })
  },
})

/** A tile of the log's tree (c2sp.org/tlog-tiles): hashes, one behind another. A tree that has not so many nodes has no such tile. */
export const readTile = look<{ path: string }, { bytes: Uint8Array; whole: boolean }>({
  name: "log.read",
  input: z.strictObject({ path: z.string().max(60) }),
  run: async (tx, { input: { path } }) => {
    const tile = readTilePath(path)
    const nodes = tile && tileNodes(tile, (await lastCheckpoint(tx))?.size ?? 0)
    if (!tile || !nodes) return refuse("not-found", "not-found")
    return good({ bytes: Buffer.concat(await nodeHashes(tx, nodes)), whole: tile.width === 256 })
  },
})
