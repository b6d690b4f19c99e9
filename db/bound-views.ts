import { createHash } from "node:crypto"
import type pg from "pg"

/**
 * What a reader sees whose account is bound to kinds of records and a period: a schema of views over the register's own tables,
 * one for each that holds anything of records. A look of such a reader puts it before `public` on the search path (usecases/bound.ts),
 * so that whatever a statement asks, of whatever table, it asks of what lies within the bounds. The bounds come as the setting
 * `onward.bounds`, a list: what lies in one of them, whole, is seen. Without the setting nothing is.
 */

/** The days of a record touch the bound's period; days that nobody knows are no reason to leave it out. */
const touches = (first: string, last: string): string =>
  `(b.last_on is null or ${first} is null or ${first} <= b.last_on) and (b.first_on is null or ${last} is null or ${last} >= b.first_on)`
const kind = (name: string): string => `(b.kinds is null or ${name} = any(b.kinds))`
const company = (column: string): string => `(b.entity is null or b.entity = ${column})`
/** What was no longer said when the period began is not told as it was said then. */
const since = "(b.since is null or r.until_at > b.since)"

/** The head decides for all versions of a record: as we know it now, its own time touches the period. */
const headOf = (table: string, within: string, id: string): string =>
  `select 1 from public.${table} h cross join bound.allowed b where h.record_id = ${id} and h.until_at = 'infinity' and ${within}`
const rowsOf = (table: string, within: string): string =>
  `select r.* from public.${table} r where exists (${headOf(table, within, "r.record_id")} and ${since})`

/** A paper is of its first company and of those that it names beside it. */
const ofPaper = `(${company("h.entity_id")} or exists (select 1 from public.version_refs f where f.record_id = h.record_id and f.n = h.n
  and f.path like 'furtherEntities.%' and f.target_id = b.entity))`

const ofRecord = (table: string, column = "record_id"): string =>
  `select r.* from public.${table} r where bound.seen(r.${column})`
/** What the checks said and what stands open, said after the period began, of records within. */
const saidOf = (table: string): string =>
  `select r.* from public.${table} r where bound.seen(r.record_id) and exists (select 1 from bound.allowed b where ${since})`
/** Sums of a company are for whoever reads all of it. */
const sums = (
  table: string,
  column = "entity_id",
): string => `select r.* from public.${table} r where exists (select 1 from bound.allowed b
  where b.kinds is null and b.first_on is null and b.last_on is null and ${company(`r.${column}`)})`
const ofRequest = (table: string): string => `select r.* from public.${table} r where bound.seen_request(r.request_id)`

/** A day of a proposal's body, where it is known. */
const day = (...names: string[]): string =>
  `coalesce(${names.map((name) => `case when p.body::jsonb #>> '{${name},state}' = 'known' then (p.body::jsonb #>> '{${name},value}')::date end`).join(", ")})`

/** A proposal lies in the bound: of its kinds; of a record that is in force by that record, of another by its own days. */
const proposed = `${kind("p.kind")} and case when exists (select 1 from public.records v where v.id = p.record_id) then bound.seen(p.record_id)
  else ${touches(day("startsOn", "effectOn", "doneOn", "firstOn", "servedOn"), day("endsOn", "validUntil", "answerOn", "lastOn"))} end`
/** A proposal is of the bound's company, or of none. */
const proposedIn = `(b.entity is null or coalesce(p.body::jsonb ->> 'entityId', b.entity) = b.entity or coalesce(p.body::jsonb -> 'furtherEntities', '[]'::jsonb) ? b.entity)`
const proposals = (table: string): string => `select p.* from public.${table} p where bound.seen_request(p.request_id)
  and exists (select 1 from bound.allowed b where ${proposedIn} and ${proposed})`

const ALLOWED = `select b.* from jsonb_to_recordset(coalesce(nullif(current_setting('onward.bounds', true), ''), '[]')::jsonb)
  as b(entity text, kinds text[], first_on date, last_on date, since timestamptz, until timestamptz)`

/** When a record lies within a bound, by the head of its row. */
const WITHIN: Record<string, string> = {
  sharing_rows: `${kind("'sharing'")} and ${company("h.entity_id")} and ${touches("h.starts_on", "h.ends_on")}`,
  agreement_rows: `${kind("'agreement'")} and ${ofPaper} and ${touches("h.effect_on", "h.ends_on")}`,
  other_rows: `(h.record_kind = 'pack' or (${kind("h.record_kind")} and (h.entity_id is null or ${company("h.entity_id")})
    and ${touches("h.first_on", "h.last_on")}))`,
  party_rows: `${kind("'party'")} and exists (select 1 from public.sharing_rows s where s.party_id = h.record_id and s.until_at = 'infinity'
    and ${company("s.entity_id")} and ${touches("s.starts_on", "s.ends_on")})`,
}

const REQUEST = `select 1 from public.requests r cross join bound.allowed b where r.id = p_id and (b.entity is null or b.entity = any(r.entity_ids))
  and (b.since is null or r.moved_at >= b.since) and (b.until is null or r.created_at < b.until)
  and not exists (select 1 from public.proposals p where p.request_id = r.id and not (${proposed}))
  and not exists (select 1 from public.revision_proposals p where p.request_id = r.id and not (${proposed}))`

const asks = (name: string, input: string, body: string): string =>
  `create function bound.${name}(${input}) returns boolean language plpgsql stable set search_path = pg_catalog, public, pg_temp
    as $$ begin ${body} end $$`

/** Asked row by row of what is about a record: planned once, where a view upon views would be planned with every statement. */
const FUNCTIONS = [
  asks(
    "seen",
    "p_id text",
    `return case left(p_id, 3) when 'ent' then true when 'pck' then true
      when 'pty' then exists (${headOf("party_rows", WITHIN.party_rows ?? "", "p_id")})
      when 'shr' then exists (${headOf("sharing_rows", WITHIN.sharing_rows ?? "", "p_id")})
      when 'agr' then exists (${headOf("agreement_rows", WITHIN.agreement_rows ?? "", "p_id")})
      else exists (${headOf("other_rows", WITHIN.other_rows ?? "", "p_id")}) end;`,
  ),
  asks(
    "seen_version",
    "p_id text, p_n int",
    `return bound.seen(p_id) and exists (select 1 from bound.allowed b where b.since is null or not exists (
      select 1 from public.versions w where w.record_id = p_id and w.n = p_n + 1 and w.at <= b.since));`,
  ),
  asks("seen_request", "p_id text", `return exists (${REQUEST});`),
]

/** The views in the order in which they stand on each other. */
const VIEWS: [name: string, as: string][] = [
  ...Object.entries(WITHIN).map(([table, within]): [string, string] => [table, rowsOf(table, within)]),
  ["versions", "select v.* from public.versions v where bound.seen_version(v.record_id, v.n)"],
  ["records", "select r.* from public.records r where bound.seen(r.id)"],
  ["version_refs", "select f.* from public.version_refs f where bound.seen_version(f.record_id, f.n)"],
  ["provenance", "select f.* from public.provenance f where bound.seen_version(f.record_id, f.n)"],
  ...["findings", "judgements", "gaps", "open_answers", "review_dues"].map((table): [string, string] => [
    table,
    saidOf(table),
  ]),
  ...["takes", "band_flows", "record_files", "papers_sent", "party_keys"].map((table): [string, string] => [
    table,
    ofRecord(table),
  ]),
  ...["letters", "redactions", "paper_confirmations"].map((table): [string, string] => [
    table,
    ofRecord(table, "agreement_id"),
  ]),
  ...["record_counts", "promise_turns", "promise_counts", "promise_days", "answer_counts", "band_sums"].map(
    (table): [string, string] => [table, sums(table)],
  ),
  [
    "announcements",
    `select a.* from public.announcements a where bound.seen(a.party_id)
      and exists (select 1 from bound.allowed b where ${company("a.entity_id")} and ${touches("a.announced_on", "a.effect_on")})`,
  ],
  [
    "announcement_answers",
    "select r.* from public.announcement_answers r where r.announcement_id in (select a.id from bound.announcements a)",
  ],
  ["requests", "select r.* from public.requests r where bound.seen_request(r.id)"],
  ...["proposals", "revision_proposals"].map((table): [string, string] => [table, proposals(table)]),
  [
    "review_rows",
    `select r.* from public.review_rows r where exists (select 1 from bound.proposals p where p.request_id = r.request_id and p.record_id = r.record_id)
      or exists (select 1 from bound.revision_proposals p where p.request_id = r.request_id and p.record_id = r.record_id)`,
  ],
  ...[
    "request_authors",
    "revisions",
    "revision_stages",
    "seats",
    "decisions",
    "carried",
    "comments",
    "conditions",
    "request_files",
    "intakes",
  ].map((table): [string, string] => [table, ofRequest(table)]),
  ["comment_turns", "select t.* from public.comment_turns t where t.comment_id in (select c.id from bound.comments c)"],
  [
    "condition_turns",
    "select t.* from public.condition_turns t where t.condition_id in (select c.id from bound.conditions c)",
  ],
  [
    "condition_owners",
    "select t.* from public.condition_owners t where t.condition_id in (select c.id from bound.conditions c)",
  ],
  [
    "questions",
    "select q.* from public.questions q where case when left(q.subject_id, 3) = 'req' then bound.seen_request(q.subject_id) else bound.seen(q.subject_id) end",
  ],
  [
    "question_replies",
    "select a.* from public.question_replies a where exists (select 1 from bound.questions q where q.id = a.question_id)",
  ],
  // What no supervisor works with: files on their way, and what suppliers are asked.
  ...[
    "imports",
    "import_rows",
    "folders",
    "folder_files",
    "campaigns",
    "supplier_links",
    "supplier_answers",
    "supplier_files",
    "supplier_takings",
    "reconciliations",
    "reconciliation_lines",
  ].map((table): [string, string] => [table, `select r.* from public.${table} r where false`]),
]

/** The tables that a bound reader sees only within the bounds. */
export const BOUND_TABLES: readonly string[] = VIEWS.map(([name]) => name)

const STATEMENTS = [
  "create schema bound",
  `create view bound.allowed as ${ALLOWED}`,
  ...FUNCTIONS,
  ...VIEWS.map(([name, as]) => `create view bound.${name} as ${as}`),
  "grant usage on schema bound to onward_app",
  "grant select on all tables in schema bound to onward_app",
  "grant execute on all functions in schema bound to onward_app",
]
const WORD = createHash("sha256").update(STATEMENTS.join(";\n")).digest("hex")

/** Takes the views away, so that a migration may change the tables under them. */
export async function dropBoundViews(client: pg.Client): Promise<void> {
  await client.query("drop schema if exists bound cascade")
}

/** Makes the views as they are written here, unless they stand so. Whoever reads meanwhile waits for the moment that it takes. */
export async function makeBoundViews(client: pg.Client): Promise<void> {
  const found = await client.query<{ word: string | null }>(
    "select obj_description(oid, 'pg_namespace') as word from pg_namespace where nspname = 'bound'",
  )
  if (found.rows[0]?.word === WORD) return
  await client.query("begin")
  try {
    await dropBoundViews(client)
    for (const statement of STATEMENTS) await client.query(statement)
    await client.query(`comment on schema bound is '${WORD}'`)
    await client.query("commit")
  } catch (problem) {
    await client.query("rollback")
    throw problem
  }
}
