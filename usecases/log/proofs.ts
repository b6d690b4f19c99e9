import { sha256 } from "@/adapters/log-key/signer"
import type { Db, Tx } from "@/db/connect"
import { nodeHashes } from "@/db/statements/tree"
import { consistencySpans, inclusionSpans, joined, nodesOf, type Span } from "@/domain/audit/proof"

/** The proof's hashes, by one look-up of the complete subtrees that they are made of. */
async function hashesOf(tx: Db | Tx, spans: readonly Span[]): Promise<Uint8Array[]> {
  const parts = spans.map(nodesOf)
  const hashes = await nodeHashes(tx, parts.flat())
  let at = 0
  return parts.map((nodes) => joined(sha256, hashes.slice(at, (at += nodes.length))))
}

/** Proof that the leaf stands at its place in the log's first `size` leaves. */
export async function inclusionProof(tx: Db | Tx, index: number, size: number): Promise<Uint8Array[]> {
  return hashesOf(tx, inclusionSpans(index, size))
}

/** Proof that the log's first `newer` leaves begin with its first `older`. */
export async function consistencyProof(tx: Db | Tx, older: number, newer: number): Promise<Uint8Array[]> {
  return hashesOf(tx, consistencySpans(older, newer))
}

/** The root over the log's first `size` leaves, from the subtrees that stand. */
export async function rootAt(tx: Db | Tx, size: number): Promise<Uint8Array> {
  if (size === 0) return sha256(new Uint8Array(0))
  const [root] = await hashesOf(tx, [{ from: 0, to: size }])
  if (!root) throw new Error("the log has no root")
  return root
}
