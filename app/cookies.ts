import { decode, encode } from "next-auth/jwt"

const HTTPS = process.env.ONWARD_HTTPS === "1"
/** `__Host-` under https only; plain http is for this machine alone (foundation 32). */
export const SESSION_COOKIE = HTTPS ? "__Host-onward.session" : "onward.session"
export const SAMPLE_COOKIE = HTTPS ? "__Host-onward.sample" : "onward.sample"
const SECONDS = 12 * 60 * 60

/** The attributes of a cookie of ours. */
export function cookieText(name: string, value: string, seconds: number): string {
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${HTTPS ? "; Secure" : ""}`
}

function secret(): string {
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
