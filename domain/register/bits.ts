/** A set of places, one bit each. */
export type Bits = Uint32Array

/** An empty set for that many places. */
export function makeBits(places: number): Bits {
  return new Uint32Array((places + 31) >>> 5)
}

/** The same set with room for more places. */
export function grownBits(bits: Bits, places: number): Bits {
  const out = makeBits(places)
  out.set(bits)
  return out
}

/** Puts a place in. */
export function putBit(bits: Bits, place: number): void {
  bits[place >>> 5] = (bits[place >>> 5] ?? 0) | (1 << (place & 31))
}

/** Takes a place out. */
export function dropBit(bits: Bits, place: number): void {
  bits[place >>> 5] = (bits[place >>> 5] ?? 0) & ~(1 << (place & 31))
}

/** Whether a place is in the set. */
export function hasBit(bits: Bits, place: number): boolean {
  return ((bits[place >>> 5] ?? 0) & (1 << (place & 31))) !== 0
}

/** Keeps in `into` what is in `by` as well. */
export function keepBoth(into: Bits, by: Bits): void {
  for (let i = 0; i < into.length; i += 1) into[i] = (into[i] as number) & (by[i] as number)
}

/** Takes out of `into` what is in `by`. */
export function takeOut(into: Bits, by: Bits): void {
  for (let i = 0; i < into.length; i += 1) into[i] = (into[i] as number) & ~(by[i] as number)
}

/** Puts into `into` what is in `by`. */
export function putAll(into: Bits, by: Bits): void {
  for (let i = 0; i < into.length; i += 1) into[i] = (into[i] as number) | (by[i] as number)
}

/** How many places are in both sets. */
export function countBoth(a: Bits, b: Bits): number {
  let sum = 0
  for (let i = 0; i < a.length; i += 1) {
    let word = (a[i] as number) & (b[i] as number)
    if (word === 0) continue
    word -= (word >>> 1) & 0x55555555
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333)
    sum += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
  }
  return sum
}

/** Calls `each` with every place of the set, in order. */
export function eachBit(bits: Bits, each: (place: number) => void): void {
  for (let i = 0; i < bits.length; i += 1)
    for (let word = bits[i] as number; word !== 0; word &= word - 1) each((i << 5) + (31 - Math.clz32(word & -word)))
}
