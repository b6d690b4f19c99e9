import type { Tx } from "@/db/connect"
import { canonical } from "@/domain/core/canonical"
import type { LawFacts } from "@/domain/checks/law"
import type { Id } from "@/domain/core/id"
import type { Entity } from "@/domain/records/evidence"
import type { Scenario } from "@/domain/whatif/scenario"
import { standsNow, standsUnder, type Stands } from "@/usecases/checks/bands"

/** How companies stand in the mainland's bands as the law is, and as it is supposed. */
export type StandsBothWays = { before: Stands; after: Stands }

const REGIME = "CN"
const BATCH = 500

/**
 * What a version of a pack that is tried makes of the clauses about the whole register. A version that leaves the law of
 * the bands as it is leaves the sums too; one that changes it has all flows of the companies added up by it. Null: what is
 * supposed is no version of a pack, and those clauses are not asked.
 */
export async function standsBothWays(
  tx: Tx,
  scenario: Scenario,
  on: { entities: ReadonlyMap<Id<"entity">, Entity>; before: LawFacts; after: LawFacts },
): Promise<StandsBothWays | null> {
  if (scenario.kind !== "pack-next") return null
  const before = await standsNow(tx, on.entities, on.before)
  if (bandLaw(on.before) === bandLaw(on.after)) return { before, after: before }
  return { before, after: await standsUnder(tx, on.entities, on.after, BATCH) }
}

/** Whatever of the law decides who is added up, over which days, and into which band. */
function bandLaw(law: LawFacts): string {
  const mine = <T extends { regime: string }>(lines: readonly T[]): T[] => lines.filter((one) => one.regime === REGIME)
  return canonical([mine(law.bands), mine(law.regimes), mine(law.areas)] as never)
}
