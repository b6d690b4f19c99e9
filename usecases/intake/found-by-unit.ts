import { z } from "zod"
import { foundByEntity, type UnitCount } from "@/db/statements/intake-finds"
import { listEntityIds } from "@/db/statements/entities"
import { valueOf } from "@/domain/core/answer"
import { dayIn } from "@/domain/core/day"
import { good } from "@/domain/core/outcome"
import { look } from "@/usecases/look"
import { inScope } from "@/usecases/register/list-records"
import { loadEntities } from "@/usecases/register/records"

export type FoundUnit = UnitCount & { entity: string; department: string | null }

/**
 * What was found running, or runs under a demand, and is not settled yet, counted by company and its department. None of
 * it was approved, and the count says nothing else.
 */
export const foundByUnit = look<Record<string, never>, FoundUnit[]>({
  name: "register.read",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx, { scope, scene }) => {
    const entities = await loadEntities(tx, await listEntityIds(tx), null)
    const todays = Object.fromEntries([...entities].map(([id, entity]) => [id, dayIn(entity.zone, scene.now)]))
    const counts = await foundByEntity(tx, todays, inScope("sharings", scope, null))
    const units = counts.flatMap((count): FoundUnit[] => {
      const entity = [...entities].find(([id]) => id === count.entityId)?.[1]
      return entity ? [{ ...count, entity: entity.legalName, department: valueOf(entity.department) }] : []
    })
    return good(units.sort((a, b) => b.open - a.open || a.entity.localeCompare(b.entity, "en")))
  },
})
