import type { Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { namesOf } from "@/usecases/requests/named-by"
import { waitingStages } from "@/usecases/requests/waiting-stages"

/** Somebody who may take a stage that is open: in their own right, or for somebody who is away. */
export type WithWhom = { name: string; forName: string | null }

const FEW = 4

/** The requests with the names of at most a few who may take their open stages; whoever stands in goes first, for they are there. */
export async function withWhom<T extends { id: string }>(
  tx: Tx,
  list: readonly T[],
  now: Instant,
): Promise<(T & { withWhom: WithWhom[] })[]> {
  if (list.length === 0) return []
  const ids = list.map((one) => one.id)
  const { waiting } = await waitingStages(tx, ids, now)
  const pairs = (id: string): { id: string; forPerson: string | null }[] => {
    const mine = waiting.filter((one) => one.requestId === id)
    const lent = mine.flatMap((one) => one.lent)
    const own = mine.flatMap((one) => one.own).map((personId) => ({ id: personId, forPerson: null }))
    return [...new Map([...lent, ...own].map((one) => [`${one.id} ${one.forPerson}`, one])).values()].slice(0, FEW)
  }
  const whom = new Map(ids.map((id) => [id, pairs(id)]))
  const names = await namesOf(tx, [
    ...new Set([...whom.values()].flat().flatMap((one) => [one.id, ...(one.forPerson ? [one.forPerson] : [])])),
  ])
  return list.map((one) => ({
    ...one,
    withWhom: (whom.get(one.id) ?? []).map(({ id, forPerson }) => ({
      name: names[id] ?? "",
      forName: forPerson === null ? null : (names[forPerson] ?? ""),
    })),
  }))
}
