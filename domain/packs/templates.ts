import { z } from "zod"
import type { Clause } from "@/domain/checks/types"
import { isCountry } from "@/domain/core/country"
import { AGREEMENT_KINDS } from "@/domain/vocabulary/agreements"
import { ASSESSMENT_KINDS } from "@/domain/vocabulary/assessments"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { GROUNDS } from "@/domain/vocabulary/grounds"
import { MEASURES } from "@/domain/vocabulary/measures"
import { PARTY_KINDS } from "@/domain/vocabulary/parties"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import { MODES } from "@/domain/vocabulary/sharings"
import { codesOf, termOf, type Term } from "@/domain/vocabulary/term"
import { SUBJECTS } from "@/domain/vocabulary/subjects"

const many = <const T extends readonly Term[]>(terms: T) =>
  z
    .array(z.enum(codesOf(terms)))
    .min(1, "invalid.required")
    .max(60)
const countries = z.array(z.string().refine(isCountry, "invalid.country")).min(1, "invalid.required").max(250)
const count = (most: number) => z.int("invalid.number").min(1, "invalid.range").max(most, "invalid.range")

/** A way to make a clause of one's own: its parameters, a sentence that says it, and the check that it compiles to. */
export type Template = {
  name: string
  /** The promise with `{places}`; each place is a parameter. */
  sentence: string
  params: z.ZodType<Record<string, unknown>, unknown>
  /** How each parameter reads in the sentence. */
  terms: Readonly<Record<string, readonly Term[] | null>>
  check: string
  compile: (given: Record<string, unknown>) => Record<string, unknown>
}

function template<S extends z.ZodType<Record<string, unknown>, unknown>>(own: {
  name: string
  sentence: string
  params: S
  terms: Template["terms"]
  check: string
  compile: (given: z.output<S>) => Record<string, unknown>
}): Template {
  return own as unknown as Template
}

const says = (name: string): { says: string } => ({ says: `finding.own.${name}` })

/**
 * What a company can promise of its own, without anybody's code being run: a template names a check that is there and
 * turns typed parameters into the check's.
 */
export const TEMPLATES: readonly Template[] = [
  template({
    name: "needs-agreement",
    sentence: "When we {modes}, a signed paper of this kind covers it: {kinds}.",
    params: z.strictObject({ modes: many(MODES), kinds: many(AGREEMENT_KINDS) }),
    terms: { modes: MODES, kinds: AGREEMENT_KINDS },
    check: "paperThere",
    compile: ({ modes, kinds }) => ({ kinds, when: { modes }, ...says("needs-agreement") }),
  }),
  template({
    name: "never-to-country",
    sentence: "This data never lies in, nor is reached from, {countries}: {kinds}.",
    params: z.strictObject({ kinds: many(DATA_KINDS), countries }),
    terms: { kinds: DATA_KINDS, countries: null },
    check: "neverThere",
    compile: ({ kinds, countries: where }) => ({ kinds, countries: where }),
  }),
  template({
    name: "only-in-countries",
    sentence: "Data about {subjects} lies only in {countries}.",
    params: z.strictObject({ subjects: many(SUBJECTS), countries }),
    terms: { subjects: SUBJECTS, countries: null },
    check: "onlyThere",
    compile: ({ subjects, countries: where }) => ({ countries: where, when: { subjects } }),
  }),
  template({
    name: "never-shared",
    sentence: "When we {modes}, this data stays out: {kinds}.",
    params: z.strictObject({ modes: many(MODES), kinds: many(DATA_KINDS) }),
    terms: { modes: MODES, kinds: DATA_KINDS },
    check: "neverSent",
    compile: ({ modes, kinds }) => ({ kinds, when: { modes } }),
  }),
  template({
    name: "needs-measures",
    sentence: "Whoever gets {kinds} takes each of these measures: {measures}.",
    params: z.strictObject({ kinds: many(DATA_KINDS), measures: many(MEASURES) }),
    terms: { kinds: DATA_KINDS, measures: MEASURES },
    check: "measuresTaken",
    compile: ({ kinds, measures }) => ({
      each: measures.map((one) => [one]),
      when: { kinds },
      ...says("needs-measures"),
    }),
  }),
  template({
    name: "needs-assessment",
    sentence: "For {purposes} an assessment of this kind has been passed and holds: {kind}.",
    params: z.strictObject({ purposes: many(PURPOSES), kind: z.enum(codesOf(ASSESSMENT_KINDS)) }),
    terms: { purposes: PURPOSES, kind: ASSESSMENT_KINDS },
    check: "assessmentHolds",
    compile: ({ purposes, kind }) => ({
      kind,
      good: ["passed", "passed-with-conditions", "equivalent"],
      when: { purposes },
      ...says("needs-assessment"),
    }),
  }),
  template({
    name: "kept-at-most",
    sentence: "Whoever gets {kinds} keeps it for {days} days at most.",
    params: z.strictObject({ kinds: many(DATA_KINDS), days: count(36_500) }),
    terms: { kinds: DATA_KINDS, days: null },
    check: "keptAtMost",
    compile: ({ kinds, days }) => ({ days, when: { kinds } }),
  }),
  template({
    name: "runs-at-most",
    sentence: "On these grounds data flows for {days} days at most: {grounds}.",
    params: z.strictObject({ grounds: many(GROUNDS), days: count(3660) }),
    terms: { grounds: GROUNDS, days: null },
    check: "runsAtMost",
    compile: ({ grounds, days }) => ({ days, when: { grounds } }),
  }),
  template({
    name: "never-to-party",
    sentence: "Data about {subjects} never goes to a {partyKinds}.",
    params: z.strictObject({ subjects: many(SUBJECTS), partyKinds: many(PARTY_KINDS) }),
    terms: { subjects: SUBJECTS, partyKinds: PARTY_KINDS },
    check: "neverParty",
    compile: ({ subjects, partyKinds }) => ({ partyKinds, when: { subjects } }),
  }),
  template({
    name: "consent-for",
    sentence: "Data is used for {purposes} only with a consent on record.",
    params: z.strictObject({ purposes: many(PURPOSES) }),
    terms: { purposes: PURPOSES },
    check: "consentShown",
    compile: ({ purposes }) => ({ about: ["sharing", "permission"], when: { purposes }, ...says("consent-for") }),
  }),
]

/** How a parameter of a template is asked for. */
export type ParamKind = "many" | "one" | "number" | "countries"

/** The parameters of a template in the order of its sentence, each with how it is asked for. */
export function paramsOf(found: Template): { name: string; kind: ParamKind; terms: readonly Term[] }[] {
  return [...found.sentence.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => {
    const terms = found.terms[name] ?? null
    if (terms) return { name, kind: name === "kind" ? "one" : "many", terms }
    return { name, kind: name === "countries" ? "countries" : "number", terms: [] }
  })
}

export type Compiled =
  | { ok: true; sentence: string; check: string; params: Record<string, unknown> }
  | { ok: false; faults: { path: string; says: string }[] }

/** The check and the sentence that a template makes of its parameters; what is out of range is said at its field. */
export function compileTemplate(name: string, given: unknown): Compiled {
  const found = TEMPLATES.find((one) => one.name === name)
  if (!found) return { ok: false, faults: [{ path: "template", says: "invalid.choice" }] }
  const read = found.params.safeParse(given)
  if (!read.success)
    return {
      ok: false,
      faults: read.error.issues.map((issue) => ({
        path: issue.path.join("."),
        says: issue.message.startsWith("invalid.") ? issue.message : "invalid.choice",
      })),
    }
  return {
    ok: true,
    sentence: sentenceOf(found, read.data),
    check: found.check,
    params: { ...found.compile(read.data), template: name, given: read.data },
  }
}

function sentenceOf(found: Template, given: Record<string, unknown>): string {
  return found.sentence.replace(/\{(\w+)\}/g, (_all, place: string) => {
    const terms = found.terms[place]
    const word = (code: unknown): string =>
      terms ? (termOf(terms, String(code))?.label ?? String(code)) : String(code)
    const value = given[place]
    return Array.isArray(value) ? value.map(word).join(", ") : word(value)
  })
}

/** A clause of one's own from a template: the sentence is its duty, unless it was reworded. */
export function clauseFrom(
  own: Pick<Clause, "id" | "title" | "remedy" | "severity" | "effectiveFrom"> & { duty?: string },
  compiled: Extract<Compiled, { ok: true }>,
): Clause {
  return {
    bitesOn: "approval",
    effectiveTo: null,
    source: "statement of the company",
    certainty: "text read",
    ...own,
    duty: own.duty ?? compiled.sentence,
    check: compiled.check,
    params: compiled.params,
  }
}
