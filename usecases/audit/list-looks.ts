import { z } from "zod"
import { personById } from "@/db/statements/people"
import { looksOf, visits, type LookLeaf } from "@/db/statements/visits"
import type { Tx } from "@/db/connect"
import { foldLooks, type FoldedLook, type Visit } from "@/domain/audit/seals"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { idOf } from "@/domain/records/parts"
import { look } from "@/usecases/look"
import { scopeOf } from "@/usecases/scope"
import type { Actor } from "@/usecases/scene"
import { namesOf } from "@/usecases/requests/named-by"

export type VisitLine = Visit & { name: string; open: boolean }

/** The visits of supervisors that this reader may know of, newest first: their own, and those within the companies that they read. */
export const listVisits = look<Record<string, never>, VisitLine[]>({
  name: "look.read",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx, { actor, scene }) => {
    const all = (await visits(tx)).filter((visit) => concerns(visit, actor))
    const names = await namesOf(
      tx,
      all.map((visit) => visit.personId),
    )
    return good(
      all
        .map((visit) => ({
          ...visit,
          name: names[visit.personId] ?? visit.personId,
          open: visit.until !== null && visit.until <= scene.now,
        }))
        .reverse(),
    )
  },
})

export type LooksPage = { name: string; looks: FoldedLook[]; next: number | null; sealedUntil: Instant | null | false }

const page = z.strictObject({ personId: idOf("person"), after: z.int().min(-1).default(-1) })

/** A page of what a supervisor looked at, in order of the log, once the seal is open; the same for both sides. */
export const listLooks = look<z.output<typeof page>, LooksPage>({
  name: "look.read",
  input: page as unknown as z.ZodType<z.output<typeof page>>,
  run: async (tx, { input, actor, scene }) => {
    const known = await knownVisitor(tx, input.personId, actor)
    if (!known) return refuse("not-found", "not-found")
    const sealed = stillSealed(known.visits, scene.now)
    const found = await looksOf(tx, { ...input, limit: PAGE + 1, sealed })
    const shown = found.slice(0, PAGE)
    return good<LooksPage>({
      name: known.name,
      looks: foldLooks(shown.map((leaf) => ({ ...leaf, objects: objectsIn(leaf) }))),
      next: found.length > PAGE ? (shown[PAGE - 1]?.index ?? null) : null,
      sealedUntil: sealed.length === 0 ? false : (sealed[sealed.length - 1]?.until ?? null),
    })
  },
})

const PAGE = 500
const MOST = 200_000

/** All of it as a file, a line for each look: place, hash and the entry as it was hashed. The same bytes for both sides. */
export const fileOfLooks = look<{ personId: string }, { lines: string }>({
  name: "look.read",
  input: z.strictObject({ personId: idOf("person") }) as unknown as z.ZodType<{ personId: string }>,
  run: async (tx, { input, actor, scene }) => {
    const known = await knownVisitor(tx, input.personId, actor)
    if (!known) return refuse("not-found", "not-found")
    const sealed = stillSealed(known.visits, scene.now)
    const lines: string[] = []
    for (let after = -1; lines.length < MOST;) {
      const found = await looksOf(tx, { personId: input.personId, after, limit: 5000, sealed })
      for (const { hash, bytes } of found) lines.push(`${hash} ${bytes}\n`)
      if (found.length < 5000) break
      after = found[found.length - 1]?.index ?? after
    }
    return good({ lines: lines.join("") })
  },
})

const stillSealed = (of: readonly Visit[], now: Instant): Visit[] =>
  of.filter((visit) => visit.until === null || visit.until > now)

function objectsIn({ bytes }: LookLeaf): { type: string; id: string }[] {
  return (JSON.parse(bytes) as { objects?: { type: string; id: string }[] }).objects ?? []
}

/** The company's side reads of a visit where it reads every company that the visit was to; a list is the same for all who read it. */
function concerns(visit: Visit, actor: Actor): boolean {
  if (visit.personId === actor.id) return true
  if (!actor.held.some((held) => held.role === "legal" || held.role === "dpo")) return false
  const { entities } = scopeOf(actor)
  return entities === null || (visit.entityId !== null && entities.includes(visit.entityId))
}

async function knownVisitor(tx: Tx, personId: string, actor: Actor): Promise<{ name: string; visits: Visit[] } | null> {
  const of = await visits(tx, personId)
  if (of.length === 0 || !of.every((visit) => concerns(visit, actor))) return null
  return { name: (await personById(tx, personId))?.name ?? personId, visits: of }
}
