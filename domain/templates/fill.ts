import { day as dayOf, daysBetween, type Day } from "@/domain/core/day"
import { FIELDS_BY_NAME, type FieldName, type Filling, type Given, type Saying } from "./fields"
import { readMarkup, type Line } from "./markup"
import type { Template } from "./template"

/** What each field of a template gave. With the template it says the whole paper, so it is kept beside it. */
export type Values = Readonly<Record<FieldName, Given>>

/** A part of a paper as it is printed. `items`: the clauses of the checklist that it says. */
export type Block = {
  is: "title" | "heading" | "clause" | "sub" | "item" | "text" | "sign"
  number: string | null
  text: string
  items: string[]
}

/** What is missing in a paper: a field, in these lines of the template; of some flows only, these. */
export type Missing = { field: FieldName; lines: number[]; flows: string[] }

export type Filled = { blocks: Block[]; missing: Missing[] }

/** Asks every field that the template names, once. */
export function valuesOf(template: Pick<Template, "kind" | "text" | "language">, from: Filling): Values {
  const saying = sayingIn(template.language)
  const names = new Set(
    readMarkup(template.kind, template.text).lines.flatMap(({ pieces }) =>
      pieces.flatMap((piece) => ("field" in piece ? [piece.field] : [])),
    ),
  )
  return Object.fromEntries(
    [...names].toSorted().map((name) => [name, FIELDS_BY_NAME.get(name)?.of(from, saying) ?? "missing"]),
  )
}

const EPOCH = dayOf("1970-01-01")

function sayingIn(language: string): Saying {
  const regions = new Intl.DisplayNames([language], { type: "region", fallback: "code" })
  const days = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" })
  const numbers = new Intl.NumberFormat(language, { useGrouping: false })
  return {
    // Days, names of countries and numbers bear signs that break no line: for a comparison of words they are spaces.
    day: (day) => plain(days.format(daysBetween(EPOCH, day as Day) * 86_400_000)),
    country: (code) => (/^[A-Z]{2}$/.test(code) ? (regions.of(code) ?? code) : code),
    number: (value) => plain(numbers.format(value)),
  }
}

const plain = (words: string): string => words.replace(/[\u00a0\u202f\u2009]/g, " ")

/** The sides that sign, by their names. */
export type Sides = { entities: readonly string[]; parties: readonly string[] }

/**
 * The paper: the template's lines with its fields filled, its clauses numbered, and lines to sign on for each side. What is
 * missing stands in it as a blank that nobody overlooks, and is listed. The same template and values give the same paper.
 */
export function fillTemplate(template: Template, values: Values, sides: Sides): Filled {
  const { lines } = readMarkup(template.kind, template.text)
  const missing = new Map<FieldName, Missing>()
  const on: On = { template, values, note: (field, line, flows) => note(missing, field, line, flows) }
  const blocks: Block[] = [{ is: "title", number: null, text: template.title, items: [] }]
  let [clause, sub] = [0, 0]
  for (const line of lines) {
    if (line.is === "clause") [clause, sub] = [clause + 1, 0]
    if (line.is === "sub") sub += 1
    const number = line.is === "clause" ? `${clause}.` : line.is === "sub" ? `${clause}.${sub}` : null
    for (const text of textsOf(line, on)) blocks.push({ is: line.is, number, text, items: line.items })
  }
  const { words } = template
  for (const name of [...sides.entities, ...sides.parties]) {
    blocks.push({ is: "sign", number: null, text: `${words.signedFor} ${name}`, items: [] })
    for (const word of [words.name, words.capacity, words.day, words.signature])
      blocks.push({ is: "sign", number: null, text: `${word}: ${"_".repeat(40)}`, items: [] })
  }
  return { blocks, missing: [...missing.values()] }
}

type On = {
  template: Template
  values: Values
  note: (field: FieldName, line: number, flows: readonly string[]) => void
}

function note(all: Map<FieldName, Missing>, field: FieldName, line: number, flows: readonly string[]): void {
  const at = all.get(field) ?? { field, lines: [], flows: [...flows] }
  if (!at.lines.includes(line)) at.lines.push(line)
  all.set(field, at)
}

/** The texts of a line: of a line of a list that is one field, a line for each of its values. */
function textsOf(line: Line, on: On): string[] {
  const [only, ...more] = line.pieces
  if (line.is === "item" && only && "field" in only && more.length === 0) {
    const given = on.values[only.field]
    if (typeof given === "object" && FIELDS_BY_NAME.get(only.field)?.list) {
      if (given.open.length === 0) return given.values
      on.note(only.field, line.line, given.open)
      return [...given.values, blank(on.template)]
    }
  }
  return [line.pieces.map((piece) => ("text" in piece ? piece.text : wordsOf(piece.field, line.line, on))).join("")]
}

function wordsOf(field: FieldName, line: number, { template, values, note: told }: On): string {
  const given = values[field] ?? "missing"
  if (given === "none") return template.words.none
  if (given === "missing") {
    told(field, line, [])
    return blank(template)
  }
  const said = new Intl.ListFormat(template.language, { type: "conjunction" }).format(given.values)
  if (given.open.length === 0) return plain(said)
  told(field, line, given.open)
  return `${plain(said)} ${blank(template)}`
}

/** A blank that is seen on paper and by whoever reads its words. What is missing there is listed for us, and is not theirs to read. */
function blank(template: Template): string {
  return `[________ ${template.words.open}]`
}

/** The words of a paper, a line for each part: what its hash is of, and what a copy that comes back is held against. */
export function paperWords(blocks: readonly Block[]): string {
  return blocks.map(({ number, text }) => (number ? `${number} ${text}` : text)).join("\n")
}
