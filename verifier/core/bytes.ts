/** Bytes and texts. What is no clean text is refused, never mended: two texts of one look would be two hashes. */

const HEX = Array.from({ length: 256 }, (_none, byte) => byte.toString(16).padStart(2, "0"))
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

/** Lower-case hexadecimal digits. */
export function hex(bytes: Uint8Array): string {
  let text = ""
  for (const byte of bytes) text += HEX[byte]
  return text
}

/** Null where the text is not made of pairs of lower-case hexadecimal digits. */
export function unhex(text: string): Uint8Array | null {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return null
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** Standard base64 with padding. */
export function base64(bytes: Uint8Array): string {
  let text = ""
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = [bytes[i], bytes[i + 1], bytes[i + 2]]
    const group = (a << 16) | ((b ?? 0) << 8) | (c ?? 0)
    text += LETTERS.charAt(group >> 18) + LETTERS.charAt((group >> 12) & 63)
    text += b === undefined ? "=" : LETTERS.charAt((group >> 6) & 63)
    text += c === undefined ? "=" : LETTERS.charAt(group & 63)
  }
  return text
}

/** Null where the text is no base64, or not the one way to write those bytes. */
export function unbase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null
  const digits = text.replace(/=+$/, "")
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4))
  for (let i = 0, at = 0; i < digits.length; i += 4) {
    let group = 0
    for (let j = 0; j < 4; j += 1) group = (group << 6) | Math.max(0, LETTERS.indexOf(digits.charAt(i + j) || "A"))
    for (const shift of [16, 8, 0]) if (at < bytes.length) bytes[at++] = (group >> shift) & 255
  }
  return base64(bytes) === text ? bytes : null
}

/** The digits as a text of their own: what is cut out of a larger text holds that text in memory for as long as it is held itself. */
export function apart(digits: string): string {
  const bytes = unhex(digits)
  return bytes ? String.fromCharCode(...utf8(hex(bytes))) : digits
}

const encoder = new TextEncoder()

/** UTF-8. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text)
}

/** Null where the bytes are no UTF-8. A mark of byte order stays, and is no part of any file here but tables. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** One after the other. */
export function joined(...parts: (Uint8Array | readonly number[])[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** Whether both are the same bytes. */
export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false
  return true
}
