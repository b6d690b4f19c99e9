import { generateKeyPairSync, randomBytes, sign } from "node:crypto"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import Provider from "oidc-provider"

/** A person at the provider, by what they type as their name there. */
export type Known = { name?: string; email?: string; email_verified?: boolean }

export const CLIENT = { id: "onward", secret: "a secret that two share, for tests alone" }

/** Signs any claims with the provider's own key, to see what is made of them. */
export type Sign = (claims: object, header?: object) => string

/** A real provider in this process: whoever types the name of somebody it knows is that person. */
export async function aProvider(
  known: Record<string, Known>,
  redirectUri: string,
  /** Where it says that somebody signed out; absent: it says so to nobody. */
  signOutUri?: string,
): Promise<{ issuer: string; known: Record<string, Known>; sign: Sign; stop: () => Promise<void> }> {
  const server: Server = createServer()
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 })
  const jwk = { ...privateKey.export({ format: "jwk" }), alg: "RS256", use: "sig", kid: "tests" }
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [redirectUri] },
        post_logout_redirect_uris: [new URL("/sign-in", redirectUri).href],
        grant_types: ["authorization_code"],
        response_types: ["code"],
        ...(signOutUri ? { backchannel_logout_uri: signOutUri, backchannel_logout_session_required: true } : {}),
      },
    ],
    jwks: { keys: [jwk] },
    cookies: { keys: [randomBytes(16).toString("hex")] },
    claims: { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"] },
    features: { backchannelLogout: { enabled: signOutUri !== undefined } },
    // It reaches no machine of its own network by itself; here we are one.
    fetch: (url: URL, options: RequestInit & { dispatcher?: unknown }) => {
      const { dispatcher: _guard, ...plain } = options
      return fetch(url, plain)
    },
    pkce: { required: () => true },
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Session: 600, Grant: 600 },
    findAccount: (_context: unknown, id: string) =>
      id in known ? { accountId: id, claims: () => ({ sub: id, ...known[id] }) } : undefined,
  })
  const listen = provider.callback()
  server.on("request", listen)
  return {
    issuer,
    known,
    sign: (claims, header = {}) => {
      const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url")
      const said = `${part({ alg: "RS256", kid: "tests", typ: "logout+jwt", ...header })}.${part(claims)}`
      return `${said}.${sign("sha256", Buffer.from(said), privateKey).toString("base64url")}`
    },
    stop: () =>
      new Promise<void>((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}

/** A browser's cookies at one place. */
export type Jar = Map<string, string>

/** Asks for an address with the jar's cookies, keeps those that come, and follows nothing. */
export async function visit(jar: Jar, address: string, form?: Record<string, string>): Promise<Response> {
  const answer = await fetch(address, {
    redirect: "manual",
    headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
    ...(form ? { method: "POST", body: new URLSearchParams(form) } : {}),
  })
  for (const text of answer.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(text) ?? []
    if (value === "") jar.delete(name)
    else jar.set(name, value)
  }
  return answer
}

/**
 * Goes through the provider's pages as somebody: types who they are where it asks, agrees where it asks that. Gives the address
 * that the provider sends the browser back to.
 */
export async function throughProvider(jar: Jar, url: string, who: string, home: string): Promise<URL> {
  for (let at = url, turns = 0; turns < 12; turns += 1) {
    if (at.startsWith(home)) return new URL(at)
    const answer = await visit(jar, at)
    const next = answer.headers.get("location")
    if (next) {
      at = new URL(next, at).href
      continue
    }
    const page = await answer.text()
    const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1]
    const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1]
    if (!action || !prompt) throw new Error(`the provider's page at ${at} asks for nothing: ${page.slice(0, 500)}`)
    const sent = await visit(jar, new URL(action, at).href, { prompt, login: who, password: "any at all" })
    at = new URL(sent.headers.get("location") ?? "", at).href
  }
  throw new Error("the provider does not come to an end")
}

/** Signs out at the provider, as the browser with this jar. */
export async function signOutThere(jar: Jar, issuer: string): Promise<void> {
  const page = await (await visit(jar, `${issuer}/session/end`)).text()
  const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1] ?? ""
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? ""
  await visit(jar, new URL(action, issuer).href, { xsrf, logout: "yes" })
}
