import type { Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"
import { refsOf } from "@/domain/records/refer"
import { withoutIds } from "@/domain/records/withheld"
import { hiddenIds } from "@/usecases/audit/readable"
import type { Scope } from "@/usecases/scope"

type Holder = { kind: RecordKind; body: unknown }

/**
 * Of the records that these name, those that the reader may not know of, as they stand at the instant (null: now;
 * foundation 20).
 */
export async function unseenIn(
  tx: Tx,
  held: readonly Holder[],
  scope: Scope,
  at: Instant | null,
): Promise<Set<string>> {
  const named = new Set<string>()
  for (const one of held)
    for (const ref of refsOf(one.kind, one.body as BodyOf[RecordKind])) if (ref.kind !== "entity") named.add(ref.id)
  return hiddenIds(tx, [...named], scope, at)
}

/** Records or proposals with a word in place of the ids that are hidden: what a flow is, is told; to whom is not. */
export function withoutHidden<T extends Holder>(held: readonly T[], hidden: ReadonlySet<string>): T[] {
  return hidden.size === 0 ? [...held] : held.map((one) => ({ ...one, body: withoutIds(one.body, hidden).body }))
}
