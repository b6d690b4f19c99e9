import { fold } from "@/domain/core/fold"

/** A name in the file: the row and the id of the party that it proposes. */
export type NamedRow = { row: number; partyId: string; name: string }

/** A party that the register holds, with every name that it has (legal, Latin, others). */
export type KnownParty = { partyId: string; names: readonly string[] }

/** Parties whose names are equal once folded. They are proposed for joining; nothing is ever joined by itself. */
export type JoinProposal = { folded: string; rows: NamedRow[]; known: KnownParty[] }

/**
 * Which rows may mean one party: equal folded names within the file, and against the register. In the order of the
 * first row of each; a name of signs alone joins with nothing.
 */
export function proposeJoins(rows: readonly NamedRow[], known: readonly KnownParty[] = []): JoinProposal[] {
  const groups = new Map<string, JoinProposal>()
  for (const row of rows) {
    const folded = fold(row.name)
    if (folded === "") continue
    const group = groups.get(folded) ?? { folded, rows: [], known: [] }
    group.rows.push(row)
    groups.set(folded, group)
  }
  for (const party of known) for (const folded of new Set(party.names.map(fold))) groups.get(folded)?.known.push(party)
  return [...groups.values()].filter((group) => group.rows.length + group.known.length > 1)
}
