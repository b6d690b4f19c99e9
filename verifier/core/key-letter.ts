/** The letter about the log's key: the print that it says, with those of earlier keys, held against the keys that signed a package. */
import { hex, isSame } from "./bytes"
import { chainTo, handsOver } from "./keys"
import { readPrint } from "./note"
import { piecesOf, type NamedKey, type Package } from "./open"
import type { Findings } from "./report"
import { Tree } from "./tree"

const GROUPED = /(?<![0-9A-Za-z])(?:[0-9a-f]{4} ){15}[0-9a-f]{4}(?![0-9A-Za-z])/gi
const PRINTED = /(?<!\S)\S{1,200}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}(?!\S)/g

/**
 * The keys that a letter says, the newest first: one print as somebody typed it, or the words of the whole letter, in which each key
 * stands in groups of four. Null where it says none.
 */
export function readKeyLetter(said: string): Uint8Array[] | null {
  const alone = readPrint(said)
  if (alone) return [alone.key]
  // In a whole letter there are other numbers of 64 digits, roots and hashes, which stand without blanks.
  const keys = [...said.replace(/[^\S\n]+/g, " ").matchAll(GROUPED), ...said.matchAll(PRINTED)]
    .map(([print]) => readPrint(print)?.key)
    .filter((key): key is Uint8Array => key !== undefined)
  return keys.length > 0 ? keys : null
}

/** Why it cannot be told whether the keys are the letter's; null where they are. `byNewer`: a newer package showed it. */
export type Held = { cannot: string | null; byNewer?: true }

/** Holds the package's keys against the letter's. */
export async function keyOfLetter(
  on: Package,
  { said, other }: { said: string | null; other: Package | null },
  found: Findings,
): Promise<Held> {
  if (said === null || said.trim() === "") {
    found.unchecked.push(
      "No key print was given: that the log's key is the company's own is its word. Compare the key print with the letter that was signed before the visit.",
    )
    return { cannot: null }
  }
  const letter = readKeyLetter(said)
  const [current, ...earlier] = letter ?? []
  if (!current) return { cannot: "the key print that was given is none: it has 64 digits in groups of four" }
  const before = found.count
  if (signs(on, current)) {
    found.check("key", "the key is the one that was given", before)
    return { cannot: null }
  }
  const then = on.signers.find((one) => earlier.some((key) => isSame(key, one.key)))
  if (then) {
    const place = earlier.findIndex((key) => isSame(key, then.key))
    const since = [current, ...earlier.slice(0, place)].length
    found.check(
      "key",
      `the key ${then.id} that signs the package is one that the letter names as earlier: it was the log's then, and ${times(since)} another followed`,
      before,
    )
    found.unchecked.push(
      `Whether the package is from the time of the key ${then.id}: the letter says from when the key signs that followed it, and the package is as of ${on.manifest.asOf}. A package signed by an earlier key and as of a later instant is not the company's.`,
    )
    return { cannot: null }
  }
  const known = on.keys.find((one) => [current, ...earlier].some((key) => isSame(key, one.key)))
  if (known) return { cannot: chained(on, known, found) }
  return (await byNewer(on, current, other, found)) ? { cannot: null, byNewer: true } : { cannot: NOT_SIGNED }
}

const NOT_SIGNED =
  "manifest.note is not signed by the key that was given. Either somebody else made the package, or it is from before the log went on to that key: paste the whole letter, with its earlier keys, or hold a newer package beside it"

const signs = (on: Package, key: Uint8Array): boolean => on.signers.some((one) => isSame(one.key, key))

const times = (n: number): string => (n === 1 ? "once" : `${n} times`)

/** A letter about an older key: the signatures in the package lead from it to the key that signs. */
function chained(on: Package, known: NamedKey, found: Findings): string | null {
  const way = chainTo(on.keys, known, on.signers)
  if (!way)
    return "the package is signed by another key of the log than the one that was given, which did not sign for it: ask for a letter about the key that signs now"
  const ids = way.map((one) => one.id).join(", then ")
  found.check("key", `the key that was given signed for the one that signs the package (${ids})`, found.count)
  found.unchecked.push(
    "The key print that was given is of an older key of the log. Whoever got hold of that one could have signed for another: a letter about the newer key says more.",
  )
  return null
}

/**
 * A letter about a newer key: a newer package that this key signs shows the history of keys, and that its log begins with this
 * one's. A signature of the older key over the newer would prove nothing here: anybody can sign for a key that they read somewhere.
 */
async function byNewer(on: Package, key: Uint8Array, newer: Package | null, found: Findings): Promise<boolean> {
  if (!newer || newer.manifest.origin !== on.manifest.origin || !signs(newer, key)) return false
  const then = newer.keys.find((one) => signs(on, one.key))
  if (!then || !(await beginsWith(newer, on, found))) return false
  // A package is as of an instant before it was made, so its key may have come later than that; it may not have ended by then.
  if (then.until !== null && then.until <= on.manifest.asOf) return false
  const turns = newer.keys
    .filter((one) => (one.index ?? 0) > (then.index ?? 0))
    .sort((a, b) => (a.index ?? 0) - (b.index ?? 0))
  found.check(
    "key",
    `the key ${then.id} signed then: the newer package, signed by the key that was given, names it and its log begins with this one`,
    found.count,
  )
  for (const [i, one] of turns.entries()) found.notes.push(turnOf(one, [then, ...turns.slice(0, i)]))
  return true
}

function turnOf(key: NamedKey, older: readonly NamedKey[]): string {
  const by = older.find((one) => handsOver(one, key))
  return `Since then the log went on to the key ${key.id}, as of ${key.from ?? "?"}, ${by ? `for which the key ${by.id} signed` : "for which no key before it signed"}.`
}

/** Whether the first entries of the newer package's log are those that the package is about. */
async function beginsWith(newer: Package, on: Package, found: Findings): Promise<boolean> {
  const before = found.count
  const roots = await rootsAt(newer, [on.manifest.logSize, newer.manifest.logSize], found)
  return (
    found.count === before &&
    roots.get(on.manifest.logSize) === on.manifest.logRoot &&
    roots.get(newer.manifest.logSize) === newer.manifest.logRoot
  )
}

async function rootsAt(of: Package, sizes: readonly number[], found: Findings): Promise<Map<number, string>> {
  const [tree, roots] = [new Tree(), new Map<number, string>()]
  let rest = new Uint8Array(0)
  const told = { fault: (file: string, says: string) => found.fault("the other package", `${file} in it: ${says}`) }
  for await (const piece of piecesOf(of, "log/leaves.bin", told, async () => undefined)) {
    const bytes = new Uint8Array(rest.length + piece.length)
    bytes.set(rest)
    bytes.set(piece, rest.length)
    let at = 0
    for (; at + 32 <= bytes.length; at += 32) {
      tree.add(bytes.subarray(at, at + 32))
      if (sizes.includes(tree.size)) roots.set(tree.size, hex(tree.root()))
    }
    rest = bytes.slice(at)
  }
  return roots
}
