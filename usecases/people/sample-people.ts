import { randomBytes } from "node:crypto"
import { sql } from "drizzle-orm"
import { row } from "@/db/connect"
import { heldRoles } from "@/db/statements/people"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { ROLES, type Role } from "@/domain/people/roles"
import type { Actor, Scene } from "@/usecases/scene"
import { hashSecret } from "./secrets"

/** Whether the word names one of the six seats of the sample company. */
export function isSampleRole(word: string): word is Role {
  return (ROLES as readonly string[]).includes(word)
}

/** The address of a sample person by role: made up, in a domain that cannot exist. */
export function sampleEmail(role: Role): string {
  return `${role}@sample.invalid`
}

/** A seat in the sample company: the role, and the visit whose forms are kept apart from those of other visitors. */
export type Seat = { role: Role; visit: string }

/** The words of a seat, as its cookie holds them. A visit that goes on keeps its name. */
export function seatText(role: Role, visit: string | null): string {
  return `${role}.${visit ?? randomBytes(16).toString("hex")}`
}

/** Reads the words of a seat; null when they are none. */
export function readSeat(text: string | undefined): Seat | null {
  const [role = "", visit = ""] = (text ?? "").split(".")
  return isSampleRole(role) && /^[0-9a-f]{32}$/.test(visit) ? { role, visit } : null
}

/**
 * Who one is in the sample company, by one click. Only a register that says of itself that it is a sample answers; the
 * real one never does, whatever cookie is sent.
 */
export async function actorOfSample(db: Scene["db"], role: Role, visit: string, now: Instant): Promise<Actor | null> {
  const person = await row<{ id: string; name: string }>(
    db,
    sql`select p.id, p.name from people p, log_head h
      where h.register = 'sample' and lower(p.email) = ${sampleEmail(role)} and p.state = 'active'`,
  )
  if (!person) return null
  const held = await heldRoles(db, person.id, now)
  return {
    kind: "person",
    id: person.id as Id<"person">,
    name: person.name,
    held,
    via: "page",
    session: hashSecret(visit),
  }
}
