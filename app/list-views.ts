import type { Tone } from "@/components/ui/status-tag"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { countryName } from "@/domain/core/country-name"
import { AGREEMENT_KINDS } from "@/domain/vocabulary/agreements"
import { ASSESSMENT_KINDS } from "@/domain/vocabulary/assessments"
import { GROUNDS } from "@/domain/vocabulary/grounds"
import { PARTY_KINDS, PARTY_SUB_KINDS } from "@/domain/vocabulary/parties"
import { MODES } from "@/domain/vocabulary/sharings"
import { termOf, type Term } from "@/domain/vocabulary/term"
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

const withAsOf = (path: string, asOf: string): string => (asOf ? `${path}?as-of=${encodeURIComponent(asOf)}` : path)
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
  ],
  columns: [
    { id: "name", label: say("party.name"), sort: "name" },
    { id: "kind", label: say("party.kind") },
    { id: "country", label: say("party.country") },
    { id: "sharings", label: say("party.sharings") },
    { id: "decision", label: say("party.decision") },
    { id: "since", label: say("list.since"), sort: "since" },
  ],
  cells: (row: PartyRow, { asOf }) => ({
    name: { text: row.title, href: withAsOf(`/parties/${row.id}`, asOf) },
    kind: { text: row.kinds.map(of(PARTY_KINDS)).join(", ") },
    country: { text: row.country ? countryName(row.country) : "" },
    sharings: { text: String(row.sharingCount) },
    decision: { text: say(`decision.${row.dataDecision}`) },
    since: { text: dayWords(row.fromAt.slice(0, 10)) },
  }),
}

type SharingRow = {
  id: string
  title: string
  standing: string
  partyId: string
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
  ],
  columns: [
    { id: "title", label: say("column.title"), sort: "name" },
    { id: "party", label: say("column.party") },
    { id: "where", label: say("column.where") },
    { id: "ground", label: say("column.ground") },
    { id: "coverage", label: say("column.coverage") },
  ],
  cells: (row: SharingRow, { today, asOf }) => {
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
      title: { text: row.title, href: withAsOf(`/sharings/${row.id}`, asOf), sub: of(MODES)(row.mode) },
      party: { text: row.partyName ?? "", href: withAsOf(`/parties/${row.partyId}`, asOf) },
      where: { text: row.countries.map(countryName).join(", ") },
      ground: {
        text: row.grounds.map(of(GROUNDS)).join(", ") || (row.mode === "entrust" ? say("flows.entrusted") : ""),
      },
      coverage: {
        text: say(`coverage.${state}`),
        tone: COVERAGE[state] ?? "quiet",
        also: row.standing === "discovered" ? { text: say("standing.discovered"), tone: "found" } : null,
      },
    }
  },
}

type AgreementRow = {
  id: string
  title: string
  standing: string
  partyId: string
  partyName: string | null
  kind: string
  effectOn: string | null
  endsOn: string | null
  coverCount: number
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
    { facet: "standing", label: say("facet.standing"), labelOf: key("standing") },
  ],
  columns: [
    { id: "title", label: say("column.title"), sort: "name" },
    { id: "party", label: say("column.party") },
    { id: "kind", label: say("column.kind") },
    { id: "effect", label: say("column.effect") },
    { id: "ends", label: say("column.ends") },
    { id: "covers", label: say("column.covers") },
    { id: "standing", label: say("column.standing") },
  ],
  cells: (row: AgreementRow, { asOf }) => ({
    title: { text: row.title, href: withAsOf(`/agreements/${row.id}`, asOf) },
    party: { text: row.partyName ?? "", href: withAsOf(`/parties/${row.partyId}`, asOf) },
    kind: { text: of(AGREEMENT_KINDS)(row.kind) },
    effect: { text: row.effectOn ? dayWords(row.effectOn) : "" },
    ends: { text: row.endsOn ? dayWords(row.endsOn) : "" },
    covers: { text: String(row.coverCount) },
    standing: standing(row.standing),
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
    { facet: "outcome", label: say("facet.outcome"), labelOf: (value) => value },
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
  cells: (row: OtherRow, { asOf }) => ({
    title: { text: row.title, href: withAsOf(`/evidence/${row.id}`, asOf) },
    record: { text: say(`kind.${row.recordKind}`) },
    kind: { text: row.kind ? of(ASSESSMENT_KINDS)(row.kind) : "" },
    party: row.partyId ? { text: row.partyName ?? "", href: withAsOf(`/parties/${row.partyId}`, asOf) } : { text: "" },
    outcome: { text: row.outcome ?? "" },
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
