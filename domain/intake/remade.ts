import { canonical } from "@/domain/core/canonical"
import { broughtUpToDate } from "@/domain/records/merge"
import type { IntakeProposal } from "./proposals"

type Drafted = { recordId: string; kind: string; body: unknown }

/** What is written of a request that is made again: proposals to save, and those that the answers no longer propose. */
export type Remade = { save: IntakeProposal[]; drop: string[] }

/**
 * Answers that changed after the request was made, laid over what was typed there by hand since: a field that the answers
 * changed reads as they say, all else stays. A record taken out by hand stays out, one that the answers no longer propose
 * goes if nobody touched it.
 */
export function remade(fresh: readonly IntakeProposal[], last: readonly Drafted[], now: readonly Drafted[]): Remade {
  const before = new Map(last.map((one) => [one.recordId, one]))
  const typed = new Map(now.map((one) => [one.recordId, one]))
  const save = fresh.flatMap((one): IntakeProposal[] => {
    const [was, stands] = [before.get(one.recordId), typed.get(one.recordId)]
    if (was && !stands) return []
    if (!was || !stands) return [one]
    const { body } = broughtUpToDate(was.body as never, one.body as never, stands.body as never)
    return [{ ...one, body } as IntakeProposal]
  })
  const drop = last
    .filter((one) => !fresh.some((item) => item.recordId === one.recordId))
    .filter((one) => {
      const stands = typed.get(one.recordId)
      return stands !== undefined && canonical(stands.body) === canonical(one.body)
    })
  return { save, drop: drop.map((one) => one.recordId) }
}
