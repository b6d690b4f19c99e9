import { sql } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import { disclosed } from "./versions"
import type { Instant } from "@/domain/core/instant"
import type { MainlandSaid } from "@/domain/exports/mainland"

export type StandingSaid = MainlandSaid & { at: Instant; byPerson: string }

/** The act by which a company says what may leave it with a supervisor. */
export const MAINLAND_SAID = "mainland.say"

/**
 * What companies said of what this supervisor takes out of them, each company's last word. The entries of the log are where it stands: it
 * is asked for when a package is made and when it is said anew. A text that was erased is null, and no answer any more.
 */
export async function mainlandSaid(tx: Tx, personId: string): Promise<StandingSaid[]> {
  const found = await rows<{ bytes: string; at: Instant; byPerson: string }>(
    tx,
    sql`select l.bytes, l.at, l.actor_id as "byPerson" from log_objects o join log_leaves l on l.index = o.index
      where o.object_id = ${personId} and l.act = ${MAINLAND_SAID} order by l.index desc`,
  )
  const last = new Map<string, { after: Sealed; at: Instant; byPerson: string }>()
  for (const { bytes, at, byPerson } of found) {
    const { after } = JSON.parse(bytes) as { after: Sealed }
    if (!last.has(after.entity)) last.set(after.entity, { after, at, byPerson })
  }
  const sealed = [...last.values()]
  const texts = await disclosed(
    tx,
    sealed.flatMap(({ after }) => [after.addressee, after.approval, after.reasons].flatMap((one) => one?.$c ?? [])),
  )
  const open = (one: { $c: string } | null): string | null => (one ? (texts.get(one.$c) ?? null) : null)
  return sealed.map(({ after, at, byPerson }) => ({
    ...{ entityId: after.entity, at, byPerson },
    ...{ addressee: open(after.addressee), approval: open(after.approval), reasons: open(after.reasons) },
  }))
}

type Sealed = Record<"addressee" | "approval" | "reasons", { $c: string } | null> & { entity: string }
