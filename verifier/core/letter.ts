/** The letter of an authority that a package answers: what its answers name against what the package holds. */
import { countOf, listOf, membersOf, readCanonical, wordOf, wordsOf, type Json, type Members } from "./json"
import { linesOf, piecesOf, type Package, type Pause } from "./open"
import type { Read } from "./records"
import type { Findings } from "./report"

export const LETTER = "questions/letter.json"
export const LETTER_TEXT = "questions/letter.txt"
/** The entries of the log about the letter. */
export const LETTER_ENTRIES = "questions/entries.jsonl"
/** All that belongs to a letter. */
export const LETTER_FILES = [LETTER, LETTER_TEXT, LETTER_ENTRIES]
/** So many records of an answer stand in the text for people. */
const PRINTED = 50
const WHYS = ["held", "infected", "missing", "damaged"]

export type LetterRecord = { id: string; kind: string; version: number; index: number }
export type LetterFile = { id: string; name: string; sha256: string; packed: string | null; why: string | null }
export type LetterAnswer = {
  number: string
  depth: number
  /** Null: erased. */
  question: string | null
  answer: string | null
  /** What the register was asked; null: nothing. */
  query: Json
  count: number
  more: boolean
  records: LetterRecord[]
  redacted: string[]
  outside: number
  files: LetterFile[]
  /** The entry of the log that gave this answer. */
  index: number
}
export type Letter = {
  id: string
  authority: string | null
  reference: string | null
  before: string | null
  receivedOn: string
  dueOn: string | null
  entities: string[]
  asOf: string
  releasedAt: string
  releaseIndex: number
  keptIndex: number
  /** What entries of the log hold as commitments, and where the letter says it. */
  committed: { path: string; commitment: string; salt: string | null }[]
  answers: LetterAnswer[]
}

/** Reads the letter and holds it against the package; null where the package answers none, or it cannot be read. */
export async function readLetter(on: Package, read: Read, found: Findings, pause: Pause): Promise<Letter | null> {
  const { questions, files } = on.manifest
  const before = found.count
  for (const name of files.keys())
    if (name.startsWith("questions/") && (questions === null || !LETTER_FILES.includes(name)))
      found.fault(name, "the manifest names no letter that it belongs to")
  if (questions === null) return null
  if (questions !== LETTER_TEXT)
    found.fault("manifest.json", "it names the file of the letter otherwise than packages do")
  for (const name of LETTER_FILES) if (!files.has(name)) found.fault(name, "it is missing")
  const letter = await letterOf(on, found, pause)
  const said = await wholeText(on, found, pause)
  if (!letter) return null
  if (letter.asOf !== on.manifest.asOf) found.fault(LETTER, "it is answered as of another instant than the package")
  for (const [i, one] of letter.answers.entries()) holdAnswer(on, read, one, `answer ${i + 1}`, found)
  if (said !== null && !isSaid(letter, said))
    found.fault(LETTER_TEXT, "it does not say what questions/letter.json says")
  tell(letter, found, before)
  return letter
}

function tell(letter: Letter, found: Findings, before: number): void {
  const { answers } = letter
  const sum = (of: (one: LetterAnswer) => number): number => answers.reduce((all, one) => all + of(one), 0)
  const outside = sum((one) => one.outside)
  const away = sum((one) => one.files.filter((file) => file.packed === null).length)
  found.check(
    "letter",
    `the records and files that the answers to the letter name are in the package (${answers.length} questions, ${sum((one) => one.records.length)} records)`,
    before,
    outside + away > 0,
  )
  if (outside > 0)
    found.unchecked.push(`Records on which answers to the letter rest and that this package is not about: ${outside}.`)
  if (away > 0) found.unchecked.push(`Files of answers to the letter that are not here, each with its reason: ${away}.`)
}

/** What an answer names is here as it says, was left out by name, or is said not to be here. */
function holdAnswer(on: Package, read: Read, one: LetterAnswer, which: string, found: Findings): void {
  const left = new Set(on.manifest.redactions.filter((item) => item.path === null).map((item) => item.record))
  let last = ""
  for (const { id, kind, version, index } of one.records) {
    const record = read.seen.get(id)
    if (id <= last) found.fault(LETTER, `${which} names ${id} twice, or not in its place`)
    last = id
    if (!record) found.fault(LETTER, `${which} names ${id}, which is not in the package`)
    else if (record.kind !== kind || record.version !== version || record.index !== index)
      found.fault(LETTER, `${which} names ${id} otherwise than the package holds it`)
  }
  for (const id of one.redacted)
    if (!left.has(id) || read.seen.has(id))
      found.fault(LETTER, `${which} says that ${id} was left out by choice, and the manifest does not`)
  if (!one.more && one.records.length + one.redacted.length + one.outside !== one.count)
    found.fault(LETTER, `${which} counts ${one.count} records and names others`)
  for (const { name, sha256, packed, why } of one.files) {
    if (packed === null ? why === null || !WHYS.includes(why) : why !== null)
      found.fault(LETTER, `${which} does not say where the file ${name} is, or why it is not here`)
    if (packed !== null && (!packed.startsWith("files/") || on.manifest.files.get(packed)?.sha256 !== sha256))
      found.fault(LETTER, `${which} names the file ${name}, which is not in the package as it says`)
  }
}

/** Whether the text for people says, in this order, what is asked, answered and named. */
function isSaid(letter: Letter, text: string): boolean {
  const parts = [letter.authority, letter.reference, letter.asOf, letter.before]
  for (const { question, answer, records, files } of letter.answers)
    parts.push(
      ...[question ?? "[erased]", answer ?? "[erased]", ...records.slice(0, PRINTED).map((one) => one.id)],
      ...files.flatMap((one) => [one.name, one.sha256]),
    )
  let at = 0
  for (const part of parts) {
    if (part === null) continue
    const next = text.indexOf(part, at)
    if (next < 0) return false
    at = next + part.length
  }
  return true
}

async function wholeText(on: Package, found: Findings, pause: Pause): Promise<string | null> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
  let text = ""
  try {
    for await (const piece of piecesOf(on, LETTER_TEXT, found, pause)) text += decoder.decode(piece, { stream: true })
    return text === "" ? null : text + decoder.decode()
  } catch (problem) {
    if (!(problem instanceof TypeError)) throw problem
    found.fault(LETTER_TEXT, "it is no text", "bytes")
    return null
  }
}

async function letterOf(on: Package, found: Findings, pause: Pause): Promise<Letter | null> {
  const lines: string[] = []
  for await (const line of linesOf(on, LETTER, found, pause)) if (lines.length < 2) lines.push(line)
  const read = lines.length === 1 ? readCanonical(lines[0] ?? "") : null
  const letter = letterIn(membersOf(read?.value))
  if (!letter && on.manifest.files.has(LETTER)) found.fault(LETTER, "it is no letter as packages hold them")
  return letter
}

const orNull = (value: Json | undefined): string | null | undefined =>
  value === null ? null : (wordOf(value) ?? undefined)

function letterIn(one: Members | null): Letter | null {
  if (!one) return null
  const [id, receivedOn, asOf] = [wordOf(one.id), wordOf(one.receivedOn), wordOf(one.asOf)]
  const [authority, reference, before] = [orNull(one.authority), orNull(one.reference), orNull(one.before)]
  const [dueOn, releasedAt, entities] = [orNull(one.dueOn), wordOf(one.releasedAt), wordsOf(one.entities)]
  const [keptIndex, releaseIndex] = [countOf(one.keptIndex), countOf(one.releaseIndex)]
  const committed = (listOf(one.committed) ?? [null]).map((item) => committedIn(membersOf(item)))
  const answers = (listOf(one.answers) ?? [null]).map((item) => answerIn(membersOf(item)))
  if (id === null || receivedOn === null || asOf === null || entities === null) return null
  if (authority === undefined || reference === undefined || before === undefined) return null
  if (keptIndex === null || releaseIndex === null || !committed.every((item) => item !== null)) return null
  if (dueOn === undefined || releasedAt === null || !answers.every((item) => item !== null)) return null
  return {
    ...{ id, authority, reference, before, receivedOn, dueOn, entities, asOf, releasedAt, answers },
    ...{ keptIndex, releaseIndex, committed },
  }
}

function answerIn(one: Members | null): LetterAnswer | null {
  if (!one) return null
  const [number, question, answer] = [wordOf(one.number), orNull(one.question), orNull(one.answer)]
  const [depth, count, outside] = [countOf(one.depth), countOf(one.count), countOf(one.outside)]
  const [redacted, index] = [wordsOf(one.redacted), countOf(one.index)]
  const records = (listOf(one.records) ?? [null]).map((item) => recordIn(membersOf(item)))
  const files = (listOf(one.files) ?? [null]).map((item) => fileIn(membersOf(item)))
  if (
    one.query === undefined ||
    index === null ||
    number === null ||
    question === undefined ||
    answer === undefined ||
    redacted === null
  )
    return null
  if (depth === null || count === null || outside === null || typeof one.more !== "boolean") return null
  if (!records.every((item) => item !== null) || !files.every((item) => item !== null)) return null
  return {
    ...{ number, depth, question, answer, count, more: one.more, records, redacted, outside, files },
    ...{ query: one.query, index },
  }
}

function committedIn(one: Members | null): Letter["committed"][number] | null {
  const [path, commitment, salt] = [wordOf(one?.path), wordOf(one?.commitment), orNull(one?.salt)]
  return path === null || commitment === null || salt === undefined ? null : { path, commitment, salt }
}

function recordIn(one: Members | null): LetterRecord | null {
  const [id, kind, version, index] = [wordOf(one?.id), wordOf(one?.kind), countOf(one?.version), countOf(one?.index)]
  return id === null || kind === null || version === null || index === null ? null : { id, kind, version, index }
}

function fileIn(one: Members | null): LetterFile | null {
  const [id, name, sha256] = [wordOf(one?.id), wordOf(one?.name), wordOf(one?.sha256)]
  const [packed, why] = [orNull(one?.packed), orNull(one?.why)]
  if (id === null || name === null || sha256 === null || packed === undefined || why === undefined) return null
  return { id, name, sha256, packed, why }
}
