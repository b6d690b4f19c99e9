import type { Id } from "@/domain/core/id"
import type { JoinProposal } from "./clusters"
import type { ImportProposal } from "./proposal"

/** What a person chooses who joins every equal name of a file at once. Similar names are chosen one by one. */
export const ALL_EQUAL = "*"

/**
 * For each party of the file that is joined, the party whose id it takes: one of the register, or the first of its name.
 * Choices that share a party join into one; where they meet several of the register, the first of these stands for all.
 */
export function joinedIds(joins: readonly JoinProposal[], chosen: ReadonlySet<string>): Map<string, string> {
  const heads = new Map<string, string>()
  const known = new Set<string>()
  const rowOf = new Map(joins.flatMap((join) => join.rows.map((row) => [row.partyId, row.row] as const)))
  const stays = (a: string, b: string): boolean =>
    known.has(a) || (!known.has(b) && (rowOf.get(a) ?? 0) <= (rowOf.get(b) ?? 0))
  const head = (id: string): string => {
    let at = id
    for (let up = heads.get(at); up !== undefined; up = heads.get(at)) at = up
    return at
  }
  for (const join of joins) {
    if (!chosen.has(join.folded) && !(chosen.has(ALL_EQUAL) && join.near === undefined)) continue
    for (const party of join.known) known.add(party.partyId)
    // Of several parties of the register only the first is joined to: they are not made one by an import.
    const ids = [...join.known.slice(0, 1).map((party) => party.partyId), ...join.rows.map((row) => row.partyId)]
    for (const id of ids.slice(1)) {
      const [a, b] = [head(ids[0] ?? id), head(id)]
      if (a === b || (known.has(a) && known.has(b))) continue
      if (stays(a, b)) heads.set(b, a)
      else heads.set(a, b)
    }
  }
  const out = new Map<string, string>()
  for (const id of heads.keys()) if (!known.has(id)) out.set(id, head(id))
  return out
}

/** A row's proposals once parties are joined: no second party, and what hangs on it names the one that stays. */
export function withJoins(proposals: readonly ImportProposal[], ids: ReadonlyMap<string, string>): ImportProposal[] {
  return proposals.flatMap((proposal): ImportProposal[] => {
    if (proposal.kind === "party") return ids.has(proposal.id) ? [] : [proposal]
    const target = ids.get(proposal.body.partyId)
    if (!target) return [proposal]
    const body = { ...proposal.body, partyId: target as Id<"party"> }
    return [{ ...proposal, body } as ImportProposal]
  })
}
