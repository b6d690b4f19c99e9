import type { Marked } from "@/domain/clauses/carry"
import { carryMarks, type Carried } from "@/domain/clauses/carry"
import { compareTexts, type Run } from "@/domain/clauses/compare"
import { findIn, runsOf } from "@/domain/clauses/find"
import { sameText, wordsOf, type PageText, type Word } from "@/domain/clauses/words"
import type { Block } from "./fill"

/** Where the words of a paper stand in its own text: the clause, its number and heading, and the items it says. */
export type Where = { number: string | null; heading: string | null; items: string[] }

/** A change between what was sent and what came back, and the clause in which it falls. */
export type Change = { removed: string; added: string; where: Where }

/**
 * How a copy that came back stands to what was sent: the same words but for what was filled in at the lines to sign on
 * (`filled`); changed, and where; or nothing that can be compared.
 */
export type Back =
  { is: "same"; filled: string[] } | { is: "changed"; filled: string[]; changes: Change[] | null } | { is: "no-text" }

/** Most words that somebody writes at one line to sign on; more than that is text, wherever it stands. */
const FILLED_AT_MOST = 12
/** Most changes that are told one by one. */
const CHANGES_AT_MOST = 200
/** Longest words of a clause that tie it to its place. */
const QUOTE_AT_MOST = 1900

/** The line at the foot of each page: to which paper it belongs, and its number. It is no part of the text. */
export function footOf(reference: string, page: number, pages: number): string {
  return `${reference} · ${page} / ${pages}`
}

/** What a paper is called at the foot of its pages, by the hash of its text. */
export function referenceOf(textSha256: string): string {
  return `T-${textSha256.slice(0, 8)}`
}

/** The pages without the lines at their feet. */
export function withoutFeet(pages: readonly PageText[], reference: string): PageText[] {
  const foot = new RegExp(
    `${reference.replace(/[^A-Za-z0-9-]/g, "")}\\s{0,4}·\\s{0,4}\\d{1,5}\\s{0,4}/\\s{0,4}\\d{1,5}`,
    "g",
  )
  return pages.map(({ page, text }) => ({ page, text: text.replace(foot, "") }))
}

/**
 * Whether a file is a copy of the paper, changed or not: it bears the paper's line at the foot, or at least half of the paper's
 * words stand in it in their order. An annex that came beside it is none. `pages`: the file's text as it stands.
 */
export function isCopy(sent: readonly PageText[], pages: readonly PageText[], reference: string): boolean {
  if (pages.some(({ text }) => text.includes(reference))) return true
  const { runs } = compareTexts(sent, pages)
  const same = (runs ?? []).reduce((sum, run) => sum + (run.is === "same" ? run.words : 0), 0)
  return same > 0 && same * 2 >= wordsOf(sent).length
}

/** Holds a copy against what was sent. `sent` and `received` are their text layers without the lines at the feet. */
export function holdAgainst(sent: readonly PageText[], received: readonly PageText[], blocks: readonly Block[]): Back {
  if (sameText(sent) === "" || sameText(received) === "") return { is: "no-text" }
  const compared = compareTexts(sent, received)
  if (!compared.runs) return { is: "changed", filled: [], changes: null }
  const laid = layOf(wordsOf(sent), blocks)
  const filled: string[] = []
  const changes: Change[] = []
  for (const { at, removed, added } of gapsOf(compared.runs)) {
    const words = added.reduce((sum, run) => sum + run.words, 0)
    const text = (runs: readonly Run[]): string => runs.map((run) => run.text).join(" ")
    if (onlyCut(text(removed), text(added))) continue
    if (removed.length === 0 && words <= FILLED_AT_MOST && at > laid.signs) filled.push(text(added))
    else changes.push({ removed: text(removed), added: text(added), where: laid.at(at) })
  }
  changes.push(...otherSigns(sent, received, compared.runs, laid.at))
  if (changes.length === 0) return { is: "same", filled }
  return { is: "changed", filled, changes: changes.slice(0, CHANGES_AT_MOST) }
}

/** What a comparison of words leaves out, and money hangs on. */
const SIGNS = /[\p{Sc}%‰<>≤≥±−]|(?<=\s)-$/gu

/**
 * Where both texts have the same words, and yet other signs of currencies, of more or less, or a number that is written otherwise:
 * "1,000" and "1.000" are one to whoever compares words.
 */
function otherSigns(
  sent: readonly PageText[],
  received: readonly PageText[],
  runs: readonly Run[],
  where: (word: number) => Where,
): Change[] {
  const [old, now] = [wordsOf(sent), wordsOf(received)]
  const out: Change[] = []
  const [oldText, nowText] = [sent, received].map((pages) => new Map(pages.map(({ page, text }) => [page, text])))
  const said = (texts: ReadonlyMap<number, string> | undefined, words: readonly Word[], at: number) => {
    const [before, word] = [words[at - 1], words[at] as Word]
    const text = texts?.get(word.page) ?? ""
    const begins = before?.page === word.page ? before.to : 0
    const end = before && before.page !== word.page ? `${texts?.get(before.page)?.slice(before.to) ?? ""}\n` : ""
    const between = end + text.slice(begins, word.from)
    return { signs: (between.match(SIGNS) ?? []).join(""), raw: text.slice(word.from, word.to) }
  }
  let [i, j] = [0, 0]
  for (const { is, words } of runs) {
    for (let k = 0; is === "same" && k < words; k += 1) {
      const [a, b] = [said(oldText, old, i + k), said(nowText, now, j + k)]
      // What stands before the first word of a run belongs to what was put in or taken away there.
      const signs = (k > 0 || i + j === 0) && a.signs !== b.signs
      if (signs || (/\p{N}/u.test(a.raw) && a.raw.replace(/\s/g, "") !== b.raw.replace(/\s/g, "")))
        out.push({ removed: `${a.signs}${a.raw}`, added: `${b.signs}${b.raw}`, where: where(i + k) })
    }
    if (is !== "added") i += words
    if (is !== "removed") j += words
  }
  return out
}

/** Whether only a line was broken at a hyphen in the one and not in the other: then a word reads as two, or two as one. */
function onlyCut(removed: string, added: string): boolean {
  if (!/[-\u2010\u2011]\s*\n/.test(`${removed} ${added}`)) return false
  const letters = (text: string): string => sameText([{ page: 0, text }]).replace(/ /g, "")
  return letters(removed) === letters(added)
}

type Gap = { at: number; removed: Run[]; added: Run[] }

/** Neighbouring runs that differ, each with the word of what was sent at which it begins. */
function gapsOf(runs: readonly Run[]): Gap[] {
  const gaps: Gap[] = []
  let [at, open] = [0, null as Gap | null]
  for (const run of runs) {
    if (run.is === "same") {
      at += run.words
      open = null
      continue
    }
    if (!open) gaps.push((open = { at, removed: [], added: [] }))
    if (run.is === "removed") {
      open.removed.push(run)
      at += run.words
    } else open.added.push(run)
  }
  return gaps
}

/** Where each part of the paper begins among the words that were sent; `signs`: the first of those that are signed at. */
function layOf(words: readonly Word[], blocks: readonly Block[]): { signs: number; at: (word: number) => Where } {
  const begins: { from: number; where: Where }[] = []
  let [next, heading, last, signs] = [0, null as string | null, [] as string[], Number.POSITIVE_INFINITY]
  for (const block of blocks) {
    const wanted = wordsOf([{ page: 0, text: block.number ? `${block.number} ${block.text}` : block.text }])
    const from = nextRun(
      words,
      wanted.map(({ word }) => word),
      next,
    )
    if (block.is === "heading") heading = block.text
    // What stands under a clause belongs to it until the next one begins.
    if (block.is === "heading" || block.is === "clause" || block.is === "sign" || block.items.length) last = block.items
    if (from === null) continue
    next = from + wanted.length
    if (block.is === "sign" && signs === Number.POSITIVE_INFINITY) signs = from
    begins.push({ from, where: { number: block.number, heading: block.is === "sign" ? null : heading, items: last } })
  }
  const at = (word: number): Where => {
    const before = begins.filter(({ from }) => from <= word)
    const numbered = before.findLast(({ where }) => where.number !== null)
    const here = before.at(-1)?.where ?? { number: null, heading: null, items: [] }
    return word >= signs ? here : { ...here, number: here.number ?? numbered?.where.number ?? null }
  }
  return { signs, at }
}

function nextRun(words: readonly Word[], wanted: readonly string[], from: number): number | null {
  if (wanted.length === 0) return null
  for (const at of runsOf(words.slice(from, from + 4000), wanted)) return from + at
  return null
}

/** The marks of what was sent: each clause that the template names, by its words, on the page where they stand. */
export function marksOf(blocks: readonly Block[], sent: readonly PageText[]): Marked[] {
  return blocks.flatMap(({ items, text }) => {
    const quote = shortened(text)
    const [place] = items.length ? findIn(sent, quote) : []
    return place ? items.map((item) => ({ item, page: place.page, quote })) : []
  })
}

function shortened(text: string): string {
  if (text.length <= QUOTE_AT_MOST) return text
  const cut = text.slice(0, QUOTE_AT_MOST)
  return cut.slice(0, Math.max(cut.lastIndexOf(" "), 1))
}

/** Those marks in a copy that came back: where the words of a clause stand unchanged, it is known at once where it is. */
export function marksIn(blocks: readonly Block[], sent: readonly PageText[], received: readonly PageText[]): Carried[] {
  return carryMarks(marksOf(blocks, sent), sent, received)
}
