import { z } from "zod"
import { awayAsOf, delegationsAt, type AwayRow } from "@/db/statements/away"
import { grantsAsOf } from "@/db/statements/people"
import type { Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { good } from "@/domain/core/outcome"
import type { HeldRole } from "@/domain/people/roles"
import { DELEGABLE, standsInFor, type Delegable } from "@/domain/people/stand-in"
import { look, readingInstant } from "@/usecases/look"
import { asOfInput } from "@/usecases/register/as-of"
import { companiesOf } from "./stand-ins"

/** Somebody who was entitled to decide: in their own right (`forName` null), or on behalf of another. */
export type Entitled = {
  personId: string
  name: string
  role: Delegable
  /** Null: in every company. */
  entityId: string | null
  forPerson: string | null
  forName: string | null
  /** The grant or the delegation by which. */
  by: string
}

export type AwayPage = { asOf: Instant | null; away: AwayRow[]; entitled: Entitled[] }

/** Who held which roles in effect at the instant, with names; an account that was shut by then holds none. */
export async function holdersAt(tx: Tx, at: Instant): Promise<Map<string, { name: string; held: HeldRole[] }>> {
  const by = new Map<string, { name: string; held: HeldRole[] }>()
  for (const { personId, name, grantId, role, entityId, state, shut } of await grantsAsOf(tx, at)) {
    if (shut || state === "waiting") continue
    const one = by.get(personId) ?? { name, held: [] }
    one.held.push({ grantId, role, entityId, confirmed: state !== "unconfirmed" })
    by.set(personId, one)
  }
  return by
}

/**
 * Who was away at an instant, and who was entitled to decide then: in their own right, and on whose behalf. Null is now;
 * an instant beyond the last act answers as of that one.
 */
export const listAway = look<{ asOf: Instant | null }, AwayPage>({
  name: "person.read",
  input: z.strictObject({ asOf: asOfInput }) as unknown as z.ZodType<{ asOf: Instant | null }>,
  run: async (tx, { input, scene }) => {
    const at = (await readingInstant(tx, input.asOf)) ?? scene.now
    const holders = await holdersAt(tx, at)
    const held = new Map([...holders].map(([id, one]) => [id, one.held]))
    const own = [...holders].flatMap(([personId, { name, held: roles }]) =>
      roles.flatMap((one): Entitled[] => {
        const role = DELEGABLE.find((wanted) => wanted === one.role)
        return role
          ? [{ personId, name, role, entityId: one.entityId, forPerson: null, forName: null, by: one.grantId }]
          : []
      }),
    )
    const delegations = await delegationsAt(tx, at, null)
    const companies = delegations.length === 0 ? [] : await companiesOf(tx, at)
    const lent = delegations.flatMap((one) =>
      standsInFor([one], held, held.get(one.delegateId) ?? [], companies).map(
        ({ role, entityId, forPerson, delegationId }): Entitled => ({
          ...{ personId: one.delegateId, name: holders.get(one.delegateId)?.name ?? "", role, entityId, forPerson },
          forName: holders.get(forPerson)?.name ?? null,
          by: delegationId,
        }),
      ),
    )
    return good({ asOf: input.asOf, away: await awayAsOf(tx, at), entitled: [...own, ...lent] })
  },
})
