import { cookies, headers } from "next/headers"
import { actorOfSession, actorOfToken } from "@/usecases/people/sessions"
import { actorOfSample, isSampleRole } from "@/usecases/people/sample-people"
import { clockNow, type Actor, type Scene } from "@/usecases/scene"
import { openSession, SAMPLE_COOKIE, SESSION_COOKIE } from "./cookies"
import { behind } from "./wiring"

type Asking = { session?: string; sample?: string; authorization?: string | null; openSample?: boolean }

/** The scene of a page: who looks, when, on which register. */
export async function pageScene(): Promise<Scene> {
  const jar = await cookies()
  const head = await headers()
  return sceneOf({ session: jar.get(SESSION_COOKIE)?.value, sample: jar.get(SAMPLE_COOKIE)?.value, authorization: head.get("authorization") })
}

/** The scene of a request to the API, by cookie or by token: the same rights however sent. */
export async function requestScene(request: Request): Promise<Scene> {
  const jar = new Map((request.headers.get("cookie") ?? "").split(/;\s*/).map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]))
  return sceneOf({ session: jar.get(SESSION_COOKIE), sample: jar.get(SAMPLE_COOKIE), authorization: request.headers.get("authorization") })
}

async function sceneOf(asking: Asking): Promise<Scene> {
  const now = clockNow()
  const token = /^Bearer (owt_[A-Za-z0-9_-]{20,100})$/.exec(asking.authorization ?? "")?.[1]
  const sample = !token && asking.sample && isSampleRole(asking.sample) ? behind("sample") : null
  if (sample && asking.sample) return { register: "sample", ...sample, now, actor: await actorOfSample(sample.db, asking.sample, now) }
  const main = behind("main")
  if (!main) throw new Error("ONWARD_APP_URL is not set: start by npm start")
  const actor = await mainActor(main, { ...asking, token }, now)
  return { register: "main", ...main, now, actor }
}

async function mainActor(main: { db: Scene["db"] }, asking: Asking & { token?: string | undefined }, now: Scene["now"]): Promise<Actor | null> {
  if (asking.token) return actorOfToken(main.db, asking.token, now)
  const session = asking.session ? await openSession(asking.session) : null
  return session ? actorOfSession(main.db, session, now) : null
}
