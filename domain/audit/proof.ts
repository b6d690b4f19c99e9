import { nodeHash, type Hash } from "./tree"

/** Leaves `from` to `to`, half-open, whose hash is one node of the tree: complete, or the ragged right of it. */
export type Span = { from: number; to: number }
/** A complete subtree: level 0 is a leaf, level 1 joins two; `n` counts from the left. */
export type NodeAt = { level: number; n: number }

/** The largest power of two below `n`, which is at least 2 (RFC 6962, 2.1). Sizes go beyond 32 bits. */
function split(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/**
 * Whose hashes prove that the leaf stands at its place in a tree of that size, from the leaf up (RFC 6962, 2.1.1; the same
 * in RFC 9162, 2.1.3). Throws where there is no such leaf.
 */
export function inclusionSpans(index: number, size: number): Span[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new RangeError("no such leaf")
  const path: Span[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + split(to - from)
    if (index < middle) {
      path.unshift({ from: middle, to })
      to = middle
    } else {
      path.unshift({ from, to: middle })
      from = middle
    }
  }
  return path
}

/**
 * Whose hashes prove that the tree of `older` leaves is the beginning of the one of `newer` (RFC 6962, 2.1.2; the same in RFC
 * 9162, 2.1.4). None for an empty older tree or for two of the same size. Throws where the older one is larger.
 */
export function consistencySpans(older: number, newer: number): Span[] {
  if (!Number.isSafeInteger(older) || older < 0 || older > newer) throw new RangeError("no such tree")
  if (older === 0 || older === newer) return []
  const path: Span[] = []
  let [from, to, whole] = [0, newer, true]
  while (older !== to) {
    const middle = from + split(to - from)
    if (older <= middle) {
      path.unshift({ from: middle, to })
      to = middle
    } else {
      path.unshift({ from, to: middle })
      from = middle
      whole = false
    }
  }
  return whole ? path : [{ from, to }, ...path]
}

/** The complete subtrees of which the span's hash is made, the largest first. */
export function nodesOf({ from, to }: Span): NodeAt[] {
  const found: NodeAt[] = []
  for (let at = from; at < to;) {
    let [level, width] = [0, 1]
    while (at % (width * 2) === 0 && at + width * 2 <= to) {
      width *= 2
      level += 1
    }
    found.push({ level, n: at / width })
    at += width
  }
  return found
}

/** The hash over the complete subtrees of a span, the largest first: what hangs to the right is joined first. */
export function joined(hash: Hash, nodes: readonly Uint8Array[]): Uint8Array {
  return [...nodes].reverse().reduce((right, left) => nodeHash(hash, left, right))
}

/**
 * Whether the proof leads from the leaf's hash at its place to the root (RFC 9162, 2.1.3.2).
 */
export function provesInclusion(
  hash: Hash,
  of: { index: number; size: number; leaf: Uint8Array; proof: readonly Uint8Array[]; root: Uint8Array },
): boolean {
  if (!Number.isSafeInteger(of.index) || of.index < 0 || of.index >= of.size) return false
  let [fn, sn, node] = [of.index, of.size - 1, of.leaf]
  for (const other of of.proof) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      node = nodeHash(hash, other, node)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else node = nodeHash(hash, node, other)
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 && same(node, of.root)
}

/**
 * Whether the proof shows that nothing of the older tree was rewritten in the newer one (RFC 9162, 2.1.4.2). An empty tree is the
 * beginning of every other.
 */
export function provesConsistency(
  hash: Hash,
  of: { older: number; newer: number; olderRoot: Uint8Array; newerRoot: Uint8Array; proof: readonly Uint8Array[] },
): boolean {
  const { older, newer } = of
  if (!Number.isSafeInteger(older) || !Number.isSafeInteger(newer) || older < 0 || older > newer) return false
  if (older === newer) return of.proof.length === 0 && same(of.olderRoot, of.newerRoot)
  if (older === 0) return of.proof.length === 0 && same(of.olderRoot, hash(new Uint8Array(0)))
  const path = isPower(older) ? [of.olderRoot, ...of.proof] : [...of.proof]
  const first = path.shift()
  if (!first) return false
  let [fn, sn] = [older - 1, newer - 1]
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)]
  let [was, is] = [first, first]
  for (const other of path) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      was = nodeHash(hash, other, was)
      is = nodeHash(hash, other, is)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else is = nodeHash(hash, is, other)
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 && same(was, of.olderRoot) && same(is, of.newerRoot)
}

const half = (n: number): number => Math.floor(n / 2)

function isPower(n: number): boolean {
  let at = n
  while (at % 2 === 0) at /= 2
  return at === 1
}

/** Whether two hashes are the same bytes. Nothing here is secret: time tells nobody anything. */
export function same(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i])
}
