import { lockRequest, readRequestRow, type RequestRow } from "@/db/statements/requests"
import type { Tx } from "@/db/connect"
import type { Actor } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"

/** Whether this person may know that the request exists. A draft is known to who began it; a restricted one by name. */
export function mayKnow(request: RequestRow, actor: Actor): boolean {
  if (request.restrictedTo && !request.restrictedTo.includes(actor.id)) return false
  if (request.createdBy === actor.id) return true
  if (request.revision === 0) return false
  const { entities } = scopeOf(actor)
  return entities === null || request.entityIds.length === 0 || request.entityIds.some((id) => entities.includes(id))
}

/** The request, locked, if this person may know that it exists; what they may not know answers as what is not there. */
export async function lockKnown(tx: Tx, id: string, actor: Actor): Promise<RequestRow | null> {
  const request = await lockRequest(tx, id)
  return request && mayKnow(request, actor) ? request : null
}

/** The request, not locked, if this person may know that it exists. */
export async function readKnown(tx: Tx, id: string, actor: Actor): Promise<RequestRow | null> {
  const request = await readRequestRow(tx, id)
  return request && mayKnow(request, actor) ? request : null
}
