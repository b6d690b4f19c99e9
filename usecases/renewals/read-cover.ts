import { z } from "zod"
import { reachedSharings } from "@/db/statements/whatif"
import { listEntityIds } from "@/db/statements/entities"
import { factsOfSharing } from "@/domain/checks/facts"
import { papersOf } from "@/domain/checks/papers"
import { makeRegister } from "@/domain/checks/register"
import type { Id } from "@/domain/core/id"
import type { Day } from "@/domain/core/day"
import { good, refuse } from "@/domain/core/outcome"
import type { Stretch } from "@/domain/core/stretch"
import { idOf } from "@/domain/records/parts"
import { titleOf } from "@/domain/records/project"
import { rulesOf } from "@/domain/whatif/lay-law"
import { look } from "@/usecases/look"
import { packsNow } from "@/usecases/packs/known"
import { loadEntities, loadRecords } from "@/usecases/register/records"
import { readable } from "@/usecases/register/read-record"
import { loadAround } from "@/usecases/whatif/load-around"
import { compareRecords, within } from "@/usecases/whatif/work-out"
import { todayOfPaper } from "./read-renewal"

/** More are not worked out on the page of a paper. */
const MOST = 100

/** A sharing that a paper names, and what stands on the paper there. */
export type CoverLine = {
  id: string
  title: string
  entityId: string
  /** The days on which the paper covers it; none: it does not, whatever it names. */
  days: Stretch[]
  /** From which day it would be uncovered without the paper; null: it would not. */
  uncovered: Day | null
  /** Clauses that would be found wanting without it. */
  clauses: string[]
}
export type PaperCover = { lines: CoverLine[]; more: boolean; names: Record<string, string>; today: Day }

/** Which sharings a paper covers, since when, which clauses stand on it there, and what would be uncovered without it. */
export const readPaperCover = look<{ id: string }, PaperCover>({
  name: "register.read",
  input: z.strictObject({ id: idOf("agreement") }) as unknown as z.ZodType<{ id: string }>,
  about: ({ id }) => [{ type: "agreement", id }],
  run: async (tx, { input: { id }, scope, scene }) => {
    const [paper] = await loadRecords(tx, [id], null)
    if (paper?.kind !== "agreement" || !readable(paper, scope)) return refuse("not-found", "not-found")
    const today = await todayOfPaper(tx, paper.body.entityId, scene.now)
    const found = await reachedSharings(tx, { by: "records", ids: [id] }, within(scope), MOST + 1)
    const ids = found.slice(0, MOST)
    const entities = await loadEntities(tx, await listEntityIds(tx), null)
    const names = Object.fromEntries([...entities].map(([one, entity]) => [one, entity.legalName]))
    if (ids.length === 0) return good({ lines: [], more: false, names, today })
    const records = await loadAround(tx, ids)
    const register = makeRegister(records, entities)
    const rules = rulesOf(await packsNow(tx, scene.now))
    const scenario = { kind: "agreement-ends" as const, agreementId: id as Id<"agreement">, on: today }
    const without = new Map(
      compareRecords(records, ids, scenario, { rules, supposed: rules, entities, reader: scope.personId }).map(
        (one) => [one.id, one],
      ),
    )
    const named = new Set<string>(paper.body.covers.map((line) => line.sharingId))
    const all = ids.flatMap((sharingId): CoverLine[] => {
      const facts = factsOfSharing(register, sharingId as Id<"sharing">)
      if (!facts) return []
      const { body } = facts.sharing
      const lost = without.get(sharingId)
      return [
        {
          ...{ id: sharingId, title: titleOf("sharing", body), entityId: body.entityId },
          days: papersOf(facts).find((one) => one.paper.id === id)?.days ?? [],
          uncovered: lost?.change === "uncovered" ? (lost.from ?? today) : null,
          clauses: [...new Set((lost?.findings ?? []).map((one) => one.clause))].sort(),
        },
      ]
    })
    // What an older version named, or what only stands beside it, is not among what it covers.
    const lines = all.filter((line) => named.has(line.id) || line.days.length > 0 || line.clauses.length > 0)
    return good({ lines, more: found.length > MOST, names, today })
  },
})
