import type { Role } from "@/domain/people/roles"

/** The role that a stage asks for: the second lawyer is a lawyer. */
export function roleOfStage(stage: string): Role {
  return (stage === "second-legal" ? "legal" : stage) as Role
}

export type GrantThen = {
  grantId: string
  role: string
  entityId: string | null
  state: string
  untilAt: string | null
  at: string
  byName: string | null
  logIndex: number
}

/** Of the roles that somebody held at an instant, the one that let them decide the stage in the company; null: none did. */
export function entitledBy(
  held: readonly GrantThen[],
  on: { stage: string; entityId: string; at: string },
): GrantThen | null {
  const fits = held.filter(
    (one) =>
      one.role === roleOfStage(on.stage) &&
      (one.entityId === null || one.entityId === on.entityId) &&
      ["granted", "unconfirmed", "confirmed"].includes(one.state) &&
      (one.untilAt === null || one.untilAt > on.at),
  )
  // A role for the company itself says more than one for every company.
  return fits.find((one) => one.entityId === on.entityId) ?? fits[0] ?? null
}
