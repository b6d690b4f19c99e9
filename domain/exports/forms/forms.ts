import { DORA } from "./dora"
import { CHAIN, KINDS_BY_RECIPIENT, PIPL_39, PIPL_56, SHARING_CARD } from "./flows"
import { ARTICLE_30_1, ARTICLE_30_2, CNIL, ICO } from "./gdpr"
import type { Cell, FlowFacts, Form } from "./kit"

/** A form as the writer of a workbook takes it: its head, and the rows that a flow gives. */
export type Sheet = {
  name: string
  title: string
  says: string
  head: string[]
  widths: number[]
  rows: (flow: FlowFacts) => Cell[][]
  /** The columns of which nothing is held, and why. */
  lacks: { head: string; why: string }[]
}

/** A form as a sheet. */
export function sheetOf<F>(form: Form<F>): Sheet {
  const { name, title, says, columns } = form
  return {
    ...{ name, title, says },
    head: columns.map(({ head }) => head),
    widths: columns.map(({ width }) => width ?? 24),
    rows: (flow) => form.rows(flow).map((facts) => columns.map(({ cell }) => (cell ? cell(facts) : null))),
    lacks: columns.flatMap(({ head, cell, why }) => (cell ? [] : [{ head, why: why ?? "" }])),
  }
}

/** The forms of Article 30 alone, as one file for one company. */
export const ARTICLE_30: readonly Sheet[] = [sheetOf(ARTICLE_30_1), sheetOf(ARTICLE_30_2)]

/** The forms of a package's workbook, in their order. */
export const SHEETS: readonly Sheet[] = [
  ...ARTICLE_30,
  sheetOf(CNIL),
  sheetOf(ICO),
  sheetOf(KINDS_BY_RECIPIENT),
  sheetOf(SHARING_CARD),
  sheetOf(CHAIN),
  sheetOf(PIPL_56),
  sheetOf(PIPL_39),
  sheetOf(DORA),
]

/** What the columns of all forms answer, for the test that holds them to what authorities ask. */
export const ANSWERED: readonly string[] = [
  ...[ARTICLE_30_1, ARTICLE_30_2, CNIL, ICO, SHARING_CARD, PIPL_39].flatMap(({ columns }) =>
    columns.flatMap(({ answers }) => answers),
  ),
  ...[KINDS_BY_RECIPIENT].flatMap(({ columns }) => columns.flatMap(({ answers }) => answers)),
  ...[CHAIN].flatMap(({ columns }) => columns.flatMap(({ answers }) => answers)),
  ...[PIPL_56].flatMap(({ columns }) => columns.flatMap(({ answers }) => answers)),
  ...[DORA].flatMap(({ columns }) => columns.flatMap(({ answers }) => answers)),
]

/** What a workbook is about. */
export type BookAbout = {
  origin: string
  asOf: string
  scope: string
  logSize: number
  logRoot: string
  /** Who took it, where it is theirs alone. */
  takenBy: string | null
}

/** The rows of the sheet that says what a workbook is, what is in its sheets, and what is asked for and not held. */
export function aboutRows(about: BookAbout, sheets: readonly Sheet[]): Cell[][] {
  return [
    [
      "What this is",
      "Sheets with the columns that authorities' templates ask for, filled from a register of recipients of personal data.",
    ],
    ["Source", about.origin],
    ["As of (UTC)", about.asOf],
    ["What of the register", about.scope],
    ["Log", `${about.logSize} entries, root ${about.logRoot}`],
    ...(about.takenBy ? [["Taken by", about.takenBy]] : []),
    [
      "How to read it",
      'An empty cell: not answered. "not known yet" and "does not apply" are answers that somebody gave. (none): answered, with nothing in the list. A word that stands in quotes was typed.',
    ],
    [
      "Days",
      "Lists show what holds on the day of the instant, in the time zone of the company; rows show all flows of the register with their first and last day.",
    ],
    [
      "Text",
      "A cell holds at most 32,767 signs; what is longer is cut there and says so. The records themselves lie in json/ of the package.",
    ],
    ...sheets.map(({ name, title, says }): Cell[] => [`Sheet ${name}`, `${title}. ${says}`]),
    ...sheets.flatMap(({ name, lacks }) =>
      lacks.map(({ head, why }): Cell[] => [`Not held: ${name}`, `${head}: ${why}`]),
    ),
  ]
}
