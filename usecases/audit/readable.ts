import { sql, type SQL } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import { textArray } from "@/db/statements/log"
import { inSpan } from "@/db/statements/lists"
import { ID_PREFIX, type IdKind } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { readsLogContent } from "@/domain/people/permissions"
import { entriesWithin } from "@/usecases/bound"
import { givenTo, type Scope } from "@/usecases/scope"
import type { Actor } from "@/usecases/scene"
import type { LogLine } from "./read-log"

/**
 * Takes out of log lines what the reader may not know: lines about restricted or foreign records and requests keep
 * index, instant and hash; an administrator gets the metadata of content acts only (security handbook, Who may).
 */
export async function readableObjects(tx: Tx, lines: LogLine[], scope: Scope, actor: Actor): Promise<LogLine[]> {
  const ids = [
    ...new Set(
      lines.flatMap((line) => [...line.objects.map((item) => item.id), ...(line.requestId ? [line.requestId] : [])]),
    ),
  ]
  const hidden = await hiddenIds(tx, ids, scope)
  const partly = await partlyForeign(tx, lines, scope)
  const known = partly.size === 0 ? new Set<string>() : await inRegister(tx, ids)
  const within = scope.bounds
    ? await entriesWithin(
        tx,
        lines.map((line) => line.at),
      )
    : null
  return lines.map((line, i) => {
    if (within && !within[i]) return withheld(line)
    if (line.requestId !== null && partly.has(line.requestId) && !hidden.has(line.requestId))
      return partOfLine(line, (id) => id === line.requestId || (known.has(id) && !hidden.has(id)))
    const concealed =
      line.objects.some((item) => hidden.has(item.id)) || (line.requestId !== null && hidden.has(line.requestId))
    if (concealed) return withheld(line)
    return metadataOnly(actor) && !ADMINISTRATION.test(line.act)
      ? { ...line, bytes: "", objects: [], requestId: null }
      : line
  })
}

/** The acts that an administrator reads whole; of every other one, also of one that comes later, who, when and which act. */
const ADMINISTRATION =
  /^(person|grant|identity|session|signon|password|token|link|entity|stages|calendar|away|escalation|trust|sample|log|witness)\./

/** Of a request that spans other companies as well, the line without the bytes that name their records, and those it may name. */
function partOfLine(line: LogLine, told: (id: string) => boolean): LogLine {
  return { ...line, bytes: "", objects: line.objects.filter((item) => told(item.id)) }
}

/** The requests of these lines that are about companies which the reader does not read, too. */
async function partlyForeign(tx: Tx, lines: readonly LogLine[], scope: Scope): Promise<Set<string>> {
  const ids = [...new Set(lines.flatMap((line) => line.requestId ?? []))]
  if (scope.entities === null || ids.length === 0) return new Set()
  const found = await rows<{ id: string }>(
    tx,
    sql`select id from requests where id = any(${textArray(ids)}::text[]) and not (entity_ids <@ ${textArray(scope.entities)}::text[])`,
  )
  return new Set(found.map((item) => item.id))
}

/** Of these ids, those of records that came into force: of the others nobody can tell whose they are. */
async function inRegister(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select distinct record_id as id from versions where record_id = any(${textArray(ids)}::text[])`,
  )
  return new Set(found.map((item) => item.id))
}

/** A line whose place and hash stand, and nothing else. */
function withheld(line: LogLine): LogLine {
  const nobody = { actorId: "", role: "", via: "", forId: "" }
  return { ...line, ...nobody, act: "withheld", bytes: "", objects: [], requestId: null }
}

/**
 * Of these records and requests, those that the reader may not know to exist: as they stand at the instant (null: now). What
 * is in force nowhere is not among them.
 */
export async function hiddenIds(
  tx: Tx,
  ids: readonly string[],
  scope: Scope,
  at: Instant | null = null,
): Promise<Set<string>> {
  const among: Among = (...kinds) => {
    const some = ids.filter((id) => kinds.some((kind) => id.startsWith(`${ID_PREFIX[kind]}_`)))
    return some.length ? sql`${textArray(some)}::text[]` : null
  }
  const foreign =
    scope.entities === null ? sql`false` : sql`not (r.entity_id = any(${textArray(scope.entities)}::text[]))`
  const named = sql`r.restricted_to is not null and not (${scope.personId} = any(r.restricted_to))`
  const of = (table: string, list: SQL | null, why: SQL): SQL[] =>
    list
      ? [
          sql`select r.record_id as id from public.${sql.raw(table)} r where r.record_id = any(${list}) and ${inSpan(at)}
            and (${why} or ${beyond(table)})`,
        ]
      : []
  // A reader's statements see what their account is bound to and nothing else: what is not among it is hidden.
  const beyond = (table: string): SQL =>
    scope.bounds
      ? sql`not exists (select 1 from ${sql.raw(table)} w where w.record_id = r.record_id and w.n = r.n)`
      : sql`false`
  const unseen = (table: string): SQL =>
    scope.bounds ? sql`not exists (select 1 from ${sql.raw(table)} w where w.id = r.id)` : sql`false`
  const requests = among("request")
  const announced = among("announcement")
  const parts = [
    ...of("party_rows", among("party"), sql`${named} or ${outOfReach(scope, at)}`),
    ...of("sharing_rows", among("sharing"), sql`${named} or ${foreign}`),
    ...of("agreement_rows", among("agreement"), sql`${named} or (${foreign} and not ${beside(scope)})`),
    ...of("other_rows", among(...OTHERS), sql`${named} or (r.entity_id is not null and ${foreign})`),
    // What a party announced to one of our companies is that company's.
    ...(announced
      ? [
          sql`select r.id from public.announcements r where r.id = any(${announced}) and (${foreign} or ${unseen("announcements")})`,
        ]
      : []),
    ...letters(among, scope),
    ...(requests
      ? [
          sql`select r.id from public.requests r where r.id = any(${requests}) and (${named} or ${foreignRequest(scope)} or ${unseen("requests")})`,
        ]
      : []),
  ]
  if (parts.length === 0) return new Set()
  const found = await rows<{ id: string }>(tx, sql.join(parts, sql` union all `))
  return new Set(found.map((item) => item.id))
}

type Among = (...kinds: IdKind[]) => SQL | null

/**
 * What passes between us and authorities, and who visits: a letter and a hold are known to those who read all their companies, and to no
 * supervisor; a question to who asked it and to the companies that answer; a role to those who read its company, and another supervisor's,
 * with what it is bound to, to none.
 */
function letters(among: Among, scope: Scope): SQL[] {
  const { personId, entities, partiesByEntity: visitor } = scope
  if (entities === null && !visitor) return []
  const mine = entities === null ? null : sql`${textArray(entities)}::text[]`
  const all = visitor || mine === null ? sql`true` : sql`coalesce(not (r.entity_ids <@ ${mine}), true)`
  const asked = visitor
    ? sql`r.by_person <> ${personId}`
    : mine === null
      ? sql`false`
      : sql`not (r.entity_ids && ${mine})`
  const foreign = mine === null ? sql`false` : sql`r.entity_id is not null and not (r.entity_id = any(${mine}))`
  const visits = visitor ? sql`r.role = 'supervisor' and r.person_id <> ${personId}` : sql`false`
  const of = (table: string, column: string, list: SQL | null, hidden: SQL): SQL[] =>
    list
      ? [
          sql`select r.${sql.raw(column)} as id from public.${sql.raw(table)} r where r.${sql.raw(column)} = any(${list}) and (${hidden})`,
        ]
      : []
  return [
    ...of("inquiries", "id", among("inquiry"), all),
    ...of("holds", "id", among("hold"), all),
    ...of("questions", "id", among("question"), asked),
    ...of("role_grants", "grant_id", among("grant"), sql`${foreign} or ${visits}`),
  ]
}

/** Papers of several companies are read in each of them. */
function beside(scope: Scope): SQL {
  if (scope.entities === null) return sql`true`
  return sql`exists (select 1 from version_refs f where f.record_id = r.record_id and f.n = r.n and f.path like 'furtherEntities.%'
    and f.target_id = any(${textArray(scope.entities)}::text[]))`
}

const OTHERS = ["assessment", "consent", "notice", "demand", "chain", "pack"] as const

function foreignRequest(scope: Scope): SQL {
  if (scope.entities === null) return sql`false`
  return sql`(r.created_by <> ${scope.personId} and r.entity_ids <> '{}' and not (r.entity_ids && ${textArray(scope.entities)}::text[]))`
}

/** Parties of the group to whom a supervisor's own companies give nothing. */
function outOfReach(scope: Scope, at: Instant | null): SQL {
  return scope.partiesByEntity ? sql`not ${givenTo(scope, at)}` : sql`false`
}

/** Whether the reader gets who, when and which act only: administrators see no content (security handbook, Who may). */
export function metadataOnly(actor: Actor): boolean {
  return !readsLogContent(actor)
}

/** What records, companies and requests are called today, by id. Only for ids that the reader may know. */
export async function titlesOf(tx: Tx, ids: readonly string[]): Promise<Record<string, string>> {
  const list = sql`${textArray([...new Set(ids)])}::text[]`
  const found = await rows<{ id: string; title: string }>(
    tx,
    sql`select record_id as id, title from party_rows where record_id = any(${list}) and until_at = 'infinity'
      union all select record_id, title from sharing_rows where record_id = any(${list}) and until_at = 'infinity'
      union all select record_id, title from agreement_rows where record_id = any(${list}) and until_at = 'infinity'
      union all select record_id, title from other_rows where record_id = any(${list}) and until_at = 'infinity'
      union all select id, 'R-' || no || ' ' || title from requests where id = any(${list})`,
  )
  return Object.fromEntries(found.map((item) => [item.id, item.title]))
}
