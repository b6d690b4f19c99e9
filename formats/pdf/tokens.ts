import { PdfError } from "./budget"
import type { PdfName, PdfReal, PdfString } from "./values"

/** A mark or word that is no value: `[`, `<<`, `obj`, `R`, … */
export type Word = { t: "word"; v: string }
export type Token = number | PdfName | PdfReal | PdfString | Word | null

const SPACE = new Set([0, 9, 10, 12, 13, 32])
const DELIMITER = new Set([...Buffer.from("()<>[]{}/%", "latin1")])
/** The longest word or number that means anything. */
const LONGEST_WORD = 64

/** Whether a byte is white space to a PDF. */
export function isSpace(byte: number | undefined): boolean {
  return byte !== undefined && SPACE.has(byte)
}

function isRegular(byte: number | undefined): boolean {
  return byte !== undefined && !SPACE.has(byte) && !DELIMITER.has(byte)
}

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48
  if (byte >= 65 && byte <= 70) return byte - 55
  return byte >= 97 && byte <= 102 ? byte - 87 : -1
}

/** Reads the tokens of PDF syntax from a place in bytes; it never looks beyond `end`. */
export class Tokens {
  constructor(
    readonly bytes: Uint8Array,
    public at: number,
    readonly end: number = bytes.length,
  ) {}

  /** Goes over white space and comments. */
  skip(): void {
    while (this.at < this.end) {
      const byte = this.bytes[this.at]
      if (isSpace(byte)) this.at += 1
      else if (byte === 0x25) this.line()
      else return
    }
  }

  private line(): void {
    while (this.at < this.end && this.bytes[this.at] !== 10 && this.bytes[this.at] !== 13) this.at += 1
  }

  /** Whether these letters stand here. */
  sees(letters: string): boolean {
    if (this.at + letters.length > this.end) return false
    for (let i = 0; i < letters.length; i += 1) if (this.bytes[this.at + i] !== letters.charCodeAt(i)) return false
    return true
  }

  /** The next token; null at the end. */
  next(): Token {
    this.skip()
    if (this.at >= this.end) return null
    const byte = this.bytes[this.at] as number
    if (byte === 0x2f) return this.name()
    if (byte === 0x28) return this.literal()
    if (byte === 0x3c) return this.bytes[this.at + 1] === 0x3c && this.at + 1 < this.end ? this.mark("<<") : this.hex()
    if (byte === 0x3e) {
      if (this.sees(">>")) return this.mark(">>")
      throw new PdfError("needs-repair", `byte ${this.at}`)
    }
    if (byte === 0x5b || byte === 0x5d || byte === 0x7b || byte === 0x7d) return this.mark(String.fromCharCode(byte))
    if (byte === 0x29) throw new PdfError("needs-repair", `byte ${this.at}`)
    return this.word()
  }

  private mark(v: string): Word {
    this.at += v.length
    return { t: "word", v }
  }

  private name(): PdfName {
    let v = ""
    this.at += 1
    while (this.at < this.end && isRegular(this.bytes[this.at])) {
      const byte = this.bytes[this.at] as number
      const high = byte === 0x23 && this.at + 2 < this.end ? hexDigit(this.bytes[this.at + 1] as number) : -1
      const low = high >= 0 ? hexDigit(this.bytes[this.at + 2] as number) : -1
      v += String.fromCharCode(low >= 0 ? high * 16 + low : byte)
      this.at += low >= 0 ? 3 : 1
      if (v.length > 4096) throw new PdfError("needs-repair", "a name without end")
    }
    return { t: "name", v }
  }

  private word(): number | PdfReal | Word {
    const start = this.at
    while (this.at < this.end && isRegular(this.bytes[this.at])) this.at += 1
    if (this.at - start > LONGEST_WORD) throw new PdfError("needs-repair", `byte ${start}`)
    const v = String.fromCharCode(...this.bytes.subarray(start, this.at))
    if (/^[+-]?\d+$/.test(v)) {
      const number = Number(v)
      return Number.isSafeInteger(number) ? number : { t: "real", v: number }
    }
    if (/^[+-]?(\d+\.\d*|\.\d+)$/.test(v)) return { t: "real", v: Number(v) }
    return { t: "word", v }
  }

  private hex(): PdfString {
    const start = this.at
    const close = this.bytes.indexOf(0x3e, start)
    if (close < 0 || close >= this.end) throw new PdfError("needs-repair", `byte ${start}`)
    const inside = this.bytes.subarray(start + 1, close)
    const digits: number[] | null = inside.length < 1_000_000 ? [] : null
    this.at = close + 1
    // A long one is read by the machine: a signature's room may be large.
    if (!digits) {
      const text = Buffer.from(inside).toString("latin1")
      const clean = /^(?:[0-9a-fA-F]{2})*$/.test(text)
      return { t: "string", v: Buffer.from(text, "hex").toString("latin1"), hex: true, clean, start, end: this.at }
    }
    let clean = true
    for (const byte of inside) {
      const digit = hexDigit(byte)
      if (digit >= 0) digits.push(digit)
      else clean = false
      if (digit < 0 && !isSpace(byte)) throw new PdfError("needs-repair", `byte ${start}`)
    }
    if (digits.length % 2 === 1) {
      clean = false
      digits.push(0)
    }
    const out = Buffer.alloc(digits.length / 2)
    for (let i = 0; i < out.length; i += 1) out[i] = (digits[i * 2] as number) * 16 + (digits[i * 2 + 1] as number)
    return { t: "string", v: out.toString("latin1"), hex: true, clean, start, end: this.at }
  }

  private literal(): PdfString {
    const start = this.at
    const out: number[] = []
    let open = 1
    this.at += 1
    while (this.at < this.end) {
      const byte = this.bytes[this.at] as number
      this.at += 1
      if (byte === 0x5c) this.escaped(out)
      else {
        if (byte === 0x28) open += 1
        if (byte === 0x29) open -= 1
        if (open === 0)
          return { t: "string", v: Buffer.from(out).toString("latin1"), hex: false, clean: true, start, end: this.at }
        out.push(byte)
      }
    }
    throw new PdfError("needs-repair", `byte ${start}`)
  }

  private escaped(out: number[]): void {
    const byte = this.bytes[this.at] as number
    const plain = { 110: 10, 114: 13, 116: 9, 98: 8, 102: 12 }[byte]
    if (byte >= 48 && byte <= 55) {
      let value = 0
      for (let i = 0; i < 3; i += 1) {
        const digit = this.bytes[this.at] as number
        if (!(digit >= 48 && digit <= 55)) break
        value = value * 8 + digit - 48
        this.at += 1
      }
      out.push(value & 255)
      return
    }
    this.at += 1
    if (byte === 13 && this.bytes[this.at] === 10) this.at += 1
    if (byte === 10 || byte === 13) return
    out.push(plain ?? byte)
  }
}
