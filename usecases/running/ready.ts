import { sql } from "drizzle-orm"
import { isAway, row, type Db } from "@/db/connect"
import journal from "@/db/migrations/meta/_journal.json"

export { isAway }

/** `away`: the database does not answer at all; it may come back by itself. */
export type Readiness = { ready: boolean; why?: string; away?: boolean; size?: number }

/** What stands is never rewritten: on each of these, two triggers that fire always, and no right to do it anyway. */
const STANDING =
  "records versions version_refs provenance role_grants absences delegations revisions revision_proposals revision_stages seats decisions carried comments comment_turns conditions condition_turns request_authors log_leaves log_nodes log_objects takes promise_turns sign_on_rules announcements announcement_answers stage_rules stage_rule_decisions work_calendars record_files request_files answer_keepings letters condition_owners log_keys log_checkpoints log_witnesses log_witness_ends log_cosignatures signature_results trust_list_files trust_lists trust_list_decisions paper_confirmations redactions templates template_decisions papers_sent questions question_replies log_key_turns log_key_decisions erasures erasure_decisions erased holds hold_ends inquiries inquiry_questions inquiry_releases".split(
    " ",
  )

/** No such database, schema, table or function, or no right to it: waiting does not mend that. Anything else may pass. */
const UNMADE = new Set(["3D000", "3F000", "42P01", "42883", "42501"])

type Found = { size: number | null; migrations: number; missing: string[]; open: string[]; writes: boolean }

/**
 * Whether the database answers, is at the newest migration, and still defends itself: every standing table has its two
 * triggers enabled always, the app may neither rewrite it nor write the log, and the log has its head.
 */
export async function readiness(db: Db): Promise<Readiness> {
  let found: Found | null
  try {
    found = await ask(db)
  } catch (problem) {
    const lacks = [problem, (problem as { cause?: unknown }).cause].some((one) =>
      UNMADE.has(String((one as { code?: unknown } | undefined)?.code)),
    )
    return lacks
      ? { ready: false, why: "the database is not migrated" }
      : { ready: false, away: true, why: "the database cannot be reached" }
  }
  if (!found || found.size === null) return { ready: false, why: "the log has no head" }
  if (found.migrations < journal.entries.length)
    return { ready: false, why: "the database is not at the newest migration" }
  if (found.missing.length > 0) return { ready: false, why: `triggers are missing on ${found.missing.join(", ")}` }
  if (found.open.length > 0) return { ready: false, why: `the app may rewrite ${found.open.join(", ")}` }
  if (found.writes) return { ready: false, why: "the app may write the log past its two doors" }
  return { ready: true, size: found.size }
}

async function ask(db: Db): Promise<Found | null> {
  const standing = sql`unnest(${sql.param(STANDING as unknown as string)}::text[])`
  return row<Found>(
    db,
    sql`select (select size from log_head) as size,
      (select count(*) from onward_migrations.__drizzle_migrations) as migrations,
      array(select s from ${standing} s where (select count(*) from pg_trigger t where t.tgrelid = s::regclass and t.tgenabled = 'A'
        and t.tgname in (s || '_stands', s || '_not_emptied')) < 2) as missing,
      array(select s from ${standing} s where has_table_privilege(current_user, s, 'DELETE') or has_table_privilege(current_user, s, 'TRUNCATE')
        or has_table_privilege(current_user, s, 'UPDATE')) as open,
      has_table_privilege(current_user, 'log_leaves', 'INSERT') or has_table_privilege(current_user, 'log_head', 'UPDATE') as writes`,
  )
}
