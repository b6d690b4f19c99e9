import { cookieText, SAMPLE_COOKIE } from "@/app/cookies"
import { door, leaveSample } from "@/app/outcome"
import { behind } from "@/app/wiring"
import { refuse } from "@/domain/core/outcome"
import { actorOfSample, isSampleSeat, readSeat, seatText } from "@/usecases/people/sample-people"
import { loadSample } from "@/usecases/sample/load-sample"
import { clockNow, OPERATOR, type Scene } from "@/usecases/scene"

/** The visit that the browser is on already, so that what is kept for it stays. */
function visitOf(request: Request): string | null {
  const pair = (request.headers.get("cookie") ?? "").split(/;\s*/).find((one) => one.startsWith(`${SAMPLE_COOKIE}=`))
  return readSeat(pair?.slice(SAMPLE_COOKIE.length + 1))?.visit ?? null
}

/** The story while it is being told for the first visitor, so that a second one waits for the same. */
let telling: ReturnType<typeof loadSample> | null = null

function storyTold(scene: Scene): ReturnType<typeof loadSample> {
  telling ??= loadSample(scene).finally(() => {
    telling = null
  })
  return telling
}

/** Sits down in one of the seats of the sample company, or leaves it. Never in the real register. */
export const POST = door({
  register: "main",
  input: (sent) => sent,
  call: async (_scene, sent, request) => {
    const role = String((sent as { role?: unknown }).role ?? "")
    if (role === "leave") return { ok: true, value: { cookie: leaveSample() } }
    const sample = behind("sample")
    if (!sample || !isSampleSeat(role)) return refuse("not-found", "not-found.sample")
    const seat = seatText(role, visitOf(request))
    const told = await storyTold({ ...sample, register: "sample", actor: OPERATOR, now: clockNow() })
    if (!told.ok) return told
    const there = await actorOfSample(sample.db, role, seat.split(".")[1] ?? "", clockNow())
    if (!there) return refuse("not-found", "not-found.sample")
    return { ok: true, value: { cookie: cookieText(SAMPLE_COOKIE, seat, 12 * 60 * 60) } }
  },
  to: () => "/",
  cookies: (value: { cookie: string }) => [value.cookie],
  answer: () => ({}),
})
