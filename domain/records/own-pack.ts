import { z } from "zod"
import { SUBJECTS } from "@/domain/vocabulary/subjects"
import { common, dayShape, idOf, oneOf, text } from "./parts"

const required = (max: number) => text(max).refine((value) => value.trim().length > 0, "invalid.required")

/** A clause as a record holds it. Its check is named, its parameters stand as canonical JSON: data, and never code. */
const clauseShape = z.strictObject({
  id: required(60),
  title: required(200),
  duty: required(1000),
  remedy: required(1000),
  severity: z.enum(["blocking", "warning", "advice"]),
  bitesOn: z.enum(["approval", "closing", "answering", "publishing"]),
  check: text(60).nullable(),
  params: text(20_000),
  effectiveFrom: dayShape.nullable(),
  effectiveTo: dayShape.nullable(),
  source: required(500),
  certainty: required(200),
})
export type OwnClause = z.infer<typeof clauseShape>

/**
 * A version of a pack of the company's own: the record is the text for one scope, its versions are the pack's. It counts
 * from a legal day of its own, and is known from the instant at which it was approved.
 */
export const packShape = z.strictObject({
  title: required(200),
  /** The pack that it is a version of, by the name of the one that is shipped. */
  pack: required(60),
  version: required(40),
  replaces: text(40).nullable(),
  effectiveFrom: dayShape,
  regimes: z.array(text(10)).max(30).nullable(),
  entities: z.array(idOf("entity")).max(200).nullable(),
  products: z.array(required(200)).max(200).nullable(),
  subjects: z.array(oneOf(SUBJECTS)).max(20).nullable(),
  clauses: z.array(clauseShape).max(500),
  /** Facts of law as canonical JSON; empty: those of the version before go on. */
  facts: text(500_000),
  ...common,
})
export type OwnPack = z.infer<typeof packShape>
