import { cookies, headers } from "next/headers"
import { actorOfSession, actorOfToken } from "@/usecases/people/sessions"
import { actorOfSample, readSeat } from "@/usecases/people/sample-people"
import { clockNow, type Actor, type Scene } from "@/usecases/scene"
import { isOnlySupervisor } from "@/domain/people/permissions"
import { isAway } from "@/usecases/running/ready"
import { askedFor } from "./answer-status"
import { openSession, SAMPLE_COOKIE, SESSION_COOKIE } from "./cookies"
import { behind } from "./wiring"

type Asking = { session?: string; sample?: string; authorization: string | null; ahead: boolean }

/** The scene of a page: who looks, when, on which register. */
export async function pageScene(): Promise<Scene> {
  const jar = await cookies()
  const head = await headers()
  return sceneOfPage({
    session: jar.get(SESSION_COOKIE)?.value,
    sample: jar.get(SAMPLE_COOKIE)?.value,
    authorization: head.get("authorization"),
    ahead: isAhead(askedFor().method, head),
  })
}

/** The scene of a page about accounts of the real register: sign-in, set-up, invitation. */
export async function mainPageScene(): Promise<Scene> {
  const jar = await cookies()
  return sceneOfPage({ session: jar.get(SESSION_COOKIE)?.value, authorization: null, ahead: false })
}

/** The scene of a request to the API, by cookie or by token: the same rights however sent. */
export async function requestScene(request: Request): Promise<Scene> {
  return sceneOf(askingOf(request))
}

/** The scene of a request about accounts of the real register, whatever sample is looked at meanwhile. */
export async function mainScene(request: Request): Promise<Scene> {
  return sceneOf({ ...askingOf(request), sample: undefined })
}

function askingOf(request: Request): Asking {
  const pairs = (request.headers.get("cookie") ?? "").split(/;\s*/)
  const jar = new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]))
  return {
    session: jar.get(SESSION_COOKIE),
    sample: jar.get(SAMPLE_COOKIE),
    authorization: request.headers.get("authorization"),
    ahead: isAhead(request.method, request.headers),
  }
}

/** Whether what is asked for is only fetched ahead, or asked after: nobody looks at it. */
function isAhead(method: string, head: Pick<Headers, "get">): boolean {
  return (
    method === "HEAD" ||
    head.get("next-router-prefetch") !== null ||
    /\bprefetch\b|\bprerender\b/i.test(head.get("sec-purpose") ?? head.get("purpose") ?? head.get("x-moz") ?? "")
  )
}

/** What the page of a failure is told where the database cannot be reached; any other failure has a number. */
export const AWAY = "database-away"

/** The same for a page: whose database is away throws what its error page can tell from other failures. */
async function sceneOfPage(asking: Asking): Promise<Scene> {
  try {
    return await sceneOf(asking)
  } catch (problem) {
    throw isAway(problem) ? Object.assign(new Error(AWAY), { digest: AWAY }) : problem
  }
}

/** A supervisor's look is what was opened: fetched ahead they are nobody, so that nothing is answered and nothing is logged. */
async function sceneOf(asking: Asking): Promise<Scene> {
  const scene = await sceneAsked(asking)
  return asking.ahead && scene.actor && isOnlySupervisor(scene.actor) ? { ...scene, actor: null } : scene
}

async function sceneAsked(asking: Asking): Promise<Scene> {
  const now = clockNow()
  const byToken = asking.authorization !== null
  const taken = byToken ? null : readSeat(asking.sample)
  const sample = taken ? behind("sample") : null
  if (taken && sample) {
    const { seat, visit } = taken
    return { register: "sample", ...sample, now, seat, actor: await actorOfSample(sample.db, seat, visit, now) }
  }
  const main = behind("main")
  if (!main) throw new Error("ONWARD_APP_URL is not set: start by npm start")
  const actor = byToken
    ? await tokenActor(main.db, asking.authorization ?? "", now)
    : await sessionActor(main.db, asking.session, now)
  return { register: "main", ...main, now, actor }
}

/** Who sends a token is that token's person or nobody: a cookie beside it is not listened to. */
async function tokenActor(db: Scene["db"], authorization: string, now: Scene["now"]): Promise<Actor | null> {
  const token = /^Bearer (owt_[A-Za-z0-9_-]{20,100})$/.exec(authorization)?.[1]
  return token ? actorOfToken(db, token, now) : null
}

async function sessionActor(db: Scene["db"], cookie: string | undefined, now: Scene["now"]): Promise<Actor | null> {
  const session = cookie ? await openSession(cookie) : null
  return session ? actorOfSession(db, session, now) : null
}
