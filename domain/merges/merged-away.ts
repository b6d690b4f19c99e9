import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"

/** A proposal, as far as a merge asks. */
export type Proposed = { recordId: string; kind: string; op: "create" | "change" | "end"; body: unknown }

/** A proposal that a merge stands against: at which record, and the party that it went into. */
export type Away = { recordId: string; into: string }

/**
 * The first proposal that would change a party which went into another, or give it a flow again; null: none does. What
 * undoes the merge takes back where the party went, and with that it is changed and flows again. `went`: of each party that
 * went, into which; `ended`: the flows that have ended.
 */
export function mergedAway(
  proposals: readonly Proposed[],
  went: ReadonlyMap<string, string>,
  ended: ReadonlySet<string>,
): Away | null {
  if (went.size === 0) return null
  const back = new Set(
    proposals.flatMap((one) =>
      one.kind === "party" && (one.body as Party).mergedInto === null && went.has(one.recordId) ? [one.recordId] : [],
    ),
  )
  for (const { recordId, kind, op, body } of proposals) {
    const party = kind === "party" ? recordId : kind === "sharing" ? (body as Sharing).partyId : null
    const into = party === null || back.has(party) ? undefined : went.get(party)
    // A flow of before the merge keeps its evidence; a new one, and one that ended, would flow to nobody.
    const flows = op === "create" || (op === "change" && ended.has(recordId))
    if (into !== undefined && (kind === "party" || flows)) return { recordId, into }
  }
  return null
}

/** The end of the way: a party that went into one which went on into another leads there. */
export function leadsOnTo(id: string, went: ReadonlyMap<string, string>): string {
  const seen = new Set<string>()
  let at = id
  for (let next = went.get(at); next !== undefined && !seen.has(at); next = went.get(at)) {
    seen.add(at)
    at = next
  }
  return at
}
