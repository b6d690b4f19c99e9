import { good, refuse, type Outcome } from "@/domain/core/outcome"

/** What a provider says of whoever signs on, as far as we take it. */
export type SaidOfPerson = { name: string; email: string | null; emailVerified: boolean }

/** Where whoever signs on without ever having had a role is a requester: in every company, or in these. */
export type SignOnRule = { everywhere: boolean; entityIds: readonly string[] }

const MOST_NAME = 200
const ADDRESS = /^[^\s\p{C}@<>"']+@[^\s\p{C}@<>"']+$/u

/** The name under which an account begins: what the provider says, without signs that turn or break lines, else the address. */
export function nameAtSignOn(said: SaidOfPerson): string {
  const clean = said.name
    .normalize("NFC")
    .replace(/[\p{C}\u2028\u2029]/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim()
  return [...(clean || (said.email ?? ""))].slice(0, MOST_NAME).join("") || "?"
}

/** The address that an account begins with: only one that the provider vouches for; mails to any other could be a stranger's. */
export function addressAtSignOn(said: SaidOfPerson): string | null {
  const email = said.email?.trim().toLowerCase() ?? ""
  return said.emailVerified && email.length <= 254 && ADDRESS.test(email) ? email : null
}

/**
 * Who enters with this identity. An account that is there already is never taken over because its address is the same: its
 * holder signs in and links the two. Whoever is shut out stays out.
 */
export function entering(on: {
  /** Whether an account was made by the set-up link yet: the first one is nobody's who only signs on. */
  begun: boolean
  /** The account that the identity belongs to. */
  linked: { state: "invited" | "active" | "disabled" } | null
  /** Whether some account has the address that the provider vouches for. */
  addressTaken: boolean
}): Outcome<"known" | "new"> {
  if (!on.begun) return refuse("not-allowed", "not-allowed.not-set-up")
  if (on.linked) return on.linked.state === "active" ? good("known") : refuse("not-allowed", "not-allowed.sign-on")
  return on.addressTaken ? refuse("conflict", "conflict.sign-on-address") : good("new")
}

/**
 * The companies (null: every one) in which a person becomes requester by signing on. Only who never held a role: one that an
 * administrator took back does not come again by itself. Where nobody chose, a register of one company has only that one.
 */
export function requesterAtSignOn(on: {
  everHeld: boolean
  rule: SignOnRule | null
  entityIds: readonly string[]
}): (string | null)[] {
  if (on.everHeld) return []
  if (on.rule === null) return on.entityIds.length === 1 ? [...on.entityIds] : []
  if (on.rule.everywhere) return [null]
  return on.rule.entityIds.filter((id) => on.entityIds.includes(id))
}

/** So far apart the clocks of the provider and of this machine may be, in seconds. */
const APART = 60

/**
 * Whether the provider asked the person anew after we sent them there: `authTime` as it says, in seconds; `beganAt` in
 * milliseconds. A provider that does not say when it asked proves nothing.
 */
export function provedAnew(authTime: number | null, beganAt: number): boolean {
  return authTime !== null && authTime + APART >= Math.floor(beganAt / 1000)
}

/** Whether the account may take the identity: one of a provider at most, and none that is another's. */
export function mayLink(on: { owner: string | null; personId: string; hasOne: boolean }): Outcome<object> {
  if (on.owner !== null && on.owner !== on.personId) return refuse("conflict", "conflict.identity-taken")
  return on.owner !== null || on.hasOne ? refuse("conflict", "conflict.identity-linked") : good({})
}

/** Whether the link may be undone: not the only way in. */
export function mayUnlink(hasPassword: boolean): Outcome<object> {
  return hasPassword ? good({}) : refuse("not-allowed", "not-allowed.only-way-in")
}
