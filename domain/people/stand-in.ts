import { daysBetween, type Day } from "@/domain/core/day"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { holdsRole } from "./permissions"
import type { HeldRole, Role } from "./roles"

/** The roles that decide or advise, and so can be stood in for. */
export const DELEGABLE = ["procurement", "legal", "dpo"] as const
export type Delegable = (typeof DELEGABLE)[number]

/** One of our companies, as far as standing in asks: whether its data-protection officer decides there. */
export type Company = { id: string; dpoDecides: boolean }

/** A delegation in effect: of which role, where (null: wherever the absent one holds it), by whom. */
export type Delegated = { delegationId: string; fromPerson: string; role: Delegable; entityId: string | null }

/** A place at which somebody may decide on behalf of another: one role in one company. */
export type StandIn = { delegationId: string; forPerson: string; role: Delegable; entityId: string }

// Whoever stands in decides already in that company, by two administrators, and can read what the seat reads: legal
// advice is for lawyers and data-protection officers alone.
const FITS: Record<Delegable, readonly Delegable[]> = {
  procurement: ["procurement", "legal", "dpo"],
  legal: ["legal", "dpo"],
  dpo: ["dpo", "legal"],
}

/**
 * Whether somebody with these roles may stand in for this role in this company: they decide there themselves, can read
 * what that seat reads, and are neither administrator nor supervisor. A data-protection officer stands in for a seat
 * that decides only where the company has its officer decide (foundation 19).
 */
export function mayStandIn(role: Delegable, held: readonly HeldRole[], at: Company): Outcome<object> {
  if (held.some((one) => one.role === "administrator" || one.role === "supervisor"))
    return refuse("not-allowed", "not-allowed.delegate-apart")
  const fits = FITS[role].some(
    (kind) =>
      (kind !== "dpo" || role === "dpo" || at.dpoDecides) && holdsRole({ kind: "person", held }, kind as Role, at.id),
  )
  return fits ? good({}) : refuse("not-allowed", "not-allowed.delegate-role")
}

/** The companies that a role held or delegated is about. */
function heldIn(role: Delegable, held: readonly HeldRole[], companies: readonly Company[], entityId: string | null) {
  const there = entityId === null ? companies : companies.filter((one) => one.id === entityId)
  return there.filter((one) => holdsRole({ kind: "person", held }, role, one.id))
}

/**
 * Where a person stands in for others: each delegation to them, in each company where the absent one holds the role
 * themselves (so delegations never chain) and the delegate still may stand in.
 */
export function standsInFor(
  delegations: readonly Delegated[],
  heldByAbsent: ReadonlyMap<string, readonly HeldRole[]>,
  held: readonly HeldRole[],
  companies: readonly Company[],
): StandIn[] {
  return delegations.flatMap(({ delegationId, fromPerson, role, entityId }) =>
    heldIn(role, heldByAbsent.get(fromPerson) ?? [], companies, entityId)
      .filter((company) => mayStandIn(role, held, company).ok)
      .map((company) => ({ delegationId, forPerson: fromPerson, role, entityId: company.id })),
  )
}

/**
 * Whether somebody may name this delegate for a role of theirs: not themselves, for a role that they hold there, and
 * one who may stand in at every place that it is about.
 */
export function mayDelegate(
  ask: { fromPerson: string; toPerson: string; role: Delegable; entityId: string | null },
  held: { from: readonly HeldRole[]; to: readonly HeldRole[] },
  companies: readonly Company[],
): Outcome<object> {
  if (ask.fromPerson === ask.toPerson) return refuse("not-allowed", "not-allowed.delegate-self")
  const places = heldIn(ask.role, held.from, companies, ask.entityId)
  if (places.length === 0) return refuse("not-allowed", "not-allowed.delegate-unheld")
  for (const company of places) {
    const may = mayStandIn(ask.role, held.to, company)
    if (!may.ok) return may
  }
  return good({})
}

/** An absence from a day to a day, the last one within it; without a last day it goes on until it is ended. */
export type Stretch = { fromOn: Day; toOn: Day | null }

/** So many days an absence with an end lasts at most. */
export const LONGEST = 366

/**
 * Whether the stretch can be: it begins today or later, ends not before it begins and within a year, and has an end
 * where somebody stands in meanwhile.
 */
export function isStretch(of: Stretch, today: Day, delegates: number): Outcome<object> {
  const wrong = (path: string, says: string): Outcome<never> =>
    refuse("invalid", "invalid.form", { fields: [{ path, says }] })
  if (of.fromOn < today) return wrong("fromOn", "invalid.away-past")
  if (of.toOn === null) return delegates > 0 ? wrong("toOn", "invalid.away-end") : good({})
  if (of.toOn < of.fromOn) return wrong("toOn", "invalid.away-order")
  return daysBetween(of.fromOn, of.toOn) > LONGEST ? wrong("toOn", "invalid.away-long") : good({})
}

/** Whether two absences have a day in common. */
export function overlaps(a: Stretch, b: Stretch): boolean {
  return (a.toOn === null || b.fromOn <= a.toOn) && (b.toOn === null || a.fromOn <= b.toOn)
}

/** Whether a role and company is named twice among the lines, every company counting as each. */
export function namedTwice(lines: readonly { role: string; entityId: string | null }[]): boolean {
  return lines.some((a, i) =>
    lines.some(
      (b, j) => j > i && a.role === b.role && (a.entityId === null || b.entityId === null || a.entityId === b.entityId),
    ),
  )
}
