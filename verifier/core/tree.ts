/** The Merkle tree of RFC 6962 over hashes of leaves. */
import { isSame, joined } from "./bytes"
import { sha256 } from "./sha256"

const node = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(joined([1], left, right))

/** The hash of an entry as a leaf. */
export function leafOf(entry: Uint8Array): Uint8Array {
  return sha256(joined([0], entry))
}

/** Grows by leaves; knows the root at each size that it has had. */
export class Tree {
  size = 0
  private readonly edge: (Uint8Array | null)[] = []

  /** Adds the hash of a leaf. */
  add(leaf: Uint8Array): void {
    let [at, level] = [leaf, 0]
    for (let place = this.size; place % 2 === 1; place = (place - 1) / 2) {
      at = node(this.edge[level] as Uint8Array, at)
      this.edge[level] = null
      level += 1
    }
    this.edge[level] = at
    this.size += 1
  }

  /** The root over everything that was added. */
  root(): Uint8Array {
    let root: Uint8Array | null = null
    for (const part of this.edge) if (part) root = root === null ? part : node(part, root)
    return root ?? sha256(new Uint8Array(0))
  }
}

/** Whether the proof shows that the tree of the older size and root is the beginning of the newer one (RFC 9162, 2.1.4.2). */
export function isGrown(
  older: { size: number; root: Uint8Array },
  newer: { size: number; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (older.size > newer.size) return false
  if (older.size === newer.size) return proof.length === 0 && isSame(older.root, newer.root)
  if (older.size === 0) return proof.length === 0 && isSame(older.root, sha256(new Uint8Array(0)))
  // A size that is a power of two is one subtree, whose root is the older root itself.
  const isPower = Number.isInteger(Math.log2(older.size))
  const path = isPower ? [older.root, ...proof] : [...proof]
  const first = path.shift()
  if (!first) return false
  let [a, b] = [first, first]
  let [fn, sn] = [older.size - 1, newer.size - 1]
  while (fn % 2 === 1) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  for (const step of path) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      a = node(step, a)
      b = node(step, b)
      while (fn !== 0 && fn % 2 === 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
    } else b = node(b, step)
    ;[fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  }
  return sn === 0 && isSame(a, older.root) && isSame(b, newer.root)
}
