import { z } from "zod"
import { sql } from "drizzle-orm"
import { noteLook, sharingsBeside, type Touched } from "@/db/statements/looks"
import { touchedSharings } from "@/db/statements/neighbours"
import { draftProposals, revisionProposals } from "@/db/statements/requests"
import { dayIn } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { idOf } from "@/domain/records/parts"
import { jot } from "@/usecases/jot"
import { look } from "@/usecases/look"
import { unrestricted, inEntities } from "@/usecases/scope"
import { readKnown } from "./known-request"
import { isEditable } from "./read-request"
import { openDrafts, openSealed } from "./revision"
import { scopeWithin, seenOf } from "./seen"

const FEW = 20
/** Of a request of thousands the first are looked around. */
const MOST = 200

export type Beside = { sharings: Touched[]; n: number }

type Asked = { id: string; without: string[] }

/**
 * What a request touches besides what it proposes: other sharings of its parties, and of the papers that it changes.
 * `without`: those whose coverage is drawn before and after already.
 */
export const besideRequest = look<Asked, Beside>({
  name: "request.read",
  input: z.strictObject({
    id: idOf("request"),
    without: z
      .array(idOf("sharing"))
      .max(2 * MOST)
      .default([]),
  }) as unknown as z.ZodType<Asked>,
  about: (input) => [{ type: "request", id: input.id }],
  run: async (tx, { input, scope, actor, scene }) => {
    const request = await readKnown(tx, input.id, actor)
    if (!request) return refuse("not-found", "not-found")
    const page = { after: 0, limit: MOST }
    const all = isEditable(request)
      ? openDrafts(await draftProposals(tx, request.id, page))
      : await openSealed(tx, await revisionProposals(tx, request.id, request.revision, page))
    const seen = await seenOf(tx, all, scopeWithin(scope, request))
    const parties = seen.flatMap((one) =>
      one.kind === "party" ? [one.recordId] : "partyId" in one.body ? [one.body.partyId as string] : [],
    )
    const changed = seen.filter((one) => one.op !== "create" && one.kind !== "sharing").map((one) => one.recordId)
    const found = await sharingsBeside(
      tx,
      {
        parties: [...new Set(parties)],
        named: await touchedSharings(tx, changed),
        without: [...all.map((one) => one.recordId as string), ...input.without],
      },
      {
        day: dayIn("UTC", scene.now),
        scope: sql`${inEntities(scope, sql`r.entity_id`)} and ${unrestricted(scope, sql`r.restricted_to`)}`,
        limit: FEW,
      },
    )
    return good({ sharings: found.rows, n: found.n })
  },
})

/** Notes privately that the reader looks at the request; gives since when what they see is new to them. */
export const lookAtRequest = jot<{ id: string }, { since: Instant | null }>({
  name: "request.read",
  input: z.strictObject({ id: idOf("request") }) as unknown as z.ZodType<{ id: string }>,
  run: async (tx, { input, actor, scene }) => {
    const request = await readKnown(tx, input.id, actor)
    if (!request || actor.kind !== "person") return refuse("not-found", "not-found")
    return good({ since: await noteLook(tx, actor.id, request.id, scene.now) })
  },
})
