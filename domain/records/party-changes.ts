import { canonical } from "@/domain/core/canonical"
import type { Day } from "@/domain/core/day"
import type { Party, PARTY_CHANGES } from "./party"

type What = (typeof PARTY_CHANGES)[number]

/**
 * A proposed party with the day noted on which its name, owner or business changes, where the proposal says what is new
 * and no line says since when. Whoever proposes it sees the line in the draft and corrects the day.
 */
export function withChangesNoted(before: Party, after: Party, today: Day): Party {
  const noted = new Set(after.changes.slice(before.changes.length).map((line) => line.what))
  const missing = changed(before, after).filter((what) => !noted.has(what))
  return missing.length
    ? { ...after, changes: [...after.changes, ...missing.map((what) => ({ what, on: today }))] }
    : after
}

function changed(before: Party, after: Party): What[] {
  const differs = (field: "legalName" | "groupLinks" | "kinds" | "subKind"): boolean =>
    canonical(before[field]) !== canonical(after[field])
  return [
    ...(differs("legalName") ? (["name"] as const) : []),
    ...(differs("groupLinks") ? (["owner"] as const) : []),
    ...(differs("kinds") || differs("subKind") ? (["business"] as const) : []),
  ]
}
