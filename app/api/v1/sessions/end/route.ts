import { cookieText, SESSION_COOKIE } from "@/app/cookies"
import { door, leaveSample } from "@/app/outcome"
import { provider } from "@/app/sign-on"
import { good } from "@/domain/core/outcome"
import { endSession } from "@/usecases/people/sessions"

/** Signs out, here or everywhere, and leaves the sample. Whoever has no session has nothing to end. */
export const POST = door({
  register: "main",
  input: (sent) => ({ everywhere: sent.everywhere === true || sent.everywhere === "yes" }),
  call: async (scene, input) => (scene.actor ? endSession(scene, input) : good({})),
  // Signed out here, one may still be signed in at the provider: the page says so.
  to: () => (provider() ? "/sign-in?out=yes" : "/sign-in"),
  cookies: () => [cookieText(SESSION_COOKIE, "", 0), leaveSample()],
})
