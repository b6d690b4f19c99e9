import { cookieText, SAMPLE_COOKIE, sessionCookie } from "@/app/cookies"
import { door } from "@/app/outcome"
import { foundCookie, foundWithInvitation } from "@/app/sign-on"
import { refuse, type Outcome } from "@/domain/core/outcome"
import { joinByProvider } from "@/usecases/people/join"
import type { Scene } from "@/usecases/scene"

type Joined = { secret: string; personId: string }

async function join(scene: Scene, sent: unknown, request: Request): Promise<Outcome<Joined>> {
  const { link } = sent as { link: unknown }
  const invitation = typeof link === "string" ? link : ""
  const found = await foundWithInvitation(request.headers.get("cookie"), invitation)
  if (!found) return refuse("conflict", "conflict.nothing-to-join")
  const { session: _session, sid, ...identity } = found
  const agent = (request.headers.get("user-agent") ?? "").slice(0, 500)
  return joinByProvider({ ...scene, actor: null }, { invitation, found: identity, sid, agent })
}

/** Takes up an invitation as whom one was found to be at the provider. Who that is comes from a sealed cookie, never from the form. */
export const POST = door({
  register: "main",
  input: (sent) => ({ link: sent.link }),
  call: Object.assign(join, { actName: joinByProvider.actName }),
  to: () => "/",
  cookies: async ({ secret }: Joined) => [
    await sessionCookie(secret),
    cookieText(SAMPLE_COOKIE, "", 0),
    await foundCookie(null),
  ],
  answer: ({ personId }: Joined) => ({ personId }),
})
