import { sql } from "drizzle-orm"
import { row, type Tx } from "@/db/connect"
import { textArray } from "@/db/statements/log"
import { zonesOf } from "@/db/statements/zones"
import { refuse, type Refusal } from "@/domain/core/outcome"
import type { Instant } from "@/domain/core/instant"
import { liesIn, spanOf, type Bound } from "@/domain/people/bounds"
import type { ActName } from "@/domain/people/permissions"
import type { Actor } from "./scene"
import { scopeOf } from "./scope"

/** What works on the register as a whole: no part of it could be answered for. */
const WHOLE: readonly ActName[] = ["whatif.read", "whatif.save"]

/**
 * Holds the rest of the transaction within what the reader's account is bound to: from here on every statement reads the views of the
 * schema `bound` (db/bound-views.ts) in the place of the tables. Refuses what no bound reader may ask, and instants outside the period.
 */
export async function holdWithin(tx: Tx, actor: Actor, name: ActName, input: unknown): Promise<Refusal | null> {
  const { bounds } = scopeOf(actor)
  if (bounds === null) return null
  if (WHOLE.includes(name)) return refuse("not-allowed", "not-allowed.bound")
  const zone = await zoneIn(tx, bounds)
  const asOf = asOfIn(input)
  if (asOf !== null && !liesIn(asOf, bounds, zone)) return refuse("not-allowed", "not-allowed.outside-period")
  const said = bounds.map((bound) => {
    const { from, until } = spanOf(bound, zone(bound.entityId))
    return {
      entity: bound.entityId,
      kinds: bound.kinds,
      first_on: bound.firstOn,
      last_on: bound.lastOn,
      since: from,
      until,
    }
  })
  await tx.execute(
    sql`select set_config('onward.bounds', ${JSON.stringify(said)}, true), set_config('search_path', 'bound, public', true)`,
  )
  return null
}

/** Lets go of the bounds, for the rest of an act that writes. */
export async function letGo(tx: Tx): Promise<void> {
  await tx.execute(sql`select set_config('search_path', 'public', true)`)
}

/**
 * What is worked out on all of the register, whatever the reader sees of it: that a flow is covered does not hang on whether its paper
 * is of a kind that they read. What comes of it is theirs to see only as far as it is about what they see.
 */
export async function onAll<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const path = (await row<{ path: string }>(tx, sql`select current_setting('search_path') as path`))?.path ?? ""
  if (!path.startsWith("bound")) return work()
  await letGo(tx)
  try {
    return await work()
  } finally {
    // Where a statement broke, the transaction is over and nothing can be set in it; its own error goes on.
    await tx.execute(sql`select set_config('search_path', ${path}, true)`).catch(() => undefined)
  }
}

/** The zone in which each bound's days are counted: its company's, UTC where it is all of them. */
export async function zoneIn(tx: Tx, bounds: readonly Bound[]): Promise<(entityId: string | null) => string> {
  const zones = await zonesOf(
    tx,
    bounds.flatMap((bound) => bound.entityId ?? []),
  )
  return (entityId) => (entityId === null ? "UTC" : (zones.get(entityId) ?? "UTC"))
}

function asOfIn(input: unknown): Instant | null {
  const asOf = typeof input === "object" && input !== null && "asOf" in input ? input.asOf : null
  return typeof asOf === "string" ? (asOf as Instant) : null
}

/** Of these log entries, those whose instant lies in the period of one of the bounds. */
export async function entriesWithin(tx: Tx, at: readonly Instant[]): Promise<boolean[]> {
  const found = await row<{ within: boolean[] }>(
    tx,
    sql`select array(select exists (select 1 from bound.allowed b where (b.since is null or b.since <= t.at) and (b.until is null or t.at < b.until))
      from unnest(${textArray(at)}::text[]::timestamptz[]) with ordinality t(at, i) order by i) as within`,
  )
  return found?.within ?? at.map(() => false)
}
