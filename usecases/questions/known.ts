import { sql, type SQL } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import { textArray } from "@/db/statements/log"
import { isId } from "@/domain/core/id"
import { isOnlySupervisor } from "@/domain/people/permissions"
import { hiddenIds } from "@/usecases/audit/readable"
import { readKnown } from "@/usecases/requests/known-request"
import { requestScope } from "@/usecases/requests/list-requests"
import { readable } from "@/usecases/register/read-record"
import { loadRecords } from "@/usecases/register/records"
import type { Actor } from "@/usecases/scene"
import { inEntities, scopeOf, unrestricted, type Scope } from "@/usecases/scope"

/** What a question is about, as its reader may know it: of which companies, and to whom alone it is known. */
export type Subject = { id: string; kind: string; entityIds: string[]; restrictedTo: readonly string[] | null }

/** The record or request, if this person may know that it exists; null: it is not there for them. */
export async function knownSubject(tx: Tx, id: string, actor: Actor): Promise<Subject | null> {
  const scope = scopeOf(actor)
  if ((await hiddenIds(tx, [id], scope)).has(id)) return null
  if (isId("request", id)) {
    const request = await readKnown(tx, id, actor)
    return (
      request && {
        id,
        kind: "request",
        entityIds: within(request.entityIds, scope),
        restrictedTo: request.restrictedTo,
      }
    )
  }
  const [record] = await loadRecords(tx, [id], null)
  if (!record || record.kind === "pack" || !readable(record, scope)) return null
  const body = record.body as { entityId?: string | null; furtherEntities?: string[]; restrictedTo: string[] | null }
  const own = [...(body.entityId ? [body.entityId] : []), ...(body.furtherEntities ?? [])]
  const entityIds = own.length > 0 ? own : await givingTo(tx, id, scope)
  return { id, kind: record.kind, entityIds: within(entityIds, scope), restrictedTo: body.restrictedTo }
}

const within = (ids: readonly string[], { entities }: Scope): string[] => [
  ...new Set(ids.filter((id) => entities === null || entities.includes(id))),
]

/** What is of no company is asked of those of the reader's that give something to it, or of all that they read. */
async function givingTo(tx: Tx, partyId: string, scope: Scope): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    sql`select distinct s.entity_id as id from sharing_rows s where s.party_id = ${partyId} and s.until_at = 'infinity'
      and ${inEntities(scope, sql`s.entity_id`)} and ${unrestricted(scope, sql`s.restricted_to`)}`,
  )
  return found.length > 0 || scope.entities !== null
    ? found.length > 0
      ? found.map((one) => one.id)
      : [...(scope.entities ?? [])]
    : (await rows<{ id: string }>(tx, sql`select id from records where kind = 'entity'`)).map((one) => one.id)
}

/**
 * The reader's condition on a question `q`: a supervisor's own; of the company those of its companies' legal and DPO, about what they
 * may know of.
 */
export function questionScope(actor: Actor, scope: Scope): SQL {
  const seen = (table: string): SQL =>
    sql`exists (select 1 from ${sql.raw(table)} r where r.record_id = q.subject_id and r.until_at = 'infinity' and ${unrestricted(scope, sql`r.restricted_to`)})`
  const about = sql`case left(q.subject_id, 3) when 'pty' then ${seen("party_rows")} when 'shr' then ${seen("sharing_rows")}
    when 'agr' then ${seen("agreement_rows")} when 'req' then exists (select 1 from requests r where r.id = q.subject_id and ${requestScope(scope)})
    else ${seen("other_rows")} end`
  if (isOnlySupervisor(actor)) return sql`q.by_person = ${actor.id} and ${about}`
  const answers = actor.held.filter((one) => one.role === "legal" || one.role === "dpo")
  const all = answers.some((one) => one.entityId === null)
  const companies = answers.flatMap((one) => one.entityId ?? [])
  return all ? about : sql`q.entity_ids && ${textArray(companies)}::text[] and ${about}`
}
