import type { Pack } from "@/domain/checks/types"
export function packsKnownAt(_at: string): Pack[] {
  return []
}
