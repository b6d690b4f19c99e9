import { makeId, type Id, type IdKind } from "@/domain/core/id"

/** A stream of numbers in [0, 1) that is the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Makes ids that are the same for the same seed, dated by the milliseconds given. */
export function idsFrom(random: () => number): <K extends IdKind>(kind: K, millis: number) => Id<K> {
  return (kind, millis) =>
    makeId(
      kind,
      millis,
      Uint8Array.from({ length: 10 }, () => Math.floor(random() * 256)),
    )
}
