/** What a word of the provider is held against. `now` in seconds. */
type Against = { issuer: string; clientId: string; now: number }

/** Whom the provider signed out: everything of a person, or one session of theirs; `jti` names the word itself. */
export type SignedOut = { subject: string | null; sid: string | null; jti: string }

const EVENT = "http://schemas.openid.net/event/backchannel-logout"
/** So old a word may be, and so far ahead of us the provider's clock, in seconds. */
const OLDEST = 300
const AHEAD = 60

const text = (value: unknown, most: number): string | null =>
  typeof value === "string" && value.length > 0 && value.length <= most ? value : null

/**
 * Reads the claims of a logout token by OpenID Connect Back-Channel Logout 1.0, 2.6; its signature is looked at before. Null
 * where anything does not hold: issuer, audience, time, the one event, who it is about, an id of its own, and no nonce, so that
 * no identity token passes for it.
 */
export function readSignOutToken(claims: Readonly<Record<string, unknown>>, against: Against): SignedOut | null {
  if (claims.iss !== against.issuer || "nonce" in claims) return null
  if (![claims.aud].flat().includes(against.clientId)) return null
  const { iat, exp } = claims
  if (typeof iat !== "number" || iat > against.now + AHEAD || iat < against.now - OLDEST) return null
  if (exp !== undefined && (typeof exp !== "number" || exp <= against.now - AHEAD)) return null
  const { events } = claims
  if (typeof events !== "object" || events === null || Array.isArray(events)) return null
  const event: unknown = Object.hasOwn(events, EVENT) ? (events as Record<string, unknown>)[EVENT] : null
  if (typeof event !== "object" || event === null || Array.isArray(event)) return null
  const [subject, sid, jti] = [text(claims.sub, 255), text(claims.sid, 500), text(claims.jti, 500)]
  if (jti === null || (claims.sub !== undefined && subject === null) || (claims.sid !== undefined && sid === null))
    return null
  return subject === null && sid === null ? null : { subject, sid, jti }
}
