import { sql, type SQL } from "drizzle-orm"
import { rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { waitsForTwoIn } from "./confirmations"
import { underDemand } from "./list-specs"
import { textArray } from "./log"
import { entitiesOfRow, ofEntities } from "./sides"
import { FOUND_RUNNING } from "./takes"

/** What a reader asks of a list of the desk. Facets come from the tables below, never from input. */
export type DeskQuery = {
  filters: Record<string, string[]>
  excluded: Record<string, string[]>
  after: { dueOn: string; recordId: string; path: string } | null
  size: number
  asOf: Instant | null
  /** Today in each company's zone, and where no company is concerned. */
  todays: Record<string, string>
  today: string
  /** The reader's own condition on the rows of a list, by the name that it has in the query. */
  scope: (alias: string) => SQL
  /** Whether the reader may know of the record's party, for its name. */
  named: (column: SQL) => SQL
}

type Facet = (on: DeskQuery) => SQL
/** A facet of which a line may have several values. */
type Listed = { each: Facet; holds: (values: readonly string[], on: DeskQuery) => SQL }

/** Today of a row's company. Few days are ever today at once, and mostly one: then it is a plain day. */
function todayOf(on: DeskQuery): SQL {
  const others = [...new Set(Object.values(on.todays))].filter((day) => day !== on.today)
  if (others.length === 0) return sql`${on.today}::date`
  const cases = others.map((day) => {
    const ids = Object.keys(on.todays).filter((id) => on.todays[id] === day)
    return sql`when r.entity_id = any(${textArray(ids)}::text[]) then ${day}::date`
  })
  return sql`case ${sql.join(cases, sql` `)} else ${on.today}::date end`
}
const WHEN: Facet = (
  on,
) => sql`case when r.due_on in ('infinity', '-infinity') then 'no-day' when r.due_on < ${todayOf(on)} then 'overdue'
  when r.due_on <= ${todayOf(on)} + 30 then 'next-30' when r.due_on <= ${todayOf(on)} + 90 then 'next-90' else 'later' end`

/** Names of people stand in addresses and facets by a short hash of theirs, never in words. */
const hashed = (value: SQL): SQL => sql`left(md5(${value}), 12)`
const ASKED = sql`coalesce(d.value, r.asked)`
const OWNER = sql`coalesce(d.value, r.owner)`

// One active account alone has the name, with a role in the company in which one asks or decides. A list that is made once.
const TAKES_PART = sql`(${OWNER}, r.entity_id) in (select p.name, e.id from people p join lateral (select g.entity_id from (
    select distinct on (grant_id) role, entity_id, state, until_at from role_grants where person_id = p.id order by grant_id, n desc) g
    where g.role in ('requester', 'procurement', 'legal', 'dpo') and g.state in ('granted', 'unconfirmed', 'confirmed')
      and (g.until_at is null or g.until_at > now())) h on true
  join records e on e.kind = 'entity' and (h.entity_id is null or h.entity_id = e.id)
  where p.state = 'active' and not exists (select 1 from people o where o.name = p.name and o.state = 'active' and o.id <> p.id))`

type DeskList = {
  from: SQL | ((on: DeskQuery) => SQL)
  names: SQL
  columns: SQL
  person: SQL
  facets: Record<string, Facet | Listed>
  also: (on: DeskQuery) => SQL
  /** The day by which the list is in order; without, the one on which its lines are due. */
  order?: SQL
}

const common = (on: DeskQuery): SQL => sql`r.record_id as "recordId", r.path, r.record_kind as "recordKind", r.title,
  r.entity_id as "entityId", (select p.title from party_rows p where p.record_id = r.party_id and p.until_at = 'infinity'
    and r.record_kind <> 'party' and ${on.named(sql`p.restricted_to`)} limit 1) as "partyName",
  nullif(nullif(r.due_on, 'infinity'), '-infinity') as "dueOn", ${todayOf(on)} as today, ${WHEN(on)} as "when"`

const LISTS = {
  answers: {
    from: sql`open_answers r`,
    names: sql`left join disclosures d on d.commitment = r.asked_sealed`,
    columns: sql`${ASKED} as person, r.asked_sealed is not null and d.commitment is null as erased`,
    person: ASKED,
    facets: {
      when: WHEN,
      record: () => sql`r.record_kind`,
      entity: () => sql`r.entity_id`,
      asked: () => hashed(ASKED),
    },
    also: () => sql`true`,
  },
  reviews: {
    from: sql`review_dues r`,
    names: sql`left join disclosures d on d.commitment = r.owner_sealed`,
    columns: sql`${OWNER} as person, r.owner_sealed is not null and d.commitment is null as erased, r.kind, r.rule,
      r.since_on as "sinceOn", r.length, r.about`,
    person: OWNER,
    facets: {
      when: WHEN,
      kind: () => sql`r.kind`,
      entity: () => sql`r.entity_id`,
      owner: () => hashed(OWNER),
    },
    // Of several assessments of the same the latest counts: what was renewed is not asked for again. What becomes of the
    // data is asked once the flow has ended.
    also: (
      on,
    ) => sql`(r.record_kind <> 'assessment' or not exists (select 1 from review_dues x where x.kind = r.kind and x.subject = r.subject and ${span("x", on)}
      and (x.due_on, x.record_id, x.path) > (r.due_on, r.record_id, r.path) and ${on.scope("x")}))
      and (r.kind <> 'deletion' or r.since_on < ${todayOf(on)}) and r.record_kind <> 'agreement'`,
  },
  renewals: {
    from: sql`review_dues r`,
    names: sql`left join disclosures d on d.commitment = r.owner_sealed`,
    columns: sql`${OWNER} as person, r.owner_sealed is not null and d.commitment is null as erased, r.kind, r.rule,
      r.since_on as "sinceOn", r.length, r.about`,
    person: OWNER,
    facets: {
      when: WHEN,
      kind: () => sql`r.kind`,
      // A paper of several companies is on the desk of each.
      entity: {
        each: (on) => entitiesOfRow("r", on.asOf),
        holds: (values, on) => ofEntities("r", values, on.asOf),
      },
      // Who is named and has no role there any more counts as nobody, and as themselves.
      owner: {
        each: () => sql`case when ${OWNER} is null then array['nobody'] when ${TAKES_PART} then array[${hashed(OWNER)}]
          else array[${hashed(OWNER)}, 'nobody'] end`,
        holds: (values) =>
          sql`(${hashed(OWNER)} = any(${textArray(values)}::text[])${
            values.includes("nobody") ? sql` or ${OWNER} is null or not ${TAKES_PART}` : sql``
          })`,
      },
    },
    // What another paper stands in the place of asks for nothing, once that one is signed and has begun.
    also: (on) => sql`r.record_kind = 'agreement' and not exists (select 1 from version_refs f
      join agreement_rows a on a.record_id = f.record_id and a.n = f.n and ${span("a", on)}
      where f.target_id = r.record_id and f.path = 'replaces' and a.signed and a.standing <> 'ended' and a.effect_on <= ${todayOf(on)}
        and not ${waitsForTwoIn("a", on.asOf)})`,
  },
  found: {
    // Since when it is on record as found running, and who sees to it by when: the last to take it, as of the instant.
    from: (
      on,
    ) => sql`(select s.record_id, 'dueOn' as path, 'sharing' as record_kind, s.title, s.entity_id, s.party_id, s.restricted_to,
      s.standing, s.from_at, s.until_at, s.n, s.starts_on, coalesce(k.due_on, s.due_on, '-infinity'::date) as due_on, k.owner_id,
      (select min(v.at) from versions v where v.record_id = s.record_id and v.standing = 'discovered')::date as since_on
      from sharing_rows s left join lateral (select t.owner_id, t.due_on from takes t where t.record_id = s.record_id
        and t.clause = ${FOUND_RUNNING} and ${on.asOf === null ? sql`true` : sql`t.at <= ${on.asOf}::timestamptz`}
        order by t.log_index desc limit 1) k on true where s.standing = 'discovered') r`,
    names: sql`join versions w on w.record_id = r.record_id and w.n = r.n
      left join lateral (select w.body::jsonb #> '{owner,value}' as value) o on true
      left join disclosures d on d.commitment = o.value ->> '$c'
      left join people taker on taker.id = r.owner_id
      left join requests q on q.id = w.request_id left join people p on p.id = q.created_by`,
    columns: sql`coalesce(taker.name, d.value, o.value #>> '{}', p.name) as person, false as erased, r.since_on as "sinceOn",
      r.starts_on as "startsOn", r.owner_id as "ownerId", ${underDemand(sql`r`)} as "underDemand"`,
    person: sql`null::text`,
    facets: { when: WHEN, entity: () => sql`r.entity_id` },
    also: () => sql`true`,
    order: sql`r.since_on`,
  },
} as const satisfies Record<string, DeskList>
export type DeskName = keyof typeof LISTS

/** The facets of a list of the desk. */
export function deskFacets(name: DeskName): string[] {
  return Object.keys(LISTS[name].facets)
}

function span(alias: string, on: DeskQuery): SQL {
  const at = sql.raw(alias)
  return on.asOf === null
    ? sql`${at}.until_at = 'infinity'`
    : sql`${at}.from_at <= ${on.asOf}::timestamptz and ${at}.until_at > ${on.asOf}::timestamptz`
}

/** Names of people are looked up only where something asks for them. */
function source(name: DeskName, on: DeskQuery, facet?: string): SQL {
  const list: DeskList = LISTS[name]
  const asked = [facet, ...Object.keys(on.filters), ...Object.keys(on.excluded)]
  const from = fromOf(list, on)
  return asked.some((one) => one === "asked" || one === "owner") ? sql`${from} ${list.names}` : from
}

function fromOf(list: DeskList, on: DeskQuery): SQL {
  return typeof list.from === "function" ? list.from(on) : list.from
}

function where(name: DeskName, on: DeskQuery, without?: string): SQL {
  const list: DeskList = LISTS[name]
  const all = [span("r", on), on.scope("r"), list.also(on)]
  for (const [facet, values] of Object.entries(on.filters)) {
    const known = list.facets[facet]
    if (known && facet !== without && values.length) all.push(holds(known, values, on))
  }
  for (const [facet, values] of Object.entries(on.excluded)) {
    const known = list.facets[facet]
    if (known && values.length) all.push(sql`not coalesce(${holds(known, values, on)}, false)`)
  }
  return sql.join(all, sql` and `)
}

const holds = (facet: Facet | Listed, values: readonly string[], on: DeskQuery): SQL =>
  typeof facet === "function" ? sql`${facet(on)} = any(${textArray(values)}::text[])` : facet.holds(values, on)

/** One page by keyset, what is due (or was found) first on top; one more than asked for. */
export async function deskPage<T>(tx: Db | Tx, name: DeskName, on: DeskQuery): Promise<T[]> {
  const list: DeskList = LISTS[name]
  const order = list.order ?? sql`r.due_on`
  const cursor = on.after
    ? sql`(${order}, r.record_id, r.path) > (${on.after.dueOn}::date, ${on.after.recordId}, ${on.after.path})`
    : sql`true`
  return rows<T>(
    tx,
    sql`select ${common(on)}, ${order}::text as "sortOn", ${list.columns} from ${fromOf(list, on)} ${list.names} where ${where(name, on)} and ${cursor}
      order by ${order}, r.record_id, r.path limit ${on.size + 1}`,
  )
}

export type DeskCount = { value: string; n: number; label: string | null }

/** Counts of one facet's values after the reader's scope, ignoring its own filter. People come with their names. */
export async function deskCounts(tx: Db | Tx, name: DeskName, on: DeskQuery, facet: string): Promise<DeskCount[]> {
  const list: DeskList = LISTS[name]
  const known = list.facets[facet]
  if (!known) return []
  const [label, person] = isPerson(facet) ? [sql`min(t.person)`, list.person] : [sql`null::text`, sql`null::text`]
  return rows<DeskCount>(
    tx,
    sql`select t.value, count(*)::int as n, ${label} as label from (select ${typeof known === "function" ? known(on) : sql`unnest(${known.each(on)})`} as value, ${person} as person from ${source(name, on, facet)}
      where ${where(name, on, facet)}) t where t.value is not null group by t.value order by n desc, t.value limit 40`,
  )
}

export type DeskSummary = {
  total: number
  overdue: number
  facets: Record<string, DeskCount[]>
  /** How many are due in each month from a day on, by kind. */
  months: DeskMonth[]
}

/**
 * Totals, all facets and the load by month of a list, by one look at its lines: each line is worked out once, and each count
 * leaves the facet's own filter out, as `deskCounts` does one by one.
 */
export async function deskSummary(
  tx: Db | Tx,
  name: DeskName,
  on: DeskQuery,
  of: { from: string; months: number },
): Promise<DeskSummary> {
  const list: DeskList = LISTS[name]
  const facets = Object.entries(list.facets)
  const filtered = facets.flatMap(([facet, known], i) => {
    const values = on.filters[facet] ?? []
    return values.length ? [{ i, holds: holds(known, values, on) }] : []
  })
  const columns = [
    ...facets.map(
      ([, known], i) => sql`${typeof known === "function" ? known(on) : known.each(on)} as ${sql.raw(`v${i}`)}`,
    ),
    ...filtered.map((one) => sql`coalesce(${one.holds}, false) as ${sql.raw(`ok${one.i}`)}`),
    sql`${list.person} as person, r.kind, r.due_on, ${WHEN(on)} = 'overdue' as late`,
  ]
  const but = (i: number): SQL => {
    const all = filtered.flatMap((one) => (one.i === i ? [] : [sql.raw(`ok${one.i}`)]))
    return all.length ? sql.join(all, sql` and `) : sql`true`
  }
  const counted = facets.map(([facet, known], i) => {
    const value = sql.raw(typeof known === "function" ? `v${i}` : `unnest(v${i})`)
    const label = isPerson(facet) ? sql`min(t.person)` : sql`null::text`
    return sql`(select ${facet}::text as facet, t.value, null::text as kind, ${label} as label, count(*)::int as n, 0 as late
      from (select ${value} as value, person from l where ${but(i)}) t where t.value is not null
      group by t.value order by count(*) desc, t.value limit 40)`
  })
  const found = await rows<{
    facet: string
    value: string
    kind: string
    label: string | null
    n: number
    late: number
  }>(
    tx,
    sql`with l as materialized (select ${sql.join(columns, sql`, `)} from ${fromOf(list, on)} ${list.names} where ${where(name, { ...on, filters: {} })})
      ${sql.join(counted, sql` union all `)}
      union all select ':months', to_char(due_on, 'YYYY-MM'), kind, null, count(*)::int, 0 from l where ${but(-1)}
        and due_on >= ${of.from}::date and due_on < ${of.from}::date + make_interval(months => ${of.months}) group by 2, 3
      union all select ':all', null, null, null, count(*)::int, (count(*) filter (where late))::int from l where ${but(-1)}`,
  )
  const whole = found.find((one) => one.facet === ":all")
  const months = found.flatMap(({ facet, value, kind, n }) => (facet === ":months" ? [{ month: value, kind, n }] : []))
  return {
    ...{ total: whole?.n ?? 0, overdue: whole?.late ?? 0 },
    facets: Object.fromEntries(
      facets.map(([facet]) => [
        facet,
        found
          .filter((one) => one.facet === facet)
          .map(({ value, n, label }) => ({ value, n, label }))
          .sort((a, b) => b.n - a.n || (a.value < b.value ? -1 : 1)),
      ]),
    ),
    months: months.sort((a, b) => (`${a.month} ${a.kind}` < `${b.month} ${b.kind}` ? -1 : 1)),
  }
}

const isPerson = (facet: string): boolean => facet === "asked" || facet === "owner"

export type DeskMonth = { month: string; kind: string; n: number }

/** How many there are, and how many of them are overdue. */
export async function deskTotals(tx: Db | Tx, name: DeskName, on: DeskQuery): Promise<{ n: number; overdue: number }> {
  const found = await rows<{ n: number; overdue: number }>(
    tx,
    sql`select count(*)::int as n, count(*) filter (where ${WHEN(on)} = 'overdue')::int as overdue from ${source(name, on)} where ${where(name, on)}`,
  )
  return found[0] ?? { n: 0, overdue: 0 }
}

/** How many answers are open in a company ('': in none), and how many of them are overdue. */
export type OpenCount = { entityId: string; answers: number; overdue: number }

/** The stored counts of the companies, each up to its own today, and what is restricted to this person among others. */
export async function openCounts(
  tx: Db | Tx,
  days: readonly { entityId: string; on: string }[],
  reader: string,
): Promise<OpenCount[]> {
  return rows(
    tx,
    sql`with want as (select * from unnest(${textArray(days.map((one) => one.entityId))}::text[],
        ${textArray(days.map((one) => one.on))}::text[]::date[]) as w(entity_id, on_day)),
      found as (
        select c.entity_id, c.due_on, c.n from answer_counts c where c.entity_id in (select entity_id from want)
        union all select coalesce(o.entity_id, ''), o.due_on, 1 from open_answers o
          where o.until_at = 'infinity' and o.restricted_to is not null and ${reader} = any(o.restricted_to))
      select w.entity_id as "entityId", sum(f.n)::int as answers, coalesce(sum(f.n) filter (where f.due_on < w.on_day), 0)::int as overdue
      from want w join found f using (entity_id) group by 1 having sum(f.n) <> 0 order by 1`,
  )
}

/** The same counted one by one: as of an instant, and for whom parties are theirs by their flows alone. */
export async function countedAnswers(tx: Db | Tx, on: DeskQuery): Promise<OpenCount[]> {
  return rows(
    tx,
    sql`select coalesce(r.entity_id, '') as "entityId", count(*)::int as answers, count(*) filter (where ${WHEN(on)} = 'overdue')::int as overdue
      from open_answers r where ${span("r", on)} and ${on.scope("r")} group by 1 order by 1`,
  )
}
