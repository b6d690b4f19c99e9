import { z } from "zod"
import { putWays, waysRow } from "@/db/statements/told-ways"
import { isZone } from "@/domain/core/day"
import { good, refuse } from "@/domain/core/outcome"
import { TOLD_KINDS, USUAL_WAY, WAYS, waysOf, type ToldKind, type Way } from "@/domain/told/kinds"
import { jot } from "@/usecases/jot"
import { look } from "@/usecases/look"

export type Ways = { ways: Record<ToldKind, Way>; zone: string | null }

/** How the reader is told of each kind, and in which zone their digest comes. */
export const readWays = look<Record<string, never>, Ways>({
  name: "told.read",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx, { actor }) => {
    const row = await waysRow(tx, actor.id)
    return good({ ways: waysOf(row?.ways), zone: row?.zone ?? null })
  },
})

type Chosen = { ways: Partial<Record<ToldKind, Way>>; zone: string }

/** Chooses how one is told. What is as it comes of itself is not kept, so that it follows when that changes. */
export const setWays = jot<Chosen, object>({
  name: "told.set",
  input: z.strictObject({
    ways: z.partialRecord(z.enum(TOLD_KINDS), z.enum(WAYS)),
    zone: z.string().max(60).default(""),
  }) as unknown as z.ZodType<Chosen>,
  run: async (tx, { input, actor }) => {
    const zone = input.zone.trim()
    if (zone !== "" && !isZone(zone))
      return refuse("invalid", "invalid.form", { fields: [{ path: "zone", says: "invalid.zone" }] })
    const own = Object.entries(input.ways).filter(([kind, way]) => way !== USUAL_WAY[kind as ToldKind])
    await putWays(tx, actor.id, { ways: Object.fromEntries(own), zone: zone === "" ? null : zone })
    return good({})
  },
})
