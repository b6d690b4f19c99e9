/** A writer of DER of its own, so that what is tested is not what made the test. */
type Piece = Uint8Array

/** One value: its tag, its length, what is in it. */
export function tlv(tag: number, ...inside: Piece[]): Buffer {
  const body = Buffer.concat(inside)
  const size: number[] = []
  if (body.length < 128) size.push(body.length)
  else {
    for (let left = body.length; left > 0; left >>= 8) size.unshift(left & 255)
    size.unshift(128 + size.length)
  }
  return Buffer.concat([Buffer.from([tag, ...size]), body])
}

export const seq = (...inside: Piece[]): Buffer => tlv(0x30, ...inside)
export const set = (...inside: Piece[]): Buffer =>
  tlv(0x31, ...inside.map((one) => Buffer.from(one)).sort(Buffer.compare))
export const octets = (inside: Piece): Buffer => tlv(4, inside)
export const bits = (inside: Piece, unused = 0): Buffer => tlv(3, Buffer.from([unused]), inside)
export const nothing = (): Buffer => tlv(5)
export const yes = (): Buffer => tlv(1, Buffer.from([255]))
export const utf8 = (text: string): Buffer => tlv(12, Buffer.from(text))
export const tagged = (number: number, ...inside: Piece[]): Buffer => tlv(0xa0 + number, ...inside)
export const plainTag = (number: number, inside: Piece): Buffer => tlv(0x80 + number, inside)
export const enumerated = (value: number): Buffer => tlv(10, Buffer.from([value]))

/** A whole number that is not below zero. */
export function int(value: number | Buffer): Buffer {
  const bytes =
    typeof value === "number" ? Buffer.from(value.toString(16).padStart(value > 255 ? 8 : 2, "0"), "hex") : value
  let from = 0
  while (from < bytes.length - 1 && bytes[from] === 0) from += 1
  const short = bytes.subarray(from)
  return tlv(2, (short[0] ?? 0) > 127 ? Buffer.concat([Buffer.from([0]), short]) : short)
}

/** An object identifier from its dotted form. */
export function oid(dotted: string): Buffer {
  const [a = 0, b = 0, ...rest] = dotted.split(".").map(Number)
  const out = [a * 40 + b]
  for (const one of rest) {
    const low = [one & 127]
    for (let left = Math.floor(one / 128); left > 0; left = Math.floor(left / 128)) low.unshift((left & 127) | 128)
    out.push(...low)
  }
  return tlv(6, Buffer.from(out))
}

/** A moment as certificates (UTCTime) or timestamps (GeneralizedTime) write it. */
export function moment(iso: string, general = false): Buffer {
  const digits = `${iso.replace(/[-:T]/g, "").slice(0, 14)}Z`
  return general ? tlv(24, Buffer.from(digits)) : tlv(23, Buffer.from(digits.slice(2)))
}
