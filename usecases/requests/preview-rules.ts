import { sql, type SQL } from "drizzle-orm"
import { z } from "zod"
import { rows, type Tx } from "@/db/connect"
import { inReviewAfter, stagesOfRequests, type RunningStage } from "@/db/statements/running-stages"
import { stageRulesRow } from "@/db/statements/stage-rules"
import { decidersNow } from "@/db/statements/tellings"
import { listEntityIds } from "@/db/statements/entities"
import { textArray } from "@/db/statements/log"
import { good, refuse, type Refusal } from "@/domain/core/outcome"
import { holdsRole } from "@/domain/people/permissions"
import { ROLE_OF } from "@/domain/requests/four-eyes"
import type { RowId } from "@/domain/requests/stage-rows"
import {
  partShape,
  rulesDiffer,
  rulesStand,
  withPart,
  type RulesPart,
  type StageRules,
} from "@/domain/requests/stage-rules"
import { stagesOfRows, type Stage } from "@/domain/requests/stages"
import { look } from "@/usecases/look"
import { loadEntities } from "@/usecases/register/records"
import type { Scope } from "@/usecases/scope"
import { requestScope } from "./list-requests"
import { rulesInForce } from "./rules-in-force"

type Asked = { version: number | null; part: RulesPart | null }
type Short = Pick<Stage, "stage" | "seat" | "wave" | "days" | "persons">

/** One open request in one company, with the stages it has and those it would have. */
export type PreviewLine = {
  requestId: string | null
  no: number
  title: string | null
  entityId: string
  before: Short[]
  after: Short[]
}

export type RulesPreview = {
  rules: StageRules
  differs: ReturnType<typeof rulesDiffer>
  /** What stands in the way of proposing it. */
  wrong: Refusal["fields"]
  /** Of so many requests in review that the reader may know of, so many would get other stages; the first of them. */
  open: number
  changed: number
  lines: PreviewLine[]
}

/** So many are looked at, and so many are shown. */
const MOST = 5000
const SHOWN = 200

/**
 * What a version of the stage rules would ask of the requests that are open, if they were submitted by it: nothing of them
 * changes, for each keeps the rules of its revision. Which rows a request matches stands with its stages, so nothing of
 * its content is opened. Whoever reads no content sees numbers alone, and none that is restricted.
 */
export const previewRules = look<Asked, RulesPreview>({
  name: "stages.read",
  input: z.strictObject({
    version: z.coerce.number().int().min(2).max(1_000_000).nullable().default(null),
    part: partShape.nullable().default(null),
  }) as unknown as z.ZodType<Asked>,
  run: async (tx, { input, scope, actor, scene }) => {
    const now = await rulesInForce(tx, null)
    const row = input.version === null ? null : await stageRulesRow(tx, input.version)
    if (input.version !== null && !row) return refuse("not-found", "not-found")
    const next = row ? (JSON.parse(row.body) as StageRules) : input.part ? withPart(now.rules, input.part) : now.rules
    const holders = new Map((await decidersNow(tx, scene.now)).map((one) => [one.id, one]))
    const stands = rulesStand(next, {
      proposerId: row?.byPerson ?? actor.id,
      entityIds: await listEntityIds(tx),
      maySit: (id, stage, entityId) => {
        const held = holders.get(id)?.held
        return held !== undefined && holdsRole({ kind: "person", held }, ROLE_OF[stage], entityId)
      },
    })
    return good({
      ...{ rules: next, differs: rulesDiffer(now.rules, next), wrong: stands.ok ? [] : (stands.fields ?? []) },
      ...(await openUnder(tx, next, knowing(scope))),
    })
  },
})

type Knowing = { scope: SQL; titles: boolean; entities: string[] | null }

function knowing(scope: Scope): Knowing {
  const titles = scope.entities === null || scope.entities.length > 0
  return titles
    ? { titles, scope: requestScope(scope), entities: scope.entities }
    : { titles, scope: sql`r.restricted_to is null`, entities: null }
}

async function openUnder(
  tx: Tx,
  next: StageRules,
  on: Knowing,
): Promise<Pick<RulesPreview, "open" | "changed" | "lines">> {
  const out = { open: 0, changed: 0, lines: [] as PreviewLine[] }
  const own = await loadEntities(tx, await listEntityIds(tx), null)
  for (let no = 0; out.open < MOST;) {
    const page = await inReviewAfter(tx, no, 500)
    const known = await knownOf(
      tx,
      page.map((one) => one.id),
      on.scope,
    )
    const stages = await stagesOfRequests(tx, [...known.keys()])
    for (const { id, no: number } of page) {
      const title = known.get(id)
      if (title === undefined) continue
      out.open += 1
      const mine = stages.filter((one) => one.requestId === id)
      const lines = otherwise(mine, next, own).filter((one) => !on.entities || on.entities.includes(one.entityId))
      if (lines.length === 0) continue
      out.changed += 1
      const shown = on.titles ? { requestId: id, title } : { requestId: null, title: null }
      if (out.lines.length < SHOWN) out.lines.push(...lines.map((line) => ({ ...line, ...shown, no: number })))
    }
    const last = page[page.length - 1]
    if (page.length < 500 || !last) break
    no = last.no
  }
  return out
}

async function knownOf(tx: Tx, ids: readonly string[], scope: SQL): Promise<Map<string, string>> {
  const found = await rows<{ id: string; title: string }>(
    tx,
    sql`select r.id, r.title from requests r where r.id = any(${textArray(ids)}::text[]) and ${scope}`,
  )
  return new Map(found.map((one) => [one.id, one.title]))
}

const short = ({ stage, seat, wave, days, persons }: Short): Short => ({ stage, seat, wave, days, persons })

function otherwise(
  mine: readonly RunningStage[],
  next: StageRules,
  own: Awaited<ReturnType<typeof loadEntities>>,
): { entityId: string; before: Short[]; after: Short[] }[] {
  return [...new Set(mine.map((one) => one.entityId))].flatMap((entityId) => {
    const here = mine.filter((one) => one.entityId === entityId)
    const matched = new Set(here.flatMap((one) => one.because).filter((id) => id !== "dpo-advises")) as Set<RowId>
    const after = stagesOfRows(matched, entityId, own.get(entityId as never), next).map(short)
    const before = (here as (RunningStage & Short)[]).map(short)
    const key = (list: readonly Short[]): string => JSON.stringify(list.map((one) => JSON.stringify(one)).sort())
    return key(before) === key(after) ? [] : [{ entityId, before, after }]
  })
}
