import { z } from "zod"
import { tidy } from "@/domain/core/canonical"
import { isCountry } from "@/domain/core/country"
import { parseDay, type Day } from "@/domain/core/day"
import { isId } from "@/domain/core/id"
import { readCountry } from "@/domain/imports/country"
import { wrongSince } from "@/domain/requests/found-since"
import { dayShape, text } from "@/domain/records/parts"
import { needsIn } from "./asked"
import { questionOf } from "./questions"
import type { Answers, Given, Option, Question, Value } from "./question"

const FROM = ["party", "sharing", "agreement", "entity", "account", "term"] as const

/** An answer as it is sent and kept; whether its value fits its question is asked by `wrongIn`. */
export const givenShape = z.discriminatedUnion("state", [
  z.strictObject({
    state: z.literal("known"),
    value: z.union([
      text(2000),
      z.array(text(60)).max(100),
      z.strictObject({ id: z.string().max(40) }),
      z.strictObject({ name: text(300) }),
      z.record(z.string().max(80), text(2000)).refine((value) => Object.keys(value).length <= 40, "invalid.tooLong"),
    ]),
    from: z.strictObject({ of: z.enum(FROM), title: text(300) }).optional(),
  }),
  z.strictObject({
    state: z.literal("unknown"),
    asked: text(200).optional(),
    due: dayShape.optional(),
    of: z.literal("supplier").optional(),
  }),
  z.strictObject({ state: z.literal("not-applicable") }),
])

/** Why an answer does not fit its question, as a key of the catalogue; null where it does. `today` is the company's. */
export function wrongIn(question: Question, given: Given, today: Day): string | null {
  if (given.state === "not-applicable") return question.orNot ? null : "invalid.choice"
  // Where everything begins nothing can be left open: without it there is no request to speak of.
  if (given.state === "unknown") return FIRM.has(question.id) ? "invalid.intake-firm" : null
  return wrongValue(question, given.value, today)
}

const FIRM = new Set(["1.1", "1.2", "1.3", "1.3a", "1.3b"])

function wrongValue({ shape }: Question, value: Value, today: Day): string | null {
  switch (shape.is) {
    case "one":
      return typeof value === "string" && shape.options.some((one) => one.code === value) ? null : "invalid.choice"
    case "many":
      if (!Array.isArray(value) || value.length === 0 || new Set(value).size < value.length) return "invalid.choice"
      if (value.length > shape.most) return "invalid.intake-most"
      return value.every((code) => shape.options.some((one) => one.code === code)) ? null : "invalid.choice"
    case "text":
      if (typeof value !== "string" || value.trim() === "") return "invalid.required"
      return value.length > shape.most ? "invalid.tooLong" : null
    case "day":
      if (typeof value !== "string" || parseDay(value) === null) return "invalid.day"
      if (shape.found) return wrongSince(value as Day, today)
      if (shape.past && value > today) return "invalid.intake-after-today"
      return shape.future && value < today ? "invalid.intake-before-today" : null
    case "countries":
      return Array.isArray(value) && value.length > 0 && value.length <= 60 && value.every(isCountry)
        ? null
        : "invalid.country"
    case "pick":
      return typeof value === "string" && isId(shape.of, value) ? null : "invalid.id"
    case "party":
      return wrongParty(value)
    case "each":
      return isEach(value, shape.options) ? null : "invalid.choice"
    case "sentences":
      return isSentences(value) ? null : "invalid.form"
  }
}

function wrongParty(value: Value): string | null {
  if (typeof value !== "object" || Array.isArray(value)) return "invalid.id"
  if ("id" in value) return isId("party", value.id) ? null : "invalid.id"
  return typeof value.name === "string" && value.name.trim() !== "" ? null : "invalid.required"
}

/** A choice for at least one country; what was chosen for all of them at once, in an intake begun before, still fits. */
function isEach(value: Value, options: readonly Option[]): boolean {
  const fits = (code: string): boolean => options.some((one) => one.code === code)
  if (typeof value === "string") return fits(value)
  if (Array.isArray(value)) return false
  const lines = Object.entries(value)
  return lines.length > 0 && lines.length <= 60 && lines.every(([country, code]) => isCountry(country) && fits(code))
}

const isSentences = (value: Value): value is Record<string, string> =>
  typeof value === "object" &&
  !Array.isArray(value) &&
  Object.keys(value).every((key) => /^[a-z.*]*~[a-z*]+$/.test(key))

type Fields = Readonly<Record<string, unknown>>

/**
 * What a form says of the questions that it showed: an answer each, or null where nothing is said. A sentence that was laid out to
 * edit (`s.` and the field's name) is one once the person goes on with it: a form that is only saved while they type, or left by
 * another way, says nothing by what it laid out itself.
 */
export function readForm(
  sent: Fields,
  shown: readonly string[],
  { wentOn = true }: { wentOn?: boolean } = {},
): Record<string, Given | null> {
  const fields = wentOn ? sent : withoutLaidOut(sent)
  const out: Record<string, Given | null> = {}
  for (const id of shown) {
    const question = questionOf(id)
    if (question) out[id] = readOne(question, fields)
  }
  return out
}

/** The form without the fields that still say what was laid out in them. */
function withoutLaidOut(sent: Fields): Fields {
  return Object.fromEntries(
    Object.entries(sent).filter(([name, value]) => {
      const laid = name.startsWith("q.") ? one(sent[`s.${name.slice(2)}`]) : ""
      return laid === "" || one(value) !== laid
    }),
  )
}

const one = (value: unknown): string => (typeof value === "string" ? tidy(value).trim() : "")
const many = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).map(one).filter((text) => text !== "")

function readOne(question: Question, fields: Fields): Given | null {
  const at = `q.${question.id}`
  const typed = readValue(question, fields, at)
  const as = one(fields[`${at}.as`])
  if (as === "not-applicable") return { state: "not-applicable" }
  if (as === "unknown" || as === "supplier") {
    const asked = one(fields[`${at}.asked`]).slice(0, 200)
    const due = parseDay(one(fields[`${at}.due`]))
    return {
      state: "unknown",
      ...(asked ? { asked } : {}),
      ...(due ? { due } : {}),
      ...(as === "supplier" ? { of: "supplier" as const } : {}),
    }
  }
  return typed === null ? null : { state: "known", value: typed }
}

function readValue({ shape }: Question, fields: Fields, at: string): Value | null {
  const sent = fields[at]
  if (shape.is === "many") {
    const list = many(sent)
    return list.length ? list : null
  }
  if (shape.is === "countries") {
    const list = many(sent).flatMap((text) => text.split(/[,;\n]+/))
    const codes = list.map((text) => text.trim()).filter((text) => text !== "")
    return codes.length ? [...new Set(codes.map(countryTyped))] : null
  }
  if (shape.is === "party") {
    const [chosen, name] = [one(sent), one(fields[`${at}.name`])]
    if (chosen !== "" && chosen !== "new") return { id: chosen }
    return name === "" ? null : { name: name.slice(0, 300) }
  }
  if (shape.is === "each") {
    const lines = Object.keys(fields).flatMap((name): [string, string][] => {
      const [country, code] = [name.startsWith(`${at}.`) ? name.slice(at.length + 1) : "", one(fields[name])]
      return isCountry(country) && code !== "" ? [[country, code]] : []
    })
    return lines.length ? Object.fromEntries(lines) : null
  }
  if (shape.is === "sentences") {
    const sentences = Object.keys(fields).filter((name) => name.startsWith(`${at}.`) && name.includes("~"))
    if (sentences.length === 0) return null
    return Object.fromEntries(sentences.map((name) => [name.slice(at.length + 1), one(fields[name])]))
  }
  const text = one(sent)
  return text === "" ? null : text
}

/** A country by its code or its name; what is neither stays as typed, and is asked back. */
function countryTyped(text: string): string {
  const read = readCountry(text)
  return "code" in read ? read.code : text.slice(0, 60)
}

/** Answers with new ones laid over: null takes one away, and what was not sent stays, asked or not. */
export function withSent(answers: Answers, sent: Readonly<Record<string, Given | null>>): Record<string, Given> {
  const out: Record<string, Given> = { ...answers }
  for (const [id, given] of Object.entries(sent)) {
    if (given === null) delete out[id]
    else out[id] = merged(answers[id], given)
  }
  return out
}

/** Sentences whose group is not asked for just now are kept beside those that are. */
function merged(before: Given | undefined, given: Given): Given {
  if (given.state !== "known" || before?.state !== "known" || !isSentences(given.value) || !isSentences(before.value))
    return given
  return { state: "known", value: { ...before.value, ...given.value } }
}

/** Sentences of need with the suggested ones where nothing was written yet. */
export function sentencesIn(counted: Answers): Record<string, string> {
  const given = counted["3.2n"]
  const written: Record<string, string> = given?.state === "known" && isSentences(given.value) ? given.value : {}
  return Object.fromEntries(needsIn(counted).map((need) => [need.key, written[need.key] ?? ""]))
}
