import { visits } from "@/db/statements/visits"
import type { Db, Tx } from "@/db/connect"
import { isSealable, isSealed, type Visit } from "@/domain/audit/seals"
import type { Instant } from "@/domain/core/instant"
import type { Actor } from "@/usecases/scene"

/** The visits whose looks are sealed for this reader: everybody's but their own, until the visit's last day. */
export async function sealsFor(tx: Db | Tx, actor: Actor, now: Instant): Promise<Visit[]> {
  return (await visits(tx)).filter(
    (visit) => visit.personId !== actor.id && (visit.until === null || visit.until > now),
  )
}

type Line = { at: Instant; act: string; actorId: string }

/** Log lines in which a sealed look is no more than that: an entry, with its place and its hash. */
export function withSeals<
  T extends Line & {
    bytes: string
    objects: readonly object[]
    requestId: string | null
    role: string
    via: string
    forId: string
  },
>(lines: readonly T[], seals: readonly Visit[], now: Instant): T[] {
  return lines.map((line) =>
    isSealable(line.act) && isSealed(line, seals, now)
      ? { ...line, act: "look", actorId: "", role: "", via: "", forId: "", bytes: "", objects: [], requestId: null }
      : line,
  )
}
