import { heldRoles } from "@/db/statements/people"
import { seatOf, takeSeat, type RequestRow } from "@/db/statements/requests"
import type { Telling } from "@/db/statements/tellings"
import type { Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { refuse, type Refusal } from "@/domain/core/outcome"
import { maySitFor, standInAt, type Behalf } from "@/domain/requests/on-behalf"
import type { Place, Table } from "@/domain/requests/four-eyes"
import { standInsOf } from "@/usecases/people/stand-ins"
import type { Actor } from "@/usecases/scene"

/**
 * On whose behalf this person would decide in the request: where they stand in, and where the absent one sits. Who may
 * not know of the request decides nothing in it, so nobody does it for them either.
 */
export async function behalfOf(
  tx: Tx,
  request: Pick<RequestRow, "id" | "restrictedTo">,
  actor: Actor,
  forPerson: string | null,
  now: Instant,
): Promise<Behalf | null> {
  if (forPerson === null || actor.kind !== "person") return null
  const knows = request.restrictedTo === null || request.restrictedTo.includes(forPerson)
  return {
    personId: forPerson,
    seat: await seatOf(tx, request.id, forPerson),
    standsIn: knows ? await standInsOf(tx, actor, now) : [],
  }
}

/** Everybody on whose behalf this person might decide in the request, each with their own seat in it. */
export async function behalvesOf(
  tx: Tx,
  request: Pick<RequestRow, "id" | "restrictedTo">,
  actor: Actor,
  now: Instant,
): Promise<Behalf[]> {
  if (actor.kind !== "person") return []
  const standsIn = await standInsOf(tx, actor, now)
  const people = [...new Set(standsIn.map((one) => one.forPerson))].filter(
    (id) => request.restrictedTo === null || request.restrictedTo.includes(id),
  )
  return Promise.all(people.map(async (id) => ({ personId: id, seat: await seatOf(tx, request.id, id), standsIn })))
}

/** Whether what keeps somebody from a stage in their own right keeps them not where they stand in for whom it is open to. */
export const mayBeLent = (why: string | null): boolean => why === "not-allowed.role" || why === "not-allowed.not-named"

/**
 * For whom this person may decide the stage, whom they may not in their own right: the first whose delegation and seat
 * let them; else why not, for the one who lent it. Null: nobody lent it.
 */
export function forWhom(
  actor: Actor,
  request: Pick<RequestRow, "state">,
  stage: Table["stages"][number],
  on: { authors: string[]; seat: Place | null; absent: readonly Behalf[] },
): { forPerson: string | null; whyNot: string | null } | null {
  const lending = on.absent.filter((one) => standInAt(one.standsIn, one.personId, stage))
  let whyNot: string | null = null
  for (const behalf of lending) {
    if (request.state !== "in-review") return null
    const may = maySitFor(actor, { authors: on.authors, stages: [stage], seat: on.seat }, stage, behalf)
    if (may.ok) return { forPerson: behalf.personId, whyNot: null }
    whyNot ??= may.says
  }
  return whyNot === null ? null : { forPerson: null, whyNot }
}

/** Seats the absent one as well, so that they sit nowhere else in it, and edit it no more. */
export async function seatAbsent(tx: Tx, requestId: string, behalf: Behalf | null, at: Place): Promise<void> {
  if (behalf && !behalf.seat) await takeSeat(tx, requestId, behalf.personId, at.stage, at.entityId)
}

/** For whom and by which delegation it is decided, as the decision's row has it. */
export function behalfColumns(
  behalf: Behalf | null,
  at: Place,
): { forPerson: string | null; delegationId: string | null } {
  const standIn = behalf ? standInAt(behalf.standsIn, behalf.personId, at) : null
  return { forPerson: standIn?.forPerson ?? null, delegationId: standIn?.delegationId ?? null }
}

/**
 * Under the log's lock, where ending a delegation, taking a role and shutting an account are acts as well: whether what
 * it is decided by still is in effect.
 */
export async function lapsed(
  tx: Tx,
  actorId: string,
  behalf: Behalf | null,
  at: Place & { instant: Instant },
): Promise<Refusal | null> {
  if (behalf === null) return null
  const standsIn = await standInsOf(tx, { id: actorId, held: await heldRoles(tx, actorId, at.instant) }, at.instant)
  return standInAt(standsIn, behalf.personId, at) ? null : refuse("not-allowed", "not-allowed.no-delegation")
}

/** The absent one hears that it was decided for them. */
export function tellAbsent(requestId: string, behalf: Behalf | null): Telling[] {
  return behalf ? [{ kind: "decided", to: [behalf.personId], requestId, what: "for-you" }] : []
}
