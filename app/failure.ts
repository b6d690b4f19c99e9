import { randomUUID } from "node:crypto"

/**
 * A failure, caught once at the door: a line in the app's log with an id, and the id alone for the person. The line
 * holds what kind of failure it was and where, never its message: that may carry names or what somebody typed.
 */
export function failed(problem: unknown, request: Request): Response {
  const id = randomUUID()
  const cause = problem instanceof Error && problem.cause ? problem.cause : problem
  const { name, code, constraint } = (cause ?? {}) as { name?: string; code?: string; constraint?: string }
  const where = problem instanceof Error ? framesOf(problem) : []
  const line = {
    level: "error",
    at: new Date().toISOString(),
    id,
    method: request.method,
    path: pathOf(request),
    name,
    code,
    constraint,
    where,
  }
  process.stderr.write(`${JSON.stringify(line)}\n`)
  const body = {
    type: "/problems/failure",
    title: `Something broke on our side. Nothing was changed. Say this number to who runs Onward: ${id}`,
    status: 500,
    id,
  }
  return new Response(JSON.stringify(body), {
    status: 500,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
  })
}

const framesOf = (problem: Error): string[] =>
  (problem.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim())

/** Addresses of one-time links hold secrets: only the room is said. */
const pathOf = (request: Request): string => new URL(request.url).pathname.split("/").slice(0, 4).join("/")
