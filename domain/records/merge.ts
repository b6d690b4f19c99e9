import { canonical } from "@/domain/core/canonical"
import type { BodyOf, RecordKind } from "./kinds"

/** What a proposal reads when it is brought up to date, and which fields both sides changed, each in its own way. */
export type Merged<B> = { body: B; both: string[] }

/**
 * Lays a proposal, made on `base`, on top of what is in force now: what the proposal changed stays as proposed, all
 * else reads as it is in force. Fields that both sides changed differently keep the proposal's value and are named, for
 * a person to look at. Field by field of the record; lines of one list are not mixed.
 */
export function broughtUpToDate<K extends RecordKind>(
  base: BodyOf[K],
  proposed: BodyOf[K],
  inForce: BodyOf[K],
): Merged<BodyOf[K]> {
  const both: string[] = []
  const body: Record<string, unknown> = {}
  const read = (of: BodyOf[K], field: string): unknown => (of as unknown as Record<string, unknown>)[field]
  const same = (a: unknown, b: unknown): boolean => canonical(a ?? null) === canonical(b ?? null)
  for (const field of new Set([...Object.keys(inForce), ...Object.keys(proposed)])) {
    const [was, mine, theirs] = [read(base, field), read(proposed, field), read(inForce, field)]
    const changed = !same(was, mine)
    if (changed && !same(was, theirs) && !same(mine, theirs)) both.push(field)
    body[field] = changed ? mine : theirs
  }
  return { body: body as unknown as BodyOf[K], both }
}
