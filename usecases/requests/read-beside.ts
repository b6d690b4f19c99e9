import type { CarriedRow } from "@/db/statements/carried"
import { judgementsOf } from "@/db/statements/judged"
import type { DecisionRow, StageRow } from "@/db/statements/requests"
import type { Tx } from "@/db/connect"
import type { Finding } from "@/domain/checks/types"
import { loadRecords } from "@/usecases/register/records"
import type { Scope } from "@/usecases/scope"

/** The decisions that a revision withdrew at a stage, with why. */
export function withdrawnAt(
  stage: Pick<StageRow, "stage" | "entityId">,
  decisions: readonly DecisionRow[],
  carried: readonly CarriedRow[],
) {
  return carried
    .filter((one) => one.fate === "withdrawn" && one.stage === stage.stage && one.entityId === stage.entityId)
    .flatMap(({ decisionId, because }) => {
      const was = decisions.find((item) => item.id === decisionId)
      return was ? [{ personId: was.personId, verdict: was.verdict, revision: was.revision, because }] : []
    })
}

/** What is kept of what is found of these records as they are in force; new ones have nothing yet. */
export async function foundNow(
  tx: Tx,
  about: readonly { id: string }[],
  known: ReadonlySet<string>,
): Promise<Finding[] | null> {
  const ids = [...new Set(about.map((one) => one.id))].filter(
    (id) => known.has(id) && ["pty", "shr", "agr"].includes(id.slice(0, 3)),
  )
  const here = (await loadRecords(tx, ids, null)).map((record) => record.id as string)
  const kept = await judgementsOf(tx, here)
  return kept === null ? null : [...kept.findings.values()].flat()
}

/** Which fields moved is said of the reader's own companies. */
export function carriedSeen(list: CarriedRow[], scope: Scope): CarriedRow[] {
  return list.map((one) =>
    scope.entities === null || scope.entities.includes(one.entityId) ? one : { ...one, because: [] },
  )
}
