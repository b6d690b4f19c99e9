import { CHECKLISTS } from "@/domain/vocabulary/checklists"
import { FIELDS_BY_NAME } from "./fields"

/** A piece of a line: words as they stand, or a field that is filled. */
export type Piece = { text: string } | { field: string }

/**
 * A line of a template: a heading (`# `), a numbered clause (`+ `), a clause under it (`++ `), a line of a list (`- `), or
 * plain words. `items`: the clauses of the checklist that it says, named in brackets at its beginning.
 */
export type Line = {
  is: "heading" | "clause" | "sub" | "item" | "text"
  line: number
  items: string[]
  pieces: Piece[]
}

/** What is wrong with a template, and in which line. */
export type Wrong = { line: number; says: string; params: Record<string, string> }

const BEGINS: readonly (readonly [string, Line["is"]])[] = [
  ["# ", "heading"],
  ["++ ", "sub"],
  ["+ ", "clause"],
  ["- ", "item"],
]
const NAMED = /^\[([^\][]{1,60})\]\s*/
/** Most lines of a template; a contract of two hundred pages has fewer. */
const LINES_AT_MOST = 2000

/**
 * Reads the text of a template: a line is a paragraph. Nothing in it is run: a field is a name out of a list. Every line that
 * cannot be read so is told with its number.
 */
export function readMarkup(kind: string, text: string): { lines: Line[]; wrong: Wrong[] } {
  const lines: Line[] = []
  const wrong: Wrong[] = []
  const known = new Set((CHECKLISTS[kind] ?? []).map(({ item }) => item))
  const seen = new Map<string, number>()
  const all = text.replace(/\r\n?/g, "\n").split("\n")
  if (all.length > LINES_AT_MOST)
    return { lines, wrong: [{ line: LINES_AT_MOST + 1, says: "invalid.template-lines", params: {} }] }
  let clauses = 0
  all.forEach((raw, i) => {
    const line = i + 1
    const told = (says: string, params: Record<string, string> = {}): void => void wrong.push({ line, says, params })
    if (raw.trim() === "") return
    const [sign, is] = BEGINS.find(([begin]) => raw.startsWith(begin)) ?? ["", "text" as const]
    let rest = raw.slice(sign.length).trim()
    const items: string[] = []
    for (let named = NAMED.exec(rest); named; named = NAMED.exec(rest)) {
      const item = named[1] ?? ""
      rest = rest.slice(named[0].length)
      if (!known.has(item)) told("invalid.template-clause", { item })
      else if (seen.has(item)) told("invalid.template-twice", { item, line: String(seen.get(item)) })
      else if (is === "heading") told("invalid.template-heading", { item })
      else items.push(item)
      if (known.has(item) && !seen.has(item)) seen.set(item, line)
    }
    if (is === "clause") clauses += 1
    if (is === "sub" && clauses === 0) told("invalid.template-sub")
    if (rest === "") return told("invalid.template-empty")
    const pieces = piecesOf(rest, told)
    lines.push({ is, line, items, pieces })
  })
  if (!lines.some(({ is }) => is !== "heading") && wrong.length === 0)
    wrong.push({ line: 1, says: "invalid.template-text", params: {} })
  return { lines, wrong }
}

function piecesOf(text: string, told: (says: string, params?: Record<string, string>) => void): Piece[] {
  const pieces: Piece[] = []
  for (let at = 0; at < text.length;) {
    const open = text.indexOf("{", at)
    const until = open < 0 ? text.length : open
    const words = text.slice(at, until)
    if (words.includes("}")) told("invalid.template-brace")
    if (words) pieces.push({ text: words })
    if (open < 0) break
    const close = text.indexOf("}", open)
    if (close < 0) {
      told("invalid.template-brace")
      break
    }
    const field = text.slice(open + 1, close).trim()
    if (!FIELDS_BY_NAME.has(field)) told("invalid.template-field", { field: field.slice(0, 60) })
    else pieces.push({ field })
    at = close + 1
  }
  return pieces
}

/** The clauses of the checklist that a template says, each once. */
export function itemsIn(lines: readonly Line[]): string[] {
  return lines.flatMap(({ items }) => items)
}
