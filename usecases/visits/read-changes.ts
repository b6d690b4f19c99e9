import { z } from "zod"
import { changesPage, lastVisit, type ChangeLine } from "@/db/statements/changes"
import { plusMillis, type Instant } from "@/domain/core/instant"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import type { Day } from "@/domain/core/day"
import type { Tx } from "@/db/connect"
import { zonesOf } from "@/db/statements/zones"
import { dayLiesIn, firstStartOf, liesIn } from "@/domain/people/bounds"
import { dayShape } from "@/domain/records/parts"
import { zoneIn } from "@/usecases/bound"
import type { Actor, Scene } from "@/usecases/scene"
import type { Scope } from "@/usecases/scope"
import { look } from "@/usecases/look"
import { countable } from "@/usecases/promises/counts"
import { asOfInput } from "@/usecases/register/as-of"
import { inScope } from "@/usecases/register/list-records"
import { ownTitles } from "@/usecases/packs/known"
import { requestScope } from "@/usecases/requests/list-requests"

export type ChangesPage = {
  changes: ChangeLine[]
  next: string | null
  /** Since when; and whether that is the end of the last visit. */
  since: Instant
  chosen: boolean
  clauses: Record<string, string>
}

const MONTH = 30 * 24 * 60 * 60 * 1000
const input = z.strictObject({
  since: asOfInput,
  /** A day in the companies' own zones instead of an instant. */
  day: dayShape.nullable().default(null),
  after: z.string().max(200).default(""),
  size: z.int().min(1).max(200).default(50),
})

/** What is asked of changes: since when, and which page. */
export type AskedChanges = { since: Instant | null; day: Day | null; after: string; size: number }
type On = { scope: Scope; actor: Actor; scene: Scene }

/**
 * What changed in the supervisor's scope since their last visit ended, or since an instant or a day of their choice: what came into force,
 * ended or changed, what was decided, found or mended.
 */
export const readChanges = look<AskedChanges, ChangesPage>({
  name: "visit.read",
  input: input as unknown as z.ZodType<AskedChanges>,
  about: () => [{ type: "answer", id: "changed" }],
  run: (tx, { input: asked, ...on }) => changesFor(tx, asked, on),
})

/** The same within a look that shows more beside it. */
export async function changesFor(tx: Tx, asked: AskedChanges, on: On): Promise<Outcome<ChangesPage>> {
  const { scope, actor, scene } = on
  const chosen = await chosenSince(tx, asked, scope)
  if (!chosen.ok) return chosen
  const session = actor.kind === "person" ? actor.session : null
  const since = chosen.value ?? (await lastVisit(tx, actor.id, session)) ?? plusMillis(scene.now, -MONTH)
  const found = await changesPage(
    tx,
    { since, until: scene.now, after: readAfter(asked.after), limit: asked.size + 1 },
    {
      parties: inScope("parties", scope, null),
      sharings: inScope("sharings", scope, null),
      agreements: inScope("agreements", scope, null),
      others: inScope("others", scope, null),
      requests: requestScope(scope),
      judgements: countable(scope),
    },
  )
  const changes = found.slice(0, asked.size)
  const last = changes[changes.length - 1]
  return good<ChangesPage>({
    changes,
    next: found.length > asked.size && last ? `${last.at}|${last.key}` : null,
    since,
    chosen: chosen.value !== null,
    clauses: await ownTitles(tx, null),
  })
}

/** Since when is asked; null: not said. Days are the companies' own, and begin where they begin first. */
async function chosenSince(tx: Tx, { since, day }: AskedChanges, scope: Scope): Promise<Outcome<Instant | null>> {
  const outside = refuse("not-allowed", "not-allowed.outside-period")
  if (since !== null)
    return scope.bounds && !liesIn(since, scope.bounds, await zoneIn(tx, scope.bounds)) ? outside : good(since)
  if (day === null) return good(null)
  if (scope.bounds && !dayLiesIn(day, scope.bounds)) return outside
  return good(firstStartOf(day, [...(await zonesOf(tx, scope.entities ?? [])).values()]))
}

function readAfter(text: string): { at: Instant; key: string } | null {
  const cut = text.indexOf("|")
  return /^\d{4}-\d{2}-\d{2}T[\d:.]{8,12}Z\|/.test(text)
    ? { at: text.slice(0, cut) as Instant, key: text.slice(cut + 1) }
    : null
}
