import { z } from "zod"
import { claimsSigned } from "@/adapters/sign-on/sign-out-token"
import type { SignOnSettings } from "@/adapters/sign-on/oidc"
import { personOfIdentity } from "@/db/statements/identities"
import { hearToken, revokeProviderSessions } from "@/db/statements/people"
import { toMillis } from "@/domain/core/instant"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { readSignOutToken, type SignedOut } from "@/domain/people/sign-out-token"
import { act, done } from "@/usecases/act"
import type { Scene } from "@/usecases/scene"

const BROKEN = refuse("invalid", "invalid.sign-out-token")

/**
 * The provider says that somebody signed out there (OpenID Connect Back-Channel Logout 1.0): their sessions that began by it end
 * here. What it signed is believed, once, and while it is fresh; an account's sessions by password are none of the provider's.
 */
export async function signedOutThere(
  scene: Scene,
  settings: SignOnSettings,
  token: unknown,
): Promise<Outcome<{ ended: number }>> {
  const claims = typeof token === "string" ? await claimsSigned(settings, token) : null
  // The provider sends it again; to say that it is broken would end that.
  if (claims === "away") return refuse("conflict", "conflict.provider-away")
  const said = claims
    ? readSignOutToken(claims, {
        ...{ issuer: settings.issuer, clientId: settings.clientId },
        now: Math.floor(toMillis(scene.now) / 1000),
      })
    : null
  if (!said) return BROKEN
  return endThere({ ...scene, actor: null }, { ...said, issuer: settings.issuer })
}

type End = SignedOut & { issuer: string }
type Loaded = { fresh: boolean; personId: string | null; ended: number }

const endThere = act<End, Loaded, { ended: number }>({
  name: "identity.sign-out",
  input: z.custom<End>(),
  load: async (tx, input, scene) => {
    const fresh = await hearToken(tx, input, scene.now)
    const { issuer, subject } = input
    const person = subject === null ? null : await personOfIdentity(tx, { issuer, subject })
    return {
      fresh,
      personId: person?.id ?? null,
      ended: fresh ? await revokeProviderSessions(tx, input, scene.now) : 0,
    }
  },
  may: (_actor, { fresh }) => (fresh ? good({}) : BROKEN),
  run: async (_tx, { loaded: { personId, ended } }) =>
    done({
      value: { ended },
      events: [
        {
          act: "identity.sign-out",
          objects: personId ? [{ type: "person", id: personId }] : [],
          after: { by: "provider", ended },
        },
      ],
    }),
})
