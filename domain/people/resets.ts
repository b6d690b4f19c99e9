import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { isDeciding } from "./grants"
import type { Role } from "./roles"

/** Whether whoever entered as somebody with this role could decide, or give roles. */
function isGrave(role: Role): boolean {
  return isDeciding(role) || role === "administrator"
}

/**
 * Whether one administrator may make a new-password link for this person, or it takes a second one's code. The operator
 * of the machine makes it alone: the database is in their hands anyway. Refuses where no second administrator is there.
 */
export function resetBy(
  ask: { byPerson: string | null; ofPerson: string; held: readonly Role[] },
  administrators: readonly string[],
): Outcome<"alone" | "second"> {
  if (ask.byPerson === null) return good("alone")
  if (ask.byPerson === ask.ofPerson) return refuse("not-allowed", "not-allowed.own-reset")
  if (!ask.held.some(isGrave)) return good("alone")
  const others = administrators.filter((id) => id !== ask.byPerson && id !== ask.ofPerson)
  return others.length > 0 ? good("second") : refuse("not-allowed", "not-allowed.reset-operator")
}

/** Whether this administrator may give the code: another than who made the link, and not for themselves. */
export function confirmReset(
  byPerson: string,
  reset: { ofPerson: string; byPerson: string | null; confirmedBy: string | null },
): Outcome<object> {
  if (reset.confirmedBy !== null) return refuse("conflict", "conflict.nothing-to-confirm")
  return reset.byPerson === byPerson || reset.ofPerson === byPerson
    ? refuse("not-allowed", "not-allowed.own-confirmation")
    : good({})
}
