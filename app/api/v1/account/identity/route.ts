import { door } from "@/app/outcome"
import { foundCookie, foundThere } from "@/app/sign-on"
import { refuse, type Outcome } from "@/domain/core/outcome"
import { linkIdentity } from "@/usecases/people/sign-on"
import type { Scene } from "@/usecases/scene"

async function link(scene: Scene, _input: unknown, request: Request): Promise<Outcome<object>> {
  const found = await foundThere(request.headers.get("cookie"), scene)
  // Without it the act itself still says first who may call it at all.
  if (!found) {
    const outcome = await linkIdentity(scene, {})
    return outcome.ok || outcome.code === "invalid" ? refuse("conflict", "conflict.nothing-to-link") : outcome
  }
  const { session: _session, sid: _sid, ...identity } = found
  return linkIdentity(scene, identity)
}

/** Links whom one was found to be at the provider to one's own account. Who that is comes from a sealed cookie, never from the form. */
export const POST = door({
  register: "main",
  input: () => ({}),
  call: Object.assign(link, { actName: linkIdentity.actName }),
  to: () => "/account?linked=yes",
  cookies: async () => [await foundCookie(null)],
})
