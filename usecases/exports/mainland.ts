import type { Tx } from "@/db/connect"
import { mainlandSaid } from "@/db/statements/mainland"
import type { Json } from "@/domain/core/canonical"
import type { Instant } from "@/domain/core/instant"
import { good, refuse, type Outcome, type Refusal } from "@/domain/core/outcome"
import {
  inMainland,
  mainlandMissing,
  saidForAll,
  type MainlandAnswer,
  type MainlandTold,
} from "@/domain/exports/mainland"
import { isOnlySupervisor } from "@/domain/people/permissions"
import { ALL, type PackageScope } from "@/domain/exports/scope"
import type { Entity } from "@/domain/records/evidence"
import { commitText, type Disclosure } from "@/usecases/commit"
import type { Actor, Scene } from "@/usecases/scene"
import { scopeOf, type Scope } from "@/usecases/scope"
import { entitiesAsOf } from "./snapshot"

/**
 * What a package says of the Chinese mainland: null where none of the companies that it may be about is there at the instant. Refused
 * where one is and nobody said to whom it goes and by which approval, or why it needs none. `visitor`: the supervisor who takes it. What
 * they type counts for nothing: it is the company that may not provide without approval, so the company has said it before anything leaves.
 */
export async function mainlandOf(
  tx: Tx,
  asOf: Instant,
  scope: Scope,
  wants: PackageScope,
  typed: MainlandAnswer | null,
  visitor: string | null,
): Promise<Outcome<MainlandTold | null>> {
  const companies = await entitiesAsOf(tx, asOf, scope)
  const entities = inMainland(
    companies
      .filter(({ id }) => wants.entities === null || (wants.entities as string[]).includes(id))
      .map(({ id, body }) => ({ id, country: (body as Entity).country })),
  )
  if (entities.length === 0) return good(null)
  const said = visitor === null ? null : saidForAll(entities, await mainlandSaid(tx, visitor))
  if (said && said.unsaid.length > 0) return refuse("not-allowed", "exports.mainland.unsaid")
  const answer = said ? said.answer : typed
  const missing = mainlandMissing(entities, answer)
  if (missing.length > 0 || answer === null)
    return refuse("invalid", "exports.mainland.asked", {
      fields: missing.map((name) => ({ path: `mainland.${name}`, says: `invalid.mainland-${name}` })),
    })
  return good({ ...answer, entities })
}

/** The supervisor who takes something out; null: whoever takes it is of the company, and says it themselves. */
export function visitorOf(actor: Actor): string | null {
  return actor.kind === "person" && isOnlySupervisor(actor) ? actor.id : null
}

/**
 * Whether a supervisor may take a table of these companies (null: all that they read) out of the register: refused while one of them in
 * the mainland has not said to whom it goes. A table on a screen that is taken as a file leaves as a package does.
 */
export async function mayLeave(
  tx: Tx,
  { actor, scope, scene }: { actor: Actor; scope: Scope; scene: { now: Instant } },
  entities: readonly string[] | null,
): Promise<Refusal | null> {
  const visitor = visitorOf(actor)
  if (visitor === null) return null
  const wants = { ...ALL, entities: entities as PackageScope["entities"] }
  const leaves = await mainlandOf(tx, scene.now, scope, wants, null, visitor)
  return leaves.ok ? null : leaves
}

/** The same for whoever asks for a file or for rows as data: null, or why nothing leaves. What is nobody's to ask is refused where it is asked for. */
export async function takesOut(scene: Scene): Promise<Refusal | null> {
  const { actor } = scene
  if (actor === null || visitorOf(actor) === null) return null
  return scene.db.transaction((tx) => mayLeave(tx, { actor, scope: scopeOf(actor), scene }, null), {
    isolationLevel: "repeatable read",
    accessMode: "read only",
  })
}

/** What the event of a package says of it: the companies by id, what was typed by its commitments. */
export function mainlandEvent(told: MainlandTold | null, ownerId: string) {
  const texts: Disclosure[] = []
  const sealed = (text: string | null): { $c: string } | null => {
    if (text === null) return null
    const made = commitText(text, ownerId)
    texts.push(made)
    return { $c: made.commitment }
  }
  if (told === null) return { told: {} as Record<string, Json>, texts }
  const { entities, addressee, approval, reasons } = told
  const said = { addressee: sealed(addressee), approval: sealed(approval), reasons: sealed(reasons) }
  return { told: { mainland: { entities, ...said } } as Record<string, Json>, texts }
}
