import { maySit, type Table } from "@/domain/requests/four-eyes"
import type { HeldRole, Role } from "@/domain/people/roles"
import { openOf, type InWave } from "@/domain/requests/waves"

/** A person with an account in use, and the roles in effect. */
export type Holder = { id: string; held: readonly HeldRole[] }

/** A request that waits: its authors, its stages, who sits already, and to whom alone it may be known. */
export type Waits = Pick<Table, "authors" | "stages"> & {
  seats: readonly { personId: string; stage: string; entityId: string }[]
  restrictedTo: readonly string[] | null
}

/**
 * Who may take one of these stages, and so is asked to: by the very rule that lets them decide (invariant 2). Whoever may
 * not know of the request is never asked.
 */
export function whoIsAsked(
  holders: readonly Holder[],
  on: Waits,
  open: readonly { stage: string; entityId: string }[],
): string[] {
  return holders
    .filter((holder) => on.restrictedTo === null || on.restrictedTo.includes(holder.id))
    .filter((holder) => {
      const seat = on.seats.find((one) => one.personId === holder.id) ?? null
      const table = { authors: on.authors, stages: on.stages, seat }
      return open.some((at) => maySit({ kind: "person", id: holder.id, held: holder.held }, table, at).ok)
    })
    .map((holder) => holder.id)
}

/** The stages that are open now: nobody decided them yet, and their turn came. */
export function openNow<T extends InWave>(
  stages: readonly T[],
  decided: readonly { stage: string; entityId: string }[],
): T[] {
  return openOf(stages, decided)
}

/** Who holds the role in one of the companies, or in every one. */
export function holdersIn(holders: readonly Holder[], role: Role, entityIds: readonly string[]): string[] {
  return holders
    .filter((holder) =>
      holder.held.some((one) => one.role === role && (one.entityId === null || entityIds.includes(one.entityId))),
    )
    .map((holder) => holder.id)
}

/** Whether one of these roles is held in the company, or in every one. */
export function holdsIn(holder: Holder, entityId: string): boolean {
  return holder.held.some((one) => one.entityId === null || one.entityId === entityId)
}
