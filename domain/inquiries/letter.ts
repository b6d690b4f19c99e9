import type { InquiryQuery } from "./query"

export type LetterAnswer = {
  number: string
  depth: number
  /** Null: it was erased. */
  question: string | null
  answer: string | null
  query: InquiryQuery | null
  count?: number
  more?: boolean
  records?: string[]
  files: { id: string; name: string; sha256: string }[]
}

export type LetterTold = {
  id: string
  authority: string | null
  reference: string | null
  before: string | null
  receivedOn: string
  dueOn: string | null
  entities: string[]
  asOf: string
  releasedAt: string | null
  releaseIndex: number | null
  answers: LetterAnswer[]
}

const KINDS: Record<string, string> = {
  ...{ pty: "party", shr: "sharing", agr: "agreement", asm: "assessment", con: "consent" },
  ...{ ntc: "notice", dmd: "demand", chn: "chain", ent: "entity" },
}

/** In which file of the package a record stands, by its id. */
export function placeOf(id: string): string {
  return `records/${KINDS[id.slice(0, 3)] ?? "party"}.jsonl`
}

/** So many ids of an answer are printed; letter.json has them all. */
const PRINTED = 50

/** The letter as a text that is read first: question, answer, records and where their proof is. */
export function letterText(told: LetterTold): string {
  const lines = [
    `To          ${told.authority ?? "[erased]"}`,
    ...(told.reference ? [`Reference   ${told.reference}`] : []),
    `Received    ${told.receivedOn}${told.dueOn ? `, to be answered by ${told.dueOn}` : ""}`,
    `As of       ${told.asOf}`,
    `Released    ${told.releasedAt ?? ""} (entry ${told.releaseIndex ?? ""} of the log)`,
    "",
    "Each answer stands below its question. A record is a line of the file that is named with it, by its id; that line names the entry",
    "of the log that put it in force, and README.txt says how the entry is proven. letter.json holds the same for machines.",
  ]
  for (const one of told.answers) lines.push("", "-".repeat(72), "", ...answerLines(one))
  return `${lines.join("\n")}\n`
}

function answerLines(one: LetterAnswer): string[] {
  const question = [one.number, one.question ?? "[erased]"].filter((part) => part !== "").join(" ")
  const lines = [question, "", one.answer ?? "[erased]"]
  if (one.records) {
    lines.push("", `Records: ${one.more ? `more than ${one.count ?? 0}` : (one.count ?? 0)}`)
    for (const id of one.records.slice(0, PRINTED)) lines.push(`  ${id}   ${placeOf(id)}`)
    if (one.records.length > PRINTED) lines.push(`  and ${one.records.length - PRINTED} more: letter.json`)
  }
  if (one.files.length > 0) lines.push("", "Files:")
  for (const { name, sha256 } of one.files) lines.push(`  ${name}`, `  SHA-256 ${sha256}`)
  return lines
}
