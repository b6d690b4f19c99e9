/** What the public list of recipients names a party with: what for, which data, where, and how it is given. */
export const LISTED = ["purpose", "data", "country", "mode"] as const
export type Listed = (typeof LISTED)[number]

/** One flow as the list reads it: company, party, and the codes that it is named with. */
export type ListedFlow = { entityId: string; partyId: string } & Readonly<Record<Listed, readonly string[]>>

/** A recipient of one company that comes, goes, or is named with more or less. */
export type ListChange = {
  entityId: string
  partyId: string
  change: "comes" | "goes" | "named"
  more: { what: Listed; codes: string[] }[]
  less: { what: Listed; codes: string[] }[]
}

type Named = { entityId: string; partyId: string; codes: Record<Listed, Set<string>> }

/** The recipients of flows, each once for each company, with everything that they are named with. */
function listOf(flows: readonly ListedFlow[]): Map<string, Named> {
  const list = new Map<string, Named>()
  for (const flow of flows) {
    const key = `${flow.entityId} ${flow.partyId}`
    const named = list.get(key) ?? {
      ...{ entityId: flow.entityId, partyId: flow.partyId },
      codes: { purpose: new Set(), data: new Set(), country: new Set(), mode: new Set() },
    }
    for (const what of LISTED) for (const code of flow[what]) named.codes[what].add(code)
    list.set(key, named)
  }
  return list
}

/**
 * What becomes otherwise on the list of recipients when the flows before give way to those after: a recipient comes with
 * the first flow of its company and goes with the last one; between the two it is named with what its flows say together.
 */
export function listChanges(before: readonly ListedFlow[], after: readonly ListedFlow[]): ListChange[] {
  const [was, is] = [listOf(before), listOf(after)]
  const beyond = (a: Named | undefined, b: Named | undefined): ListChange["more"] =>
    LISTED.flatMap((what) => {
      const codes = [...(a?.codes[what] ?? [])].filter((code) => !b?.codes[what].has(code)).sort()
      return codes.length ? [{ what, codes }] : []
    })
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((key): ListChange[] => {
    const [a, b] = [was.get(key), is.get(key)]
    const one = (b ?? a) as Named
    const [more, less] = [beyond(b, a), beyond(a, b)]
    if (a && b && more.length + less.length === 0) return []
    return [{ entityId: one.entityId, partyId: one.partyId, change: !a ? "comes" : !b ? "goes" : "named", more, less }]
  })
}
