import { sql } from "drizzle-orm"
import type pg from "pg"
import { rows, type Tx } from "@/db/connect"

/** Every table of a register in the order in which it can be filled again. Sessions and throttles are not kept. */
export const TABLES = [
  "people",
  "log_head",
  "log_leaves",
  "log_objects",
  "log_nodes",
  "log_keys",
  "log_key_turns",
  "log_key_decisions",
  "erasures",
  "erasure_decisions",
  "holds",
  "hold_ends",
  "inquiries",
  "inquiry_questions",
  "inquiry_releases",
  "erased",
  "log_checkpoints",
  "log_witnesses",
  "log_witness_ends",
  "log_postings",
  "log_cosignatures",
  "records",
  "requests",
  // Before who wrote what: whoever wrote later than they looked may have looked.
  "paper_confirmations",
  "request_authors",
  "versions",
  "version_refs",
  "provenance",
  "disclosures",
  "role_grants",
  "absences",
  "delegations",
  "identities",
  "sign_on_rules",
  "answer_keepings",
  "tokens",
  "calendar_links",
  "refusals",
  "proposals",
  "intakes",
  "revisions",
  "revision_proposals",
  "revision_stages",
  "seats",
  "decisions",
  "carried",
  "comments",
  "comment_turns",
  "conditions",
  "request_looks",
  "bulk_decisions",
  "bulk_lines",
  "tellings",
  "mails",
  "told_ways",
  "escalations",
  "stage_rules",
  "stage_rule_decisions",
  "work_calendars",
  "trust_list_files",
  "trust_lists",
  "trust_list_decisions",
  "files",
  "file_bytes",
  "signature_results",
  "condition_owners",
  "condition_turns",
  "campaigns",
  "supplier_links",
  "supplier_answers",
  "supplier_files",
  "supplier_takings",
  "imports",
  "import_rows",
  "scenarios",
  "views",
  "tallies",
  "party_rows",
  "sharing_rows",
  "agreement_rows",
  "other_rows",
  "findings",
  "takes",
  "announcements",
  "announcement_answers",
  "letters",
  "redactions",
  "folders",
  "folder_files",
  "templates",
  "template_decisions",
  "papers_sent",
  "questions",
  "question_replies",
  "judgements",
  "gaps",
  "promise_turns",
  "promise_days",
  "promise_counts",
  "band_flows",
  "band_sums",
  "to_judge",
  "derived_by",
  "review_rows",
  "open_answers",
  "answer_counts",
  "review_dues",
  "party_keys",
  "reconciliations",
  "reconciliation_lines",
] as const
export type Table = (typeof TABLES)[number]

/** In which order a table's rows go back, where order matters: versions must follow each other. */
const ORDER: Partial<Record<Table, string>> = {
  versions: "at, record_id, n",
  role_grants: "at, grant_id, n",
  stage_rules: "version",
  work_calendars: "at, entity_id, n",
  trust_lists: "n",
  trust_list_decisions: "log_index",
  absences: "at, absence_id, n",
  delegations: "at, delegation_id, n",
  log_leaves: "index",
  carried: "request_id, revision, decision_id",
  comments: "at, id",
  comment_turns: "log_index, comment_id",
  signature_results: "log_index",
  condition_owners: "log_index, condition_id",
  condition_turns: "log_index, condition_id",
  inquiry_questions: "log_index, inquiry_id, place",
  questions: "log_index",
  question_replies: "log_index",
}

/** The rows of a table as JSON text, a batch at a time, through a cursor in the caller's snapshot. */
export async function* tableRows(tx: Tx, table: Table, batch = 1000): AsyncGenerator<string[]> {
  const order = ORDER[table] ? sql.raw(` order by ${ORDER[table]}`) : sql.raw(" order by ctid")
  await tx.execute(
    sql`declare onward_copy no scroll cursor for select to_jsonb(t)::text as line from ${sql.raw(table)} t${order}`,
  )
  for (;;) {
    const found = await rows<{ line: string }>(tx, sql`fetch ${sql.raw(String(batch))} from onward_copy`)
    if (found.length === 0) break
    yield found.map((item) => item.line)
  }
  await tx.execute(sql`close onward_copy`)
}

/** Fills rows back, as the owner, into an empty database of the same migrations. */
export async function fillRows(client: pg.Client, table: Table, lines: readonly string[]): Promise<void> {
  // Findings of earlier landings had no span; they are worked out anew.
  const fit = table === "findings" ? lines.filter((line) => "key" in (JSON.parse(line) as object)) : lines
  if (fit.length === 0) return
  const columns = await client.query<{ name: string }>(
    "select column_name as name from information_schema.columns where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position",
    [table],
  )
  // Columns that came after the backup was made take their defaults.
  const held = new Set(Object.keys(JSON.parse(fit[0] ?? "{}") as object))
  const names = columns.rows
    .filter((column) => held.has(column.name))
    .map((column) => client.escapeIdentifier(column.name))
    .join(", ")
  await client.query(
    `insert into ${client.escapeIdentifier(table)} (${names}) overriding system value select ${names} from jsonb_populate_recordset(null::${client.escapeIdentifier(table)}, $1::jsonb)`,
    [`[${fit.join(",")}]`],
  )
}

/** Empties what a migration puts into a new database, so that a backup's own rows can take its place. */
export async function clearBegun(client: pg.Client): Promise<void> {
  await client.query("alter table log_head disable trigger log_head_kept")
  await client.query("delete from log_head")
  await client.query("alter table log_head enable always trigger log_head_kept")
  await client.query("delete from promise_days")
}

// As the migration that brought the columns did it (0009): what the versions say, put where it can be asked for.
const ROUTES = `update sharing_rows r set
  people = case when b.body->'peopleCount'->>'state' = 'known' then (b.body->'peopleCount'->>'value')::bigint end,
  routes = coalesce((select array_agg(distinct (d->>'country') || ':' || coalesce(m->>'mechanism', 'none'))
    from jsonb_array_elements(case when b.body->'destinations'->>'state' = 'known' then b.body->'destinations'->'value' else '[]' end) d
    left join lateral jsonb_array_elements(d->'mechanisms') m on true), array['none:none'])
  from (select record_id, n, body::jsonb as body from versions where kind = 'sharing') b
  where b.record_id = r.record_id and b.n = r.n and r.routes = '{}'`

/** What a backup of an earlier landing did not hold: the sums of each company begin, and the worker judges everything. */
export async function beginDerived(client: pg.Client): Promise<void> {
  await client.query(ROUTES)
  await client.query(
    `insert into promise_days (entity_id, on_day) select id, '-infinity'::date from records where kind = 'entity'
      union all select '', '-infinity'::date on conflict do nothing`,
  )
  await client.query(
    `insert into to_judge (record_id) select record_id from (select record_id from sharing_rows where until_at = 'infinity'
        union select record_id from agreement_rows where until_at = 'infinity' union select record_id from party_rows where until_at = 'infinity') r
      where not exists (select 1 from judgements) on conflict do nothing`,
  )
  // As the migration did that brought the sums of the mainland (0016).
  await client.query(
    `insert into to_judge (record_id) select r.record_id from sharing_rows r where r.until_at = 'infinity'
      and exists (select 1 from versions v where v.record_id = r.entity_id and v.body like '%"regime":"CN"%')
      and not exists (select 1 from band_flows) on conflict do nothing`,
  )
}

/** Likewise for what the desk shows: a register with parties has their keys, and open answers are counted. */
export async function beginDesk(client: pg.Client): Promise<void> {
  await client.query(
    `insert into answer_counts (entity_id, due_on, n) select coalesce(entity_id, ''), due_on, count(*) from open_answers
      where until_at = 'infinity' and restricted_to is null and not exists (select 1 from answer_counts) group by 1, 2`,
  )
  await client.query(
    `insert into to_judge (record_id) select id from records where kind <> 'entity' and not exists (select 1 from party_keys)
      on conflict do nothing`,
  )
}

/** Whether the database holds a register that began. */
export async function isEmptyRegister(client: pg.Client): Promise<boolean> {
  const found = await client.query<{ n: string }>(
    "select (select count(*) from people) + (select count(*) from log_leaves) as n",
  )
  return Number(found.rows[0]?.n ?? 0) === 0
}

/** Sets the counters of identity columns behind their highest value. */
export async function catchUpSequences(client: pg.Client): Promise<void> {
  await client.query(
    "select setval(pg_get_serial_sequence('requests', 'no'), coalesce((select max(no) from requests), 0) + 1, false)",
  )
  await client.query(
    "select setval(pg_get_serial_sequence('refusals', 'id'), coalesce((select max(id) from refusals), 0) + 1, false)",
  )
  for (const table of ["campaigns", "supplier_links"])
    await client.query(
      `select setval(pg_get_serial_sequence('${table}', 'no'), coalesce((select max(no) from ${table}), 0) + 1, false)`,
    )
}
