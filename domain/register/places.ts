const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
/** An id's 26 letters of five bits, as five words: six letters each, and the last two. */
const WORDS = 5
const VALUE = new Uint8Array(128)
for (let i = 0; i < LETTERS.length; i += 1) VALUE[LETTERS.charCodeAt(i)] = i

/**
 * A place for every id: 0, 1, 2 … in the order in which they came. Twenty bytes an id and a table of slots, where a Map
 * of a million texts would take a hundred megabytes.
 */
export type Places = { size: number; words: Uint32Array; slots: Int32Array; prefixes: string[]; prefixOf: Uint8Array }

/** No ids yet. */
export function makePlaces(): Places {
  return {
    size: 0,
    words: new Uint32Array(WORDS * 1024),
    slots: new Int32Array(2048).fill(-1),
    prefixes: [],
    prefixOf: new Uint8Array(1024),
  }
}

const read = new Uint32Array(WORDS)

function readId(id: string): void {
  for (let w = 0, at = 4; w < WORDS; w += 1) {
    let word = 0
    for (const end = Math.min(at + 6, 30); at < end; at += 1) word = (word << 5) | (VALUE[id.charCodeAt(at)] ?? 0)
    read[w] = word
  }
}

function slotOf(places: Places, prefix: number): number {
  const mask = places.slots.length - 1
  let hash = prefix
  for (let w = 0; w < WORDS; w += 1) hash = Math.imul(hash ^ (read[w] as number), 0x9e3779b1) ^ (hash >>> 15)
  hash ^= hash >>> 13
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const place = places.slots[slot] as number
    if (place < 0 || (places.prefixOf[place] === prefix && same(places, place))) return slot
  }
}

function same(places: Places, place: number): boolean {
  for (let w = 0; w < WORDS; w += 1) if (places.words[place * WORDS + w] !== read[w]) return false
  return true
}

/** The place of an id, or -1. */
export function placeOf(places: Places, id: string): number {
  const prefix = places.prefixes.indexOf(id.slice(0, 3))
  if (prefix < 0) return -1
  readId(id)
  return places.slots[slotOf(places, prefix)] as number
}

/** The place of an id, given now if it had none. */
export function givePlace(places: Places, id: string): number {
  if (!places.prefixes.includes(id.slice(0, 3))) places.prefixes.push(id.slice(0, 3))
  const prefix = places.prefixes.indexOf(id.slice(0, 3))
  if (places.size * 2 >= places.slots.length) widen(places)
  readId(id)
  const slot = slotOf(places, prefix)
  const known = places.slots[slot] as number
  if (known >= 0) return known
  const place = places.size
  places.size += 1
  places.slots[slot] = place
  places.prefixOf[place] = prefix
  places.words.set(read, place * WORDS)
  return place
}

/** The id at a place. */
export function idAt(places: Places, place: number): string {
  let text = `${places.prefixes[places.prefixOf[place] ?? 0]}_`
  for (let w = 0; w < WORDS; w += 1) {
    const word = places.words[place * WORDS + w] as number
    for (let shift = w === WORDS - 1 ? 5 : 25; shift >= 0; shift -= 5) text += LETTERS[(word >>> shift) & 31]
  }
  return text
}

function widen(places: Places): void {
  const words = new Uint32Array(places.words.length * 2)
  words.set(places.words)
  const prefixOf = new Uint8Array(places.prefixOf.length * 2)
  prefixOf.set(places.prefixOf)
  Object.assign(places, { words, prefixOf, slots: new Int32Array(places.slots.length * 2).fill(-1) })
  for (let place = 0; place < places.size; place += 1) {
    read.set(places.words.subarray(place * WORDS, place * WORDS + WORDS))
    places.slots[slotOf(places, places.prefixOf[place] ?? 0)] = place
  }
}
