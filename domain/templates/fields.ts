import type { Answer } from "@/domain/core/answer"
import type { Day } from "@/domain/core/day"
import type { Agreement } from "@/domain/records/agreement"
import type { Chain, Entity } from "@/domain/records/evidence"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { MEASURES } from "@/domain/vocabulary/measures"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import { SUBJECTS } from "@/domain/vocabulary/subjects"
import { termOf, type Term } from "@/domain/vocabulary/term"

/** What a paper is filled from: the agreement, all its sides, the flows it covers, and who is engaged for those. */
export type Filling = {
  agreement: Agreement
  /** Every company of ours and every party, in the agreement's order. */
  entities: readonly Entity[]
  parties: readonly Party[]
  sharings: readonly Sharing[]
  chains: readonly { chain: Chain; name: string }[]
  today: Day
}

/** How values are said in the language of the template. */
export type Saying = {
  day: (day: string) => string
  country: (code: string) => string
  number: (value: number) => string
}

/**
 * What a field gives: its words (a list's, one by one), that it does not apply, or that it is missing. A list of several flows
 * may be missing in some of them alone: then those are named.
 */
export type Given = { values: string[]; open: string[] } | "none" | "missing"

export type FieldName = string
type Field = { name: FieldName; list: boolean; of: (from: Filling, saying: Saying) => Given }

const one = (value: string | null | undefined): Given =>
  value && value.trim() !== "" ? { values: [value.trim()], open: [] } : "missing"

function answered<T>(answer: Answer<T>, words: (value: T) => string): Given {
  if (answer.state === "known") return one(words(answer.value))
  return answer.state === "not-applicable" ? "none" : "missing"
}

const same = (value: string): string => value
const single = (name: string, of: Field["of"]): Field => ({ name, list: false, of })
const list = (name: string, of: Field["of"]): Field => ({ name, list: true, of })

const all = (values: readonly string[]): Given =>
  values.length ? { values: [...new Set(values)], open: [] } : "missing"

/** Over all flows: what any of them names, in the order of the vocabulary's words; those that answer nothing are named. */
function overFlows<T>(
  { sharings }: Filling,
  answerOf: (sharing: Sharing) => Answer<readonly T[]>,
  words: (value: T) => string,
): Given {
  if (sharings.length === 0) return "missing"
  const values = new Set<string>()
  const open: string[] = []
  for (const sharing of sharings) {
    const answer = answerOf(sharing)
    if (answer.state === "known" && answer.value.length > 0) for (const value of answer.value) values.add(words(value))
    else if (answer.state !== "not-applicable") open.push(sharing.title)
  }
  if (values.size === 0) return open.length ? "missing" : "none"
  return { values: [...values].toSorted((a, b) => (a < b ? -1 : 1)), open }
}

const labelIn = (terms: readonly Term[]) => (code: string) => termOf(terms, code)?.label ?? code

/** Lines that no day has ended yet: what is over by the day of the paper does not go into it. */
const still = <T extends { lastOn: Day | null }>(today: Day, answer: Answer<readonly T[]>): Answer<readonly T[]> =>
  answer.state === "known"
    ? { state: "known", value: answer.value.filter(({ lastOn }) => lastOn === null || lastOn >= today) }
    : answer

/** Every field there is. A template names no other, and none of them does more than look up. */
export const TEMPLATE_FIELDS: readonly Field[] = [
  single("entity.legalName", ({ entities }) => one(entities[0]?.legalName)),
  single("entity.country", ({ entities }, { country }) => one(country(entities[0]?.country ?? ""))),
  single("entity.address", ({ entities }) => (entities[0] ? answered(entities[0].address, same) : "missing")),
  single("entity.dpo", ({ entities }) => (entities[0] ? answered(entities[0].dpo, same) : "missing")),
  single("entity.lei", ({ entities }) => (entities[0] ? answered(entities[0].lei, same) : "missing")),
  list("entities", ({ entities }) => all(entities.map(({ legalName }) => legalName))),
  single("party.legalName", ({ parties }) => one(parties[0]?.legalName)),
  single("party.latinName", ({ parties }) => {
    const [party] = parties
    if (!party) return "missing"
    const latin = answered(party.latinName, same)
    return typeof latin === "object" ? latin : one(party.legalName)
  }),
  single("party.country", ({ parties }, { country }) =>
    parties[0] ? answered(parties[0].country, country) : "missing",
  ),
  single("party.registration", ({ parties }) =>
    one(parties[0]?.identifiers.find(({ kind }) => kind === "registration")?.value),
  ),
  list("parties", ({ parties }) => all(parties.map(({ legalName }) => legalName))),
  single("agreement.title", ({ agreement }) => one(agreement.title)),
  single("agreement.reference", ({ agreement }) => answered(agreement.reference, same)),
  single("agreement.effectOn", ({ agreement }, { day }) => answered(agreement.effectOn, day)),
  single("agreement.endsOn", ({ agreement }, { day }) => answered(agreement.endsOn, day)),
  single("agreement.initialMonths", ({ agreement }, { number }) => answered(agreement.initialMonths, number)),
  single("agreement.renewalMonths", ({ agreement }, { number }) =>
    answered(agreement.renewal, (renewal) => (renewal.way === "never" ? "" : number(renewal.months))),
  ),
  single("agreement.renewalNoticeMonths", ({ agreement }, { number }) =>
    answered(agreement.renewal, (renewal) => (renewal.way === "never" ? "" : number(renewal.noticeMonths))),
  ),
  single("agreement.noticeOurs", ({ agreement }, { number }) => answered(agreement.noticeOurs, number)),
  single("agreement.noticeTheirs", ({ agreement }, { number }) => answered(agreement.noticeTheirs, number)),
  single("agreement.noticeAddress", ({ agreement }) => answered(agreement.noticeAddress, same)),
  single("agreement.noticeForm", ({ agreement }) => answered(agreement.noticeForm, same)),
  single("agreement.governingLaw", ({ agreement }) => answered(agreement.governingLaw, same)),
  single("agreement.objectionDays", ({ agreement }, { number }) => answered(agreement.objectionDays, number)),
  single("agreement.deletionDays", ({ agreement }, { number }) => answered(agreement.deletionDays, number)),
  list("sharings.titles", ({ sharings }) => all(sharings.map(({ title }) => title))),
  list("sharings.purposes", (from) => overFlows(from, ({ purposes }) => purposes, labelIn(PURPOSES))),
  list("sharings.dataKinds", (from) =>
    overFlows(
      from,
      ({ dataLines }) => still(from.today, dataLines),
      ({ kind }) => labelIn(DATA_KINDS)(kind),
    ),
  ),
  list("sharings.subjects", (from) => overFlows(from, ({ subjects }) => subjects, labelIn(SUBJECTS))),
  list("sharings.countries", (from, { country }) =>
    overFlows(
      from,
      ({ destinations }) => still(from.today, destinations),
      (line) => country(line.country),
    ),
  ),
  list("sharings.measures", (from) => overFlows(from, ({ measures }) => measures, labelIn(MEASURES))),
  list("sharings.subProcessors", ({ chains, sharings }, { country }) => {
    if (sharings.length === 0) return "missing"
    if (chains.length === 0) return "none"
    return all(
      chains.map(({ chain, name }) =>
        chain.countries.state === "known" && chain.countries.value.length
          ? `${name} (${chain.countries.value.map(country).join(", ")})`
          : name,
      ),
    )
  }),
  single("today", ({ today }, { day }) => one(day(today))),
]

/** The fields by their names. */
export const FIELDS_BY_NAME: ReadonlyMap<FieldName, Field> = new Map(
  TEMPLATE_FIELDS.map((field) => [field.name, field]),
)
