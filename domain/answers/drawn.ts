import { z } from "zod"
import { SEED_BYTES } from "./sample"

/** By what a sample of sharings can be stratified: each sharing lies in exactly one stratum of each. */
export const STRATA = ["entity", "mode", "party-kind", "country", "standing", "coverage"] as const
export type StratumOf = (typeof STRATA)[number]

const bytes = (text: string): number => new TextEncoder().encode(text).length

/** A sample as it is asked for: its seed, by what it is stratified, and how many. Equal questions at an instant have equal answers. */
export const sampleShape = z.strictObject({
  kind: z.literal("sample").default("sample"),
  seed: z
    .string()
    .trim()
    .min(1, "invalid.required")
    .refine((text) => bytes(text) <= SEED_BYTES, "invalid.seed"),
  by: z.enum(STRATA),
  how: z.enum(["each", "share"]),
  n: z.coerce.number().pipe(z.int().min(1, "invalid.sample-size").max(500, "invalid.sample-size")),
  least: z.coerce.number().pipe(z.int().min(0, "invalid.sample-size").max(100, "invalid.sample-size")).default(0),
})

export type SampleQuery = z.output<typeof sampleShape>

/** Most records that one sample holds, over all strata. */
export const SAMPLE_MOST = 2_000
