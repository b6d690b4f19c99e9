import { z } from "zod"
import { parseDay, type Day } from "@/domain/core/day"
import { tidy } from "@/domain/core/canonical"
import { isCountry } from "@/domain/core/country"
import { isId, type Id, type IdKind } from "@/domain/core/id"
import { codesOf, type Term } from "@/domain/vocabulary/term"

/** What a schema stands for where its own type does not say: forms, differences and exports follow from it. */
export type Tag =
  | { is: "day" }
  | { is: "text"; max: number }
  | { is: "ref"; kind: IdKind }
  | { is: "country" }
  | { is: "terms"; terms: readonly Term[] }

const TAGS = new WeakMap<object, Tag>()

function tagged<T extends z.ZodType>(schema: T, tag: Tag): T {
  TAGS.set(schema, tag)
  return schema
}

/** What a schema stands for; undefined where its type says it all. */
export function tagOf(schema: object): Tag | undefined {
  return TAGS.get(schema)
}

/** One code of a vocabulary. */
export function oneOf<const T extends readonly Term[]>(terms: T) {
  return tagged(z.enum(codesOf(terms)), { is: "terms", terms })
}

/** A calendar day that exists. */
export const dayShape = tagged(
  z.string().refine((text) => parseDay(text) !== null, "invalid.day"),
  { is: "day" },
) as unknown as z.ZodType<Day, Day>

/** Text of at most `max` characters, in NFC and without NUL. */
export function text(max: number) {
  return tagged(z.string().max(max, "invalid.tooLong").overwrite(tidy), { is: "text", max })
}

/** An id of one kind. */
export function idOf<K extends IdKind>(kind: K) {
  const schema = z.string().superRefine((value, on) => {
    if (!isId(kind, value)) on.addIssue({ code: "custom", message: value === "" ? "invalid.required" : "invalid.id" })
  })
  return tagged(schema as unknown as z.ZodType<Id<K>, Id<K>>, { is: "ref", kind })
}

/** An answer with its state beside its value (foundation 5). */
export function answer<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion("state", [
    z.strictObject({ state: z.literal("known"), value }),
    z.strictObject({ state: z.literal("blank") }),
    z.strictObject({ state: z.literal("unknown"), asked: text(200).optional(), due: dayShape.optional() }),
    z.strictObject({ state: z.literal("not-applicable") }),
  ])
}

/** First and last day of a dated line; both inclusive, null is open. */
export const span = { firstOn: dayShape.nullable(), lastOn: dayShape.nullable() }

/** A country that exists: ISO 3166-1 alpha-2, or an organisation as `IO:EPO`. */
export const countryCode = tagged(
  z.string().superRefine((value, on) => {
    if (!isCountry(value))
      on.addIssue({ code: "custom", message: value === "" ? "invalid.required" : "invalid.country" })
  }),
  { is: "country" },
)

/** Fields that every record of the register has. */
export const common = {
  tags: z.array(text(60)).max(50),
  /** Columns of an import that mapped to nothing: kept, shown, searched, exported. */
  extra: z.array(z.strictObject({ column: text(200), value: text(4000) })).max(200),
  /** Persons for whom this record exists; null: everybody within scope (foundation 20). */
  restrictedTo: z.array(idOf("person")).max(200).nullable(),
}

/** How a fact of a paper is known (foundation 21). Stated never covers. */
export const KNOWN_HOW = ["stated", "document-seen", "signature-checked"] as const
export type KnownHow = (typeof KNOWN_HOW)[number]

/** A field that came later: bodies stored before it lack it, and read as if it had been left so (decision 0012). */
export function added<T extends z.ZodType>(schema: T, blank: z.output<T>) {
  return schema.default(blank as never)
}

/** An answer that was asked for later: not answered in bodies stored before. */
export function addedAnswer<T extends z.ZodType>(value: T) {
  const schema = answer(value)
  return schema.default({ state: "blank" } as never)
}
