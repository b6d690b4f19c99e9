/** SHA-256 over bytes, given by the caller: the domain does no I/O and hashes nothing by itself. */
export type Hash = (bytes: Uint8Array) => Uint8Array

/** The right edge of a Merkle tree (RFC 6962): the roots of its complete subtrees, by level, and its size. */
export type Edge = { size: number; roots: (Uint8Array | null)[] }

/** A tree without leaves. */
export function emptyEdge(): Edge {
  return { size: 0, roots: [] }
}

/** The hash of two children. */
export function nodeHash(hash: Hash, left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + left.length + right.length)
  bytes[0] = 1
  bytes.set(left, 1)
  bytes.set(right, 1 + left.length)
  return hash(bytes)
}

/** Adds a leaf's hash to the edge, in place. */
export function addLeaf(hash: Hash, edge: Edge, leaf: Uint8Array): void {
  let node = leaf
  let level = 0
  for (let place = edge.size; place % 2 === 1; place = Math.floor(place / 2)) {
    const left = edge.roots[level]
    if (!left) throw new Error("the edge of the tree is broken")
    node = nodeHash(hash, left, node)
    edge.roots[level] = null
    level += 1
  }
  edge.roots[level] = node
  edge.size += 1
}

/** The root over the edge; of an empty tree it is the hash of nothing. */
export function rootOf(hash: Hash, edge: Edge): Uint8Array {
  let root: Uint8Array | null = null
  for (const subtree of edge.roots) {
    if (!subtree) continue
    root = root === null ? subtree : nodeHash(hash, subtree, root)
  }
  return root ?? hash(new Uint8Array(0))
}
