import { z } from "zod"
import { RECORD_KINDS, type RecordKind } from "@/domain/records/kinds"
import { mainlandShape, type MainlandAnswer } from "./mainland"
import { dayShape, idOf } from "@/domain/records/parts"
import { MODES } from "@/domain/vocabulary/sharings"
import type { Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"

/** What of the register a package is about; null is all. The five lists and the days choose flows, `kinds` what goes in of what belongs to them. */
export type PackageScope = {
  entities: Id<"entity">[] | null
  kinds: (RecordKind | "entity")[] | null
  parties: Id<"party">[] | null
  modes: string[] | null
  countries: string[] | null
  from: Day | null
  until: Day | null
}

/** What whoever takes a package leaves out, and why: a whole record (`path` null), or a text that stands as a commitment. */
export type WantedRedaction = { record: string; path: string | null; reason: string }

/** Which files of agreements go in: none, all that the package names, or these by their hashes. */
export type FileChoice = "none" | "all" | string[]

/** What somebody asks for. */
export type PackageOrder = {
  scope: PackageScope
  redactions: WantedRedaction[]
  files: FileChoice
  /** Asked where one of our companies in it is in the Chinese mainland. */
  mainland: MainlandAnswer | null
  /** The letter of an authority that it answers; left out: none. */
  inquiry?: string
}

export const ALL: PackageScope = {
  ...{ entities: null, kinds: null, parties: null, modes: null, countries: null, from: null, until: null },
}

const MOST = 1000

/** A list without doubles, sorted; an empty one chooses nothing, so it is not taken. */
const listOf = <T extends z.ZodType<string>>(of: T) =>
  z
    .array(of)
    .min(1)
    .max(MOST)
    .transform((list) => [...new Set(list)].sort())
    .nullable()
    .default(null)

/** Strict: what is not known is refused, so that nobody takes a package that is wider than they meant. */
export const scopeShape = z
  .strictObject({
    entities: listOf(idOf("entity") as unknown as z.ZodType<string>),
    kinds: listOf(z.enum(["entity", ...RECORD_KINDS])),
    parties: listOf(idOf("party") as unknown as z.ZodType<string>),
    modes: listOf(z.enum(MODES.map((mode) => mode.code))),
    countries: listOf(z.string().regex(/^[A-Z]{2}$/)),
    from: dayShape.nullable().default(null),
    until: dayShape.nullable().default(null),
  })
  .refine(({ from, until }) => from === null || until === null || from <= until, {
    message: "invalid.until-before-from",
    path: ["until"],
  }) as unknown as z.ZodType<PackageScope>

/** An order as it is sent; what is left out asks for everything, without files. */
export const orderShape = z.strictObject({
  scope: scopeShape.default(ALL),
  redactions: z
    .array(
      z.strictObject({
        record: z.string().regex(/^[a-z]{3}_[0-9a-z]{26}$/),
        path: z
          .string()
          .max(200)
          .regex(/^[A-Za-z0-9]+(\.[A-Za-z0-9]+)*$/)
          .nullable()
          .default(null),
        reason: z.string().trim().min(1).max(500),
      }),
    )
    .max(MOST)
    .default([])
    .transform(sortedRedactions),
  files: z
    .union([z.enum(["none", "all"]), z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(MOST)])
    .default("none")
    .transform((files) => (typeof files === "string" ? files : [...new Set(files)].sort())),
  mainland: mainlandShape,
  inquiry: z
    .string()
    .regex(/^inq_[0-9a-z]{26}$/)
    .optional(),
}) as unknown as z.ZodType<PackageOrder>

/** By record and path; of two for one place the first. */
function sortedRedactions(list: readonly WantedRedaction[]): WantedRedaction[] {
  const key = (one: WantedRedaction): string => `${one.record} ${one.path ?? ""}`
  const byPlace = new Map([...list].reverse().map((one) => [key(one), one]))
  return [...byPlace.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}

/**
 * The scope that a package of this order has for somebody who reads these companies (null: all): never wider than they read. Null
 * where nothing of what they ask for is theirs.
 */
export function narrowed(wanted: PackageScope, entities: readonly string[] | null): PackageScope | null {
  if (entities === null) return wanted
  const mine = new Set(entities)
  const asked = wanted.entities ?? (entities as Id<"entity">[])
  const both = asked.filter((id) => mine.has(id))
  return both.length === 0 ? null : { ...wanted, entities: [...new Set(both)].sort() }
}

/** Whether the scope chooses among flows, so that what does not belong to one of those chosen stays out. */
export function choosesFlows(scope: PackageScope): boolean {
  const { parties, modes, countries, from, until } = scope
  return [parties, modes, countries, from, until].some((one) => one !== null)
}

/** Whether the scope leaves nothing out. */
export function isAll(scope: PackageScope): boolean {
  return Object.values(scope).every((one) => one === null)
}
