import { tidy } from "@/domain/core/canonical"
import { parseDay, type Day } from "@/domain/core/day"
import { readCountry } from "@/domain/imports/country"
import { MEASURES, type Measure } from "@/domain/vocabulary/measures"

/** What a party is asked by its link, in this order. */
export const QUESTIONS = [
  "where",
  "subprocessors",
  "measures",
  "retention",
  "contact",
  "certificates",
  "notes",
] as const
export type Question = (typeof QUESTIONS)[number]

/** What was typed, by the names of the form's fields: kept as it came, however wrong or unfinished. */
export type Typed = Record<string, string | string[]>

/** Lines that the form holds for sub-processors and for certificates. */
export const LINES = { sub: 20, cert: 10 } as const

const TEXTS: Record<string, number> = {
  hosting: 2000,
  access: 2000,
  measuresText: 2000,
  retentionDays: 10,
  deletion: 500,
  contactName: 200,
  contactEmail: 254,
  contactPhone: 60,
  notes: 2000,
  noSubs: 3,
  /** Which page typed it: no answer, and shown nowhere. */
  _by: 40,
}
const LISTS: Record<string, number> = { measures: MEASURES.length }
const IN_LINE: Record<string, Record<string, number>> = {
  sub: { name: 300, country: 100, task: 300 },
  cert: { name: 200, until: 10 },
}

/** How long a field of the form may be, by its name; null: the form has none of that name. */
function room(name: string): number | null {
  if (Object.hasOwn(TEXTS, name)) return TEXTS[name] ?? null
  const [, kind = "", n = "", part = ""] = /^(sub|cert)\.(\d{1,2})\.([a-z]+)$/.exec(name) ?? []
  if (kind !== "sub" && kind !== "cert") return null
  const parts = IN_LINE[kind] ?? {}
  return Number(n) < LINES[kind] && Object.hasOwn(parts, part) ? (parts[part] ?? null) : null
}

/** Words as they are kept: without signs that no page could show, or that turn the direction of what stands beside them. */
function plain(text: string, most: number): string {
  const shown = text.replace(/\r\n?/g, "\n").replace(/[^\P{C}\n]/gu, "")
  return [...tidy(shown)].slice(0, most).join("")
}

/** Of what was sent, what the form asks for, cut to its room. Everything else is left out; nothing is refused. */
export function keepTyped(sent: Readonly<Record<string, unknown>>): Typed {
  const kept: Typed = {}
  for (const [name, value] of Object.entries(sent)) {
    if (Object.hasOwn(LISTS, name)) {
      const list = [value].flat().filter((one): one is string => typeof one === "string" && one.length <= 40)
      kept[name] = [...new Set(list)].slice(0, LISTS[name])
      continue
    }
    const most = room(name)
    if (most === null) continue
    const first = [value].flat()[0]
    if (typeof first === "string") kept[name] = plain(first, most)
  }
  return kept
}

export type SubLine = { name: string; country: string; task: string }
export type CertLine = { name: string; until: Day | null }

/** What a party says, read out of what it typed. It is stated, and no more than that. */
export type Answers = {
  hosting: string[]
  access: string[]
  subprocessors: SubLine[]
  /** It says that it engages nobody. */
  noSubs: boolean
  measures: Measure[]
  measuresText: string
  retentionDays: number | null
  deletion: string
  contact: { name: string; email: string; phone: string } | null
  certificates: CertLine[]
  notes: string
}

/** What does not fit, by the field it stands in: said beside it when the answers are to be sent. */
export type Wrong = { path: string; says: string }

const CODES = new Set<string>(MEASURES.map((one) => one.code))
const one = (typed: Typed, name: string): string => [typed[name] ?? ""].flat()[0]?.trim() ?? ""
const many = (typed: Typed, name: string): string[] => [typed[name] ?? []].flat()

/** What was typed as answers, with what does not fit. A line without any word is no line. */
export function readAnswers(typed: Typed): { answers: Answers; wrong: Wrong[] } {
  const wrong: Wrong[] = []
  const miss = (path: string, says: string): void => void wrong.push({ path, says })
  /** Countries by name or code, each on a line: none is guessed. */
  const countries = (path: string): string[] => {
    const read = one(typed, path)
      .split(/[\n;,]/)
      .map((word) => word.trim())
      .filter((word) => word !== "")
      .map(readCountry)
    if (read.some((found) => !("code" in found))) miss(path, "invalid.country-name")
    return [...new Set(read.flatMap((found) => ("code" in found ? [found.code] : [])))].sort().slice(0, 100)
  }
  const subprocessors = lines(typed, "sub").map(({ n, at }) => {
    const [name, task] = [at("name"), at("task")]
    if (name === "") miss(`sub.${n}.name`, "invalid.required")
    const [code = ""] = countries(`sub.${n}.country`)
    return { name, country: code, task }
  })
  const certificates = lines(typed, "cert").map(({ n, at }) => {
    const [name, until] = [at("name"), at("until")]
    if (name === "") miss(`cert.${n}.name`, "invalid.required")
    if (until !== "" && parseDay(until) === null) miss(`cert.${n}.until`, "invalid.day")
    return { name, until: parseDay(until) }
  })
  const days = one(typed, "retentionDays")
  const retentionDays = /^\d{1,5}$/.test(days) && Number(days) <= 36525 ? Number(days) : null
  if (days !== "" && retentionDays === null) miss("retentionDays", "invalid.days")
  const [name, email, phone] = [one(typed, "contactName"), one(typed, "contactEmail"), one(typed, "contactPhone")]
  if (email !== "" && !/^[^\s@<>"']+@[^\s@<>"']+$/.test(email)) miss("contactEmail", "invalid.email")
  const noSubs = one(typed, "noSubs") === "yes"
  if (noSubs && subprocessors.length > 0) miss("noSubs", "invalid.subs-and-none")
  return {
    wrong,
    answers: {
      hosting: countries("hosting"),
      access: countries("access"),
      ...{ subprocessors, noSubs: noSubs && subprocessors.length === 0, retentionDays, certificates },
      measures: many(typed, "measures").filter((code): code is Measure => CODES.has(code)),
      measuresText: one(typed, "measuresText"),
      deletion: one(typed, "deletion"),
      contact: name + email + phone === "" ? null : { name, email, phone },
      notes: one(typed, "notes"),
    },
  }
}

type Line = { n: number; at: (part: string) => string }

function lines(typed: Typed, kind: keyof typeof LINES): Line[] {
  const found: Line[] = []
  for (let n = 0; n < LINES[kind]; n += 1) {
    const at = (part: string): string => one(typed, `${kind}.${n}.${part}`)
    if (Object.keys(IN_LINE[kind] ?? {}).some((part) => at(part) !== "")) found.push({ n, at })
  }
  return found
}

/** Whether a question got an answer; files answer the one about certificates as well. */
export function isAnswered(question: Question, answers: Answers, files: number): boolean {
  if (question === "where") return answers.hosting.length + answers.access.length > 0
  if (question === "subprocessors") return answers.subprocessors.length > 0 || answers.noSubs
  if (question === "measures") return answers.measures.length > 0 || answers.measuresText !== ""
  if (question === "retention") return answers.retentionDays !== null || answers.deletion !== ""
  if (question === "contact") return answers.contact !== null
  if (question === "certificates") return answers.certificates.length > 0 || files > 0
  return answers.notes !== ""
}

/** How many of the questions got an answer. */
export function answeredCount(answers: Answers, files: number): number {
  return QUESTIONS.filter((question) => isAnswered(question, answers, files)).length
}
