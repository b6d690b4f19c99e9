import { inflateSync } from "node:zlib"
import { PdfError, spendInflated, type Budget } from "./budget"
import { dictOf, nameOf, type PdfDict, type PdfStream, type PdfValue } from "./values"

/** The bytes of a stream of the file's own structure: plain or Flate, with the predictors that tables use. */
export function streamBytes(bytes: Uint8Array, stream: PdfStream, budget: Budget): Uint8Array {
  const raw = bytes.subarray(stream.start, stream.start + stream.length)
  const filter = only(stream.dict.map.get("Filter"))
  if (filter === undefined || filter === null) {
    spendInflated(budget, raw.length)
    return raw
  }
  if (nameOf(filter) !== "FlateDecode") throw new PdfError("needs-repair", "a table in a filter that is not read")
  const out = inflate(raw, budget)
  const parms = dictOf(only(stream.dict.map.get("DecodeParms")))
  return parms ? unpredict(out, parms) : out
}

function only(value: PdfValue | undefined): PdfValue | undefined {
  if (value === null || value === undefined || typeof value !== "object" || value.t !== "array") return value
  if (value.items.length > 1) throw new PdfError("needs-repair", "a table in several filters")
  return value.items[0]
}

/** Unpacks Flate, as far as the file may still spend. */
export function inflate(raw: Uint8Array, budget: Budget): Uint8Array {
  try {
    const out = inflateSync(raw, { maxOutputLength: Math.max(1, budget.inflated) })
    spendInflated(budget, out.length)
    return out
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw new PdfError("inflates-too-far")
    throw new PdfError("needs-repair", "a packed table that cannot be unpacked")
  }
}

/** Takes back what a predictor did. */
export function unpredict(data: Uint8Array, parms: PdfDict): Uint8Array {
  const number = (key: string, usual: number) => {
    const value = parms.map.get(key)
    return typeof value === "number" && value > 0 && value < 1_000_000 ? value : usual
  }
  const predictor = number("Predictor", 1)
  if (predictor === 1) return data
  const wide = Math.ceil((number("Colors", 1) * number("BitsPerComponent", 8)) / 8)
  const row = Math.ceil((number("Colors", 1) * number("BitsPerComponent", 8) * number("Columns", 1)) / 8)
  if (predictor < 10) throw new PdfError("needs-repair", "a table with a picture's predictor")
  const rows = Math.floor(data.length / (row + 1))
  const out = new Uint8Array(rows * row)
  for (let y = 0; y < rows; y += 1) {
    const kind = data[y * (row + 1)] as number
    for (let x = 0; x < row; x += 1) {
      const raw = data[y * (row + 1) + 1 + x] as number
      const left = x >= wide ? (out[y * row + x - wide] as number) : 0
      const up = y > 0 ? (out[(y - 1) * row + x] as number) : 0
      const corner = y > 0 && x >= wide ? (out[(y - 1) * row + x - wide] as number) : 0
      out[y * row + x] = (raw + guess(kind, left, up, corner)) & 255
    }
  }
  return out
}

function guess(kind: number, left: number, up: number, corner: number): number {
  if (kind === 0) return 0
  if (kind === 1) return left
  if (kind === 2) return up
  if (kind === 3) return (left + up) >> 1
  if (kind !== 4) throw new PdfError("needs-repair", "a table with an unknown predictor")
  const p = left + up - corner
  const [a, b, c] = [Math.abs(p - left), Math.abs(p - up), Math.abs(p - corner)]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}
