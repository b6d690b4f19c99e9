import { createHash } from "node:crypto"
import fc from "fast-check"
import { expect, test } from "vitest"
import {
  consistencySpans,
  inclusionSpans,
  joined,
  nodesOf,
  provesConsistency,
  provesInclusion,
  type NodeAt,
  type Span,
} from "./proof"
import { addLeaf, emptyEdge, nodeHash, rootOf } from "./tree"

const hash = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest()
const leafOf = (bytes: Uint8Array): Uint8Array => hash(Buffer.concat([Buffer.from([0]), bytes]))
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")

/** A tree by the book, with no thought of speed: RFC 6962, 2.1. */
function plainRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves
  if (!first) return hash(new Uint8Array(0))
  if (leaves.length === 1) return first
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return nodeHash(hash, plainRoot(leaves.slice(0, k)), plainRoot(leaves.slice(k)))
}

function proved(leaves: readonly Uint8Array[], spans: Span[]): Uint8Array[] {
  const at = ({ level, n }: NodeAt): Uint8Array => plainRoot(leaves.slice(n * 2 ** level, (n + 1) * 2 ** level))
  return spans.map((span) => joined(hash, nodesOf(span).map(at)))
}

// The leaves, roots and proofs that implementations of RFC 6962 are held against (transparency-dev/merkle, testonly).
const LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"].map(
  (text) => leafOf(Buffer.from(text, "hex")),
)
const ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

test("roots of the published leaves, by the book and by the right edge", () => {
  const edge = emptyEdge()
  expect(hex(rootOf(hash, edge))).toBe(ROOTS[0])
  LEAVES.forEach((leaf, i) => {
    addLeaf(hash, edge, leaf)
    expect(hex(rootOf(hash, edge))).toBe(ROOTS[i + 1])
    expect(hex(plainRoot(LEAVES.slice(0, i + 1)))).toBe(ROOTS[i + 1])
  })
})

test.each([
  [0, 1, []],
  [
    0,
    8,
    [
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
  ],
  [
    5,
    8,
    [
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
  ],
  [2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]],
] as const)("the published proof that leaf %i stands in a tree of %i", (index, size, wanted) => {
  const proof = proved(LEAVES, inclusionSpans(index, size))
  expect(proof.map(hex)).toEqual(wanted)
  const root = Buffer.from(ROOTS[size] ?? "", "hex")
  expect(provesInclusion(hash, { index, size, leaf: LEAVES[index] as Uint8Array, proof, root })).toBe(true)
})

test.each([
  [1, 1, []],
  [
    1,
    8,
    [
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
  ],
  [
    6,
    8,
    [
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
  ],
  [
    2,
    5,
    [
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
  ],
] as const)("the published proof that a tree of %i is the beginning of one of %i", (older, newer, wanted) => {
  const proof = proved(LEAVES, consistencySpans(older, newer))
  expect(proof.map(hex)).toEqual(wanted)
  const [olderRoot, newerRoot] = [older, newer].map((size) => Buffer.from(ROOTS[size] ?? "", "hex"))
  if (!olderRoot || !newerRoot) throw new Error("no root")
  expect(provesConsistency(hash, { older, newer, olderRoot, newerRoot, proof })).toBe(true)
})

const someLeaves = fc
  .integer({ min: 1, max: 70 })
  .map((n) => Array.from({ length: n }, (_, i) => leafOf(Buffer.from([i]))))

test("every leaf of every tree is proved, and by no other leaf, place, size or altered proof", () => {
  fc.assert(
    fc.property(someLeaves, fc.nat(), fc.nat(), (leaves, at, flip) => {
      const [size, index] = [leaves.length, at % leaves.length]
      const leaf = leaves[index] as Uint8Array
      const root = plainRoot(leaves)
      const proof = proved(leaves, inclusionSpans(index, size))
      const good = { index, size, leaf, proof, root }
      expect(provesInclusion(hash, good)).toBe(true)
      expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size + 1)))
      expect(provesInclusion(hash, { ...good, leaf: leafOf(Buffer.from("other")) })).toBe(false)
      expect(provesInclusion(hash, { ...good, proof: [...proof, leaf] })).toBe(false)
      expect(provesInclusion(hash, { ...good, index: size })).toBe(false)
      for (let other = 0; other < size; other += 1)
        if (other !== index) expect(provesInclusion(hash, { ...good, index: other })).toBe(false)
      if (proof.length > 0) {
        const broken = proof.map((one) => Uint8Array.from(one))
        const node = broken[flip % broken.length] as Uint8Array
        node[flip % 32] = (node[flip % 32] ?? 0) ^ 1
        expect(provesInclusion(hash, { ...good, proof: broken })).toBe(false)
        expect(provesInclusion(hash, { ...good, proof: proof.slice(1) })).toBe(false)
      }
    }),
    { numRuns: 300 },
  )
})

test("every older tree is the beginning of every newer one, and of none that was rewritten", () => {
  fc.assert(
    fc.property(someLeaves, fc.nat(), fc.nat(), (leaves, cut, rewritten) => {
      const newer = leaves.length
      const older = 1 + (cut % newer)
      const [olderRoot, newerRoot] = [plainRoot(leaves.slice(0, older)), plainRoot(leaves)]
      const proof = proved(leaves, consistencySpans(older, newer))
      const good = { older, newer, olderRoot, newerRoot, proof }
      expect(provesConsistency(hash, good)).toBe(true)
      expect(provesConsistency(hash, { ...good, older: newer + 1 })).toBe(false)
      expect(provesConsistency(hash, { ...good, proof: [...proof, olderRoot] })).toBe(false)
      // Whoever rewrites a leaf that the older tree had makes another beginning, with whatever proof of their own tree.
      const other = leaves.map((leaf, i) => (i === rewritten % older ? leafOf(Buffer.from("rewritten")) : leaf))
      const theirs = { ...good, newerRoot: plainRoot(other), proof: proved(other, consistencySpans(older, newer)) }
      expect(provesConsistency(hash, theirs)).toBe(false)
      if (older < newer && proof.length > 1)
        expect(provesConsistency(hash, { ...good, proof: proof.slice(1) })).toBe(false)
    }),
    { numRuns: 300 },
  )
})

test("an empty tree is the beginning of every other, and what is no size is refused", () => {
  const root = plainRoot(LEAVES)
  const empty = hash(new Uint8Array(0))
  expect(provesConsistency(hash, { older: 0, newer: 8, olderRoot: empty, newerRoot: root, proof: [] })).toBe(true)
  expect(provesConsistency(hash, { older: 0, newer: 8, olderRoot: root, newerRoot: root, proof: [] })).toBe(false)
  expect(provesConsistency(hash, { older: -1, newer: 8, olderRoot: root, newerRoot: root, proof: [] })).toBe(false)
  expect(() => inclusionSpans(8, 8)).toThrow("no such leaf")
  expect(() => consistencySpans(9, 8)).toThrow("no such tree")
})

test("a proof in a log of two million leaves has at most 21 steps, of complete subtrees that are looked up", () => {
  const spans = inclusionSpans(1_234_567, 2_000_000)
  expect(spans.length).toBeLessThanOrEqual(21)
  // Only the ragged right is made of several.
  expect(spans.flatMap(nodesOf).length).toBeLessThanOrEqual(42)
})
