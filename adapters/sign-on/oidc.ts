import type { JsonWebKey } from "node:crypto"
import * as client from "openid-client"

/** The provider that people sign on with (scripts/environment.mjs reads it from ONWARD_OIDC_…). */
export type SignOnSettings = {
  issuer: string
  clientId: string
  clientSecret: string
  name: string
  /** Whether every address it sends counts as verified. */
  trustsMail: boolean
  /** Plain http, for a provider on this machine. */
  loopback: boolean
}

/** What is remembered between the way out and the way back. */
export type Begun = { state: string; nonce: string; verifier: string }

/** What the provider says of a person: only issuer and subject tell who it is. */
export type Claims = {
  issuer: string
  subject: string
  name: string
  email: string | null
  emailVerified: boolean
  /** When they last proved to the provider who they are, in seconds; null where it does not say. */
  authTime: number | null
  /** What the provider calls its own session; null where it does not say. */
  sid: string | null
}

export type Finished = { ok: true; claims: Claims } | { ok: false; why: "away" | "denied" | "broken" }

const SECONDS = 10
const MOST_BYTES = 256 * 1024
/** A changed key or address is seen within the hour. */
const KEPT = 60 * 60 * 1000

type Kept = { key: string; at: number; config: Promise<client.Configuration> }
// Of this module alone: another copy of the library, in another bundle, does not know this one's configurations.
let kept: Kept | null = null

/** Where the person is sent, and what must come back with them. `again`: the provider asks them anew who they are. */
export async function beginSignOn(
  settings: SignOnSettings,
  redirectUri: string,
  again: boolean,
): Promise<{ url: string; begun: Begun } | null> {
  const config = await configOf(settings)
  if (!config) return null
  const begun = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
  }
  const url = client.buildAuthorizationUrl(config, {
    ...{ redirect_uri: redirectUri, scope: "openid profile email", response_type: "code" },
    ...{ state: begun.state, nonce: begun.nonce, code_challenge_method: "S256" },
    code_challenge: await client.calculatePKCECodeChallenge(begun.verifier),
    ...(again ? { prompt: "login", max_age: "0" } : {}),
  })
  return { url: url.href, begun }
}

/** Takes the code that came back, holds everything against what was begun, and says who it is. */
export async function finishSignOn(settings: SignOnSettings, back: URL, begun: Begun): Promise<Finished> {
  const config = await configOf(settings)
  if (!config) return { ok: false, why: "away" }
  try {
    const got = await client.authorizationCodeGrant(config, back, {
      ...{ pkceCodeVerifier: begun.verifier, expectedState: begun.state, expectedNonce: begun.nonce },
      idTokenExpected: true,
    })
    const said = got.claims()
    if (!said) return { ok: false, why: "broken" }
    // Many providers keep names and addresses out of the token; only what is said of the same subject is taken.
    const more =
      said.name === undefined || said.email === undefined
        ? await client.fetchUserInfo(config, got.access_token, said.sub).catch(() => null)
        : null
    const text = (value: unknown): string => (typeof value === "string" ? value.trim() : "")
    const mail = text(said.email) ? said : more
    return {
      ok: true,
      claims: {
        issuer: said.iss,
        subject: said.sub,
        name: text(said.name) || text(more?.name) || text(said.preferred_username) || text(more?.preferred_username),
        email: text(mail?.email) || null,
        emailVerified: mail?.email_verified === true || settings.trustsMail,
        authTime: typeof said.auth_time === "number" ? said.auth_time : null,
        sid: typeof said.sid === "string" && said.sid.length <= 500 ? said.sid || null : null,
      },
    }
  } catch (problem) {
    return { ok: false, why: whyNot(problem) }
  }
}

/** Whether the provider answers and is the one that it is said to be, and where one signs out there. */
export async function askProvider(settings: SignOnSettings): Promise<{ answers: boolean; signOut: string | null }> {
  const config = await configOf(settings)
  return { answers: config !== null, signOut: config?.serverMetadata().end_session_endpoint ?? null }
}

const KEYS_ANEW = 30 * 1000
type Keys = { issuer: string; at: number; list: JsonWebKey[] | null; asking: Promise<JsonWebKey[] | null> | null }
let keys: Keys | null = null

/**
 * The keys that the provider signs with; null where it does not say. `anew`: one is met that is not among them, so they are asked
 * for again. However many tokens strangers send us, the provider is asked by one of them at a time, and not more often than each
 * half minute, also while it does not answer; what it said before is kept until it says something else.
 */
export async function providerKeys(settings: SignOnSettings, anew: boolean): Promise<JsonWebKey[] | null> {
  const now = Date.now()
  if (keys?.issuer !== settings.issuer) keys = { issuer: settings.issuer, at: 0, list: null, asking: null }
  const mine = keys
  if (mine.asking) return mine.asking
  if (now - mine.at <= (anew || mine.list === null ? KEYS_ANEW : KEPT)) return mine.list
  mine.at = now
  mine.asking = keysOf(settings)
    .then((list) => (mine.list = list ?? mine.list))
    .finally(() => (mine.asking = null))
  return mine.asking
}

async function keysOf(settings: SignOnSettings): Promise<JsonWebKey[] | null> {
  const uri = (await configOf(settings))?.serverMetadata().jwks_uri
  if (!uri || (!uri.startsWith("https://") && !settings.loopback)) return null
  try {
    const options = {
      method: "GET",
      headers: { accept: "application/json" },
      signal: AbortSignal.timeout(SECONDS * 1000),
    }
    const answer = await bounded(uri, { ...options, body: undefined, redirect: "manual" })
    const found = answer.ok ? ((await answer.json()) as { keys?: unknown }).keys : null
    return Array.isArray(found) ? (found as JsonWebKey[]).slice(0, 50) : null
  } catch {
    return null
  }
}

/** Denied: the person or the provider said no. Away: the line broke. Broken: what came back does not hold. */
function whyNot(problem: unknown): "away" | "denied" | "broken" {
  if (problem instanceof client.AuthorizationResponseError) return "denied"
  const { name, code } = problem as { name?: string; code?: string }
  return name === "TimeoutError" || name === "TypeError" || code === "OAUTH_TIMEOUT" ? "away" : "broken"
}

async function configOf(settings: SignOnSettings): Promise<client.Configuration | null> {
  const key = JSON.stringify(settings)
  const known = kept
  const fresh = known?.key === key && Date.now() - known.at < KEPT
  const config = fresh ? known.config : discovered(settings)
  if (!fresh) kept = { key, at: Date.now(), config }
  try {
    return await config
  } catch {
    // What did not answer is asked anew by the next.
    if (kept?.config === config) kept = null
    return null
  }
}

async function discovered(settings: SignOnSettings): Promise<client.Configuration> {
  const config = await client.discovery(
    new URL(settings.issuer),
    settings.clientId,
    { client_secret: settings.clientSecret },
    authOf(settings),
    {
      timeout: SECONDS,
      [client.customFetch]: bounded,
      ...(settings.loopback ? { execute: [client.allowInsecureRequests] } : {}),
    },
  )
  const basic = config.serverMetadata().token_endpoint_auth_methods_supported
  if (basic && !basic.includes("client_secret_basic") && basic.includes("client_secret_post")) {
    const posting = new client.Configuration(
      config.serverMetadata(),
      settings.clientId,
      { client_secret: settings.clientSecret },
      client.ClientSecretPost(settings.clientSecret),
    )
    posting.timeout = SECONDS
    posting[client.customFetch] = bounded
    if (settings.loopback) client.allowInsecureRequests(posting)
    return posting
  }
  return config
}

const authOf = (settings: SignOnSettings): client.ClientAuth => client.ClientSecretBasic(settings.clientSecret)

/** No answer of a provider is read beyond its bound, whatever it says of its own length; nothing leads elsewhere. */
const bounded: client.CustomFetch = async (url, options) => {
  const answer = await fetch(url, { ...options, redirect: "manual" } as RequestInit)
  const parts: Uint8Array[] = []
  let size = 0
  const reader = answer.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size > MOST_BYTES) {
      await reader.cancel()
      throw new Error("the provider's answer is too large")
    }
    parts.push(value)
  }
  const bare = answer.status === 204 || answer.status === 304
  return new Response(bare ? null : Buffer.concat(parts), { status: answer.status, headers: answer.headers })
}
