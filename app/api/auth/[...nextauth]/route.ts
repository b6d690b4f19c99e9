import NextAuth, { type NextAuthOptions } from "next-auth"
import Credentials from "next-auth/providers/credentials"
import { SESSION_COOKIE } from "@/app/cookies"
import { bodyOf } from "@/app/body"
import { failed } from "@/app/failure"
import { problem } from "@/app/outcome"
import { mainScene } from "@/app/scene"
import { refuse } from "@/domain/core/outcome"
import { actorOfSession, endSession, signIn } from "@/usecases/people/sessions"

const HTTPS = process.env.ONWARD_HTTPS === "1"

function optionsFor(request: Request): NextAuthOptions {
  return {
    session: { strategy: "jwt", maxAge: 12 * 60 * 60 },
    useSecureCookies: HTTPS,
    cookies: {
      sessionToken: { name: SESSION_COOKIE, options: { httpOnly: true, sameSite: "lax", path: "/", secure: HTTPS } },
    },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/account" },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        authorize: async (sent) => {
          const asked = {
            email: sent?.email ?? "",
            password: sent?.password ?? "",
            agent: (request.headers.get("user-agent") ?? "").slice(0, 500),
          }
          const outcome = await signIn(await mainScene(request), {
            ...asked,
            address: request.headers.get("x-onward-caller") ?? "",
          })
          return outcome.ok ? { id: outcome.value.secret } : null
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sid: user.id } : { sid: token.sid }),
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: {
      // The row is revoked, so a copy of the old cookie opens nothing.
      signOut: async ({ token }) => {
        const scene = await mainScene(request)
        const actor = typeof token?.sid === "string" ? await actorOfSession(scene.db, token.sid, scene.now) : null
        if (actor) await endSession({ ...scene, actor }, { everywhere: false })
      },
    },
  }
}

type Context = { params: Promise<{ nextauth: string[] }> }

/** What of next-auth is served: no log that strangers write to, no pages of its own. */
const GETS = new Set(["csrf", "providers", "session", "signin"])
const POSTS = new Set(["callback/credentials", "signout"])

/**
 * next-auth for accounts of this register. Its token holds a session's secret and nothing else; who that is, and in
 * which roles, is read from the session's row on every request.
 */
async function handler(request: Request, context: Context): Promise<Response> {
  if (request.headers.has("next-action")) return problem(refuse("not-allowed", "not-allowed.foreign-origin"))
  try {
    const what = (await context.params).nextauth.join("/")
    if (!(request.method === "POST" ? POSTS : GETS).has(what)) return problem(refuse("not-found", "not-found"))
    // Read here, where it is counted; next-auth reads a body of any length.
    const sent = request.method === "POST" ? await bodyOf(request.clone() as Request) : null
    if (sent && !sent.ok) return problem(sent)
    return (await NextAuth(request as never, context as never, optionsFor(request))) as Response
  } catch (broken) {
    // A body that is none, such as an empty one that says it is JSON.
    if (broken instanceof SyntaxError) return problem(refuse("invalid", "invalid.body"))
    return failed(broken, request)
  }
}

export { handler as GET, handler as POST }
