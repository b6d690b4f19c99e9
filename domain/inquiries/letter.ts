import type { Why } from "@/domain/exports/files"
import type { Piece } from "@/domain/exports/report"
import type { InquiryQuery } from "./query"

/** A record that an answer names: it stands in `records/KIND.jsonl`, and the entry `index` of the log put that version in force. */
export type LetterRecord = { id: string; kind: string; version: number; index: number; title: string }

/** A file of an answer: `packed` is where its bytes stand in the package; null: they do not, and `why`. */
export type LetterFile = { id: string; name: string; sha256: string; packed: string | null; why: Why | null }

export type LetterAnswer = {
  number: string
  depth: number
  /** Null: it was erased. */
  question: string | null
  answer: string | null
  /** What the register was asked as of the letter's instant; null: nothing. */
  query: InquiryQuery | null
  /** How many it found (`more`: at least so many). */
  count: number
  more: boolean
  /** Those of them that the package holds, by id. */
  records: LetterRecord[]
  /** Those that it was left without by choice, by id: the manifest names each with its reason. */
  redacted: string[]
  /** How many of them its scope does not hold. */
  outside: number
  files: LetterFile[]
  /** The entry of the log that gave this answer. */
  index: number
}

/** What entries of the log hold as a commitment: where the letter says it; without salt it was erased. */
export type LetterCommitted = { path: string; commitment: string; salt: string | null }

export type LetterTold = {
  id: string
  authority: string | null
  reference: string | null
  before: string | null
  receivedOn: string
  dueOn: string | null
  entities: string[]
  /** What those of them are called that the package holds, by id. */
  names: Record<string, string>
  asOf: string
  /** The entries of the log that keep the letter, and release its answers: `questions/entries.jsonl` has them. */
  keptIndex: number
  releasedAt: string
  releaseIndex: number
  committed: LetterCommitted[]
  answers: LetterAnswer[]
}

/** The letter as it stands in questions/letter.json: what records are called is read from themselves. */
export function letterJson(told: LetterTold) {
  const answers = told.answers.map((one) => ({
    ...one,
    records: one.records.map(({ title: _title, ...record }) => record),
  }))
  const { names: _names, ...said } = told
  return { ...said, answers }
}

/** In which file of the package a record stands. */
export const placeOf = ({ kind }: Pick<LetterRecord, "kind">): string => `records/${kind}.jsonl`

/** So many records of an answer are printed; letter.json has them all. */
const PRINTED = 50
const ERASED = "[erased]"

const WHYS: Record<Why, string> = {
  "not-asked": "nobody asked for it",
  held: "the virus scanner holds it back",
  infected: "the virus scanner found something in it",
  missing: "its bytes are not there",
  damaged: "its bytes are not what they were",
}

/** The letter as a text that is read first: question, answer, records and where their proof is. */
export function letterText(told: LetterTold): string {
  const lines = [
    ...factsOf(told).map(([name, said]) => `${name.padEnd(12)}${said}`),
    "",
    "Each answer stands below its question, with the records that it rests on. A record is the line with its id in the file that is",
    "named with it; the entry of the log that is named put it in force. README.txt says how entries are proven, and verify.html does",
    "it and shows questions, answers and records together. The entries about the letter itself lie in entries.jsonl beside this file, for",
    "they came after the instant. letter.json says the same for machines.",
    ...(told.before ? ["", "-".repeat(72), "", told.before] : []),
  ]
  for (const one of told.answers) lines.push("", "-".repeat(72), "", ...answerLines(one))
  return `${lines.join("\n")}\n`
}

function factsOf(told: LetterTold): [string, string][] {
  return [
    ["To", told.authority ?? ERASED],
    ...(told.reference === null ? [] : [["Reference", told.reference] as [string, string]]),
    ["Received", `${told.receivedOn}${told.dueOn ? `, to be answered by ${told.dueOn}` : ""}`],
    ["Companies", told.entities.map((id) => (told.names[id] ? `${told.names[id]} (${id})` : id)).join(", ")],
    ["As of", `${told.asOf} (UTC)`],
    ["Kept", `by entry ${told.keptIndex} of the log`],
    ["Released", `${told.releasedAt} by entry ${told.releaseIndex}, by somebody who gave none of the answers`],
  ]
}

const questionOf = (one: LetterAnswer): string =>
  [one.number, one.question ?? ERASED].filter((part) => part !== "").join(" ")

function answerLines(one: LetterAnswer): string[] {
  const lines = [questionOf(one), "", one.answer ?? ERASED, "", `Answered by entry ${one.index} of the log`]
  if (one.query) {
    lines.push(...countLines(one))
    for (const record of one.records.slice(0, PRINTED))
      lines.push(
        `  ${record.title}`,
        `    ${record.id} in ${placeOf(record)}, version ${record.version}, entry ${record.index}`,
      )
    if (one.records.length > PRINTED) lines.push(`  and ${one.records.length - PRINTED} more: letter.json`)
  }
  if (one.files.length > 0) lines.push("Files:")
  for (const file of one.files) lines.push(`  ${file.name}`, `    ${fileSaid(file)}`, `    SHA-256 ${file.sha256}`)
  return lines
}

/** How many records an answer rests on, and how many of them are not here, and why. */
function countLines({ query, count, more, redacted, outside }: LetterAnswer): string[] {
  const found = query?.kind === "findings"
  return [
    `${found ? "Records in which something is missing" : "Records"}: ${more ? `more than ${count}` : count}`,
    ...(found ? ["  findings.jsonl says what is missing in each"] : []),
    ...(redacted.length > 0
      ? [`  ${redacted.length} left out by choice (manifest.json says why): ${redacted.join(", ")}`]
      : []),
    ...(outside > 0 ? [`  ${outside} that lie outside what this package is about`] : []),
  ]
}

const fileSaid = ({ packed, why }: LetterFile): string =>
  packed ?? `not in this package: ${why === null ? "" : WHYS[why]}`

/** The letter in the printed report: its first chapter. */
export function letterPieces(told: LetterTold): Piece[] {
  return [
    { is: "page" },
    { is: "heading", text: `Letter of ${told.authority ?? ERASED}` },
    {
      is: "text",
      text: factsOf(told)
        .map(([name, said]) => `${name}: ${said}`)
        .join("\n"),
    },
    ...(told.before ? [{ is: "soft", text: told.before } as const] : []),
    ...told.answers.flatMap(answerPieces),
  ]
}

function answerPieces(one: LetterAnswer): Piece[] {
  const rest = one.records.length - PRINTED
  const records: Piece[] = one.query
    ? [
        {
          is: "soft",
          text: countLines(one)
            .map((line) => line.trim())
            .join("\n"),
        },
        ...(one.records.length === 0
          ? []
          : [
              {
                is: "table",
                head: ["Record", "Id", "File", "Version", "Entry"],
                widths: [34, 31, 19, 8, 8],
                rows: one.records
                  .slice(0, PRINTED)
                  .map((record) => [
                    ...[record.title, record.id, placeOf(record)],
                    ...[String(record.version), String(record.index)],
                  ]),
              } as const,
            ]),
        ...(rest > 0 ? [{ is: "soft", text: `${rest} more: questions/letter.json.` } as const] : []),
      ]
    : []
  const files: Piece[] = one.files.map((file) => ({
    is: "soft",
    text: `File: ${file.name}, ${fileSaid(file)}, SHA-256 ${file.sha256}`,
  }))
  return [{ is: "sub", text: questionOf(one) }, { is: "text", text: one.answer ?? ERASED }, ...records, ...files]
}
