import type { Tx } from "@/db/connect"
import type { Json } from "@/domain/core/canonical"
import type { Instant } from "@/domain/core/instant"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { inMainland, mainlandMissing, type MainlandAnswer, type MainlandTold } from "@/domain/exports/mainland"
import type { PackageScope } from "@/domain/exports/scope"
import type { Entity } from "@/domain/records/evidence"
import { commitText, type Disclosure } from "@/usecases/commit"
import type { Scope } from "@/usecases/scope"
import { entitiesAsOf } from "./snapshot"

/**
 * What a package says of the Chinese mainland: null where none of the companies that it may be about is there at the instant. Refused
 * where one is and nobody said to whom it goes and by which approval, or why it needs none.
 */
export async function mainlandOf(
  tx: Tx,
  asOf: Instant,
  scope: Scope,
  wants: PackageScope,
  answer: MainlandAnswer | null,
): Promise<Outcome<MainlandTold | null>> {
  const companies = await entitiesAsOf(tx, asOf, scope)
  const entities = inMainland(
    companies
      .filter(({ id }) => wants.entities === null || (wants.entities as string[]).includes(id))
      .map(({ id, body }) => ({ id, country: (body as Entity).country })),
  )
  if (entities.length === 0) return good(null)
  const missing = mainlandMissing(entities, answer)
  if (missing.length > 0 || answer === null)
    return refuse("invalid", "exports.mainland.asked", {
      fields: missing.map((name) => ({ path: `mainland.${name}`, says: `invalid.mainland-${name}` })),
    })
  return good({ ...answer, entities })
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
