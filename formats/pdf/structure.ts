import type { StructureProblem } from "@/domain/signatures/differences"
import type { PdfFile, PdfView, Revision } from "./file"
import { Tokens } from "./tokens"

type Span = { start: number; end: number }

/** What about the file's structure can be read in more than one way: every byte has to belong to something that is named. */
export function structureProblems(file: PdfFile): StructureProblem[] {
  const { bytes, revisions } = file
  const problems: StructureProblem[] = []
  if (!startsWell(bytes)) problems.push({ revision: 0, kind: "bytes-before", at: 0 })
  const last = revisions.at(-1) as Revision
  if (last.loose < bytes.length) problems.push({ revision: revisions.length, kind: "bytes-after", at: last.loose })
  revisions.forEach((revision, k) => {
    if (revision.oddChain) problems.push({ revision: k, kind: "odd-chain", at: revision.sections[0]?.offset ?? 0 })
    for (const section of revision.sections)
      for (const num of section.twice) problems.push({ revision: k, kind: "number-twice", at: num })
    problems.push(...coveredBytes(file.view(k), revision, k))
  })
  return problems
}

function startsWell(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 5)).toString("latin1") === "%PDF-"
}

function coveredBytes(view: PdfView, revision: Revision, k: number): StructureProblem[] {
  const problems: StructureProblem[] = []
  const spans: Span[] = []
  const nums = new Set<number>()
  for (const section of revision.sections) {
    if (section.offset < section.tableEnd) spans.push({ start: section.offset, end: section.end })
    for (const own of section.own) spans.push(own)
    for (const [num, entry] of section.entries) {
      nums.add(num)
      if (entry.kind !== "at" || entry.offset === 0) continue
      const earlier = k > 0 ? view.file.view(k - 1).entry(num) : null
      if (earlier?.kind === "at" && earlier.offset === entry.offset && earlier.gen === entry.gen) continue
      if (k > 0 && entry.offset < revision.start) problems.push({ revision: k, kind: "points-back", at: num })
      const placed = view.file.view(k).placed(num)
      if (placed) spans.push({ start: placed.start, end: placed.end })
    }
  }
  spans.sort((a, b) => a.start - b.start || b.end - a.end)
  let at = revision.start
  let widest: Span | null = null
  for (const span of spans) {
    if (span.end <= revision.start) continue
    if (span.start > at) problems.push(...gap(view, k, nums, at, span.start))
    const same = widest !== null && span.start === widest.start
    const inside = widest !== null && isTable(revision, widest) && span.end <= widest.end
    if (widest !== null && span.start < widest.end && !same && !inside)
      problems.push({ revision: k, kind: "overlap", at: span.start })
    if (!widest || span.end > widest.end) widest = span
    at = Math.max(at, span.end)
  }
  if (at < revision.end) problems.push(...gap(view, k, nums, at, revision.end))
  return problems
}

function isTable(revision: Revision, span: Span): boolean {
  return revision.sections.some((section) => section.offset === span.start && section.end === span.end)
}

const OBJECT = /(?<![\d])(\d{1,10})[\s\0]+\d{1,5}[\s\0]+obj(?![A-Za-z])/g

/** What stands between the named objects: white space and comments are nothing. */
function gap(view: PdfView, k: number, nums: Set<number>, from: number, to: number): StructureProblem[] {
  const { bytes } = view.file
  const tokens = new Tokens(bytes, from, to)
  tokens.skip()
  if (tokens.at >= to) return []
  const problems: StructureProblem[] = [{ revision: k, kind: "unlisted-bytes", at: tokens.at }]
  const text = Buffer.from(bytes.subarray(from, to)).toString("latin1")
  for (const found of text.matchAll(OBJECT))
    if (nums.has(Number(found[1]))) {
      problems.push({ revision: k, kind: "object-twice", at: from + found.index })
      break
    }
  const trailer = /\b(?:trailer|startxref)\b/.exec(text)
  if (trailer) problems.push({ revision: k, kind: "second-trailer", at: from + trailer.index })
  return problems
}
