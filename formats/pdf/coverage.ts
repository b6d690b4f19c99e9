import type { PdfFile } from "./file"
import type { CoverageProblem } from "./found"
import type { PdfDict, PdfString, PdfValue } from "./values"

export type Coverage = {
  problems: CoverageProblem[]
  byteRange: number[] | null
  contents: Uint8Array | null
  revision: number | null
}

const IMPORTANT = ["ByteRange", "Contents", "SubFilter", "Filter", "Reference", "Type"]

/**
 * Whether a signature covers the whole of a revision but its own value: four plain numbers, from byte 0 to a revision's end,
 * and the hole is the very string that holds the signature, where it stands in its own object (`home`).
 */
export function coverageOf(file: PdfFile, dict: PdfDict, home: { start: number; end: number } | null): Coverage {
  const problems: CoverageProblem[] = []
  if (dict.twice.some((key) => IMPORTANT.includes(key))) problems.push("read-two-ways")
  const string = stringOf(dict.map.get("Contents"))
  if (!string) problems.push("no-contents")
  else if (!string.hex) problems.push("contents-not-hex")
  else if (!home || string.start < home.start || string.end > home.end || !stands(file, string))
    problems.push("packed-away")
  else if (!string.clean || string.v.length === 0) problems.push("contents-not-hex")
  const range = dict.map.get("ByteRange")
  const numbers = rangeOf(range)
  if (range === undefined || range === null) problems.push("no-byte-range")
  else if (!numbers) problems.push("odd-byte-range")
  const revision = numbers && string ? fit(file, numbers, string, problems) : null
  const contents = string && !problems.includes("packed-away") ? Buffer.from(string.v, "latin1") : null
  return { problems, byteRange: numbers, contents, revision }
}

/** Whether the string stands in the file where its places say: one out of an object stream does not. */
function stands(file: PdfFile, string: PdfString): boolean {
  const inside = Buffer.from(file.bytes.subarray(string.start + 1, string.end - 1)).toString("latin1")
  return (
    file.bytes[string.start] === 0x3c &&
    file.bytes[string.end - 1] === 0x3e &&
    Buffer.from(inside.replace(/\s/g, ""), "hex").toString("latin1") === string.v
  )
}

function fit(file: PdfFile, numbers: number[], string: PdfString, problems: CoverageProblem[]): number | null {
  const [a, b, c, d] = numbers as [number, number, number, number]
  if (a !== 0) problems.push("starts-late")
  if (b !== string.start || c !== string.end) problems.push("hole-is-not-contents")
  const end = c + d
  if (end > file.bytes.length || c > file.bytes.length) {
    problems.push("beyond-file")
    return null
  }
  const revision = file.revisions.findIndex((one) => end >= one.end && end <= one.loose)
  if (revision < 0) {
    problems.push("not-a-revision")
    return null
  }
  const home = file.revisions[revision]
  if (!home || string.start < home.start || string.end > home.end) problems.push("other-revision")
  return revision
}

function stringOf(value: PdfValue | undefined): PdfString | null {
  return value !== null && value !== undefined && typeof value === "object" && value.t === "string" ? value : null
}

function rangeOf(value: PdfValue | undefined): number[] | null {
  if (value === null || value === undefined || typeof value !== "object" || value.t !== "array") return null
  const numbers = value.items.filter((one): one is number => typeof one === "number" && one >= 0)
  return numbers.length === 4 && value.items.length === 4 ? numbers : null
}
