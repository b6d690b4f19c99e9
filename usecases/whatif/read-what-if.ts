import { z } from "zod"
import { countReached, reachedSharings } from "@/db/statements/whatif"
import { listEntityIds } from "@/db/statements/entities"
import type { Tx } from "@/db/connect"
import { good, refuse } from "@/domain/core/outcome"
import { titleOf } from "@/domain/records/project"
import { CHANGES, type Change } from "@/domain/whatif/compare"
import type { Affected, Summary } from "@/domain/whatif/result"
import { recordOf, scenarioShape, type Scenario } from "@/domain/whatif/scenario"
import { look } from "@/usecases/look"
import { loadEntities } from "@/usecases/register/records"
import { AT_ONCE, reachOf, within, workOut, type Reached } from "./work-out"

export const SIZE = 50

export type WhatIf = {
  scenario: Scenario
  /** The name of the record that it is about, as its sentence says it. */
  subject: string
  names: Record<string, string>
  /** How many sharings it can touch, of those that the reader may read. */
  total: number
  /** Null: too many to be answered at once. */
  summary: Summary | null
  lines: Affected[]
  next: number | null
}

const input = z.strictObject({
  scenario: scenarioShape,
  change: z.enum(CHANGES).nullable().default(null),
  after: z.int().min(0).default(0),
  size: z.int().min(1).max(AT_ONCE).default(SIZE),
})
type Input = z.output<typeof input>

/** What would stand uncovered, or covered, under a scenario, within what the reader may read. Writes nothing. */
export const readWhatIf = look<Input, WhatIf>({
  name: "whatif.read",
  input: input as unknown as z.ZodType<Input>,
  about: ({ scenario }) => [{ type: "scenario", id: recordOf(scenario) ?? scenario.kind }],
  run: async (tx, { input: { scenario, change, after, size }, scope, scene }) => {
    const reached = await reachOf(tx, scenario, scope, scene.now)
    if (!reached.ok) return reached
    const { reach, subject } = reached.value
    const ids = await reachedSharings(tx, reach, within(scope), AT_ONCE + 1)
    const many = ids.length > AT_ONCE
    const total = many ? await countReached(tx, reach, within(scope)) : ids.length
    const head = { scenario, subject: subjectName(subject), names: await companies(tx), total }
    if (many) return good<WhatIf>({ ...head, summary: null, lines: [], next: null })
    const worked = await workOut(tx, { scenario, reach, scope, now: scene.now, ids })
    if (!worked) return refuse("conflict", "conflict.busy")
    return good<WhatIf>({ ...head, summary: worked.summary, ...pageOf(worked.lines, change, after, size) })
  },
})

/** The name of the record that a scenario is about; empty for the law. */
export function subjectName(subject: Reached["subject"]): string {
  return subject ? titleOf(subject.kind, subject.body as never) : ""
}

/** The names of our companies, by id. */
export async function companies(tx: Tx): Promise<Record<string, string>> {
  const found = await loadEntities(tx, await listEntityIds(tx), null)
  return Object.fromEntries([...found].map(([id, entity]) => [id, entity.legalName]))
}

function pageOf(
  lines: readonly Affected[],
  change: Change | null,
  after: number,
  size: number,
): Pick<WhatIf, "lines" | "next"> {
  const wanted = change === null ? lines : lines.filter((one) => one.change === change)
  const next = after + size < wanted.length ? after + size : null
  return { lines: wanted.slice(after, after + size), next }
}
