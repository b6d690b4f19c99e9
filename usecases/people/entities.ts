import { completed } from "@/domain/records/complete"
import { z } from "zod"
import { sql } from "drizzle-orm"
import { rows } from "@/db/connect"
import { insertVersions, versionsInForce } from "@/db/statements/versions"
import { canonical } from "@/domain/core/canonical"
import { isZone } from "@/domain/core/day"
import { isId, type Id } from "@/domain/core/id"
import { beginSums, judgeAgain } from "@/db/statements/judgements"
import { good, refuse } from "@/domain/core/outcome"
import { entityShape, type Entity } from "@/domain/records/evidence"
import { act, done } from "@/usecases/act"
import { look } from "@/usecases/look"
import { sha256 } from "@/usecases/requests/revision"
import { newId } from "@/usecases/scene"

type Put = { id: Id<"entity"> | null; body: Entity }

/** Registers one of our own companies, or a new version of it: a changed zone moves every past day, so it has a date. */
export const putEntity = act<Put, { n: number; before: string | null }, { id: string; version: number }>({
  name: "entity.put",
  input: z.strictObject({
    id: z
      .custom<Id<"entity">>((value) => isId("entity", value), "invalid.id")
      .nullable()
      .default(null),
    body: entityShape,
  }) as unknown as z.ZodType<Put>,
  load: async (tx, input) => {
    if (!input.id) return { n: 0, before: null }
    const [head] = await versionsInForce(tx, [input.id], null)
    return head ? { n: head.n, before: head.body } : null
  },
  may: (_actor, _loaded, input) =>
    isZone(input.body.zone)
      ? good({})
      : refuse("invalid", "invalid.form", { fields: [{ path: "zone", says: "invalid.zone" }] }),
  run: async (_tx, { input, loaded, scene }) => {
    const id = input.id ?? newId(scene, "entity")
    const body = canonical(input.body)
    const bodyHash = sha256(body)
    const n = loaded.n + 1
    return done({
      value: { id, version: n },
      events: [
        {
          act: "entity.put",
          objects: [{ type: "entity", id, version: n }],
          ...(loaded.before ? { before: { version: loaded.n, sha256: sha256(loaded.before) } } : {}),
          after: { version: n, sha256: bodyHash },
        },
      ],
      write: async (tx, place) => {
        if (n === 1) await beginSums(tx, id)
        // Another zone or another law may change what is found of any flow of the company: the worker looks again.
        else await judgeAgain(tx, id)
        await insertVersions(tx, place.at, [
          {
            recordId: id,
            kind: "entity",
            n,
            standing: "approved",
            body,
            bodyHash,
            requestId: null,
            logIndex: place.indexOf(0),
          },
        ])
      },
    })
  },
})

export type EntityLine = { id: Id<"entity">; entity: Entity; version: number }

/** Our own companies as they stand, by name. */
export const listEntities = look<Record<string, never>, EntityLine[]>({
  name: "entity.read",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx) => {
    const ids = (
      await rows<{ id: string }>(tx, sql`select id from records where kind = 'entity' order by id limit 500`)
    ).map((item) => item.id)
    const found = await versionsInForce(tx, ids, null)
    const lines = found.map((version) => ({
      id: version.recordId as Id<"entity">,
      entity: completed("entity", JSON.parse(version.body) as Entity),
      version: version.n,
    }))
    return good(lines.sort((a, b) => (a.entity.legalName < b.entity.legalName ? -1 : 1)))
  },
})
