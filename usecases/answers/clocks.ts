import { z } from "zod"
import { entityNames } from "@/db/statements/entities"
import type { Tx } from "@/db/connect"
import { dayIn, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { dayShape } from "@/domain/records/parts"
import { readingInstant } from "@/usecases/look"
import { asOfInput } from "@/usecases/register/as-of"
import type { Scope } from "@/usecases/scope"

/** The two clocks of an answer: what the register said at the instant, about the day. */
export const clocksInput = { asOf: asOfInput, on: dayShape.nullable().default(null) }

/** When an answer is read: at which instant (null: now), and about which day; without one the instant's own, in UTC, for companies mix. */
export async function whenAsked(
  tx: Tx,
  asked: { asOf: Instant | null; on: Day | null },
  now: Instant,
): Promise<{ at: Instant | null; day: Day; said: Instant }> {
  const at = await readingInstant(tx, asked.asOf)
  const said = at ?? now
  return { at, day: asked.on ?? dayIn("UTC", said), said }
}

/** What the companies are called that this reader reads. */
export async function companiesRead(tx: Tx, { entities }: Pick<Scope, "entities">): Promise<Record<string, string>> {
  const names = await entityNames(tx)
  return entities === null ? names : Object.fromEntries(Object.entries(names).filter(([id]) => entities.includes(id)))
}

const place = z.tuple([z.string().max(1000), z.string().regex(/^[a-z]{3}_[0-9a-z]{26}$/)])

/** The place after which the next page begins, from its word; null where it is none. */
export function readPlace(word: string): { key: string; id: string } | null {
  try {
    const read = place.safeParse(JSON.parse(Buffer.from(word, "base64url").toString("utf8")))
    return read.success ? { key: read.data[0], id: read.data[1] } : null
  } catch {
    return null
  }
}

/** The word for a place in a list. */
export function writePlace(key: string, id: string): string {
  return Buffer.from(JSON.stringify([key, id]), "utf8").toString("base64url")
}
