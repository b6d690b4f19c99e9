import { sql } from "drizzle-orm"
import { row, rows, type Db, type Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { textArray } from "./log"

/** One version of a template with what became of it. */
export type TemplateRow = {
  id: string
  n: number
  kind: string
  title: string
  body: string
  byPerson: string
  byName: string
  at: Instant
  verdict: "approved" | "refused" | "withdrawn" | null
  decidedByName: string | null
  decidedAt: Instant | null
  decidedReason: string | null
}

const ALL = sql`select t.id, t.n, t.kind, t.title, t.body, t.by_person as "byPerson", p.name as "byName", t.at, d.verdict,
    q.name as "decidedByName", d.at as "decidedAt", d.reason as "decidedReason"
  from templates t join people p on p.id = t.by_person
  left join template_decisions d on d.id = t.id and d.n = t.n left join people q on q.id = d.by_person`

/** Every version of a template, newest first. */
export async function templateVersions(tx: Db | Tx, id: string): Promise<TemplateRow[]> {
  return rows(tx, sql`${ALL} where t.id = ${id} order by t.n desc limit 500`)
}

/** One version; null: there is none. */
export async function templateVersion(tx: Db | Tx, id: string, n: number): Promise<TemplateRow | null> {
  return row(tx, sql`${ALL} where t.id = ${id} and t.n = ${n}`)
}

/** Holds a template until commit, so that what is decided on is what was looked at. */
export async function holdTemplate(tx: Tx, id: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${id}, 46))`)
}

/** The versions in force of one kind of agreement: of each template the last that was approved. */
export async function templatesInForce(tx: Db | Tx, kind: string): Promise<TemplateRow[]> {
  return rows(
    tx,
    sql`${ALL} where t.kind = ${kind} and t.n = (select max(e.n) from template_decisions e where e.id = t.id and e.verdict = 'approved')
      order by t.title, t.id limit 200`,
  )
}

export type TemplateLine = Pick<TemplateRow, "id" | "n" | "kind" | "title" | "at" | "byName" | "verdict"> & {
  inForce: number | null
  /** Whether the version in force says that it is not to be used any more. */
  retired: boolean
  papers: number
}

/** Templates by their names, as their last version calls them, with the version in force; a page of them. */
export async function templatePage(tx: Db | Tx, offset: number, most: number): Promise<TemplateLine[]> {
  return rows(
    tx,
    sql`select t.id, t.n, t.kind, t.title, t.at, p.name as "byName", d.verdict,
        (select max(e.n) from template_decisions e where e.id = t.id and e.verdict = 'approved') as "inForce",
        coalesce((select (r.body::jsonb ->> 'retired')::boolean from template_decisions e join templates r on r.id = e.id and r.n = e.n
          where e.id = t.id and e.verdict = 'approved' order by e.n desc limit 1), false) as retired,
        (select count(*)::int from papers_sent s where s.template_id = t.id) as papers
      from templates t join people p on p.id = t.by_person left join template_decisions d on d.id = t.id and d.n = t.n
      where t.n = (select max(l.n) from templates l where l.id = t.id)
      order by t.title, t.id offset ${offset} limit ${most}`,
  )
}

type Placed = { byPerson: string; at: Instant; logIndex: number }

/** Writes a proposed version at the act's instant. */
export async function insertTemplate(
  tx: Tx,
  one: { id: string; n: number; kind: string; title: string; body: string } & Placed,
): Promise<void> {
  await tx.execute(sql`insert into templates (id, n, kind, title, body, by_person, at, log_index)
    values (${one.id}, ${one.n}, ${one.kind}, ${one.title}, ${one.body}, ${one.byPerson}, ${one.at}::timestamptz, ${one.logIndex})`)
}

/** Writes what became of a version, at the act's instant; `reason`: a commitment. */
export async function insertTemplateDecision(
  tx: Tx,
  one: { id: string; n: number; verdict: string; reason: string | null } & Placed,
): Promise<void> {
  await tx.execute(sql`insert into template_decisions (id, n, verdict, by_person, reason, at, log_index)
    values (${one.id}, ${one.n}, ${one.verdict}, ${one.byPerson}, ${one.reason}, ${one.at}::timestamptz, ${one.logIndex})`)
}

export type PaperRow = {
  id: string
  recordId: string
  requestId: string | null
  templateId: string
  templateN: number
  fileId: string
  textSha256: string
  missing: number
  at: Instant
}

/** Writes a paper that was made; `values`: the commitment of what its fields gave. */
export async function insertPaperSent(tx: Tx, one: PaperRow & { values: string } & Placed): Promise<void> {
  await tx.execute(sql`insert into papers_sent (id, record_id, request_id, template_id, template_n, file_id, text_sha256, values, missing, by_person, at, log_index)
    values (${one.id}, ${one.recordId}, ${one.requestId}, ${one.templateId}, ${one.templateN}, ${one.fileId}, ${one.textSha256}, ${one.values},
      ${one.missing}, ${one.byPerson}, ${one.at}::timestamptz, ${one.logIndex})`)
}

/** A paper with the words around it, and what its fields gave as far as it was not erased. */
export type PaperSent = PaperRow & {
  values: string | null
  body: string
  templateTitle: string
  fileName: string
  sha256: string
  byName: string
}

const SENT = sql`select s.id, s.record_id as "recordId", s.request_id as "requestId", s.template_id as "templateId", s.template_n as "templateN",
    s.file_id as "fileId", s.text_sha256 as "textSha256", s.missing, s.at, d.value as values, t.body, t.title as "templateTitle",
    f.name as "fileName", f.sha256, p.name as "byName"
  from papers_sent s join templates t on t.id = s.template_id and t.n = s.template_n join files f on f.id = s.file_id
  join people p on p.id = s.by_person left join disclosures d on d.commitment = s.values`

/** Papers that were made for an agreement, newest first. */
export async function papersSentOf(tx: Db | Tx, recordId: string): Promise<PaperSent[]> {
  return rows(tx, sql`${SENT} where s.record_id = ${recordId} order by s.log_index desc limit 50`)
}

/** One paper; null: there is none. */
export async function paperSent(tx: Db | Tx, id: string): Promise<PaperSent | null> {
  return row(tx, sql`${SENT} where s.id = ${id}`)
}

/** For which agreements a file was made: who may know of those reads it. */
export async function madeFor(tx: Db | Tx, fileId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select distinct record_id as id from papers_sent where file_id = ${fileId} limit 50`,
  )
  return found.map(({ id }) => id)
}

/** Agreements of a draft for which a paper was made from a template; at most so many. */
export async function papersInDraft(tx: Db | Tx, requestId: string, most: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select p.record_id as id from proposals p where p.request_id = ${requestId} and p.kind = 'agreement'
      and exists (select 1 from papers_sent s where s.record_id = p.record_id) order by p.position limit ${most}`,
  )
  return found.map(({ id }) => id)
}

/** Of these files those that came after the instant, newest first. */
export async function filesSince(tx: Db | Tx, ids: readonly string[], at: Instant): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select id from files where id = any(${textArray(ids)}::text[]) and at > ${at}::timestamptz order by at desc, id desc`,
  )
  return found.map(({ id }) => id)
}

/** Links of sub-processor chains in force for these flows, by id. */
export async function chainsFor(tx: Db | Tx, sharingIds: readonly string[]): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select distinct f.record_id as id from version_refs f where f.target_id = any(${textArray(sharingIds)}::text[]) and f.record_id like 'chn\\_%'
      and f.n = (select max(v.n) from versions v where v.record_id = f.record_id) limit 1000`,
  )
  return found.map(({ id }) => id)
}

/** Agreements in force of a kind, those that changed last first. */
export async function lastOfKind(tx: Db | Tx, kind: string, most: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select record_id as id from agreement_rows where until_at = 'infinity' and kind = ${kind} order by from_at desc, record_id limit ${most}`,
  )
  return found.map(({ id }) => id)
}
