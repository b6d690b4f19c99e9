import { randomUUID } from "node:crypto"
import { say } from "@/components/words/catalogue"
import { isAway } from "@/usecases/running/ready"

/**
 * Notes a failure in the app's log and gives its number, which alone the person sees. The line holds what kind of
 * failure it was and where, never its message: that may carry names or what somebody typed.
 */
export function noteFailure(problem: unknown, method: string, path: string): string {
  const id = randomUUID()
  const cause = problem instanceof Error && problem.cause ? problem.cause : problem
  const { name, code, constraint } = (cause ?? {}) as { name?: string; code?: string; constraint?: string }
  const where = problem instanceof Error ? framesOf(problem) : []
  const line = {
    level: "error",
    at: new Date().toISOString(),
    id,
    method,
    path: roomOf(path),
    name,
    code,
    constraint,
    where,
  }
  process.stderr.write(`${JSON.stringify(line)}\n`)
  return id
}

/** A failure, caught once at the door, as the door answers it. */
export function failed(problem: unknown, request: Request): Response {
  const id = noteFailure(problem, request.method, new URL(request.url).pathname)
  if (isAway(problem)) return unreachable(request, id)
  const body = {
    type: "/problems/failure",
    title: say("failure.title", { id }),
    status: 500,
    id,
  }
  return new Response(JSON.stringify(body), {
    status: 500,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
  })
}

/** The database cannot be reached: a form goes back to its page, which says so; a machine is told to come again. */
function unreachable(request: Request, id: string): Response {
  const type = request.headers.get("content-type") ?? ""
  const form = /^(application\/x-www-form-urlencoded|multipart\/form-data)/.test(type)
  if (form && !request.headers.has("x-onward-quiet")) {
    const back = new URL(request.headers.get("referer") ?? "/", "http://here")
    back.searchParams.set("refused", "conflict.away")
    return new Response(null, {
      status: 303,
      headers: { location: `${back.pathname}${back.search}#refused`, "cache-control": "no-store" },
    })
  }
  const body = { type: "/problems/conflict.away", title: say("conflict.away"), status: 503, id }
  return new Response(JSON.stringify(body), {
    status: 503,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", "retry-after": "5" },
  })
}

const framesOf = (problem: Error): string[] =>
  (problem.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim())

/** Addresses of one-time links and calendars hold secrets: only the room is said. */
const roomOf = (path: string): string =>
  path
    .split("/")
    .slice(0, LINKS.test(path) ? 2 : 4)
    .join("/")

const LINKS = /^\/(?:supplier|invitation|set-up|calendar)\//
