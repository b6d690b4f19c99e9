import type { Tone } from "@/components/ui/status-tag"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { addDays, type Day } from "@/domain/core/day"
import { countryName } from "@/domain/core/country-name"
import { words } from "@/domain/records/fields"
import { AGREEMENT_KINDS } from "@/domain/vocabulary/agreements"
import { ASSESSMENT_KINDS } from "@/domain/vocabulary/assessments"
import { GROUNDS } from "@/domain/vocabulary/grounds"
import { PARTY_KINDS, PARTY_SUB_KINDS } from "@/domain/vocabulary/parties"
import { MODES } from "@/domain/vocabulary/sharings"
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
const STANDING: Record<string, Tone> = { approved: "good", discovered: "found", ended: "quiet" }
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

const standing = (value: string) => ({ text: say(`standing.${value}`), tone: STANDING[value] ?? ("quiet" as const) })

type PartyRow = {
  id: string
  title: string
  standing: string
  kinds: string[]
  subKind: string | null
  country: string | null
  dataDecision: string
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
    since: { text: dayWords(row.fromAt.slice(0, 10)) },
  }),
}

type SharingRow = {
  id: string
  title: string
  standing: string
  entityId: string
  partyId: string | null
  partyName: string | null
  mode: string
  grounds: string[]
  countries: string[]
  startsOn: string | null
  coverage: string | null
  blocking: string | null
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
    { facet: "standing", label: say("facet.standing"), labelOf: key("standing") },
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
  ],
  cells: (row: SharingRow, { today, asOf, at, names }) => {
    const blocking = row.blocking !== null && row.standing !== "ended" && !asOf && inMultirange(row.blocking, today)
    const state =
      row.standing === "ended"
        ? "ended"
        : asOf || row.coverage === null
          ? "unchecked"
          : row.startsOn && row.startsOn > today
            ? "not-begun"
            : inMultirange(row.coverage, today)
              ? "covered"
              : "gap"
    return {
      title: {
        text: row.title,
        href: at(`/sharings/${row.id}`),
        sub: `${of(MODES)(row.mode)}, ${names.get(row.entityId) ?? ""}`,
      },
      party: partyCell(row, at),
      where: { text: row.countries.map(countryName).join(", ") },
      ground: {
        text: row.grounds.map(of(GROUNDS)).join(", ") || (row.mode === "entrust" ? say("flows.entrusted") : ""),
      },
      coverage: {
        text: say(`coverage.${state}`),
        tone: COVERAGE[state] ?? "quiet",
        also:
          row.standing === "discovered"
            ? { text: say("standing.discovered"), tone: "found" }
            : blocking && state !== "gap"
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
  signed: boolean
  effectOn: string | null
  endsOn: string | null
  coverCount: number
}

const PAPER: Record<string, Tone> = {
  "in-effect": "good",
  expiring: "warn",
  lapsed: "bad",
  unsigned: "bad",
  undated: "warn",
}

/** How a paper stands on the day, as the facet counts it. */
function paper(row: AgreementRow, today: string) {
  const soon = addDays(today as Day, 90)
  const state =
    row.standing === "ended"
      ? "ended"
      : !row.signed
        ? "unsigned"
        : !row.effectOn
          ? "undated"
          : row.effectOn > today
            ? "not-begun"
            : !row.endsOn
              ? "in-effect"
              : row.endsOn < today
                ? "lapsed"
                : row.endsOn < soon
                  ? "expiring"
                  : "in-effect"
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
  ],
  cells: (row: AgreementRow, { at, names, today }) => ({
    title: { text: row.title, href: at(`/agreements/${row.id}`), sub: names.get(row.entityId) ?? "" },
    party: partyCell(row, at),
    kind: { text: of(AGREEMENT_KINDS)(row.kind) },
    effect: { text: row.effectOn ? dayWords(row.effectOn) : "" },
    ends: { text: row.endsOn ? dayWords(row.endsOn) : "" },
    covers: { text: String(row.coverCount) },
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
  lastOn: string | null
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
  ],
  cells: (row: OtherRow, { at }) => ({
    title: { text: row.title, href: at(`/evidence/${row.id}`) },
    record: { text: say(`kind.${row.recordKind}`) },
    kind: { text: row.kind ? of(ASSESSMENT_KINDS)(row.kind) : "" },
    party: partyCell(row, at),
    outcome: { text: row.outcome ? words(row.outcome) : "" },
    ends: { text: row.lastOn ? dayWords(row.lastOn) : "" },
    standing: standing(row.standing),
  }),
}

/** Whether a day lies in a `datemultirange` as PostgreSQL writes it: `{[2026-01-01,2026-02-01),[2026-03-01,)}`. */
export function inMultirange(text: string, day: string): boolean {
  return [...text.matchAll(/\[([\d-]*),([\d-]*)\)/g)].some(
    ([, from = "", to = ""]) => (from === "" || from <= day) && (to === "" || day < to),
  )
}
