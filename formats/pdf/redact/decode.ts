import { PdfError, spendInflated } from "@/formats/pdf/budget"
import type { PdfView } from "@/formats/pdf/file"
import { inflate, unpredict } from "@/formats/pdf/inflate"
import { nameOf, type PdfDict, type PdfStream, type PdfValue } from "@/formats/pdf/values"

/** What stands in a stream that draws, whatever it is packed with. A picture's packing is none that draws. */
export function decoded(view: PdfView, stream: PdfStream): Uint8Array {
  const { file } = view
  let bytes: Uint8Array = file.bytes.subarray(stream.start, stream.start + stream.length)
  const filters = listOf(view, stream.dict.map.get("Filter") ?? stream.dict.map.get("F"))
  const parms = listOf(view, stream.dict.map.get("DecodeParms") ?? stream.dict.map.get("DP"))
  if (filters.length > 8) throw new PdfError("too-deep")
  filters.forEach((filter, i) => {
    const name = nameOf(filter)
    const how = view.dict(parms[i])
    if (name === "FlateDecode" || name === "Fl") bytes = unpredicted(view, inflate(bytes, file.budget), how)
    else if (name === "LZWDecode" || name === "LZW") {
      const early = view.resolve(how?.map.get("EarlyChange"))
      bytes = unpredicted(view, spent(view, lzw(bytes, early === 0 ? 0 : 1, file.budget.inflated)), how)
    } else if (name === "ASCIIHexDecode" || name === "AHx") bytes = spent(view, hex(bytes))
    else if (name === "ASCII85Decode" || name === "A85") bytes = spent(view, ascii85(bytes))
    else if (name === "RunLengthDecode" || name === "RL") bytes = spent(view, runs(bytes, file.budget.inflated))
    else throw new PdfError("needs-repair", `a page packed with ${name ?? "nothing known"}`)
  })
  return bytes
}

function listOf(view: PdfView, value: PdfValue | undefined): PdfValue[] {
  const found = view.resolve(value)
  if (found === null) return []
  return typeof found === "object" && found.t === "array" ? found.items.map((one) => view.resolve(one)) : [found]
}

function spent(view: PdfView, bytes: Uint8Array): Uint8Array {
  spendInflated(view.file.budget, bytes.length)
  return bytes
}

function unpredicted(view: PdfView, bytes: Uint8Array, how: PdfDict | null): Uint8Array {
  if (!how) return bytes
  const map = new Map([...how.map].map(([key, value]) => [key, view.resolve(value)] as const))
  return unpredict(bytes, { ...how, map })
}

function hex(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString("latin1").split(">")[0] ?? ""
  const digits = text.replace(/[\s\0]+/g, "")
  if (!/^[0-9a-fA-F]*$/.test(digits)) throw new PdfError("needs-repair", "hex that is none")
  return Buffer.from(digits.length % 2 ? `${digits}0` : digits, "hex")
}

function ascii85(bytes: Uint8Array): Uint8Array {
  const out: number[] = []
  let group: number[] = []
  for (const byte of bytes) {
    if (byte === 0x7e) break
    if (byte === 0x7a && group.length === 0) out.push(0, 0, 0, 0)
    else if (byte >= 33 && byte <= 117) group.push(byte - 33)
    else if (byte > 32) throw new PdfError("needs-repair", "base 85 that is none")
    if (group.length === 5) {
      out.push(...four(group))
      group = []
    }
  }
  if (group.length > 1) out.push(...four([...group, 84, 84, 84, 84].slice(0, 5)).slice(0, group.length - 1))
  return Uint8Array.from(out)
}

function four(digits: readonly number[]): number[] {
  const value = digits.reduce((sum, digit) => sum * 85 + digit, 0)
  return [(value / 16_777_216) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
}

function runs(bytes: Uint8Array, most: number): Uint8Array {
  const out: number[] = []
  for (let at = 0; at < bytes.length;) {
    const n = bytes[at] as number
    if (n === 128) break
    if (n < 128) for (let i = 1; i <= n + 1 && at + i < bytes.length; i += 1) out.push(bytes[at + i] as number)
    else for (let i = 0; i < 257 - n; i += 1) out.push(bytes[at + 1] ?? 0)
    if (out.length > most) throw new PdfError("inflates-too-far")
    at += n < 128 ? n + 2 : 2
  }
  return Uint8Array.from(out)
}

function lzw(bytes: Uint8Array, early: 0 | 1, most: number): Uint8Array {
  const out: number[] = []
  let table: number[][] = []
  const reset = (): void => {
    table = Array.from({ length: 258 }, (_, i) => (i < 256 ? [i] : []))
  }
  reset()
  let width = 9
  let before: number[] | null = null
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffffff
    bits += 8
    while (bits >= width) {
      const code = (held >>> (bits - width)) & ((1 << width) - 1)
      bits -= width
      if (code === 257) return Uint8Array.from(out)
      if (code === 256) {
        reset()
        width = 9
        before = null
        continue
      }
      const known: number[] | undefined = table[code]
      const one: number[] | null = known ?? (before && code === table.length ? [...before, before[0] as number] : null)
      if (!one) throw new PdfError("needs-repair", "a packed page that cannot be unpacked")
      for (const each of one) out.push(each)
      if (out.length > most) throw new PdfError("inflates-too-far")
      if (before && table.length < 4096) table.push([...before, one[0] as number])
      before = one
      const next = table.length + early
      width = next >= 2048 ? 12 : next >= 1024 ? 11 : next >= 512 ? 10 : 9
    }
  }
  return Uint8Array.from(out)
}
