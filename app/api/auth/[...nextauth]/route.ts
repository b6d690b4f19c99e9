import NextAuth from "next-auth"
import Credentials from "next-auth/providers/credentials"
import { SESSION_COOKIE } from "@/app/cookies"
import { requestScene } from "@/app/scene"
import { signIn } from "@/usecases/people/sessions"

/**
 * next-auth for accounts of this register. Its token holds a session's secret and nothing else; who that is, and in
 * which roles, is read from the session's row on every request.
 */
const handler = async (request: Request, context: { params: Promise<{ nextauth: string[] }> }): Promise<Response> => {
  const auth = NextAuth(request as never, context as never, {
    session: { strategy: "jwt", maxAge: 12 * 60 * 60 },
    cookies: { sessionToken: { name: SESSION_COOKIE, options: { httpOnly: true, sameSite: "lax", path: "/", secure: process.env.ONWARD_HTTPS === "1" } } },
    pages: { signIn: "/sign-in" },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        authorize: async (sent) => {
          const scene = await requestScene(request)
          const outcome = await signIn(scene, { email: sent?.email ?? "", password: sent?.password ?? "", address: request.headers.get("x-onward-caller") ?? "", agent: "next-auth" })
          return outcome.ok ? { id: outcome.value.secret } : null
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sid: user.id } : { sid: token.sid }),
      session: () => ({ expires: "" }),
    },
  })
  return auth as Promise<Response>
}

export { handler as GET, handler as POST }
