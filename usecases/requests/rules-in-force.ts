import { revisionsOf } from "@/db/statements/requests"
import { stageRulesAt, stageRulesRow, type StageRulesRow } from "@/db/statements/stage-rules"
import type { Db, Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { SHIPPED, SHIPPED_VERSION, type StageRules } from "@/domain/requests/stage-rules"

/** The stage rules with the number of their version. */
export type RulesInForce = { version: number; rules: StageRules }

const SHIPPED_RULES: RulesInForce = { version: SHIPPED_VERSION, rules: SHIPPED }

const opened = (found: StageRulesRow | null): RulesInForce =>
  found ? { version: found.version, rules: JSON.parse(found.body) as StageRules } : SHIPPED_RULES

/** The rules that held at the instant; null: that hold now. */
export async function rulesInForce(tx: Db | Tx, at: Instant | null): Promise<RulesInForce> {
  return opened(await stageRulesAt(tx, at))
}

/** The rules of one version: the first is the shipped one. */
export async function rulesOfVersion(tx: Db | Tx, version: number): Promise<RulesInForce> {
  return version === SHIPPED_VERSION ? SHIPPED_RULES : opened(await stageRulesRow(tx, version))
}

/** The rules that hold for a revision to its end. */
export async function rulesOfRevision(tx: Db | Tx, requestId: string, n: number): Promise<RulesInForce> {
  const revision = (await revisionsOf(tx, requestId)).find((one) => one.n === n)
  return rulesOfVersion(tx, revision?.rulesVersion ?? SHIPPED_VERSION)
}
