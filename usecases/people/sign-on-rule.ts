import { z } from "zod"
import { askProvider, type SignOnSettings } from "@/adapters/sign-on/oidc"
import { listEntityIds } from "@/db/statements/entities"
import { countIdentities, insertSignOnRule, signOnRule } from "@/db/statements/identities"
import { good, refuse } from "@/domain/core/outcome"
import type { SignOnRule } from "@/domain/people/sign-on"
import { idOf } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { look } from "@/usecases/look"

/** Where new people are requesters, and how many people sign on by this provider. */
export const readSignOn = look<{ issuer: string }, { rule: SignOnRule | null; people: number }>({
  name: "signon.read",
  input: z.strictObject({ issuer: z.string().max(500) }),
  run: async (tx, { input }) => good({ rule: await signOnRule(tx), people: await countIdentities(tx, input.issuer) }),
})

type Loaded = { last: Awaited<ReturnType<typeof signOnRule>>; entityIds: string[] }

/**
 * Says where whoever signs on without ever having had a role is a requester: everywhere, in some companies, or nowhere. It holds
 * for who comes from now on; nobody's roles change by it.
 */
export const putSignOnRule = act<SignOnRule, Loaded, object>({
  name: "signon.put",
  input: z.strictObject({
    everywhere: z.boolean().default(false),
    entityIds: z.array(idOf("entity")).max(500).default([]),
  }) as unknown as z.ZodType<SignOnRule>,
  load: async (tx) => ({ last: await signOnRule(tx), entityIds: await listEntityIds(tx) }),
  may: (_actor, { entityIds }, input) =>
    input.entityIds.every((id) => entityIds.includes(id as never)) ? good({}) : refuse("not-found", "not-found"),
  run: async (_tx, { input, loaded: { last }, actor }) => {
    const rule = input.everywhere
      ? { everywhere: true, entityIds: [] }
      : { everywhere: false, entityIds: [...new Set(input.entityIds)].sort() }
    return done({
      value: {},
      events: [
        {
          act: "signon.put",
          objects: [],
          ...(last ? { before: { everywhere: last.everywhere, entities: [...last.entityIds] } } : {}),
          after: { everywhere: rule.everywhere, entities: rule.entityIds },
        },
      ],
      write: (tx, place) =>
        insertSignOnRule(tx, {
          ...rule,
          n: (last?.n ?? 0) + 1,
          byPerson: actor.kind === "operator" ? null : actor.id,
          at: place.at,
          logIndex: place.indexOf(0),
        }),
    })
  },
})

/** Whether the provider answers, and where one signs out there: an address of https, or of this machine. */
export async function providerAnswers(settings: SignOnSettings): Promise<{ answers: boolean; signOut: string | null }> {
  const { answers, signOut } = await askProvider(settings)
  const good = signOut !== null && /^https?:\/\//.test(signOut)
  return { answers, signOut: good ? signOut : null }
}
