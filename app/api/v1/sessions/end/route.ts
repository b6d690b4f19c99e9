import { cookieText, SESSION_COOKIE } from "@/app/cookies"
import { door, leaveSample } from "@/app/outcome"
import { endSession } from "@/usecases/people/sessions"

/** Signs out, here or everywhere. */
export const POST = door({
  input: (sent) => ({ everywhere: sent.everywhere === true || sent.everywhere === "yes" }),
  call: endSession,
  to: () => "/sign-in",
  cookies: () => [cookieText(SESSION_COOKIE, "", 0), leaveSample()],
})
