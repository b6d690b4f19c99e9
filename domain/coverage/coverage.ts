import type { Pack, SharingFacts } from "@/domain/checks/types"
import type { Stretch } from "@/domain/core/stretch"
export function coverageOf(_facts: SharingFacts, _packs: readonly Pack[]): { covered: Stretch[]; paper: Stretch[] } {
  return { covered: [], paper: [] }
}
