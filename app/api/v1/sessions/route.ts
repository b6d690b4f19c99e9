import { cookieText, SAMPLE_COOKIE, sessionCookie } from "@/app/cookies"
import { door } from "@/app/outcome"
import { ownPath } from "@/app/sign-on"
import { signIn } from "@/usecases/people/sessions"

/** Signs in. The cookie holds next-auth's token around a session id and nothing else. */
export const POST = door({
  register: "main",
  input: (sent) => sent,
  call: (scene, sent, request) => {
    const { email = "", password = "" } = sent as Record<string, unknown>
    return signIn(scene, {
      email,
      password,
      address: request.headers.get("x-onward-caller") ?? "",
      agent: (request.headers.get("user-agent") ?? "").slice(0, 500),
    })
  },
  to: (_value, _params, sent) => ownPath(typeof sent.to === "string" ? sent.to : null),
  cookies: async (value: { secret: string }) => [await sessionCookie(value.secret), cookieText(SAMPLE_COOKIE, "", 0)],
  answer: (value: { personId: string }) => ({ personId: value.personId }),
})
