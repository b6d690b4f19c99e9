import { z } from "zod"
import { good, refuse, type Outcome, type Refusal } from "@/domain/core/outcome"
import { ROWS, type RowId } from "./stage-rows"

export const STAGES = ["procurement", "legal", "dpo", "second-legal"] as const
export type StageName = (typeof STAGES)[number]

/** Which stages each row asks for. */
export type RowStages = Record<RowId, readonly StageName[]>

/** What one company has otherwise than all: rows, days, order; and who alone may take a stage there. */
export type CompanyRules = {
  entityId: string
  rows: Partial<RowStages>
  days: Partial<Record<StageName, number>>
  waves: Partial<Record<StageName, number>>
  persons: Partial<Record<StageName, readonly string[]>>
}

/** The rules as data: one version of them. Rows mean what the code looks for; all else is here. */
export type StageRules = {
  rows: RowStages
  /** Working days that a stage may take. */
  days: Record<StageName, number>
  /** The wave of each stage: those of one wave are open side by side, the next after all of the one before. */
  waves: Record<StageName, number>
  companies: readonly CompanyRules[]
}

const MOST_DAYS = 60
const MOST_PERSONS = 50

const stages = z.array(z.enum(STAGES)).max(STAGES.length)
const days = z.number().int().min(1).max(MOST_DAYS)
const wave = z.number().int().min(1).max(STAGES.length)
const each = <T extends z.ZodType>(shape: T) =>
  z.strictObject({ procurement: shape, legal: shape, dpo: shape, "second-legal": shape })
const some = <T extends z.ZodType>(shape: T) => each(shape).partial()
const rowsShape = z.strictObject(Object.fromEntries(ROWS.map((id) => [id, stages])) as Record<RowId, typeof stages>)

/** Version 1: the table as the product ships it (domain handbook, 4). It stands; what differs is a later version. */
export const SHIPPED: StageRules = {
  rows: {
    "party-identity": ["procurement", "dpo"],
    agreement: ["procurement", "legal"],
    "agreement-renewed": ["procurement"],
    entrust: ["procurement", "legal", "dpo"],
    "share-partner": ["procurement"],
    share: ["legal", "dpo"],
    "statute-or-exception": ["legal", "dpo"],
    "control-or-public": ["legal", "dpo", "second-legal"],
    joint: ["procurement", "legal", "dpo"],
    special: ["legal", "dpo"],
    destination: ["legal", "dpo"],
    derogation: ["legal", "dpo", "second-legal"],
    "assessment-high": ["legal", "dpo", "second-legal"],
    assessment: ["dpo"],
    less: ["dpo"],
    ending: ["procurement", "dpo"],
    pack: ["legal", "dpo"],
    details: ["procurement"],
    "no-row": ["legal", "dpo"],
  },
  days: { procurement: 3, legal: 3, dpo: 3, "second-legal": 3 },
  waves: { procurement: 1, legal: 1, dpo: 1, "second-legal": 1 },
  companies: [],
}
export const SHIPPED_VERSION = 1

/** The rules as they hold in one company: its own where it has some, else everybody's. */
export type RulesHere = Omit<StageRules, "companies"> & Pick<CompanyRules, "persons">
export function rulesIn(rules: StageRules, entityId: string): RulesHere {
  const own = rules.companies.find((one) => one.entityId === entityId)
  return {
    rows: { ...rules.rows, ...own?.rows },
    days: { ...rules.days, ...own?.days },
    waves: { ...rules.waves, ...own?.waves },
    persons: own?.persons ?? {},
  }
}

/** What is proposed to be otherwise: for all companies (null), or for one; there also who alone may take a stage. */
export type RulesPart = {
  companyId: string | null
  rows: RowStages
  days: Record<StageName, number>
  waves: Record<StageName, number>
  persons: Partial<Record<StageName, readonly string[]>>
}

/** The shape of such a part. */
export const partShape = z.strictObject({
  companyId: z
    .string()
    .regex(/^ent_[0-9a-z]{26}$/, "invalid.rules-company")
    .nullable(),
  rows: rowsShape,
  days: each(days),
  waves: each(wave),
  persons: some(z.array(z.string().regex(/^psn_[0-9a-z]{26}$/, "invalid.id")).max(MOST_PERSONS)).default({}),
}) as unknown as z.ZodType<RulesPart>

const sameStages = (a: readonly StageName[], b: readonly StageName[]): boolean =>
  [...a].sort().join() === [...b].sort().join()

/** The rules with that part in them. A company keeps as its own only what is otherwise than everybody's. */
export function withPart(rules: StageRules, part: RulesPart): StageRules {
  const { companyId, rows, days, waves, persons } = part
  if (companyId === null) return { ...rules, rows, days, waves }
  const own: CompanyRules = {
    entityId: companyId,
    rows: Object.fromEntries(ROWS.flatMap((id) => (sameStages(rows[id], rules.rows[id]) ? [] : [[id, rows[id]]]))),
    days: Object.fromEntries(STAGES.flatMap((one) => (days[one] === rules.days[one] ? [] : [[one, days[one]]]))),
    waves: Object.fromEntries(STAGES.flatMap((one) => (waves[one] === rules.waves[one] ? [] : [[one, waves[one]]]))),
    persons: Object.fromEntries(
      STAGES.flatMap((one) => {
        const named = [...new Set(persons[one] ?? [])].sort()
        return named.length ? [[one, named]] : []
      }),
    ),
  }
  const isOwn = [own.rows, own.days, own.waves, own.persons].some((one) => Object.keys(one).length > 0)
  const others = rules.companies.filter((one) => one.entityId !== companyId)
  return {
    ...rules,
    companies: [...others, ...(isOwn ? [own] : [])].sort((x, y) => (x.entityId < y.entityId ? -1 : 1)),
  }
}

/** What is known when rules are looked at: our companies, and who may take which stage in which of them. */
export type Around = {
  proposerId: string
  entityIds: readonly string[]
  maySit: (personId: string, stage: StageName, entityId: string) => boolean
}

/**
 * What cannot be configured away: every row keeps a stage, no second lawyer without a first, and wherever persons are
 * named there are, besides whoever proposes, enough of them with the role for each stage to have another. Four eyes
 * themselves are no part of the rules. Each place that is wrong is told.
 */
export function rulesStand(rules: StageRules, around: Around): Outcome<object> {
  const wrong: NonNullable<Refusal["fields"]> = []
  const say = (path: string, says: string): void => void wrong.push({ path, says })
  const rowsStand = (at: string, rows: Partial<RowStages>): void => {
    for (const id of ROWS) {
      const asked = rows[id]
      if (!asked) continue
      if (asked.length === 0) say(`${at}rows.${id}`, "invalid.rules-no-stage")
      else if (asked.includes("second-legal") && !asked.includes("legal"))
        say(`${at}rows.${id}`, "invalid.rules-second-alone")
    }
  }
  rowsStand("", rules.rows)
  // Else each of them would wait for the other.
  if (rules.waves["second-legal"] < rules.waves.legal) say("waves.second-legal", "invalid.rules-second-first")
  const seen = new Set<string>()
  for (const company of rules.companies) {
    const at = `companies.${company.entityId}.`
    if (!around.entityIds.includes(company.entityId)) say(at.slice(0, -1), "invalid.rules-company")
    if (seen.has(company.entityId)) say(at.slice(0, -1), "invalid.rules-company-twice")
    seen.add(company.entityId)
    rowsStand(at, company.rows)
    const here = rulesIn(rules, company.entityId)
    if (here.waves["second-legal"] < here.waves.legal) say(`${at}waves.second-legal`, "invalid.rules-second-first")
    for (const stage of STAGES) {
      const named = company.persons[stage]
      if (!named) continue
      if (named.some((id) => !around.maySit(id, stage, company.entityId)))
        say(`${at}persons.${stage}`, "invalid.rules-person")
      else if (!named.some((id) => id !== around.proposerId)) say(`${at}persons.${stage}`, "invalid.rules-nobody")
    }
    if (!wrong.length && !eachHasAnother(namedLists(company, around.proposerId)))
      say(`${at}persons`, "invalid.rules-too-few")
  }
  return wrong.length ? refuse("invalid", "invalid.form", { fields: wrong }) : good({})
}

function namedLists(company: CompanyRules, without: string): string[][] {
  return STAGES.flatMap((stage) => {
    const named = company.persons[stage]
    return named ? [named.filter((id) => id !== without)] : []
  })
}

/** Whether every list can have a person of its own: nobody sits at two stages of one request. */
export function eachHasAnother(lists: readonly (readonly string[])[], taken: ReadonlySet<string> = new Set()): boolean {
  const [first, ...rest] = lists
  if (!first) return true
  return first.some((id) => !taken.has(id) && eachHasAnother(rest, new Set([...taken, id])))
}

/** What differs between two versions, place by place: for the page, and for whoever decides on it. */
export function rulesDiffer(before: StageRules, after: StageRules): { path: string; before: string; after: string }[] {
  const flat = (rules: StageRules): Map<string, string> => {
    const out = new Map<string, string>()
    const put = (at: string, from: Partial<Record<string, unknown>>): void => {
      for (const [key, value] of Object.entries(from))
        out.set(`${at}.${key}`, Array.isArray(value) ? [...value].sort().join(",") : String(value))
    }
    put("rows", rules.rows)
    put("days", rules.days)
    put("waves", rules.waves)
    for (const one of rules.companies)
      for (const part of ["rows", "days", "waves", "persons"] as const) put(`${one.entityId}.${part}`, one[part])
    return out
  }
  const [was, is] = [flat(before), flat(after)]
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((path) => was.get(path) !== is.get(path))
    .map((path) => ({ path, before: was.get(path) ?? "", after: is.get(path) ?? "" }))
}
