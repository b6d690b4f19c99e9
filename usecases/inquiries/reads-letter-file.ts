import { inLetterOf } from "@/db/statements/inquiries"
import type { Tx } from "@/db/connect"
import { mayAct } from "@/domain/people/permissions"
import type { Actor } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"

/** Whether the file belongs to an answer to an authority's letter that this person reads: it reads with its answer. */
export async function readsLetterFile(tx: Tx, fileId: string, actor: Actor): Promise<boolean> {
  return mayAct("inquiry.read", actor).ok && inLetterOf(tx, fileId, scopeOf(actor).entities)
}
