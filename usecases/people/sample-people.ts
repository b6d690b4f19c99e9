import { sql } from "drizzle-orm"
import { row } from "@/db/connect"
import { heldRoles } from "@/db/statements/people"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { ROLES, type Role } from "@/domain/people/roles"
import type { Actor, Scene } from "@/usecases/scene"

/** Whether the word names one of the six seats of the sample company. */
export function isSampleRole(word: string): word is Role {
  return (ROLES as readonly string[]).includes(word)
}

/** The address of a sample person by role: made up, in a domain that cannot exist. */
export function sampleEmail(role: Role): string {
  return `${role}@sample.invalid`
}

/**
 * Who one is in the sample company, by one click. Only a register that says of itself that it is a sample answers; the
 * real one never does, whatever cookie is sent.
 */
export async function actorOfSample(db: Scene["db"], role: string, now: Instant): Promise<Actor | null> {
  const person = await row<{ id: string; name: string }>(
    db,
    sql`select p.id, p.name from people p, log_head h where h.register = 'sample' and lower(p.email) = ${`${role}@sample.invalid`} and p.state = 'active'`,
  )
  if (!person) return null
  return {
    kind: "person",
    id: person.id as Id<"person">,
    name: person.name,
    held: await heldRoles(db, person.id, now),
    via: "page",
    session: null,
  }
}
