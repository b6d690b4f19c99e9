import { canonical } from "@/domain/core/canonical"
import type { BodyOf, RecordKind } from "./kinds"

/** What a proposal reads when it is brought up to date, and which fields both sides changed, each in its own way. */
export type Merged<B> = { body: B; both: string[] }

/**
 * Lays a proposal, made on `base`, on top of what is in force now: what the proposal changed stays as proposed, all
 * else reads as it is in force. Fields that both sides changed differently keep the proposal's value and are named, for
 * a person to look at; of those in `theirs` what is in force is taken instead. Field by field of the record; lines of
 * one list are not mixed.
 */
export function broughtUpToDate<K extends RecordKind>(
  base: BodyOf[K],
  proposed: BodyOf[K],
  inForce: BodyOf[K],
  theirs: ReadonlySet<string> = new Set(),
): Merged<BodyOf[K]> {
  const both: string[] = []
  const body: Record<string, unknown> = {}
  const read = (of: BodyOf[K], field: string): unknown => (of as unknown as Record<string, unknown>)[field]
  const same = (a: unknown, b: unknown): boolean => canonical(a ?? null) === canonical(b ?? null)
  for (const field of new Set([...Object.keys(inForce), ...Object.keys(proposed)])) {
    const [was, mine, now] = [read(base, field), read(proposed, field), read(inForce, field)]
    const changed = !same(was, mine)
    if (changed && !same(was, now) && !same(mine, now)) both.push(field)
    body[field] = changed && !theirs.has(field) ? mine : now
  }
  return { body: body as unknown as BodyOf[K], both }
}

/** The two sides of a record that moved: what both changed differently, what is only in force, and what only proposed. */
export type Sides = { both: string[]; theirs: string[]; mine: string[] }

/** Which fields either side changed since the version that the proposal was made on. */
export function sidesOf<K extends RecordKind>(base: BodyOf[K], proposed: BodyOf[K], inForce: BodyOf[K]): Sides {
  const sides: Sides = { both: [], theirs: [], mine: [] }
  const differs = (a: BodyOf[K], b: BodyOf[K], field: string): boolean =>
    canonical((a as never)[field] ?? null) !== canonical((b as never)[field] ?? null)
  for (const field of new Set([...Object.keys(inForce), ...Object.keys(proposed)])) {
    const [mine, theirs] = [differs(base, proposed, field), differs(base, inForce, field)]
    if (mine && theirs && differs(proposed, inForce, field)) sides.both.push(field)
    else if (theirs && !mine) sides.theirs.push(field)
    else if (mine && !theirs) sides.mine.push(field)
  }
  return sides
}
