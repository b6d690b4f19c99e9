import { decode, encode } from "next-auth/jwt"

const HTTPS = process.env.ONWARD_HTTPS === "1"
/** `__Host-` under https only; plain http is for this machine alone (foundation 32). */
export const SESSION_COOKIE = HTTPS ? "__Host-onward.session" : "onward.session"
export const SAMPLE_COOKIE = HTTPS ? "__Host-onward.sample" : "onward.sample"
const TYPED_COOKIE = HTTPS ? "__Host-onward.typed" : "onward.typed"
const SECONDS = 12 * 60 * 60

/** The attributes of a cookie of ours. */
export function cookieText(name: string, value: string, seconds: number): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${HTTPS ? "; Secure" : ""}`
}

/** The secret that seals what a browser keeps for us. */
export function secret(): string {
  const found = process.env.NEXTAUTH_SECRET
  if (!found) throw new Error("NEXTAUTH_SECRET is not set: start by npm start")
  return found
}

/** next-auth's token around a session's secret: it holds nothing else. */
export function sealSession(session: string): Promise<string> {
  return encode({ token: { sid: session }, secret: secret(), maxAge: SECONDS })
}

/** The session's secret in a cookie's value; null when it is none of ours. */
export async function openSession(value: string): Promise<string | null> {
  const token = await decode({ token: value, secret: secret() }).catch(() => null)
  return typeof token?.sid === "string" ? token.sid : null
}

/** The cookie of a session that begins. */
export async function sessionCookie(session: string): Promise<string> {
  return cookieText(SESSION_COOKIE, await sealSession(session), SECONDS)
}

/**
 * What somebody without a session typed into a refused form (never a password or a link), kept for five minutes in
 * their own browser: nobody who is not signed in makes a row in the database.
 */
export function typedCookie(path: string, typed: Record<string, string | string[]>): string {
  const few = Object.entries(typed).filter(([, value]) => typeof value === "string" && value.length <= 254)
  if (few.length === 0) return cookieText(TYPED_COOKIE, "", 0)
  const text = Buffer.from(JSON.stringify({ room: roomOf(path), typed: Object.fromEntries(few.slice(0, 6)) })).toString(
    "base64url",
  )
  return cookieText(TYPED_COOKIE, text, 300)
}

/** What was typed into this page's form before it was refused. */
export function typedBefore(
  jar: { get: (name: string) => { value: string } | undefined },
  path: string,
): Record<string, string> {
  try {
    const kept = JSON.parse(Buffer.from(jar.get(TYPED_COOKIE)?.value ?? "", "base64url").toString()) as {
      room: string
      typed: Record<string, unknown>
    }
    if (kept.room !== roomOf(path)) return {}
    return Object.fromEntries(
      Object.entries(kept.typed).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
    )
  } catch {
    return {}
  }
}

/** The first part of an address; what follows may be a one-time link. */
const roomOf = (path: string): string => path.split("/")[1] ?? ""
