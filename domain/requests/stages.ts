import type { Entity } from "@/domain/records/evidence"
import { sidesOf } from "@/domain/records/agreement"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"
import { rowsOf, type Change, type RowId } from "./stage-rows"
import { rulesIn, SHIPPED, STAGES, type StageName, type StageRules } from "./stage-rules"

export { STAGES, type StageName } from "./stage-rules"
export type { Change } from "./stage-rows"

/** Why a stage is asked for: a row of the table, or the advice that needs somebody who decides beside it. */
type Because = RowId | "dpo-advises"

/**
 * A stage that a request needs, whether it decides or advises, and the rows of the table that ask for it; its wave, the
 * working days it may take, and who alone may take it (null: whoever has its role).
 */
export type Stage = {
  stage: StageName
  seat: "decides" | "advises"
  entityId: string
  because: string[]
  wave: number
  days: number
  persons: string[] | null
}

type Own = Pick<Entity, "dpoDecides" | "mergeSeats">

/**
 * The entities that a change concerns; none for a party, an assessment or a chain: they concern every one of the request.
 * What a change takes out of a company concerns that company as much as those where it comes in.
 */
export function entitiesOf(change: Pick<Change, "kind" | "after"> & { before?: Change["before"] }): readonly string[] {
  const after = companiesNamed(change.kind, change.after)
  // A text of ours is for whom it says now: for whom it was before, the text before it says.
  if (!change.before || change.kind === "pack") return after
  return [...new Set([...after, ...companiesNamed(change.kind, change.before)])]
}

/** The companies that a body names as its own: a paper of several is decided in each of them. */
export function companiesNamed(kind: RecordKind, body: BodyOf[RecordKind]): readonly string[] {
  if (kind === "pack") return (body as BodyOf["pack"]).entities ?? []
  if (kind === "agreement") return sidesOf(body as BodyOf["agreement"]).entities
  return "entityId" in body ? [body.entityId] : []
}

/**
 * The stages that a request needs by these rules, for each entity it concerns: the union of all rows that match. The DPO
 * advises unless the entity has it decide; an entity may merge its deciding seats down to one, the lawyer's
 * (foundation 19). What only records a flow found running needs none.
 */
export function stagesFor(
  changes: readonly Change[],
  entities: ReadonlyMap<string, Own>,
  rules: StageRules = SHIPPED,
): Stage[] {
  const concerned = [...new Set(changes.flatMap(entitiesOf))].sort()
  const all = concerned.length ? concerned : [...entities.keys()].slice(0, 1)
  return all.flatMap((entityId) => {
    const mine = changes.filter((change) => {
      const of = entitiesOf(change)
      return of.length === 0 || of.includes(entityId)
    })
    return stagesOfRows(new Set(mine.flatMap(rowsOf)), entityId, entities.get(entityId), rules)
  })
}

/** The stages that these rows ask for in a company: of a request that is open its rows are known, and so what others would ask. */
export function stagesOfRows(
  rows: ReadonlySet<RowId>,
  entityId: string,
  own: Own | undefined,
  rules: StageRules = SHIPPED,
): Stage[] {
  const here = rulesIn(rules, entityId)
  const needed = new Map<StageName, Set<Because>>()
  for (const row of rows)
    for (const stage of here.rows[row]) needed.set(stage, (needed.get(stage) ?? new Set()).add(row))
  const decisive = own?.mergeSeats ? merged(needed) : needed
  // Somebody decides: where the table names only the DPO, who advises by default, legal decides beside it.
  const dpoDecides = own?.dpoDecides ?? false
  if (rows.size > 0 && !dpoDecides && ![...decisive.keys()].some((stage) => stage !== "dpo"))
    decisive.set("legal", new Set(["dpo-advises"]))
  return STAGES.filter((stage) => decisive.has(stage)).map((stage) => ({
    stage,
    seat: stage === "dpo" && !dpoDecides ? "advises" : "decides",
    entityId,
    because: [...(decisive.get(stage) ?? [])].sort(),
    wave: here.waves[stage],
    days: here.days[stage],
    persons: here.persons[stage] ? [...here.persons[stage]].sort() : null,
  }))
}

function merged(needed: Map<StageName, Set<Because>>): Map<StageName, Set<Because>> {
  const because = new Set([...needed].flatMap(([stage, rows]) => (stage === "dpo" ? [] : [...rows])))
  const dpo = needed.get("dpo")
  return new Map([...(because.size ? ([["legal", because]] as const) : []), ...(dpo ? ([["dpo", dpo]] as const) : [])])
}
