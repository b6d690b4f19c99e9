import type { Id } from "@/domain/core/id"
import type { JoinProposal } from "./clusters"
import type { ImportProposal } from "./proposal"

/** For each party of the file that is joined, the party whose id it takes: one of the register, or the first of its name. */
export function joinedIds(joins: readonly JoinProposal[], chosen: ReadonlySet<string>): Map<string, string> {
  const ids = new Map<string, string>()
  for (const join of joins) {
    if (!chosen.has(join.folded)) continue
    const target = join.known[0]?.partyId ?? join.rows[0]?.partyId
    if (!target) continue
    for (const row of join.rows) if (row.partyId !== target) ids.set(row.partyId, target)
  }
  return ids
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
