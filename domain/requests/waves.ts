import type { Instant } from "@/domain/core/instant"

/** One stage of one company. */
type At = { stage: string; entityId: string }
export type InWave = At & { seat: "decides" | "advises"; wave: number }

const same = (a: At, b: At): boolean => a.stage === b.stage && a.entityId === b.entityId

/**
 * The stages that come before this one. Who advises waits for nobody, so that the advice can be there before the last
 * decision. Who decides comes after every earlier wave of the company; a second lawyer comes besides after the first of
 * every company, whatever the rules say: they look at what the first one saw fit to approve.
 */
export function comesBefore<T extends InWave>(stages: readonly T[], at: InWave): T[] {
  if (at.seat === "advises") return []
  return stages.filter(
    (one) =>
      (one.entityId === at.entityId && one.wave < at.wave) || (at.stage === "second-legal" && one.stage === "legal"),
  )
}

/** Whether its turn came: everything before it is decided. */
export function isTurn(stages: readonly InWave[], decided: readonly At[], at: InWave): boolean {
  return comesBefore(stages, at).every((one) => decided.some((d) => same(d, one)))
}

/** The stages that are open: nobody decided them yet, and their turn came. */
export function openOf<T extends InWave>(stages: readonly T[], decided: readonly At[]): T[] {
  return stages.filter((one) => !decided.some((d) => same(d, one)) && isTurn(stages, decided, one))
}

/** When a stage opened: with the revision, or with the last decision that it waited for; null: not yet. */
export function openedAt(
  stages: readonly InWave[],
  decided: readonly (At & { at: Instant })[],
  at: InWave,
  revisionAt: Instant,
): Instant | null {
  let opened = revisionAt
  for (const one of comesBefore(stages, at)) {
    const by = decided.find((d) => same(d, one))
    if (!by) return null
    // A decision that was carried over from an earlier revision opens nothing before the revision was there.
    if (by.at > opened) opened = by.at
  }
  return opened
}
