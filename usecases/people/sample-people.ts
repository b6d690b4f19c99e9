import { randomBytes } from "node:crypto"
import { sql } from "drizzle-orm"
import { row } from "@/db/connect"
import { heldRoles } from "@/db/statements/people"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { SAMPLE_SEATS, type SampleSeat } from "@/domain/sample/seats"
import type { Actor, Scene } from "@/usecases/scene"
import { hashSecret } from "./secrets"

/** Whether the word names one of the seats of the sample company. */
export function isSampleSeat(word: string): word is SampleSeat {
  return (SAMPLE_SEATS as readonly string[]).includes(word)
}

/** The address of a sample person by seat: made up, in a domain that cannot exist. */
export function sampleEmail(seat: SampleSeat): string {
  return seat === "second-legal" ? "second-lawyer@sample.invalid" : `${seat}@sample.invalid`
}

/** A seat in the sample company, and the visit whose forms are kept apart from those of other visitors. */
export type Seat = { seat: SampleSeat; visit: string }

/** The words of a seat, as its cookie holds them. A visit that goes on keeps its name. */
export function seatText(seat: SampleSeat, visit: string | null): string {
  return `${seat}.${visit ?? randomBytes(16).toString("hex")}`
}

/** Reads the words of a seat; null when they are none. */
export function readSeat(text: string | undefined): Seat | null {
  const [seat = "", visit = ""] = (text ?? "").split(".")
  return isSampleSeat(seat) && /^[0-9a-f]{32}$/.test(visit) ? { seat, visit } : null
}

/**
 * Who one is in the sample company, by one click. Only a register that says of itself that it is a sample answers; the
 * real one never does, whatever cookie is sent.
 */
export async function actorOfSample(
  db: Scene["db"],
  seat: SampleSeat,
  visit: string,
  now: Instant,
): Promise<Actor | null> {
  const person = await row<{ id: string; name: string }>(
    db,
    sql`select p.id, p.name from people p, log_head h
      where h.register = 'sample' and lower(p.email) = ${sampleEmail(seat)} and p.state = 'active'`,
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
