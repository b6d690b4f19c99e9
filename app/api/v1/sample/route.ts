import { cookieText, SAMPLE_COOKIE } from "@/app/cookies"
import { door, leaveSample } from "@/app/outcome"
import { behind } from "@/app/wiring"
import { refuse } from "@/domain/core/outcome"
import { clockNow } from "@/usecases/scene"
import { actorOfSample, isSampleRole } from "@/usecases/people/sample-people"

/** Sits down in one of the six seats of the sample company, or leaves it. Never in the real register. */
export const POST = door({
  input: (sent) => sent,
  call: async (_scene, sent) => {
    const role = String((sent as { role?: unknown }).role ?? "")
    if (role === "leave") return { ok: true, value: { cookie: leaveSample(), to: "/" } }
    const sample = behind("sample")
    const there = sample && isSampleRole(role) ? await actorOfSample(sample.db, role, clockNow()) : null
    return there ? { ok: true, value: { cookie: cookieText(SAMPLE_COOKIE, role, 12 * 60 * 60), to: "/" } } : refuse("not-found", "not-found")
  },
  to: (value: { to: string }) => value.to,
  cookies: (value: { cookie: string }) => [value.cookie],
  answer: () => ({}),
})
