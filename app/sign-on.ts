import { decode, encode } from "next-auth/jwt"
import type { Proof } from "@/components/people/prove"
import type { UnderWay } from "@/usecases/people/sign-on"
import { isStale, type Scene } from "@/usecases/scene"
import { cookieText, secret } from "./cookies"

const HTTPS = process.env.ONWARD_HTTPS === "1"
/** What is under way between here and the provider, sealed; `__Host-` under https as the others. */
const WAY_COOKIE = HTTPS ? "__Host-onward.sign-on" : "onward.sign-on"
/** Whom one was at the provider, sealed, until one says on the account page that this is oneself. */
const FOUND_COOKIE = HTTPS ? "__Host-onward.found" : "onward.found"
const WAY_SECONDS = 10 * 60
const FOUND_SECONDS = 5 * 60

/** The provider that people sign on with, as the start held it against what is possible; null: none is named. */
export type Provider = {
  issuer: string
  clientId: string
  clientSecret: string
  name: string
  trustsMail: boolean
  loopback: boolean
}

/** The provider of this server, or null. */
export function provider(): Provider | null {
  const said = process.env.ONWARD_SIGN_ON
  return said ? (JSON.parse(said) as Provider) : null
}

/** Where the provider sends people back to; it has to know this address. */
export function redirectUri(): string {
  return new URL("/api/sign-on/callback", process.env.NEXTAUTH_URL ?? "http://127.0.0.1:3000").href
}

/** A path of ours, whatever was sent: never another site's. */
export function ownPath(sent: string | null): string {
  if (!sent || sent.length > 500 || !/^\/(?![/\\])/.test(sent) || /[\u0000-\u001f\\]/.test(sent)) return "/"
  const url = new URL(sent, "http://here")
  // `/.//there` is a path of ours until its dots are gone; then it would name another site.
  return url.origin === "http://here" && !url.pathname.startsWith("//") ? `${url.pathname}${url.search}` : "/"
}

/** How this person proves anew who they are, where the last proof is more than five minutes ago. */
export function proofOf(scene: Scene, here: string): Proof {
  if (!isStale(scene)) return null
  const byProvider = scene.actor?.kind === "person" && scene.actor.byProvider
  const named = byProvider ? provider() : null
  return named
    ? { by: "provider", name: named.name, href: `/api/sign-on/begin?for=prove&to=${encodeURIComponent(here)}` }
    : { by: "password" }
}

async function sealed(name: string, what: object, seconds: number): Promise<string> {
  return cookieText(name, await encode({ token: { what }, secret: secret(), salt: name, maxAge: seconds }), seconds)
}

async function opened<T>(cookies: string | null, name: string): Promise<T | null> {
  const pair = (cookies ?? "").split(/;\s*/).find((one) => one.startsWith(`${name}=`))
  const token = pair
    ? await decode({ token: pair.slice(name.length + 1), secret: secret(), salt: name }).catch(() => null)
    : null
  return (token?.what as T | undefined) ?? null
}

/** The cookie that remembers what is under way; null: that nothing is. */
export function wayCookie(what: UnderWay | null): Promise<string> {
  return what ? sealed(WAY_COOKIE, what, WAY_SECONDS) : Promise.resolve(cookieText(WAY_COOKIE, "", 0))
}

/** What is under way by this browser's cookie. */
export function underWayOf(cookies: string | null): Promise<UnderWay | null> {
  return opened<UnderWay>(cookies, WAY_COOKIE)
}

/** Whom somebody was at the provider, and which session of ours asked. */
export type FoundThere = {
  issuer: string
  subject: string
  name: string
  email: string | null
  session: string
  /** What the provider calls its own session. */
  sid: string | null
}

/** The cookie that keeps whom one was at the provider; null: nobody. */
export function foundCookie(what: FoundThere | null): Promise<string> {
  return what ? sealed(FOUND_COOKIE, what, FOUND_SECONDS) : Promise.resolve(cookieText(FOUND_COOKIE, "", 0))
}

/** Whom this very session was found to be at the provider; null for any other session's. */
export async function foundThere(cookies: string | null, scene: Scene): Promise<FoundThere | null> {
  const found = await opened<FoundThere>(cookies, FOUND_COOKIE)
  const session = scene.actor?.kind === "person" ? scene.actor.session?.toString("hex") : undefined
  return found && session !== undefined && found.session === session ? found : null
}

/** What stands in place of a session for whoever has none and holds an invitation. */
export const heldInvitation = (secret: string): string => `invitation:${secret}`

/** Whom somebody was found to be who went to the provider with just this invitation in hand; null: nobody. */
export async function foundWithInvitation(cookies: string | null, secret: string): Promise<FoundThere | null> {
  const found = await opened<FoundThere>(cookies, FOUND_COOKIE)
  return found && secret !== "" && found.session === heldInvitation(secret) ? found : null
}
