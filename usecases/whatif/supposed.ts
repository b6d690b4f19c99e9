import { z } from "zod"
import { runRow, scenarioRow } from "@/db/statements/whatif"
import type { Tx } from "@/db/connect"
import { idOf } from "@/domain/records/parts"
import { scenarioShape, type Scenario } from "@/domain/whatif/scenario"

/** What is supposed: said in full, or by the run or the kept scenario that says it. A pack is too long to say twice. */
export const supposedShape = {
  scenario: scenarioShape.optional(),
  runId: idOf("run").optional(),
  scenarioId: idOf("scenario").optional(),
}
export type Supposed = z.output<z.ZodObject<typeof supposedShape>>

/** A stored scenario; null where this version no longer reads it. */
export function storedScenario(text: string | undefined): Scenario | null {
  const parsed = text === undefined ? null : scenarioShape.safeParse(JSON.parse(text))
  return parsed?.success ? parsed.data : null
}

/** The scenario that is meant. Whether its reader may know what it is about is asked of the scenario, not here. */
export async function supposedOf(tx: Tx, said: Supposed): Promise<Scenario | null> {
  if (said.scenario) return said.scenario
  if (said.runId) return storedScenario((await runRow(tx, said.runId))?.scenario)
  return said.scenarioId ? storedScenario((await scenarioRow(tx, said.scenarioId))?.scenario) : null
}
