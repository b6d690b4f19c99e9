import { good, refuse, type Outcome } from "@/domain/core/outcome"
import type { Role } from "./roles"

const DECIDING: readonly Role[] = ["procurement", "legal", "dpo"]

/** Whether the role decides or advises on requests. */
export function isDeciding(role: Role): boolean {
  return DECIDING.includes(role)
}

/**
 * Whether this grant may be given, and how it then stands. Nobody grants to themselves; nobody is administrator and
 * decides. A grant of a deciding role takes effect unconfirmed while only one administrator exists; from the second on
 * it waits until another confirms (foundation 13), and so does a further administrator, who could confirm for the first.
 */
export function giveGrant(
  ask: { byPerson: string | null; toPerson: string; role: Role },
  held: readonly Role[],
  administrators: readonly string[],
): Outcome<"granted" | "unconfirmed" | "waiting"> {
  if (ask.byPerson !== null && ask.byPerson === ask.toPerson) return refuse("not-allowed", "not-allowed.own-grant")
  const apart =
    (ask.role === "administrator" && held.some(isDeciding)) || (isDeciding(ask.role) && held.includes("administrator"))
  if (apart) return refuse("not-allowed", "not-allowed.administrator-decides")
  if (!isDeciding(ask.role) && !(ask.role === "administrator" && ask.byPerson !== null)) return good("granted")
  return good(administrators.length <= 1 ? "unconfirmed" : "waiting")
}

/** Whether this administrator may confirm: another than who gave it, and not for themselves. */
export function confirmGrant(
  byPerson: string,
  grant: { personId: string; byPerson: string | null; state: string },
): Outcome<"confirmed"> {
  if (grant.state !== "waiting" && grant.state !== "unconfirmed")
    return refuse("conflict", "conflict.nothing-to-confirm")
  if (grant.byPerson === byPerson || grant.personId === byPerson)
    return refuse("not-allowed", "not-allowed.own-confirmation")
  return good("confirmed")
}
