import { plusMillis, type Instant } from "@/domain/core/instant"
import { base64, keyId, unbase64, verifierText, type Verifier } from "./note"
import type { Hash } from "./tree"

/** So long the old key and the new one both sign: who holds only the old one learns of the new in that time. */
export const BOTH_SIGN_DAYS = 30

/** A key by which the log signed, with the entries that named and ended it. `by`: the key that signed for it, and how. */
export type KeyLife = {
  name: string
  id: string
  key: string
  from: Instant
  until: Instant | null
  /** Place of the entry that named it. */
  index: number
  /** Place of the entry that ended it. */
  endIndex: number | null
  by: string | null
  signature: string | null
  /** What of its beginning does not hold; null: it is the first, or a key that signed then signed for it. */
  fault: "unsigned" | "bad-signature" | null
}

/** An entry of the log that names or ends a key, as far as it matters here. */
export type KeyEntry = { index: number; at: Instant; act: string; bytes: string }

type Verify = (key: Uint8Array, text: Uint8Array, signature: Uint8Array) => boolean

/** What an old key signs so that a new one follows it: the new key as it is printed, and nothing around it. */
export function handoverText(next: Verifier): Uint8Array {
  return new TextEncoder().encode(verifierText(next))
}

/**
 * The life of each key, read from the entries themselves, oldest first. A second key for which no key that signed at that time
 * signed is `unsigned`: there the chain of keys is broken, and only who knows the key from elsewhere can trust it.
 */
export function keyLives(entries: readonly KeyEntry[], hash: Hash, verify: Verify): KeyLife[] {
  const lives: KeyLife[] = []
  for (const { index, at, act, bytes } of entries) {
    const body = JSON.parse(bytes) as { objects?: { id?: string }[]; after?: Record<string, unknown> }
    if (act === "log.key.retire") {
      const ended = lives.find((one) => one.id === body.objects?.[0]?.id && one.until === null)
      if (ended) Object.assign(ended, { until: at, endIndex: index })
    } else if (act === "log.key.add") {
      const life = begun(lives, body.after ?? {}, { index, at }, hash, verify)
      if (life) lives.push(life)
    }
  }
  return lives
}

/** Whether the log signs, and with none of the keys at hand: as after a restore on another machine. */
export function isOtherKey(lives: readonly KeyLife[], held: readonly string[]): boolean {
  const living = lives.filter((one) => one.until === null)
  return living.length > 0 && !living.some((one) => held.includes(one.id))
}

function begun(
  before: readonly KeyLife[],
  after: Record<string, unknown>,
  { index, at }: { index: number; at: Instant },
  hash: Hash,
  verify: Verify,
): KeyLife | null {
  const word = (name: string): string | null => (typeof after[name] === "string" ? (after[name] as string) : null)
  const [name, id, key, by, signature] = [word("name"), word("id"), word("key"), word("by"), word("signature")]
  const raw = key === null ? null : unbase64(key)
  if (name === null || id === null || key === null || raw?.length !== 32) return null
  // Named once already: a second entry for it says nothing new.
  if (before.some((one) => one.id === id && one.until === null)) return null
  const life = { name, id, key, from: at, until: null, index, endIndex: null, by, signature }
  if (before.length === 0) return { ...life, fault: null }
  if (by === null || signature === null) return { ...life, fault: "unsigned" }
  const old = before.find((one) => one.id === by && one.until === null)
  const signed = unbase64(signature)
  const holds =
    old !== undefined &&
    signed?.length === 64 &&
    keyId(hash, name, raw) === id &&
    verify(verifierOf(old).key, handoverText({ name, id, key: raw }), signed)
  return { ...life, fault: holds ? null : "bad-signature" }
}

/** The key by which signatures are held against it. */
export function verifierOf(life: Pick<KeyLife, "name" | "id" | "key">): Verifier {
  const key = unbase64(life.key)
  if (!key) throw new Error("a key that is no base64")
  return { name: life.name, id: life.id, key }
}

/** Whether a checkpoint over that many entries may bear this key's signature: it was named within them and not ended before. */
export function signsAt(life: Pick<KeyLife, "index" | "endIndex">, size: number): boolean {
  return life.index < size && (life.endIndex === null || size <= life.endIndex)
}

/** What is to be done next with the keys at hand, so that it may be done again after any crash. */
export type KeyStep =
  | { step: "first"; key: Verifier }
  | { step: "unknown"; key: Verifier }
  | { step: "hand-over"; key: Verifier }
  | { step: "retire"; ids: string[] }
  | { step: "promote" }
  | { step: "sign"; ids: string[] }

/**
 * The next step for somebody who holds `held` (and perhaps `next`): a confirmed next key is handed over to, the old ones are ended once
 * both signed long enough, and what is then at hand signs. A key that no entry names never signs by itself.
 */
export function keyStep(
  lives: readonly KeyLife[],
  on: { held: Verifier; next: Verifier | null; confirmed: string | null; now: Instant },
): KeyStep {
  const { held, next, confirmed, now } = on
  const same = (one: KeyLife, by: Verifier): boolean => one.id === by.id && one.key === base64(by.key)
  const living = lives.filter((one) => one.until === null)
  const stands = (by: Verifier | null): KeyLife | undefined => (by ? living.find((one) => same(one, by)) : undefined)
  if (lives.length === 0) return { step: "first", key: held }
  const [mine, following] = [stands(held), stands(next)]
  if (mine && next && !following && confirmed === verifierText(next)) return { step: "hand-over", key: next }
  if (!mine && following && lives.some((one) => same(one, held))) return { step: "promote" }
  if (!mine && !following) return { step: "unknown", key: held }
  const newest = living[living.length - 1]
  const holdsNewest = newest !== undefined && (newest === mine || newest === following)
  const due = newest && plusMillis(newest.from, BOTH_SIGN_DAYS * 86_400_000) <= now
  const old = living.filter((one) => one !== newest).map((one) => one.id)
  if (holdsNewest && due && old.length > 0) return { step: "retire", ids: old }
  return { step: "sign", ids: [mine, following].flatMap((one) => (one ? [one.id] : [])) }
}
