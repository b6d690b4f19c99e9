import { conditionsWithFile } from "@/db/statements/conditions"
import type { Tx } from "@/db/connect"
import type { Actor } from "@/usecases/scene"
import type { Scope } from "@/usecases/scope"
import { readKnown } from "./known-request"
import { scopeWithin } from "./seen"

const MANY = 50

/** Whether a file is evidence of a condition whose words this person reads: of a request that they may know of, in a company of theirs, or their own. */
export async function readsEvidence(tx: Tx, fileId: string, actor: Actor, scope: Scope): Promise<boolean> {
  for (let after = ""; ;) {
    const list = await conditionsWithFile(tx, fileId, { after, most: MANY })
    for (const one of list) {
      const request = await readKnown(tx, one.requestId, actor)
      if (!request) continue
      const { entities } = scopeWithin(scope, request)
      const own = [one.ownerId, one.deciderId, one.deciderForId].includes(actor.id)
      if (own || entities === null || entities.includes(one.entityId)) return true
    }
    const last = list[list.length - 1]
    if (!last || list.length < MANY) return false
    after = last.id
  }
}
