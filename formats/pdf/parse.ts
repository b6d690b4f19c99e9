import { PDF_LIMITS, PdfError } from "./budget"
import { Tokens, type Token } from "./tokens"
import type { PdfDict, PdfValue } from "./values"

/** Reads one value; what stands there must be one. */
export function parseValue(tokens: Tokens, depth = 0): PdfValue {
  return valueFrom(tokens, tokens.next(), depth)
}

function valueFrom(tokens: Tokens, token: Token, depth: number): PdfValue {
  if (depth > PDF_LIMITS.depth) throw new PdfError("too-deep")
  if (token === null) throw new PdfError("needs-repair", "the file ends in the middle of a value")
  if (typeof token === "number") return refOrNumber(tokens, token)
  if (token.t !== "word") return token
  if (token.v === "<<") return parseDict(tokens, depth)
  if (token.v === "[") return parseArray(tokens, depth)
  if (token.v === "true" || token.v === "false") return token.v === "true"
  if (token.v === "null") return null
  throw new PdfError("needs-repair", `byte ${tokens.at}`)
}

/** `12 0 R` is a reference; anything else leaves the number alone. */
function refOrNumber(tokens: Tokens, num: number): PdfValue {
  const back = tokens.at
  if (num < 0 || !Number.isInteger(num)) return num
  tokens.skip()
  const digit = tokens.bytes[tokens.at]
  if (digit === undefined || tokens.at >= tokens.end || digit < 48 || digit > 57) {
    tokens.at = back
    return num
  }
  const gen = tokens.next()
  if (typeof gen === "number" && gen >= 0 && gen <= 65_535) {
    tokens.skip()
    const after = tokens.bytes[tokens.at + 1]
    const ends =
      after === undefined || tokens.at + 1 >= tokens.end || !/[A-Za-z0-9.+-]/.test(String.fromCharCode(after))
    if (tokens.sees("R") && ends) {
      tokens.at += 1
      return { t: "ref", num, gen }
    }
  }
  tokens.at = back
  return num
}

function parseArray(tokens: Tokens, depth: number): PdfValue {
  const items: PdfValue[] = []
  for (;;) {
    const token = tokens.next()
    if (token !== null && typeof token === "object" && token.t === "word" && token.v === "]")
      return { t: "array", items }
    items.push(valueFrom(tokens, token, depth + 1))
  }
}

function parseDict(tokens: Tokens, depth: number): PdfDict {
  const map = new Map<string, PdfValue>()
  const twice: string[] = []
  for (;;) {
    const key = tokens.next()
    if (key !== null && typeof key === "object" && key.t === "word" && key.v === ">>") return { t: "dict", map, twice }
    if (key === null || typeof key === "number" || key.t !== "name")
      throw new PdfError("needs-repair", `byte ${tokens.at}`)
    const value = parseValue(tokens, depth + 1)
    if (map.has(key.v)) twice.push(key.v)
    map.set(key.v, value)
  }
}

/** An object as it stands in the file, with the bytes it takes. */
export type Placed = { num: number; gen: number; value: PdfValue; start: number; end: number }

/** Reads `12 0 obj … endobj`; `lengthOf` answers what length a stream says it has. */
export function parseObject(bytes: Uint8Array, at: number, lengthOf: (dict: PdfDict) => number | null): Placed {
  const tokens = new Tokens(bytes, at)
  tokens.skip()
  const start = tokens.at
  const num = tokens.next()
  const gen = tokens.next()
  if (typeof num !== "number" || typeof gen !== "number") throw new PdfError("needs-repair", `byte ${at}`)
  need(tokens, "obj")
  const value = parseValue(tokens)
  const after = tokens.next()
  if (isWord(after, "endobj")) return { num, gen, value, start, end: tokens.at }
  if (!isWord(after, "stream") || value === null || typeof value !== "object" || value.t !== "dict")
    throw new PdfError("needs-repair", `byte ${tokens.at}`)
  if (tokens.sees("\r\n")) tokens.at += 2
  else if (tokens.sees("\n")) tokens.at += 1
  else throw new PdfError("needs-repair", `byte ${tokens.at}`)
  const length = lengthOf(value)
  if (length === null || length < 0 || tokens.at + length > bytes.length)
    throw new PdfError("needs-repair", `byte ${tokens.at}`)
  const body = tokens.at
  tokens.at += length
  while (tokens.sees("\r") || tokens.sees("\n")) tokens.at += 1
  need(tokens, "endstream")
  need(tokens, "endobj")
  return { num, gen, value: { t: "stream", dict: value, start: body, length }, start, end: tokens.at }
}

function isWord(token: Token, v: string): boolean {
  return token !== null && typeof token === "object" && token.t === "word" && token.v === v
}

/** Goes over a word that has to stand here. */
export function need(tokens: Tokens, word: string): void {
  tokens.skip()
  if (!tokens.sees(word)) throw new PdfError("needs-repair", `byte ${tokens.at}`)
  tokens.at += word.length
}
