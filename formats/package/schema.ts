import { z } from "zod"
import { canonical } from "@/domain/core/canonical"
import { entityShape } from "@/domain/records/evidence"
import { SHAPES, STANDINGS, type RecordKind } from "@/domain/records/kinds"
import { dayShape, idOf, tagOf } from "@/domain/records/parts"
import { ID_PREFIX } from "@/domain/core/id"

/** The JSON Schema of `json/<kind>.json`: the whole file, so that any validator can hold it against it. */
export function schemaOf(kind: RecordKind): string {
  return text(
    z.array(
      z.strictObject({
        id: idOf(kind),
        kind: z.literal(kind),
        version: z.int().min(1),
        standing: z.enum(STANDINGS),
        body: SHAPES[kind],
      }),
    ),
  )
}

/** The JSON Schema of `json/entities.json`. */
export function entitiesSchema(): string {
  return text(z.array(z.strictObject({ id: idOf("entity"), body: entityShape })))
}

function text(schema: z.ZodType): string {
  return canonical(
    z.toJSONSchema(schema, {
      io: "input",
      unrepresentable: "any",
      // What a shape tests in code is said in words of the schema where it has them.
      override: ({ zodSchema, jsonSchema }) => {
        const tag = tagOf(zodSchema)
        if (tag?.is === "ref") jsonSchema.pattern = `^${ID_PREFIX[tag.kind]}_[0-9a-z]{26}$`
        if ((zodSchema as unknown) === dayShape) jsonSchema.format = "date"
      },
    }),
  )
}
