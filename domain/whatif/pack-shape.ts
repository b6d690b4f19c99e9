import { z } from "zod"
import type { Pack } from "@/domain/checks/types"
import { CHECKS, WIDE_CHECKS } from "@/domain/checks/registry"
import { dayShape, text } from "@/domain/records/parts"

const list = z.array(text(200)).max(500).nullable()
const clause = z.strictObject({
  id: text(60).min(1),
  title: text(500),
  duty: text(4000),
  remedy: text(4000),
  severity: z.enum(["blocking", "warning", "advice"]),
  bitesOn: z.enum(["approval", "closing", "answering", "publishing"]).default("approval"),
  /** A check by its name: no code is ever taken from a file. */
  check: text(60)
    .nullable()
    .refine((name) => name === null || name in CHECKS || name in WIDE_CHECKS, "invalid.check"),
  params: z.record(z.string(), z.json()).optional(),
  effectiveFrom: dayShape.nullable(),
  effectiveTo: dayShape.nullable(),
  source: text(1000),
  certainty: text(500),
})
const dated = z.looseObject({
  from: dayShape.nullable(),
  until: dayShape.nullable(),
  act: text(500),
  certainty: text(500),
  regime: text(20),
})
const lines = z.array(dated).max(2000).optional()

/** The version of a pack that is tried: data alone. What names an unknown check is refused whole. */
export const packShape = z
  .strictObject({
    pack: text(60).min(1),
    version: text(60).min(1),
    publishedAt: text(40),
    replaces: text(60).optional(),
    effectiveFrom: dayShape.optional(),
    scope: z.strictObject({
      regimes: list,
      entities: list,
      products: list,
      subjects: list,
      language: text(20).optional(),
    }),
    clauses: z.array(clause).max(500),
    facts: z
      .strictObject({ regimes: lines, areas: lines, bases: lines, adequacy: lines, instruments: lines, bands: lines })
      .optional(),
  })
  .refine(
    (pack) => new Set(pack.clauses.map((one) => one.id)).size === pack.clauses.length,
    "invalid.clause-twice",
  ) as unknown as z.ZodType<Pack, unknown>
