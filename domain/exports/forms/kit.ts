import { NONE, STATE_WORDS } from "@/domain/exports/columns"
import type { Answer } from "@/domain/core/answer"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import type { Agreement } from "@/domain/records/agreement"
import type { Assessment } from "@/domain/records/assessment"
import type { Chain, Consent, Entity, Notice } from "@/domain/records/evidence"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import type { Term } from "@/domain/vocabulary/term"
import { COUNTRIES } from "@/domain/core/countries.data"
import type { AskedKey } from "./asked.data"

export type Cell = string | number | null

/** A record with its id, as far as the package holds it. */
export type Held<B> = { id: string; body: B }

/** A decision on the request that brought a flow. */
export type Decided = { seat: string; verdict: string; person: string; at: Instant }

/** A flow with everything around it that a form asks for, as of one day in its company's zone. */
export type FlowFacts = {
  id: string
  version: number
  standing: string
  /** When its first version came into force, and the one shown. */
  createdAt: Instant | null
  at: Instant
  on: Day
  sharing: Sharing
  entity: Entity | null
  party: Held<Party> | null
  /** Papers that cover it. */
  papers: Held<Agreement>[]
  /** Of this flow, and of the party as a whole. */
  assessments: Held<Assessment>[]
  chains: Held<Chain>[]
  consents: Held<Consent>[]
  notice: Held<Notice> | null
  decisions: Decided[]
  /** The name of a party or company by its id; the id where the package does not hold it. */
  nameOf: (id: string) => string
}

/** A column of a form: which of the authorities' questions it answers, and from what; `cell` null: nothing is held, and why. */
export type Column<F> = {
  head: string
  answers: readonly AskedKey[]
  cell: ((facts: F) => Cell) | null
  why?: string
  width?: number
}

/** A sheet of the workbook: whose template, which rows a flow gives in it, and its columns. */
export type Form<F = never> = {
  name: string
  title: string
  /** What is in it and what is not, for the sheet that says what the workbook is. */
  says: string
  rows: (flow: FlowFacts) => F[]
  columns: readonly Column<F>[]
}

export const column = <F>(
  head: string,
  answers: readonly AskedKey[],
  cell: (facts: F) => Cell,
  width?: number,
): Column<F> => ({ head, answers, cell, ...(width ? { width } : {}) })

/** A column that is asked for and of which the register holds nothing. */
export const lacking = <F>(head: string, answers: readonly AskedKey[], why: string): Column<F> => ({
  ...{ head, answers, cell: null, why },
})

/** An answer as a cell: its value, or the words of its state. */
export function shown<T>(answer: Answer<T>, of: (value: T) => Cell = (value) => typed(String(value))): Cell {
  return answer.state === "known" ? of(answer.value) : STATE_WORDS[answer.state]
}

const OWN_WORDS: readonly string[] = [...Object.values(STATE_WORDS), NONE]

/** Text as somebody typed it; in quotes where it would read as a state that nobody chose. */
export const typed = (text: string): string => (text !== "" && OWN_WORDS.includes(text) ? `"${text}"` : text)

/** Items one below the other in one cell; what the list says where it is answered with none. */
export const lines = (items: readonly (string | null)[]): string => {
  const told = items.filter((item): item is string => item !== null && item !== "")
  return told.length === 0 ? NONE : told.join("\n")
}

/** The same, but an empty cell where there is none. */
export const linesOrNone = (items: readonly (string | null)[]): string => (items.length === 0 ? "" : lines(items))

/** What a code of a vocabulary is called. */
export const label = (terms: readonly Term[], code: string): string =>
  terms.find((term) => term.code === code)?.label ?? code

const NAMES = new Map(COUNTRIES.map(([code, , name]) => [code, name]))

/** A country as its name and code; an organisation as it is. */
export const country = (code: string): string => {
  const name = NAMES.get(code)
  return name ? `${name} (${code})` : code.replace(/^IO:/, "")
}

/** Whether a dated line holds on the day. */
export const holds = ({ firstOn, lastOn }: { firstOn: Day | null; lastOn: Day | null }, on: Day): boolean =>
  (firstOn === null || firstOn <= on) && (lastOn === null || on <= lastOn)

/** A number of days in words. */
export const daysText = (days: number): string => `${days} ${days === 1 ? "day" : "days"}`

/** The lines of a list that hold on the day, as far as it is answered. */
export function onDay<T extends { firstOn: Day | null; lastOn: Day | null }>(
  answer: Answer<readonly T[]>,
  on: Day,
  of: (line: T) => string | null,
): Cell {
  return shown(answer, (all) => lines(all.filter((line) => holds(line, on)).map(of)))
}
