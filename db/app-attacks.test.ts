import pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { anEntity, aPerson } from "@/testing/people"

/** What somebody could do who has got hold of the app's own way to the database, and of nothing more. */
let on: TestDatabase
let app: pg.Client

beforeAll(async () => {
  on = await aDatabase()
  await anEntity(on.db)
  await aPerson(on.db, "Some Body", ["requester"])
  app = new pg.Client({ connectionString: on.appUrl })
  await app.connect()
})
afterAll(async () => {
  await app.end()
  await on.drop()
})

/** The rights of onward_app, by table and by column where a right is for one alone; written by hand. */
const MAY: Record<string, string> = {
  absences: "INSERT SELECT",
  agreement_rows: "DELETE INSERT SELECT UPDATE",
  answer_counts: "INSERT SELECT UPDATE",
  answer_keepings: "INSERT SELECT",
  band_flows: "DELETE INSERT SELECT UPDATE",
  band_sums: "INSERT SELECT UPDATE",
  bulk_decisions: "DELETE INSERT SELECT UPDATE(done_at) UPDATE(leased_until) UPDATE(reason)",
  bulk_lines: "DELETE INSERT SELECT UPDATE(says) UPDATE(state) UPDATE(tried_at)",
  calendar_links: "INSERT SELECT UPDATE(revoked_at)",
  carried: "INSERT SELECT",
  comment_turns: "INSERT SELECT",
  campaigns: "INSERT SELECT UPDATE(revoked_at)",
  comments: "INSERT SELECT",
  condition_owners: "INSERT SELECT",
  condition_turns: "INSERT SELECT",
  conditions: "INSERT SELECT",
  decisions: "INSERT SELECT",
  delegations: "INSERT SELECT",
  derived_by: "INSERT SELECT UPDATE",
  disclosures: "DELETE INSERT SELECT",
  escalations: "DELETE INSERT SELECT UPDATE(at) UPDATE(days) UPDATE(person_id)",
  exports:
    "DELETE INSERT SELECT UPDATE(bytes) UPDATE(done) UPDATE(ended_at) UPDATE(erasures) UPDATE(leased_until) UPDATE(place) UPDATE(reads) UPDATE(records) UPDATE(says) UPDATE(sha256) UPDATE(state) UPDATE(takes) UPDATE(total)",
  file_blobs: "DELETE INSERT SELECT UPDATE(blob) UPDATE(header) UPDATE(key_id)",
  file_bytes: "DELETE INSERT SELECT",
  file_chunks: "DELETE INSERT SELECT",
  file_rescan: "INSERT SELECT UPDATE(asked_at)",
  file_scanner: "INSERT SELECT UPDATE(at) UPDATE(says) UPDATE(state)",
  file_scrubs: "DELETE INSERT SELECT UPDATE(bytes) UPDATE(ended_at) UPDATE(faults) UPDATE(files) UPDATE(plain)",
  file_drops: "DELETE SELECT",
  file_texts: "INSERT SELECT",
  files: "INSERT SELECT UPDATE(scan) UPDATE(scan_at) UPDATE(scan_says) UPDATE(scan_tried_at)",
  findings: "INSERT SELECT UPDATE",
  folder_files:
    "DELETE INSERT SELECT UPDATE(agreement_id) UPDATE(best_id) UPDATE(candidates) UPDATE(choice) UPDATE(pages) UPDATE(request_id) UPDATE(says) UPDATE(state) UPDATE(tried_at) UPDATE(verdict)",
  folders: "DELETE INSERT SELECT UPDATE(touched_at)",
  gaps: "INSERT SELECT UPDATE",
  identities: "DELETE INSERT SELECT UPDATE(seen_at)",
  import_rows: "DELETE INSERT SELECT UPDATE",
  imports: "DELETE INSERT SELECT UPDATE",
  intakes: "DELETE INSERT SELECT UPDATE(answers) UPDATE(made) UPDATE(request_id) UPDATE(saved_at) UPDATE(version)",
  judgements: "INSERT SELECT UPDATE",
  kept: "DELETE INSERT SELECT UPDATE",
  links: "INSERT SELECT UPDATE",
  letters: "INSERT SELECT",
  log_checkpoints: "INSERT SELECT",
  log_cosignatures: "INSERT SELECT",
  log_keys: "INSERT SELECT",
  log_key_turns: "INSERT SELECT",
  log_key_decisions: "INSERT SELECT",
  inquiries: "INSERT SELECT",
  inquiry_questions: "INSERT SELECT",
  inquiry_releases: "INSERT SELECT",
  holds: "INSERT SELECT",
  hold_ends: "INSERT SELECT",
  erasures: "INSERT SELECT",
  erasure_decisions: "INSERT SELECT",
  erased: "INSERT SELECT",
  log_postings: "INSERT SELECT UPDATE",
  log_witness_ends: "INSERT SELECT",
  log_witnesses: "INSERT SELECT",
  log_head: "SELECT",
  log_leaves: "SELECT",
  log_nodes: "SELECT",
  log_objects: "SELECT",
  logout_tokens: "DELETE INSERT SELECT",
  mails:
    "DELETE INSERT SELECT UPDATE(ended_at) UPDATE(leased_until) UPDATE(next_at) UPDATE(problem) UPDATE(state) UPDATE(tries)",
  open_answers: "INSERT SELECT UPDATE",
  other_rows: "DELETE INSERT SELECT UPDATE",
  papers_sent: "INSERT SELECT",
  party_keys: "DELETE INSERT SELECT UPDATE",
  party_rows: "DELETE INSERT SELECT UPDATE",
  people: "INSERT SELECT UPDATE",
  promise_counts: "INSERT SELECT UPDATE",
  promise_days: "INSERT SELECT UPDATE",
  promise_turns: "INSERT SELECT",
  proposals: "DELETE INSERT SELECT UPDATE",
  provenance: "INSERT SELECT",
  question_replies: "INSERT SELECT",
  questions: "INSERT SELECT",
  reconciliation_lines: "DELETE INSERT SELECT UPDATE",
  reconciliations: "DELETE INSERT SELECT UPDATE",
  redactions: "INSERT SELECT",
  record_counts: "DELETE INSERT SELECT UPDATE",
  record_files: "INSERT SELECT",
  records: "INSERT SELECT UPDATE(id)",
  refusals: "INSERT SELECT",
  request_authors: "INSERT SELECT",
  request_files: "INSERT SELECT",
  request_looks: "INSERT SELECT UPDATE(at) UPDATE(since)",
  requests: "INSERT SELECT UPDATE",
  review_dues: "INSERT SELECT UPDATE",
  review_rows: "DELETE INSERT SELECT UPDATE",
  revision_proposals: "INSERT SELECT",
  revision_stages: "INSERT SELECT",
  revisions: "INSERT SELECT",
  role_grants: "INSERT SELECT",
  scenario_lines: "DELETE INSERT SELECT",
  scenario_runs: "DELETE INSERT SELECT UPDATE",
  scenarios: "DELETE INSERT SELECT",
  seats: "INSERT SELECT",
  sessions: "DELETE INSERT SELECT UPDATE",
  signature_asks:
    "DELETE INSERT SELECT UPDATE(at) UPDATE(by_person) UPDATE(not_before) UPDATE(rank) UPDATE(says) UPDATE(taken_at) UPDATE(tries)",
  signature_results: "INSERT SELECT",
  signature_walk: "INSERT SELECT UPDATE(after) UPDATE(word)",
  sharing_rows: "DELETE INSERT SELECT UPDATE",
  stage_rule_decisions: "INSERT SELECT",
  stage_rules: "INSERT SELECT",
  trust_list_files: "INSERT SELECT",
  trust_lists: "INSERT SELECT",
  trust_list_decisions: "INSERT SELECT",
  paper_confirmations: "INSERT SELECT",
  announcement_answers: "INSERT SELECT",
  announcements: "INSERT SELECT",
  sign_on_rules: "INSERT SELECT",
  supplier_answers: "INSERT SELECT UPDATE(body) UPDATE(n) UPDATE(saved_at)",
  supplier_files: "DELETE INSERT SELECT",
  supplier_links:
    "INSERT SELECT UPDATE(cleared_at) UPDATE(cleared_by) UPDATE(cleared_reason) UPDATE(opened_at) UPDATE(reminded_at) UPDATE(revoked_at) UPDATE(sent_at)",
  supplier_takings: "INSERT SELECT UPDATE(at) UPDATE(by_person) UPDATE(hash) UPDATE(link_id) UPDATE(question)",
  takes: "INSERT SELECT",
  template_decisions: "INSERT SELECT",
  templates: "INSERT SELECT",
  tallies: "INSERT SELECT UPDATE",
  tellings: "DELETE INSERT SELECT UPDATE(mail) UPDATE(mail_key) UPDATE(seen_at)",
  throttles: "DELETE INSERT SELECT UPDATE",
  to_judge: "DELETE INSERT SELECT UPDATE",
  told_ways: "INSERT SELECT UPDATE(digest_on) UPDATE(ways) UPDATE(zone)",
  tokens: "INSERT SELECT UPDATE",
  version_refs: "INSERT SELECT",
  versions: "INSERT SELECT",
  views: "DELETE INSERT SELECT UPDATE(address) UPDATE(at) UPDATE(name)",
  work_calendars: "INSERT SELECT",
}

describe("what the app may", () => {
  test("is on each table what the list says, and nothing more", async () => {
    const found = await app.query<{ name: string; rights: string }>(
      `select c.relname as name, (
         select string_agg(r, ' ' order by r) from (
           select p as r from unnest(array['SELECT','INSERT','UPDATE','DELETE','TRUNCATE','REFERENCES','TRIGGER']) p
             where has_table_privilege('onward_app', c.oid, p)
           union all
           select 'UPDATE(' || a.attname || ')' from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
             and not has_table_privilege('onward_app', c.oid, 'UPDATE') and has_column_privilege('onward_app', c.oid, a.attnum, 'UPDATE')
         ) t) as rights
       from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')`,
    )
    expect(Object.fromEntries(found.rows.map((one) => [one.name, one.rights]))).toEqual(MAY)
  })
  test("is to call the log's two doors and no other function that runs as the owner", async () => {
    const found = await app.query<{ name: string }>(
      "select p.proname as name from pg_proc p where p.prosecdef and has_function_privilege('onward_app', p.oid, 'EXECUTE') order by 1",
    )
    expect(found.rows.map((one) => one.name)).toEqual(["log_append", "log_open"])
  })
  test("is to belong to no other role, and to have no right over the server", async () => {
    const [role] = (
      await app.query(
        `select rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls, rolinherit is not null as there,
           (select count(*)::int from pg_auth_members m where m.member = r.oid) as memberships from pg_roles r where rolname = 'onward_app'`,
      )
    ).rows
    expect(role).toEqual({
      ...{ rolsuper: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false, rolbypassrls: false },
      ...{ there: true, memberships: 0 },
    })
  })
})

test.each([
  ["a table of its own", "create table mine (a int)"],
  ["a temporary table that would stand before a real one", "create temporary table log_head (one bool)"],
  ["a function", "create function pg_temp.f() returns int language sql as 'select 1'"],
  ["a function among the register's", "create function public.f() returns int language sql as 'select 1'"],
  ["a schema", "create schema mine"],
  ["an extension", "create extension dblink"],
  ["a sleeping of all triggers", "set session_replication_role = replica"],
  ["a trigger taken off", "alter table versions disable trigger versions_stands"],
  ["the owner's place", "set role onward_owner"],
  ["a program on the machine", "copy (select 1) to program 'true'"],
  ["a file on the machine", "copy records from '/etc/passwd'"],
  ["a look into a file", "select pg_read_file('/etc/passwd')"],
  ["a version rewritten", "update versions set body = '{}'"],
  ["a decision taken away", "delete from decisions"],
  ["a table emptied", "truncate seats"],
  [
    "a leaf planted",
    "insert into log_leaves (index, at, bytes, hash, act, actor_id) values (7, now(), '', '', '', '')",
  ],
  ["a head moved", "update log_head set size = 0"],
  ["a record's name changed", "update records set id = 'ent_11111111111111111111111111'"],
  ["a log appended to that was not opened", "select log_append(array['{}'], array['\\x00'::bytea])"],
])("the app does not get %s", async (_what, statement) => {
  await expect(app.query(statement)).rejects.toMatchObject({ code: expect.stringMatching(/^(42501|ON0\d\d|0A000)$/) })
})

test("whoever may make temporary tables still cannot stand one before the log's own", async () => {
  const owner = new pg.Client({ connectionString: on.ownerUrl })
  await owner.connect()
  await owner.query(`grant temporary on database ${on.name} to onward_app`)
  try {
    await app.query("begin")
    await app.query("create temporary table log_head as select * from public.log_head")
    await app.query("grant all on log_head to public")
    await app.query("update pg_temp.log_head set size = 5000, at = '2001-01-01'")
    const { rows } = await app.query<{ size: string; real: string }>(
      "select o.size, h.size as real from log_open() o, public.log_head h",
    )
    expect(rows[0]?.size).toBe(rows[0]?.real)
  } finally {
    await app.query("rollback")
    await owner.query(`revoke temporary on database ${on.name} from onward_app`)
    await owner.end()
  }
})

test("every function of the register looks into temporary tables last", async () => {
  const found = await app.query<{ name: string; path: string }>(
    `select p.proname as name, array_to_string(p.proconfig, ';') as path from pg_proc p where p.pronamespace = 'public'::regnamespace
       and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')`,
  )
  for (const one of found.rows) expect([one.name, one.path]).toEqual([one.name, expect.stringMatching(/pg_temp$/)])
})
