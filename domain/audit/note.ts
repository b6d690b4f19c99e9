/**
 * Signed notes and checkpoints, as c2sp.org/signed-note and c2sp.org/tlog-checkpoint lay them out: a text, an empty line, and lines of
 * signatures. What signs and hashes is given by the caller.
 */
import type { Hash } from "./tree"

/** Ed25519, the one kind of signature that the log makes. */
const ED25519 = 1
/** A witness's: Ed25519 over the text with the time at which it saw it (c2sp.org/tlog-cosignature). */
const COSIGNATURE = 4
const DASH = "\u2014"
/** Larger is no checkpoint of ours: a few lines of text and at most as many signatures as there are witnesses. */
const LARGEST = 16_384
const MOST_SIGNATURES = 100

/** A key that verifies, under the name by which it signs. `witness`: what it signs says when, as witnesses do. */
export type Verifier = { name: string; id: string; key: Uint8Array; witness?: true }
/** A line of signature: of whom, by which key (8 hexadecimal digits), and the bytes that follow the id. */
export type SignatureLine = { name: string; id: string; signature: Uint8Array }
export type Note = { text: string; signatures: SignatureLine[] }
/** What a checkpoint says: of which log, how many leaves, and the root over them. */
export type Checkpoint = { origin: string; size: number; root: Uint8Array }

/** Whether a name may stand in a note: no blank, no plus. */
export function isKeyName(name: string): boolean {
  return name !== "" && name.length <= 200 && !/[\s+\p{C}]/u.test(name)
}

/** The id of an Ed25519 key under a name: 4 bytes as hexadecimal digits. It tells keys apart and proves nothing. */
export function keyId(hash: Hash, name: string, key: Uint8Array, witness = false): string {
  const words = new TextEncoder().encode(`${name}\n`)
  return hex(hash(bytes(words, [witness ? COSIGNATURE : ED25519], key)).subarray(0, 4))
}

/** The key as it is printed: name, id, and the key behind its kind in base64. */
export function verifierText({ name, id, key, witness }: Verifier): string {
  return `${name}+${id}+${base64(bytes([witness ? COSIGNATURE : ED25519], key))}`
}

/** Reads a printed key; null where it is none, or where its id is not that of the key. */
export function readVerifier(hash: Hash, text: string): Verifier | null {
  const [name = "", id = "", coded = "", ...more] = text.trim().split("+")
  const rest = [coded, ...more].join("+")
  const raw = unbase64(rest)
  if (!isKeyName(name) || !raw || raw.length !== 33 || (raw[0] !== ED25519 && raw[0] !== COSIGNATURE)) return null
  const [key, witness] = [raw.subarray(1), raw[0] === COSIGNATURE]
  if (keyId(hash, name, key, witness) !== id) return null
  return witness ? { name, id, key, witness } : { name, id, key }
}

/** The text of a checkpoint, which is signed. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${base64(root)}\n`
}

/** A note: the text with its signatures behind it. The text ends with a line break. */
export function noteText({ text, signatures }: Note): string {
  const lines = signatures.map(({ name, id, signature }) => `${DASH} ${name} ${base64(bytes(unhex(id), signature))}\n`)
  return `${text}\n${lines.join("")}`
}

/** Reads a note, whoever signed it; null where it is none. */
export function readNote(said: string): Note | null {
  if (said.length > LARGEST || /[^\n\P{C}]/u.test(said)) return null
  const at = said.lastIndexOf("\n\n")
  if (at < 0) return null
  const text = said.slice(0, at + 1)
  const lines = said.slice(at + 2).split("\n")
  // What is no whole line ends in nothing of ours.
  if (lines.pop() !== "" || lines.length === 0 || lines.length > MOST_SIGNATURES) return null
  const signatures = lines.map(signatureLine)
  return signatures.every((one) => one !== null) ? { text, signatures } : null
}

function signatureLine(line: string): SignatureLine | null {
  const [dash, name, coded, more] = line.split(" ")
  const raw = coded === undefined ? null : unbase64(coded)
  if (dash !== DASH || more !== undefined || !name || !isKeyName(name) || !raw || raw.length < 5) return null
  return { name, id: hex(raw.subarray(0, 4)), signature: raw.subarray(4) }
}

/** What a checkpoint's text says; null where it says something else, or more: our checkpoints have no further lines. */
export function readCheckpoint(text: string): Checkpoint | null {
  const [origin = "", size = "", coded = "", ...rest] = text.split("\n")
  const root = unbase64(coded)
  if (rest.length !== 1 || rest[0] !== "" || origin === "" || !/^(0|[1-9]\d{0,15})$/.test(size)) return null
  const count = Number(size)
  return root && root.length === 32 && Number.isSafeInteger(count) ? { origin, size: count, root } : null
}

/** What a package's note says: of which log, in which form, and the SHA-256 of its manifest. */
export type PackageNote = { origin: string; formatVersion: number; manifest: Uint8Array }

/** The text of a package's note, which is signed: four lines, so that none is a checkpoint. */
export function packageText({ origin, formatVersion, manifest }: PackageNote): string {
  return `${origin}\npackage\n${formatVersion}\n${base64(manifest)}\n`
}

/** What a package's text says; null where it says something else, or more. */
export function readPackageText(text: string): PackageNote | null {
  const [origin = "", word = "", version = "", coded = "", ...rest] = text.split("\n")
  const manifest = unbase64(coded)
  if (rest.length !== 1 || rest[0] !== "" || origin === "" || word !== "package") return null
  if (!/^[1-9]\d{0,3}$/.test(version) || !manifest || manifest.length !== 32) return null
  return { origin, formatVersion: Number(version), manifest }
}

type Verify = (key: Uint8Array, text: Uint8Array, signature: Uint8Array) => boolean

/** The keys among `known` whose signature under the note holds. `verify`: Ed25519 over the text. */
export function signedBy(note: Note, known: readonly Verifier[], verify: Verify): Verifier[] {
  return known.filter((one) => signaturesOf(note, one, verify).length > 0)
}

/** The lines under the note that this key made, each with the time that a witness says, in seconds since 1970. */
export function signaturesOf(
  note: Note,
  by: Verifier,
  verify: Verify,
): { line: SignatureLine; seconds: number | null }[] {
  return note.signatures.flatMap((line) => {
    if (line.name !== by.name || line.id !== by.id) return []
    const said = by.witness
      ? witnessed(note.text, line.signature)
      : { text: note.text, signature: line.signature, seconds: null }
    if (!said || said.signature.length !== 64) return []
    return verify(by.key, new TextEncoder().encode(said.text), said.signature) ? [{ line, seconds: said.seconds }] : []
  })
}

/** What a witness signed: the text behind its name and the time, which stands before the signature in eight bytes. */
function witnessed(text: string, raw: Uint8Array): { text: string; signature: Uint8Array; seconds: number } | null {
  if (raw.length !== 72) return null
  const seconds = Number(new DataView(raw.buffer, raw.byteOffset, 8).getBigUint64(0))
  if (!Number.isSafeInteger(seconds)) return null
  return { text: `cosignature/v1\ntime ${seconds}\n${text}`, signature: raw.subarray(8), seconds }
}

function bytes(...parts: (Uint8Array | number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}

const hex = (raw: Uint8Array): string => [...raw].map((byte) => byte.toString(16).padStart(2, "0")).join("")

/** Bytes from hexadecimal digits, two for each. */
export function unhex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** Standard base64 with padding. */
export function base64(raw: Uint8Array): string {
  return btoa(String.fromCharCode(...raw))
}

/** Null where the text is no base64, or not the one way to write those bytes. */
export function unbase64(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return null
  const raw = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  return base64(raw) === text ? raw : null
}
