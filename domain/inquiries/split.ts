import { tidy } from "@/domain/core/canonical"

/** One question of an authority's letter: how it was numbered there, how deep it stands, what it asks. */
export type Question = { number: string; depth: number; text: string }

/** A letter taken apart: what stands before its first question, and its questions in order. */
export type Letter = { before: string; questions: Question[] }

/** Longer letters, and letters of more questions, are no letters: what is behind stays with the last question, or is refused. */
export const LONGEST_LETTER = 200_000
export const MOST_QUESTIONS = 500

type Kind = "point" | "bracket" | "round" | "letter" | "roman" | "question" | "han" | "han-round" | "circled"
type Mark = { kind: Kind; number: string; value: number; depth: number; rest: string }

const HAN = "一二三四五六七八九十"
const HAN_NUMBER = `[${HAN}百]{1,5}`
const MONTHS =
  /^(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zä]*\.?(?:\s+\d{4}|\s*$|[,;]|\s+20)/i

/** Forms of numbers in the order in which they are tried; each ends with what the question says. No form looks back. */
const FORMS: readonly { kind: Kind; form: RegExp }[] = [
  {
    kind: "question",
    form: /^(?:Q|Question|Frage|Nr\.|No\.)\s?(\d{1,3}(?:\.\d{1,3}){0,4})\s?(?:[.:)]|-|–|\s|$)\s*(.*)$/i,
  },
  { kind: "question", form: new RegExp(`^(?:问题|問題)\\s?(\\d{1,3}|${HAN_NUMBER})\\s?[.:、)]?\\s*(.*)$`) },
  { kind: "question", form: new RegExp(`^第\\s?(\\d{1,3}|${HAN_NUMBER})\\s?[问問题題]\\s?[.:、)]?\\s*(.*)$`) },
  { kind: "point", form: /^(\d{1,3}(?:\.\d{1,3}){0,4})[.:、](?!\d)\s*(.*)$/ },
  { kind: "point", form: /^(\d{1,3}(?:\.\d{1,3}){1,4})\s+(.*)$/ },
  { kind: "bracket", form: /^(\d{1,3})\)\s*(.*)$/ },
  { kind: "round", form: /^\((\d{1,3})\)\s*(.*)$/ },
  { kind: "circled", form: /^([①-⑳])\s*(.*)$/ },
  { kind: "han", form: new RegExp(`^(${HAN_NUMBER})[、.]\\s*(.*)$`) },
  { kind: "han-round", form: new RegExp(`^\\((${HAN_NUMBER})\\)\\s*(.*)$`) },
  { kind: "roman", form: /^\(?([ivx]{1,6})\)\s*(.*)$/i },
  { kind: "letter", form: /^\(?([a-z])\)\s*(.*)$/i },
]

/**
 * Splits the text of a letter at numbers that stand at the beginning of a line: `1.`, `1.2`, `1)`, `(1)`, `(a)`, `iv)`, `Q1:`, `Frage 1`,
 * `问题1`, `一、` and their kin. A number of another form below a question is nested in it. It only proposes: a person corrects it.
 */
export function splitLetter(said: string): Letter {
  const lines = tidy(said.slice(0, LONGEST_LETTER)).split(/\r\n|[\n\r\u2028\u2029]/)
  const before: string[] = []
  const questions: { number: string; depth: number; lines: string[] }[] = []
  let open: { kind: Kind; value: number }[] = []
  for (const line of lines) {
    const mark = questions.length < MOST_QUESTIONS ? markOf(line, open) : null
    const last = questions[questions.length - 1]
    if (!mark) {
      if (last) last.lines.push(line)
      else before.push(line)
      continue
    }
    const at = open.findIndex((one) => one.kind === mark.kind)
    open = [...(at < 0 ? open : open.slice(0, at)), { kind: mark.kind, value: mark.value }]
    questions.push({ number: mark.number, depth: open.length - 1 + mark.depth, lines: [mark.rest] })
  }
  return {
    before: joined(before),
    questions: questions.map(({ number, depth, lines: text }) => ({ number, depth, text: joined(text) })),
  }
}

function markOf(line: string, open: readonly { kind: Kind; value: number }[]): Mark | null {
  const own = line.trimStart()
  const start = narrow(own.slice(0, 16)) + own.slice(16)
  for (const { kind, form } of FORMS) {
    const [, number = "", after = ""] = form.exec(start) ?? []
    if (number === "") continue
    if (kind === "point" && isDay(number, after, open)) return null
    if (kind === "roman" && isLetter(number, open)) continue
    const from = start.length - after.length
    return {
      ...{ kind, rest: own.slice(from), number: start.slice(0, from).trim(), value: valueOf(number) },
      depth: kind === "point" || kind === "question" ? number.split(".").length - 1 : 0,
    }
  }
  return null
}

/** The wide forms of digits, letters, brackets and points as their narrow ones, sign for sign; circled numbers stay. */
function narrow(text: string): string {
  return text.replace(/[\uFF01-\uFF5E\u3002]/g, (sign) => (sign === "\u3002" ? "." : sign.normalize("NFKC")))
}

/** `12. March 2026` at the beginning of a line is a day, unless the question before it was the eleventh. */
function isDay(number: string, rest: string, open: readonly { kind: Kind; value: number }[]): boolean {
  const before = open.find((one) => one.kind === "point")?.value ?? 0
  return MONTHS.test(rest) && Number(number) !== before + 1
}

/** `(i)` behind `(h)` is a letter; so is `(v)` behind `(u)`. Elsewhere they are Roman. */
function isLetter(number: string, open: readonly { kind: Kind; value: number }[]): boolean {
  const letter = open.find((one) => one.kind === "letter")
  return number.length === 1 && letter !== undefined && letter.value + 1 === valueOf(number)
}

function valueOf(number: string): number {
  if (/^\d/.test(number)) return Number(number.split(".")[0])
  return number.length === 1 ? (number.toLowerCase().codePointAt(0) ?? 0) : 0
}

/** Lines as one text, without blank ones at either end and never two of them on end. */
function joined(lines: readonly string[]): string {
  const kept: string[] = []
  for (const line of lines.map((one) => one.trim())) if (line !== "" || kept[kept.length - 1] !== "") kept.push(line)
  return kept.join("\n").trim()
}

/** The questions with one joined to the one before it, number and all. The first has none before it: nothing changes. */
export function mergedUp(list: readonly Question[], at: number): Question[] {
  const [one, before] = [list[at], list[at - 1]]
  if (!one || !before) return [...list]
  const text = [before.text, `${one.number} ${one.text}`.trim()].filter((part) => part !== "").join("\n")
  return [...list.slice(0, at - 1), { ...before, text }, ...list.slice(at + 1)]
}

/** The questions with one split before a line of its text (counted from 0); the new one has no number of its own. */
export function splitBefore(list: readonly Question[], at: number, line: number): Question[] {
  const one = list[at]
  const lines = one?.text.split("\n") ?? []
  if (!one || line < 1 || line >= lines.length || list.length >= MOST_QUESTIONS) return [...list]
  const head = { ...one, text: joined(lines.slice(0, line)) }
  return [...list.slice(0, at), head, { ...one, number: "", text: joined(lines.slice(line)) }, ...list.slice(at + 1)]
}

/** The questions with one at another place; a place that there is not changes nothing. */
export function moved(list: readonly Question[], from: number, to: number): Question[] {
  const one = list[from]
  if (!one || to < 0 || to >= list.length) return [...list]
  const rest = list.filter((_, at) => at !== from)
  return [...rest.slice(0, to), one, ...rest.slice(to)]
}
