import { sql, type SQL } from "drizzle-orm"
import { readableEntities } from "@/domain/people/permissions"
import { isOnlySupervisor } from "@/domain/people/permissions"
import { boundsOf, type Bound } from "@/domain/people/bounds"
import { textArray } from "@/db/statements/log"
import { ofEntities } from "@/db/statements/sides"
import type { Instant } from "@/domain/core/instant"
import type { Actor } from "./scene"

/**
 * What a reader may read: entities (or all), and restricted records only by name (foundation 20). Every query and
 * every count goes through `visible…`, so that what one may not read one cannot filter, sort or count by.
 */
export type Scope = {
  personId: string
  /** Null: every entity. */
  entities: string[] | null
  /** Parties are shared by the group; a supervisor sees only those that their entities give data to. */
  partiesByEntity: boolean
  legalAdvice: boolean
  /** What a supervisor's grants are bound to beside companies; null: to nothing. The database holds it (usecases/bound.ts). */
  bounds: Bound[] | null
}

/** The scope of an actor; the operator of the machine reads all entities and nothing that is restricted. */
export function scopeOf(actor: Actor): Scope {
  if (actor.kind === "operator")
    return { personId: "operator", entities: null, partiesByEntity: false, legalAdvice: false, bounds: null }
  const entities = readableEntities(actor)
  return {
    personId: actor.id,
    entities,
    partiesByEntity: isOnlySupervisor(actor),
    legalAdvice: actor.held.some((held) => held.role === "legal" || held.role === "dpo"),
    bounds: boundsOf(actor.held),
  }
}

/** Whether this actor reads every company of ours. */
export function readsAll(actor: Actor | null): boolean {
  return actor !== null && scopeOf(actor).entities === null
}

/** Restricted records exist for the named persons only. `column` is the row's list of names. */
export function unrestricted(scope: Scope, column: SQL): SQL {
  return sql`(${column} is null or ${scope.personId} = any(${column}))`
}

/** The entity lies in scope. */
export function inEntities(scope: Scope, column: SQL): SQL {
  return scope.entities === null ? sql`true` : sql`${column} = any(${textArray(scope.entities)}::text[])`
}

/** The row is of a company that this reader reads, or a paper between several of which they read one. */
export function inCompanies(scope: Scope, row: string, at: Instant | null): SQL {
  return scope.entities === null ? sql`true` : ofEntities(row, scope.entities, at)
}

/** A flow of a company that this reader reads at the instant (null: now) names the party of the row `r`; whoever is bound to parties alone sees no flow, and its party all the same. */
export function givenTo(scope: Scope, at: Instant | null): SQL {
  const span =
    at === null
      ? sql`s.until_at = 'infinity'`
      : sql`s.from_at <= ${at}::timestamptz and s.until_at > ${at}::timestamptz`
  return sql`exists (select 1 from public.sharing_rows s where s.party_id = r.record_id and ${span}
    and ${inEntities(scope, sql`s.entity_id`)} and ${unrestricted(scope, sql`s.restricted_to`)})`
}
