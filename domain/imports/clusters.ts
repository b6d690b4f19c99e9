import { fold } from "@/domain/core/fold"
import type { NearPair } from "./similar"

/** A name in the file: the row and the id of the party that it proposes. */
export type NamedRow = { row: number; partyId: string; name: string }

/** A party that the register holds, with every name that it has (legal, Latin, others). */
export type KnownParty = { partyId: string; names: readonly string[] }

/**
 * Parties that may be one: their names are equal once folded or, where `near` tells in hundredths how much, similar.
 * They are proposed for joining; nothing is ever joined by itself. `folded` is what a person's choice is kept by.
 */
export type JoinProposal = { folded: string; rows: NamedRow[]; known: KnownParty[]; near?: number }

/** A name of the file and a party of the register whose name is near, in hundredths. */
export type NearKnown = { name: string; party: KnownParty; likeness: number }

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

/**
 * Which distinct names may mean one party though they are not equal: near names within the file, and near ones of the
 * register. The nearest first, at most `most`; all rows of both names belong to it.
 */
export function proposeNear(
  rows: readonly NamedRow[],
  pairs: readonly NearPair[],
  known: readonly NearKnown[],
  most: number,
): JoinProposal[] {
  const byName = new Map<string, NamedRow[]>()
  for (const row of rows) {
    const folded = fold(row.name)
    const list = byName.get(folded) ?? []
    list.push(row)
    byName.set(folded, list)
  }
  const all: JoinProposal[] = [
    ...known.map(({ name, party, likeness }) => ({
      folded: `${name} ~ ${party.partyId}`,
      rows: byName.get(name) ?? [],
      known: [party],
      near: likeness,
    })),
    ...pairs.map(({ a, b, likeness }) => ({
      folded: `${a} ~ ${b}`,
      rows: [...(byName.get(a) ?? []), ...(byName.get(b) ?? [])],
      known: [],
      near: likeness,
    })),
  ]
  return all
    .filter((one) => one.rows.length > 0)
    .sort((x, y) => (y.near ?? 0) - (x.near ?? 0))
    .slice(0, most)
}
