import { endKey } from "@/components/endings/ending-card"
import { STANDING, standingOf } from "@/components/records/record-path"
import type { Tone } from "@/components/ui/status-tag"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { countryName } from "@/domain/core/country-name"
import { words } from "@/domain/records/fields"
import { coverageOn, paperOn } from "@/domain/register/standing-on-day"
import { AGREEMENT_KINDS } from "@/domain/vocabulary/agreements"
import { ASSESSMENT_KINDS } from "@/domain/vocabulary/assessments"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { GROUNDS } from "@/domain/vocabulary/grounds"
import { MECHANISMS } from "@/domain/vocabulary/mechanisms"
import { PARTY_KINDS, PARTY_SUB_KINDS } from "@/domain/vocabulary/parties"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import { MODES } from "@/domain/vocabulary/sharings"
import { SUBJECTS } from "@/domain/vocabulary/subjects"
import { termOf, type Term } from "@/domain/vocabulary/term"
import { routeWords } from "./flows"
import type { ListView } from "./register-list"

const of =
  (terms: readonly Term[]) =>
  (code: string): string =>
    termOf(terms, code)?.label ?? code
const key =
  (prefix: string) =>
  (value: string): string =>
    say(`${prefix}.${value}`)
const COVERAGE: Record<string, Tone> = {
  covered: "good",
  expiring: "warn",
  gap: "bad",
  ended: "quiet",
  "not-begun": "quiet",
  unchecked: "quiet",
}

/** The party of a row with the way to it; who may not know of it is told no more than that there is one. */
const partyCell = (row: { partyId: string | null; partyName: string | null }, at: (path: string) => string) =>
  row.partyId ? { text: row.partyName ?? "", href: at(`/parties/${row.partyId}`) } : { text: "" }

const standing = (value: string, underDemand = false) => ({
  text: say(standingOf(value, underDemand)),
  tone: STANDING[value] ?? ("quiet" as const),
})

/** A day in a cell: of its three words the year alone may stand on a line of its own. */
const day = (value: string | null) => ({ text: value ? dayWords(value).replace(" ", "\u00a0") : "" })
/** Since when a record is in force, on one line: every list has room for one such column. */
const since = (at: string) => ({ text: dayWords(at.slice(0, 10)), nowrap: true as const })

type PartyRow = {
  id: string
  title: string
  standing: string
  kinds: string[]
  subKind: string | null
  country: string | null
  dataDecision: string
  risk: string | null
  sharingCount: number
  fromAt: string
}

export const PARTIES: ListView = {
  list: "parties",
  path: "/parties",
  title: say("parties.title"),
  caption: say("parties.caption"),
  empty: say("parties.empty"),
  facets: [
    { facet: "kind", label: say("facet.kind"), labelOf: of(PARTY_KINDS) },
    { facet: "sub-kind", label: say("facet.sub-kind"), labelOf: of(PARTY_SUB_KINDS) },
    { facet: "country", label: say("facet.country"), labelOf: countryName },
    { facet: "decision", label: say("facet.decision"), labelOf: key("decision") },
    { facet: "standing", label: say("facet.standing"), labelOf: key("standing") },
    { facet: "import", label: say("facet.import"), labelOf: () => say("facet.import-one"), unlisted: true },
  ],
  ticks: { action: "/parties/no-personal-data", legend: say("suppliers.legend"), help: say("suppliers.help") },
  columns: [
    { id: "name", label: say("party.name"), sort: "name" },
    { id: "kind", label: say("party.kind") },
    { id: "country", label: say("party.country") },
    { id: "sharings", label: say("party.sharings") },
    { id: "decision", label: say("party.decision") },
    { id: "since", label: say("list.since"), sort: "since" },
    { id: "sub-kind", label: say("facet.sub-kind"), more: true },
    { id: "risk", label: say("column.risk"), more: true },
    { id: "standing", label: say("column.standing"), more: true },
  ],
  cells: (row: PartyRow, { at }) => ({
    name: { text: row.title, href: at(`/parties/${row.id}`) },
    kind: { text: row.kinds.map(of(PARTY_KINDS)).join(", ") },
    country: { text: row.country ? countryName(row.country) : "" },
    sharings: row.sharingCount
      ? {
          text: String(row.sharingCount),
          href: at(`/sharings?f.party=${row.id}`),
          label: say("party.sharings-of", { n: row.sharingCount, name: row.title }),
        }
      : { text: "0" },
    decision: { text: say(`decision.${row.dataDecision}`) },
    "sub-kind": { text: row.subKind ? of(PARTY_SUB_KINDS)(row.subKind) : "" },
    risk: { text: row.risk ? words(row.risk) : "" },
    standing: standing(row.standing),
    since: since(row.fromAt),
  }),
}

type SharingRow = {
  id: string
  title: string
  standing: string
  underDemand: boolean
  entityId: string
  partyId: string | null
  partyName: string | null
  mode: string
  grounds: string[]
  purposes: string[]
  dataKinds: string[]
  subjects: string[]
  countries: string[]
  mechanisms: string[]
  startsOn: string | null
  endsOn: string | null
  dueOn: string | null
  unknowns: number
  unprovenFrom: string | null
  proofDueOn: string | null
  fromAt: string
  coverage: string | null
  coverageThen: string | null
  foundOnDay: string
}

/** What the end of the flow still owes on the day; null: nothing. */
const owes = (row: SharingRow, today: string): "unproven" | "overdue" | null => {
  if (!row.unprovenFrom || row.unprovenFrom > today) return null
  return row.proofDueOn !== null && row.proofDueOn < today ? "overdue" : "unproven"
}

export const SHARINGS: ListView = {
  list: "sharings",
  path: "/sharings",
  title: say("sharings.title"),
  caption: say("sharings.caption"),
  empty: say("sharings.empty"),
  facets: [
    { facet: "coverage", label: say("facet.coverage"), labelOf: key("coverage") },
    { facet: "findings", label: say("facet.findings"), labelOf: key("findings") },
    {
      ...{ facet: "standing", label: say("facet.standing") },
      // One value holds what was found running and what runs because an authority demands it.
      labelOf: (value) => say(value === "discovered" ? "standing.facet.discovered" : `standing.${value}`),
    },
    { facet: "deletion", label: say("facet.deletion"), labelOf: key("ending") },
    { facet: "mode", label: say("facet.mode"), labelOf: of(MODES) },
    { facet: "destination", label: say("facet.destination"), labelOf: countryName },
    { facet: "ground", label: say("facet.ground"), labelOf: of(GROUNDS) },
    { facet: "entity", label: say("facet.entity"), labelOf: (value) => value },
    { facet: "party", label: say("column.party"), labelOf: (value) => value, unlisted: true },
    { facet: "import", label: say("facet.import"), labelOf: () => say("facet.import-one"), unlisted: true },
    { facet: "route", label: say("facet.route"), labelOf: routeWords, unlisted: true },
  ],
  columns: [
    { id: "title", label: say("column.title"), sort: "name" },
    { id: "party", label: say("column.party") },
    { id: "where", label: say("column.where") },
    { id: "ground", label: say("column.ground") },
    { id: "coverage", label: say("column.coverage"), dated: say("column.coverage-on") },
    { id: "mode", label: say("facet.mode"), more: true },
    { id: "entity", label: say("facet.entity"), more: true },
    { id: "purposes", label: say("column.purposes"), more: true },
    { id: "data", label: say("column.data"), more: true },
    { id: "subjects", label: say("column.subjects"), more: true },
    { id: "mechanisms", label: say("column.mechanisms"), more: true },
    { id: "starts", label: say("column.starts"), more: true },
    { id: "ends", label: say("column.ends"), more: true },
    { id: "due", label: say("column.due"), more: true },
    { id: "unknowns", label: say("column.unknowns"), more: true },
    { id: "standing", label: say("column.standing"), more: true },
    { id: "since", label: say("list.since"), sort: "since", more: true },
  ],
  cells: (row: SharingRow, { today, at, names }) => {
    const state = coverageOn(row, today)
    return {
      title: {
        text: row.title,
        href: at(`/sharings/${row.id}`),
        sub: `${of(MODES)(row.mode)}, ${names.get(row.entityId) ?? ""}`,
      },
      party: partyCell(row, at),
      where: { text: row.countries.map(countryName).join(", ") },
      mode: { text: of(MODES)(row.mode) },
      entity: { text: names.get(row.entityId) ?? "" },
      purposes: { text: row.purposes.map(of(PURPOSES)).join(", ") },
      data: { text: row.dataKinds.map(of(DATA_KINDS)).join(", ") },
      subjects: { text: row.subjects.map(of(SUBJECTS)).join(", ") },
      mechanisms: { text: row.mechanisms.map(of(MECHANISMS)).join(", ") },
      starts: day(row.startsOn),
      ends: day(row.endsOn),
      due: day(row.dueOn),
      unknowns: { text: String(row.unknowns) },
      standing: standing(row.standing, row.underDemand),
      since: since(row.fromAt),
      ground: {
        text: row.grounds.map(of(GROUNDS)).join(", ") || (row.mode === "entrust" ? say("flows.entrusted") : ""),
      },
      coverage: {
        text: say(`coverage.${state}`),
        tone: COVERAGE[state] ?? "quiet",
        also:
          row.standing === "discovered"
            ? standing(row.standing, row.underDemand)
            : owes(row, today)
              ? {
                  text: say(endKey(row.mode, owes(row, today) ?? "runs")),
                  tone: owes(row, today) === "overdue" ? "bad" : "warn",
                }
              : row.foundOnDay === "blocking" && state !== "gap"
                ? { text: say("findings.blocking"), tone: "bad" }
                : null,
      },
    }
  },
}

type AgreementRow = {
  id: string
  title: string
  standing: string
  entityId: string
  partyId: string | null
  partyName: string | null
  kind: string
  knownHow: string
  hasFile: boolean
  fromAt: string
  signed: boolean
  effectOn: string | null
  endsOn: string | null
  coverCount: number
  /** The word about the signatures in its files; left out: this reader is not told. */
  signatures?: string | null
}

const PAPER: Record<string, Tone> = {
  "in-effect": "good",
  expiring: "warn",
  lapsed: "bad",
  unsigned: "bad",
  undated: "warn",
}

const SIGNED_TONE: Record<string, Tone> = {
  passed: "good",
  "intact-untrusted": "review",
  altered: "bad",
  failed: "bad",
  indeterminate: "warn",
}

const paper = (row: AgreementRow, today: string) => {
  const state = paperOn(row, today)
  return { text: say(`paper.${state}`), tone: PAPER[state] ?? ("quiet" as const) }
}

export const AGREEMENTS: ListView = {
  list: "agreements",
  path: "/agreements",
  title: say("agreements.title"),
  caption: say("agreements.caption"),
  empty: say("agreements.empty"),
  facets: [
    { facet: "state", label: say("facet.state"), labelOf: key("paper") },
    { facet: "kind", label: say("facet.kind"), labelOf: of(AGREEMENT_KINDS) },
    { facet: "entity", label: say("facet.entity"), labelOf: (value) => value },
    { facet: "party", label: say("column.party"), labelOf: (value) => value, unlisted: true },
    { facet: "standing", label: say("facet.standing"), labelOf: key("standing") },
  ],
  columns: [
    { id: "title", label: say("column.title"), sort: "name" },
    { id: "party", label: say("column.party") },
    { id: "kind", label: say("column.kind") },
    { id: "effect", label: say("column.effect") },
    { id: "ends", label: say("column.ends") },
    { id: "covers", label: say("column.covers") },
    { id: "state", label: say("facet.state") },
    { id: "entity", label: say("facet.entity"), more: true },
    { id: "known", label: say("column.known"), more: true },
    { id: "file", label: say("column.file"), more: true },
    { id: "signatures", label: say("signed.title"), more: true },
    { id: "standing", label: say("column.standing"), more: true },
    { id: "since", label: say("list.since"), sort: "since", more: true },
  ],
  cells: (row: AgreementRow, { at, names, today }) => ({
    title: { text: row.title, href: at(`/agreements/${row.id}`), sub: names.get(row.entityId) ?? "" },
    party: partyCell(row, at),
    kind: { text: of(AGREEMENT_KINDS)(row.kind) },
    effect: day(row.effectOn),
    ends: day(row.endsOn),
    covers: { text: String(row.coverCount) },
    entity: { text: names.get(row.entityId) ?? "" },
    known: { text: words(row.knownHow) },
    file: { text: say(row.hasFile ? "answer.yes" : "answer.no") },
    signatures: row.signatures
      ? { text: say(`signed.word.${row.signatures}`), tone: SIGNED_TONE[row.signatures] ?? ("quiet" as const) }
      : { text: "" },
    standing: standing(row.standing),
    since: since(row.fromAt),
    state: paper(row, today),
  }),
}

type OtherRow = {
  id: string
  title: string
  standing: string
  recordKind: string
  kind: string | null
  partyId: string | null
  partyName: string | null
  outcome: string | null
  firstOn: string | null
  lastOn: string | null
  fromAt: string
}

export const EVIDENCE: ListView = {
  list: "others",
  path: "/evidence",
  title: say("evidence.title"),
  caption: say("evidence.caption"),
  empty: say("evidence.empty"),
  facets: [
    { facet: "record", label: say("facet.record"), labelOf: key("kind") },
    { facet: "kind", label: say("facet.kind"), labelOf: of(ASSESSMENT_KINDS) },
    { facet: "outcome", label: say("facet.outcome"), labelOf: words },
    { facet: "standing", label: say("facet.standing"), labelOf: key("standing") },
  ],
  columns: [
    { id: "title", label: say("column.title"), sort: "name" },
    { id: "record", label: say("column.record") },
    { id: "kind", label: say("column.kind") },
    { id: "party", label: say("column.party") },
    { id: "outcome", label: say("column.outcome") },
    { id: "ends", label: say("column.ends") },
    { id: "standing", label: say("column.standing") },
    { id: "first", label: say("column.first"), more: true },
    { id: "since", label: say("list.since"), sort: "since", more: true },
  ],
  cells: (row: OtherRow, { at }) => ({
    title: { text: row.title, href: at(`/evidence/${row.id}`) },
    record: { text: say(`kind.${row.recordKind}`) },
    kind: { text: row.kind ? of(ASSESSMENT_KINDS)(row.kind) : "" },
    party: partyCell(row, at),
    outcome: { text: row.outcome ? words(row.outcome) : "" },
    ends: day(row.lastOn),
    first: day(row.firstOn),
    since: since(row.fromAt),
    standing: standing(row.standing),
  }),
}
