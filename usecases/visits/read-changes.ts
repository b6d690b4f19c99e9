import { z } from "zod"
import { changesPage, lastVisit, type ChangeLine } from "@/db/statements/changes"
import { plusMillis, type Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { liesIn } from "@/domain/people/bounds"
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
  after: z.string().max(200).default(""),
  size: z.int().min(1).max(200).default(50),
})

/**
 * What changed in the supervisor's scope since their last visit ended, or since an instant of their choice: what came into force, ended or
 * changed, what was decided, found or mended.
 */
export const readChanges = look<z.output<typeof input>, ChangesPage>({
  name: "visit.read",
  input: input as unknown as z.ZodType<z.output<typeof input>>,
  run: async (tx, { input: asked, scope, actor, scene }) => {
    if (asked.since && scope.bounds && !liesIn(asked.since, scope.bounds, () => "UTC"))
      return refuse("not-allowed", "not-allowed.outside-period")
    const session = actor.kind === "person" ? actor.session : null
    const since = asked.since ?? (await lastVisit(tx, actor.id, session)) ?? plusMillis(scene.now, -MONTH)
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
      chosen: asked.since !== null,
      clauses: await ownTitles(tx, null),
    })
  },
})

function readAfter(text: string): { at: Instant; key: string } | null {
  const cut = text.indexOf("|")
  return /^\d{4}-\d{2}-\d{2}T[\d:.]{8,12}Z\|/.test(text)
    ? { at: text.slice(0, cut) as Instant, key: text.slice(cut + 1) }
    : null
}
