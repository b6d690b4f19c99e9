import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto"
import fc from "fast-check"
import { expect, test } from "vitest"
import {
  checkpointText,
  isKeyName,
  keyId,
  noteText,
  readCheckpoint,
  readNote,
  readVerifier,
  signaturesOf,
  signedBy,
  verifierText,
  type Verifier,
} from "./note"
import { readTilePath, tileNodes, tilePath } from "./tiles"

const hash = (bytes: Uint8Array): Uint8Array => Uint8Array.from(createHash("sha256").update(bytes).digest())
const SPKI = Buffer.from("302a300506032b6570032100", "hex")
const holds = (key: Uint8Array, text: Uint8Array, signature: Uint8Array): boolean =>
  verify(null, text, createPublicKey({ key: Buffer.concat([SPKI, key]), format: "der", type: "spki" }), signature)

function aKey(name: string) {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519")
  const key = publicKey.export({ format: "der", type: "spki" }).subarray(12)
  const known: Verifier = { name, id: keyId(hash, name, key), key }
  const line = (text: string) => ({ name, id: known.id, signature: sign(null, Buffer.from(text), privateKey) })
  return { known, line }
}

// The key and the note by which the format is explained to everybody (golang.org/x/mod/sumdb/note).
const NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
const SAID =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
  "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"

test("the note that everybody knows is read, held against its key, and written again as it was", () => {
  const key = readVerifier(hash, NEUMANN)
  const note = readNote(SAID)
  if (!key || !note) throw new Error("not read")
  expect(verifierText(key)).toBe(NEUMANN)
  expect(signedBy(note, [key], holds)).toEqual([key])
  expect(noteText(note)).toBe(SAID)
  const other = readNote(SAID.replace("your problem,", "your problem."))
  expect(other && signedBy(other, [key], holds)).toEqual([])
})

test("a checkpoint says of which log, how many leaves, and their root; and nothing more", () => {
  const root = hash(Buffer.from("x"))
  const text = checkpointText({ origin: "onward/abc", size: 20_852_163, root })
  expect(text).toBe(`onward/abc\n20852163\n${Buffer.from(root).toString("base64")}\n`)
  expect(readCheckpoint(text)).toEqual({ origin: "onward/abc", size: 20_852_163, root })
  for (const wrong of [
    "",
    "onward/abc\n5\n",
    text.replace("20852163", "020852163"),
    text.replace("20852163", "-1"),
    text.replace("20852163", "1e3"),
    text.replace("20852163", "99999999999999999999"),
    `${text}more\n`,
    text.slice(0, -1),
    text.replace("=", ""),
    `\n${text.split("\n").slice(1).join("\n")}`,
  ])
    expect(readCheckpoint(wrong), wrong).toBeNull()
})

test("several sign one text, each is held against its own key, and a stranger counts for nothing", () => {
  const [ours, witness, stranger] = ["onward/abc", "witness.example", "onward/abc"].map(aKey)
  if (!ours || !witness || !stranger) throw new Error("no key")
  const text = checkpointText({ origin: "onward/abc", size: 7, root: hash(Buffer.from("x")) })
  const note = readNote(noteText({ text, signatures: [stranger.line(text), ours.line(text), witness.line(text)] }))
  if (!note) throw new Error("not read")
  expect(signedBy(note, [ours.known, witness.known], holds).map((one) => one.name)).toEqual([
    "onward/abc",
    "witness.example",
  ])
  // Under the name of the log and with another key: the id differs, and where it does not the signature does not hold.
  const forged = { ...note, signatures: [{ ...stranger.line(text), id: ours.known.id }] }
  expect(signedBy(forged, [ours.known], holds)).toEqual([])
})

test.each([
  ["no signature", "a\n\n"],
  ["no empty line", "a\n\u2014 n AAAAAAA=\n"],
  ["a line that does not end", SAID.slice(0, -1)],
  ["another dash", SAID.replace("\u2014", "-")],
  ["two blanks", SAID.replace("\u2014 ", "\u2014  ")],
  ["a signature that is no base64", SAID.replace("x08g", "x0*g")],
  ["a signature too short for an id", "a\n\n\u2014 n AAAA\n"],
  ["a sign that shows nothing", SAID.replace("problem", "prob\u0007lem")],
  ["far too long", `${"a".repeat(17_000)}\n\n\u2014 n AAAAAAAA\n`],
])("what has %s is no note", (_, text) => {
  expect(readNote(text)).toBeNull()
})

test("no text that is thrown at the readers breaks them", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.nat(SAID.length), (words, at) => {
      readNote(words)
      readCheckpoint(words)
      readVerifier(hash, words)
      readTilePath(words)
      const note = readNote(SAID.slice(0, at) + words + SAID.slice(at))
      const key = readVerifier(hash, NEUMANN)
      if (note && key && words !== "" && signedBy(note, [key], holds).length > 0)
        expect(note.text).toBe(SAID.slice(0, SAID.lastIndexOf("\n\n") + 1))
    }),
    { numRuns: 500 },
  )
})

test("a witness signs the text with the time at which it saw it, and nothing else counts for one", () => {
  const text = checkpointText({ origin: "onward/abc", size: 7, root: hash(Buffer.from("x")) })
  const { publicKey, privateKey } = generateKeyPairSync("ed25519")
  const key = Uint8Array.from(publicKey.export({ format: "der", type: "spki" }).subarray(12))
  const known: Verifier = { name: "witness.example", id: keyId(hash, "witness.example", key, true), key, witness: true }
  const saw = (seconds: number, said = seconds): Uint8Array => {
    const time = Buffer.alloc(8)
    time.writeBigUInt64BE(BigInt(seconds))
    return Buffer.concat([time, sign(null, Buffer.from(`cosignature/v1\ntime ${said}\n${text}`), privateKey)])
  }
  const noted = (signature: Uint8Array) =>
    readNote(noteText({ text, signatures: [{ name: known.name, id: known.id, signature }] }))
  const good = noted(saw(1_790_000_000))
  if (!good) throw new Error("not read")
  expect(signaturesOf(good, known, holds).map((one) => one.seconds)).toEqual([1_790_000_000])
  expect(readVerifier(hash, verifierText(known))).toEqual(known)
  // Another time than was signed, and the log's own kind of signature by a witness's key.
  const late = noted(saw(1_790_000_001, 1_790_000_000))
  const plain = noted(sign(null, Buffer.from(text), privateKey))
  for (const note of [late, plain]) expect(note && signedBy(note, [known], holds)).toEqual([])
  // The key under the log's kind is another key.
  expect(keyId(hash, known.name, key)).not.toBe(known.id)
})

test("a key's id belongs to it and its name, and no name has blanks or a plus", () => {
  expect(readVerifier(hash, NEUMANN.replace("c74f20a3", "c74f20a4"))).toBeNull()
  expect(readVerifier(hash, NEUMANN.replace("PeterNeumann", "Peter"))).toBeNull()
  expect(["onward/x-1", "a b", "a+b", "", "a\tb"].map(isKeyName)).toEqual([true, false, false, false, false])
})

test.each([
  ["0/000", { level: 0, n: 0, width: 256 }],
  ["0/x001/x234/067", { level: 0, n: 1_234_067, width: 256 }],
  ["1/999.p/5", { level: 1, n: 999, width: 5 }],
  ["0/x001/000", { level: 0, n: 1000, width: 256 }],
])("the path %s is a tile's, and no other is", (path, tile) => {
  expect(readTilePath(path)).toEqual(tile)
  expect(tilePath(tile)).toBe(path)
})

test.each([
  "",
  "0/0",
  "0/x000/001",
  "8/000",
  "00/000",
  "0/000.p/0",
  "0/000.p/256",
  "0/000.p/05",
  "0/000/",
  "-1/000",
  "0/../1",
])("%s is no tile's path", (path) => {
  expect(readTilePath(path)).toBeNull()
})

test("a tile is there once the tree has its nodes, whole or in part", () => {
  expect(tileNodes({ level: 0, n: 0, width: 3 }, 2)).toBeNull()
  expect(tileNodes({ level: 0, n: 0, width: 2 }, 2)).toEqual([
    { level: 0, n: 0 },
    { level: 0, n: 1 },
  ])
  expect(tileNodes({ level: 1, n: 0, width: 1 }, 255)).toBeNull()
  expect(tileNodes({ level: 1, n: 0, width: 1 }, 70_000)).toEqual([{ level: 8, n: 0 }])
  expect(tileNodes({ level: 1, n: 0, width: 256 }, 65_536)?.length).toBe(256)
})
