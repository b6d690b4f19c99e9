import { z } from "zod"
import { identitiesOf, insertIdentity, personOfIdentity } from "@/db/statements/identities"
import { spoilLinks, useLink } from "@/db/statements/links"
import {
  insertSession,
  personById,
  revokeSessions,
  revokeTokens,
  updatePerson,
  type PersonRow,
} from "@/db/statements/people"
import { plusMillis } from "@/domain/core/instant"
import { refuse } from "@/domain/core/outcome"
import { mayLink, nameAtSignOn } from "@/domain/people/sign-on"
import { text } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { hashSecret, makeSecret } from "./secrets"
import { ABSOLUTE } from "./sessions"
import type { Linking } from "./sign-on"

type Join = { invitation: string; found: Linking; sid: string | null; agent: string }
type Loaded = { person: PersonRow; owner: string | null; hasOne: boolean } | "no-link"

/**
 * Takes up an invitation with what one was found to be at the provider, after a fresh proof there and a yes on a page that says
 * whose both are. Who it is follows from the invitation in hand and from issuer and subject; an equal address proves nothing.
 * The account then has no password, and no other way in.
 */
export const joinByProvider = act<Join, Loaded, { secret: string; personId: string }>({
  name: "identity.join",
  input: z.strictObject({
    invitation: z.string().max(200),
    found: z.strictObject({
      issuer: z.string().min(1).max(500),
      subject: z.string().min(1).max(255),
      name: text(300),
      email: z.string().max(254).nullable(),
    }),
    sid: z.string().max(500).nullable(),
    agent: z.string().max(500),
  }) as unknown as z.ZodType<Join>,
  load: async (tx, input, scene) => {
    const used = await useLink(tx, hashSecret(input.invitation), ["invite"], scene.now)
    const person = used?.personId ? await personById(tx, used.personId, true) : null
    if (!used || used.needsSecond || person?.state !== "invited") return "no-link"
    const owner = await personOfIdentity(tx, input.found)
    const has = await identitiesOf(tx, person.id)
    return { person, owner: owner?.id ?? null, hasOne: has.some((one) => one.issuer === input.found.issuer) }
  },
  may: (_actor, loaded) => {
    if (loaded === "no-link") return refuse("not-found", "invalid.link")
    return mayLink({ owner: loaded.owner, personId: loaded.person.id, hasOne: loaded.hasOne })
  },
  run: async (_tx, { input: { found, sid, agent }, loaded, scene }) => {
    if (loaded === "no-link") return refuse("not-found", "invalid.link")
    const { person } = loaded
    const { secret, hash } = makeSecret("")
    const objects = [{ type: "person", id: person.id }]
    return done({
      value: { secret, personId: person.id },
      events: [
        { act: "person.enter", objects, before: { state: person.state }, after: { state: "active", by: "invite" } },
        { act: "identity.link", objects, after: { issuer: found.issuer } },
        { act: "session.begin", objects, after: { by: "provider" } },
      ],
      write: async (tx, place) => {
        await updatePerson(tx, person.id, { state: "active" })
        await revokeSessions(tx, { personId: person.id }, place.at)
        await revokeTokens(tx, { personId: person.id }, place.at)
        await spoilLinks(tx, person.id, place.at)
        await insertIdentity(tx, {
          ...{
            issuer: found.issuer,
            subject: found.subject,
            personId: person.id,
            saidEmail: found.email,
            at: place.at,
          },
          saidName: nameAtSignOn({ ...found, emailVerified: false }),
        })
        await insertSession(tx, {
          ...{ hash, personId: person.id, at: scene.now, expiresAt: plusMillis(scene.now, ABSOLUTE), agent },
          provider: { issuer: found.issuer, sid },
        })
      },
    })
  },
})
