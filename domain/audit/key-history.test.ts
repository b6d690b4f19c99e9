import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto"
import { expect, test } from "vitest"
import { fromMillis, type Instant } from "@/domain/core/instant"
import { handoverText, isOtherKey, keyLives, keyStep, signsAt, type KeyEntry } from "./key-history"
import { base64, keyId, verifierText } from "./note"

const hash = (bytes: Uint8Array): Uint8Array => Uint8Array.from(createHash("sha256").update(bytes).digest())
const SPKI = Buffer.from("302a300506032b6570032100", "hex")
const holds = (key: Uint8Array, text: Uint8Array, signature: Uint8Array): boolean =>
  verify(null, text, createPublicKey({ key: Buffer.concat([SPKI, key]), format: "der", type: "spki" }), signature)

function aKey() {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519")
  const key = Uint8Array.from(publicKey.export({ format: "der", type: "spki" }).subarray(12))
  return {
    known: { name: "onward/x", id: keyId(hash, "onward/x", key), key },
    signs: (text: Uint8Array) => base64(sign(null, text, privateKey)),
  }
}
const [A, B, C] = [aKey(), aKey(), aKey()]
const DAY = (n: number): Instant => fromMillis(Date.UTC(2026, 0, 1 + n))
const add = (index: number, of: typeof A, more: object = {}): KeyEntry => ({
  ...{ index, at: DAY(index), act: "log.key.add" },
  bytes: JSON.stringify({ after: { ...of.known, key: base64(of.known.key), ...more } }),
})
const retire = (index: number, of: typeof A): KeyEntry => ({
  ...{ index, at: DAY(index), act: "log.key.retire", bytes: JSON.stringify({ objects: [{ id: of.known.id }] }) },
})
const lives = (...entries: KeyEntry[]) => keyLives(entries, hash, holds)
const byA = { by: A.known.id, signature: A.signs(handoverText(B.known)) }

test("the chain holds where each key was signed for by one that signed then, and says where it does not", () => {
  expect(lives(add(0, A)).map((one) => one.fault)).toEqual([null])
  expect(lives(add(0, A), add(1, B, byA)).map((one) => one.fault)).toEqual([null, null])
  expect(lives(add(0, A), add(1, B)).map((one) => one.fault)).toEqual([null, "unsigned"])
  // Signed for by a key that was ended, by a stranger, for another key, and by itself.
  expect(lives(add(0, A), add(1, B), retire(2, A), add(3, C, byA)).map((one) => one.fault)[2]).toBe("bad-signature")
  expect(lives(add(0, A), add(1, C, byA))[1]?.fault).toBe("bad-signature")
  expect(lives(add(0, A), add(1, B, { ...byA, by: B.known.id }))[1]?.fault).toBe("bad-signature")
  expect(lives(add(0, A), add(1, B, { ...byA, signature: C.signs(handoverText(B.known)) }))[1]?.fault).toBe(
    "bad-signature",
  )
  const [first, second] = lives(add(0, A), add(1, B, byA), retire(40, A))
  expect([first?.until, first?.endIndex, second?.until]).toEqual([DAY(40), 40, null])
  // The entry that ends a key is the first that it cannot sign for.
  expect([0, 1, 40, 41].map((size) => first && signsAt(first, size))).toEqual([false, true, true, false])
})

test("a key that never signed, or signs no longer, is another machine's", () => {
  const ids = (...of: (typeof A)[]) => of.map((one) => one.known.id)
  expect(isOtherKey([], ids(B))).toBe(false)
  expect(isOtherKey(lives(add(0, A)), ids(A))).toBe(false)
  expect(isOtherKey(lives(add(0, A)), ids(B))).toBe(true)
  expect(isOtherKey(lives(add(0, A)), ids(B, A))).toBe(false)
  expect(isOtherKey(lives(add(0, A), add(1, B, byA), retire(40, A)), ids(A))).toBe(true)
})

test.each([
  ["nothing named yet", [], A, null, null, 0, "first"],
  ["the key that stands", [add(0, A)], A, null, null, 1, "sign"],
  ["a key that nobody named", [add(0, A)], B, null, null, 1, "unknown"],
  ["a following key that nobody confirmed", [add(0, A)], A, B, null, 1, "sign"],
  ["another was confirmed", [add(0, A)], A, B, C, 1, "sign"],
  ["it is confirmed", [add(0, A)], A, B, B, 1, "hand-over"],
  ["both sign", [add(0, A), add(1, B, byA)], A, B, B, 30, "sign"],
  ["both signed long enough", [add(0, A), add(1, B, byA)], A, B, B, 31, "retire"],
  ["an instance that has only the new one ends the old", [add(0, A), add(1, B, byA)], B, null, B, 31, "retire"],
  ["an instance that has only the old one ends nothing", [add(0, A), add(1, B, byA)], A, null, B, 31, "sign"],
  ["the old one was ended", [add(0, A), add(1, B, byA), retire(31, A)], A, B, B, 31, "promote"],
  ["the new one stands alone", [add(0, A), add(1, B, byA), retire(31, A)], B, null, B, 32, "sign"],
  ["the old one alone, after it was ended", [add(0, A), add(1, B, byA), retire(31, A)], A, null, B, 32, "unknown"],
] as const)("%s", (_, entries, held, next, confirmed, day, step) => {
  const on = { held: held.known, next: next?.known ?? null, confirmed: confirmed && verifierText(confirmed.known) }
  expect(keyStep(lives(...entries), { ...on, now: DAY(day) }).step).toBe(step)
})

test("a key with the same id and other bytes is not the one that stands", () => {
  const forged = { ...B.known, id: A.known.id }
  expect(keyStep(lives(add(0, A)), { held: forged, next: null, confirmed: null, now: DAY(1) }).step).toBe("unknown")
})
