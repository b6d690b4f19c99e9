import { linksOfFile, type LinkRow } from "@/db/statements/asked"
import type { Tx } from "@/db/connect"
import { holdsRole, isOnlyRequester } from "@/domain/people/permissions"
import { hiddenIds } from "@/usecases/audit/readable"
import { readKnown } from "@/usecases/requests/known-request"
import type { Actor } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"

/**
 * Of these links, those that this person may know of, where they may know of the party: their own; of a request, whoever may
 * know the request; of a party, whoever works for the asking company. Who only requests sees what they asked themselves.
 */
export async function knownLinks(tx: Tx, links: readonly LinkRow[], actor: Actor): Promise<LinkRow[]> {
  const scope = scopeOf(actor)
  const hidden = await hiddenIds(tx, [...new Set(links.map((link) => link.partyId))], scope)
  const requests = new Map<string, boolean>()
  for (const id of new Set(links.flatMap((link) => link.requestId ?? [])))
    requests.set(id, (await readKnown(tx, id, actor)) !== null)
  return links.filter((link) => {
    if (link.requestId !== null && !requests.get(link.requestId)) return false
    // A party that was restricted since exists for nobody else, whoever asked it.
    if (hidden.has(link.partyId)) return false
    if (link.byPerson === actor.id) return true
    if (isOnlyRequester(actor)) return false
    return scope.entities === null || scope.entities.includes(link.entityId)
  })
}

/** Whether this person may read a file because it lies beside answers that they may see. */
export async function readsLinkFile(tx: Tx, fileId: string, actor: Actor): Promise<boolean> {
  const sent = (await linksOfFile(tx, fileId)).filter((link) => link.sentAt !== null)
  return (await knownLinks(tx, sent, actor)).length > 0
}

/** Whether this person may revoke the link: who asked, or procurement of the asking company. */
export function mayRevoke(link: Pick<LinkRow, "byPerson" | "entityId">, actor: Actor): boolean {
  return link.byPerson === actor.id || holdsRole(actor, "procurement", link.entityId)
}

/** Whether this person may ask a party in the name of this company. */
export function mayAskFor(actor: Actor, entityId: string): boolean {
  return holdsRole(actor, "requester", entityId) || holdsRole(actor, "procurement", entityId)
}
