/** Signed notes and checkpoints (c2sp.org/signed-note, c2sp.org/tlog-checkpoint), and the note of a package. */
import { base64, hex, joined, unbase64, unhex, utf8 } from "./bytes"
import { ed25519Holds, isKey } from "./ed25519"
import { sha256 } from "./sha256"

const ED25519 = 1
const DASH = "\u2014"

export type Key = { name: string; id: string; key: Uint8Array }
export type Note = { text: string; signatures: { name: string; id: string; signature: Uint8Array }[] }

const isName = (name: string): boolean => name !== "" && name.length <= 200 && !/[\s+\p{C}]/u.test(name)

/** Four bytes that tell keys apart: of the name, the kind of key, and the key. */
export function keyId(name: string, key: Uint8Array): string {
  return hex(sha256(joined(utf8(`${name}\n`), [ED25519], key)).subarray(0, 4))
}

/** A key under a name; null where it is no key. */
export function keyOf(name: string, key: Uint8Array): Key | null {
  return isName(name) && isKey(key) ? { name, id: keyId(name, key), key } : null
}

/** The print of a key: its 32 bytes in groups of four digits, to be compared by eye with a letter. */
export function keyPrint(key: Uint8Array): string {
  return (hex(key).match(/.{4}/g) ?? []).join(" ")
}

/** A key as somebody types it: the print with or without blanks, or the line `name+id+base64`. Null where it is none. */
export function readPrint(said: string): { name: string | null; key: Uint8Array } | null {
  const digits = said.replace(/[\s:.-]/g, "").toLowerCase()
  const plain = digits.length === 64 ? unhex(digits) : null
  if (plain) return isKey(plain) ? { name: null, key: plain } : null
  const [name = "", id = "", ...rest] = said.trim().split("+")
  const raw = unbase64(rest.join("+"))
  if (!raw || raw.length !== 33 || raw[0] !== ED25519) return null
  const known = keyOf(name, raw.subarray(1))
  return known && known.id === id ? { name, key: known.key } : null
}

/** A note with all lines under it; null where the text is none. */
export function readNote(said: string): Note | null {
  if (said.length > 16_384 || /[^\n\P{C}]/u.test(said)) return null
  const at = said.lastIndexOf("\n\n")
  if (at < 0 || !said.endsWith("\n")) return null
  const lines = said.slice(at + 2, -1).split("\n")
  if (lines.length > 100) return null
  const signatures: Note["signatures"] = []
  for (const line of lines) {
    const [dash, name = "", coded = "", more] = line.split(" ")
    const raw = unbase64(coded)
    if (dash !== DASH || more !== undefined || !isName(name) || !raw || raw.length < 5) return null
    signatures.push({ name, id: hex(raw.subarray(0, 4)), signature: raw.subarray(4) })
  }
  return { text: said.slice(0, at + 1), signatures }
}

/** Which of the keys signed the note. */
export function signedBy(note: Note, keys: readonly Key[]): Key[] {
  return keys.filter((key) =>
    note.signatures.some(
      (line) => line.name === key.name && line.id === key.id && ed25519Holds(key.key, utf8(note.text), line.signature),
    ),
  )
}

/** What a checkpoint says; null where the text says something else, or more. */
export function readCheckpoint(text: string): { origin: string; size: number; root: Uint8Array } | null {
  const [origin = "", size = "", coded = "", ...rest] = text.split("\n")
  const root = unbase64(coded)
  if (rest.length !== 1 || rest[0] !== "" || origin === "" || !/^(0|[1-9]\d{0,14})$/.test(size)) return null
  return root?.length === 32 ? { origin, size: Number(size), root } : null
}

/** What the note of a package says; null where the text says something else, or more. */
export function readPackageNote(text: string): { origin: string; version: number; manifest: Uint8Array } | null {
  const [origin = "", word, version = "", coded = "", ...rest] = text.split("\n")
  const manifest = unbase64(coded)
  if (rest.length !== 1 || rest[0] !== "" || origin === "" || word !== "package") return null
  if (!/^[1-9]\d{0,3}$/.test(version) || manifest?.length !== 32) return null
  return { origin, version: Number(version), manifest }
}

/** The line by which others know the key. */
export function keyLine({ name, id, key }: Key): string {
  return `${name}+${id}+${base64(joined([ED25519], key))}`
}
