/** Changes to the bytes of a file by chance, so that the same seed makes the same. */
import type { Source } from "@/verifier/core/zip"

/** Bytes as a file to read from. */
export function sourceOf(bytes: Uint8Array): Source {
  return { size: bytes.length, read: async (at, length) => bytes.slice(at, at + length) }
}

function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** So many mutations, each of which differs from the original: a bit, a byte, a stretch taken out, doubled, moved, set to 0, cut off, put on. */
export function* mutations(
  bytes: Uint8Array,
  seed: number,
  count: number,
): Generator<{ what: string; bytes: Uint8Array }> {
  const random = mulberry(seed)
  const below = (n: number): number => Math.floor(random() * n)
  const WAYS = ["bit", "byte", "out", "twice", "swap", "zero", "cut", "more"] as const
  for (let made = 0; made < count;) {
    const way = WAYS[below(WAYS.length)] as (typeof WAYS)[number]
    const at = below(bytes.length)
    const length = 1 + below(Math.min(64, bytes.length - at))
    const [head, part, tail] = [bytes.slice(0, at), bytes.slice(at, at + length), bytes.slice(at + length)]
    const to = below(bytes.length)
    const changed = {
      bit: () => bytes.with(at, (bytes[at] as number) ^ (1 << below(8))),
      byte: () => bytes.with(at, below(256)),
      out: () => Buffer.concat([head, tail]),
      twice: () => Buffer.concat([head, part, part, tail]),
      swap: () => bytes.with(at, bytes[to] as number).with(to, bytes[at] as number),
      zero: () => Buffer.concat([head, new Uint8Array(length), tail]),
      cut: () => head,
      more: () => Buffer.concat([bytes, part]),
    }[way]()
    if (Buffer.compare(Buffer.from(changed), Buffer.from(bytes)) === 0) continue
    made += 1
    yield { what: `${way} at ${at}, ${length} bytes`, bytes: Uint8Array.from(changed) }
  }
}
