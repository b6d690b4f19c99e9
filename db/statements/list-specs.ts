import { sql, type SQL } from "drizzle-orm"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"
import { entitiesOfRow, ofEntities, ofParties } from "./sides"

export type Facet = {
  where: (values: string[], today: string, asOf: Instant | null) => SQL
  values: (today: string, asOf: Instant | null) => SQL
  array: boolean
  /** Too many values for an index, or none of its own: a way from another page, asked of the database. */
  unindexed?: boolean
}
type ListSpec = {
  table: string
  columns: (at: Instant | null, reader: string, entities: readonly string[] | null, today: string) => SQL
  sorts: Record<string, { column: string; type: string }>
  facets: Record<string, Facet>
}

const oneOf = (column: string): Facet => ({
  where: (values) => sql`r.${sql.raw(column)} = any(${textArray(values)}::text[])`,
  values: () => sql`r.${sql.raw(column)}`,
  array: false,
})
const anyOf = (column: string): Facet => ({
  where: (values) => sql`r.${sql.raw(column)} && ${textArray(values)}::text[]`,
  values: () => sql`r.${sql.raw(column)}`,
  array: true,
})

/** How a sharing stands on the day, by what was judged. */
export const coverageNow = (
  today: string,
): SQL => sql`case when r.standing = 'ended' then 'ended' when r.coverage is null then 'unchecked'
  when r.starts_on is not null and r.starts_on > ${today}::date then 'not-begun'
  when r.coverage @> ${today}::date then case when r.coverage @> (${today}::date + 90) then 'covered' else 'expiring' end else 'gap' end`
const findingNow = (
  today: string,
): SQL => sql`case when r.standing = 'ended' then 'none' when r.blocking @> ${today}::date then 'blocking'
  when r.warning @> ${today}::date then 'warning' else 'none' end`
/** What the end of a sharing still owes on the day: proof of deletion or return, in time or overdue; null: nothing. */
const owedOn = (
  today: string,
): SQL => sql`case when r.unproven_from is null or r.unproven_from > ${today}::date then null
  when r.proof_due_on < ${today}::date then 'overdue' else 'unproven' end`
const agreementNow = (
  today: string,
): SQL => sql`case when r.standing = 'ended' then 'ended' when not r.signed then 'unsigned' when r.effect_on is null then 'undated'
  when r.effect_on > ${today}::date then 'not-begun' when r.ends_on is null then 'in-effect' when r.ends_on < ${today}::date then 'lapsed'
  when r.ends_on < ${today}::date + 90 then 'expiring' else 'in-effect' end`
/**
 * The same as the register said at an instant: by the judgement and the gaps that stood then, each looked up by its key.
 * Days past a flow's last, or of a flow whose first is not known, are no covered days, as in `coverageNow`.
 */
export const coverageThen = (today: string, asOf: Instant): SQL => {
  const stood = (
    of: string,
  ): SQL => sql`${sql.raw(of)}.record_id = r.record_id and ${sql.raw(of)}.from_at <= ${asOf}::timestamptz
    and ${sql.raw(of)}.until_at > ${asOf}::timestamptz`
  const open = (
    day: SQL,
  ): SQL => sql`(r.starts_on is null or r.ends_on < ${day} or exists (select 1 from gaps g where ${stood("g")}
    and g.from_on <= ${day} and g.until_on > ${day}))`
  return sql`case when r.standing = 'ended' then 'ended' when not exists (select 1 from judgements j where ${stood("j")}) then 'unchecked'
    when r.starts_on > ${today}::date then 'not-begun' when ${open(sql`${today}::date`)} then 'gap'
    when ${open(sql`(${today}::date + 90)`)} then 'expiring' else 'covered' end`
}
/**
 * What was found of a sharing, as the register said it at an instant: by the findings that stood then, looked up by their
 * record. With its limit it is asked row by row: an `exists` may be answered from all findings of that instant at once.
 */
const findingThen = (today: string, asOf: Instant): SQL => {
  const stood = (
    severity: "blocking" | "warning",
  ): SQL => sql`(select true from findings f where f.record_id = r.record_id
    and f.from_at <= ${asOf}::timestamptz and f.until_at > ${asOf}::timestamptz and f.severity = ${severity}
    and (f.first_on is null or f.first_on <= ${today}::date) and (f.until_on is null or f.until_on > ${today}::date) limit 1)`
  return sql`case when r.standing = 'ended' then 'none' when ${stood("blocking")} then 'blocking'
    when ${stood("warning")} then 'warning' else 'none' end`
}
const covered = (today: string, asOf: Instant | null): SQL =>
  asOf === null ? coverageNow(today) : coverageThen(today, asOf)
const found = (today: string, asOf: Instant | null): SQL =>
  asOf === null ? findingNow(today) : findingThen(today, asOf)
const derived = (value: (today: string, asOf: Instant | null) => SQL): Facet => ({
  where: (values, today, asOf) => sql`${value(today, asOf)} = any(${textArray(values)}::text[])`,
  values: value,
  array: false,
})

/** What an import brought: a filter that a page leads to, and no count of its own. */
const fromImport: Facet = {
  where: (values) =>
    sql`r.record_id in (select v.record_id from provenance v where v.import_id = any(${textArray(values)}::text[]))`,
  values: () => sql`null::text`,
  array: false,
  unindexed: true,
}

export const NAME = { column: "fold", type: "text" }
const SINCE = { column: "from_at", type: "timestamptz" }

/** The row's party, and what it was called at the instant or is called now; neither for who may not know of it. */
export const partyOf = (at: Instant | null, reader: string): SQL => {
  const from = sql`from party_rows p where p.record_id = r.party_id and ${
    at === null
      ? sql`p.until_at = 'infinity'`
      : sql`p.from_at <= ${at}::timestamptz and p.until_at > ${at}::timestamptz`
  } and (p.restricted_to is null or ${reader} = any(p.restricted_to)) limit 1`
  return sql`(select p.record_id ${from}) as "partyId", (select p.title ${from}) as "partyName"`
}

/**
 * Whether the flow of this row runs because an authority demands it (`isUnderDemand` says the same of a body). A look by key
 * and no *exists*, for which all versions could be read at once.
 */
export const underDemand = (row: SQL): SQL => sql`case when ${row}.standing = 'discovered' then (select v.body::jsonb
    @? '$.grounds[*] ? (@.ground == "statute" && @.demandId != null && @.statuteKind.value == "authority")'
  from versions v where v.record_id = ${row}.record_id and v.n = ${row}.n) else false end`

/** How many flows to the party the reader may know of, that have not ended; the stored count is of all of them. */
export const flowsOf = (
  at: Instant | null,
  reader: string,
  entities: readonly string[] | null,
): SQL => sql`(select count(*)::int
  from sharing_rows s where s.party_id = r.record_id and s.standing <> 'ended'
    and ${at === null ? sql`s.until_at = 'infinity'` : sql`s.from_at <= ${at}::timestamptz and s.until_at > ${at}::timestamptz`}
    and (s.restricted_to is null or ${reader} = any(s.restricted_to))
    and ${entities === null ? sql`true` : sql`s.entity_id = any(${textArray(entities)}::text[])`})`

export const LISTS = {
  parties: {
    table: "party_rows",
    columns: (
      at,
      reader,
      entities,
    ) => sql`r.record_id as id, r.title, r.standing, r.from_at as "fromAt", r.fold, r.kinds, r.sub_kind as "subKind", r.country,
      r.data_decision as "dataDecision", r.risk, ${flowsOf(at, reader, entities)} as "sharingCount"`,
    sorts: { name: NAME, since: SINCE },
    facets: {
      kind: anyOf("kinds"),
      "sub-kind": oneOf("sub_kind"),
      country: oneOf("country"),
      decision: oneOf("data_decision"),
      standing: oneOf("standing"),
      risk: oneOf("risk"),
      import: fromImport,
    },
  },
  sharings: {
    table: "sharing_rows",
    columns: (
      at,
      reader,
      _entities,
      today,
    ) => sql`r.record_id as id, r.title, r.standing, ${underDemand(sql`r`)} as "underDemand", r.from_at as "fromAt", r.fold, r.entity_id as "entityId", ${partyOf(at, reader)},
      r.mode, r.grounds, r.purposes, r.data_kinds as "dataKinds", r.subjects, r.countries, r.mechanisms, r.starts_on as "startsOn", r.ends_on as "endsOn",
      r.due_on as "dueOn", r.unproven_from as "unprovenFrom", r.proof_due_on as "proofDueOn", r.unknowns, r.coverage::text as coverage, ${found(today, at)} as "foundOnDay",
      ${at === null ? sql`null::text` : coverageThen(today, at)} as "coverageThen"`,
    sorts: { name: NAME, since: SINCE },
    facets: {
      mode: oneOf("mode"),
      destination: anyOf("countries"),
      ground: anyOf("grounds"),
      standing: oneOf("standing"),
      entity: oneOf("entity_id"),
      party: { ...oneOf("party_id"), unindexed: true },
      data: anyOf("data_kinds"),
      purpose: anyOf("purposes"),
      subjects: anyOf("subjects"),
      mechanism: anyOf("mechanisms"),
      route: anyOf("routes"),
      coverage: derived(covered),
      findings: derived(found),
      deletion: derived(owedOn),
      import: fromImport,
    },
  },
  agreements: {
    table: "agreement_rows",
    columns: (
      at,
      reader,
    ) => sql`r.record_id as id, r.title, r.standing, r.from_at as "fromAt", r.fold, r.entity_id as "entityId", ${partyOf(at, reader)},
      r.kind, r.known_how as "knownHow", r.effect_on as "effectOn", r.ends_on as "endsOn", r.cover_count as "coverCount", r.has_file as "hasFile", r.signed`,
    sorts: { name: NAME, since: SINCE },
    facets: {
      kind: oneOf("kind"),
      state: derived(agreementNow),
      standing: oneOf("standing"),
      entity: {
        where: (values, _today, asOf) => ofEntities("r", values, asOf),
        values: (_today, asOf) => entitiesOfRow("r", asOf),
        array: true,
      },
      party: {
        ...{ ...oneOf("party_id"), unindexed: true },
        where: (values, _today, asOf) => ofParties("r", values, asOf),
      },
      known: oneOf("known_how"),
    },
  },
  others: {
    table: "other_rows",
    columns: (
      at,
      reader,
    ) => sql`r.record_id as id, r.title, r.standing, r.from_at as "fromAt", r.fold, r.record_kind as "recordKind", r.kind, r.entity_id as "entityId",
      ${partyOf(at, reader)},
      r.sharing_id as "sharingId", r.outcome, r.first_on as "firstOn", r.last_on as "lastOn"`,
    sorts: { name: NAME, since: SINCE },
    facets: {
      record: oneOf("record_kind"),
      kind: oneOf("kind"),
      outcome: oneOf("outcome"),
      standing: oneOf("standing"),
    },
  },
} as const satisfies Record<string, ListSpec>

export type ListName = keyof typeof LISTS

/** What a list is made of: table, columns, sorts, facets. */
export function listSpec(name: ListName): ListSpec {
  return LISTS[name]
}

/** The facets of a list that its index holds, in their order. */
export function indexedFacets(name: ListName): string[] {
  return Object.entries(listSpec(name).facets)
    .filter(([, facet]) => !facet.unindexed)
    .map(([facet]) => facet)
}
