/** Requests and decisions of a package against the entries of the log. */
import { hex, utf8 } from "./bytes"
import { canonical, countOf, listOf, membersOf, readCanonical, wordOf, type Json, type Members } from "./json"
import type { Log } from "./log"
import { itemsOf, linesOf, memberLine, type Package, type Pause } from "./open"
import type { Decision, InForce } from "./replay"
import type { Read } from "./records"
import type { Findings } from "./report"
import { sha256 } from "./sha256"

const REQUESTS = "requests.jsonl"
const DECISIONS = "decisions.json"
const sumOf = (value: Json): string => hex(sha256(utf8(canonical(value))))

/** What each request put in force is what was decided on: the hash over its rows is the one that stands in the decisions. */
export async function readRequests(
  on: Package,
  log: Log,
  read: Read,
  found: Findings,
  pause: Pause,
): Promise<Set<string>> {
  const before = found.count
  const seen = new Set<string>()
  const counts = { hidden: 0, unseen: 0 }
  let [last, at] = ["", 0]
  for await (const line of linesOf(on, REQUESTS, found, pause)) {
    at += 1
    const one = memberLine(REQUESTS, line, at, found)
    const id = wordOf(one?.id)
    if (!one) continue
    if (id === null || id <= last) {
      found.fault(REQUESTS, `line ${at} is no request, or not in its place`)
      continue
    }
    last = id
    seen.add(id)
    holdRequest(log, one, id, counts, found)
    await pause(0)
  }
  for (const id of read.requests)
    if (!seen.has(id)) found.fault(REQUESTS, `${id} is missing, which put a record of this package in force`)
  const { hidden, unseen } = counts
  found.check("requests", `the requests put in force what was decided on (${seen.size})`, before, hidden + unseen > 0)
  if (hidden > 0)
    found.unchecked.push(
      `Requests of which the rows are not told, for some of their records may not be named: ${hidden}. The hash that was decided on could not be made anew.`,
    )
  if (unseen > 0)
    found.unchecked.push(
      `Requests of which not all entries are here: ${unseen}. That the rules held for them was not checked.`,
    )
  return seen
}

function holdRequest(
  log: Log,
  one: Members,
  id: string,
  counts: { hidden: number; unseen: number },
  found: Findings,
): void {
  const request = log.replay.requests.get(id)
  const rows = listOf(one.rows)?.map((row) => membersOf(row) ?? {})
  if (!rows) counts.hidden += 1
  if (!request || request.partial) {
    counts.unseen += 1
    if (log.replay.complete) found.fault(REQUESTS, `the log does not say how ${id} came into force`)
  } else if (request.revision !== one.revision || request.hash !== one.hash)
    found.fault(REQUESTS, `${id} is not the revision that the log says was approved`)
  if (!rows) return
  const hashes = rows.map((row) => {
    const { recordId = null, kind = null, op = null, baseVersion = null, discovered = null, body = null } = row
    return [recordId, sumOf({ recordId, kind, op, baseVersion, discovered, body })]
  })
  if (sumOf(hashes) !== one.hash)
    return found.fault(REQUESTS, `the rows of ${id} do not make the hash that was decided on`)
  if (!request || request.partial) return
  const put = new Map(request.inForce.map((made) => [made.id, made]))
  if (put.size !== request.inForce.length) found.fault(REQUESTS, `${id} put a record in force twice`)
  if (log.replay.complete && put.size !== rows.length)
    found.fault(REQUESTS, `${id} put ${put.size} records in force, and ${rows.length} were decided on`)
  for (const row of rows) {
    const made = put.get(wordOf(row.recordId) ?? "")
    if (made && !isRow(row, made)) found.fault(REQUESTS, `${made.id} came into force otherwise than was decided on`)
    else if (!made && log.replay.complete)
      found.fault(REQUESTS, `${wordOf(row.recordId) ?? "a record"} was decided on and did not come into force`)
  }
  for (const made of put.values())
    if (!rows.some((row) => row.recordId === made.id)) {
      found.fault(REQUESTS, `${made.id} came into force by ${id}, which does not name it`)
      break
    }
}

function isRow(row: Members, made: InForce): boolean {
  const base = row.baseVersion === null ? 0 : (countOf(row.baseVersion) ?? -1)
  const ended = row.op === "end"
  return (
    row.kind === made.kind &&
    row.body === made.sha256 &&
    base + 1 === made.version &&
    (made.standing === "ended") === ended
  )
}

/** The decisions as they are listed are those of the log, and all of them. */
export async function readDecisions(
  on: Package,
  log: Log,
  requests: ReadonlySet<string>,
  { found, pause, sees }: { found: Findings; pause: Pause; sees?: (decision: Members) => void },
): Promise<void> {
  const before = found.count
  const listed = new Set<number>()
  let [n, unheld] = [0, 0]
  for await (const item of itemsOf(on, DECISIONS, found, pause)) {
    n += 1
    const one = membersOf(readCanonical(item)?.value)
    const index = countOf(one?.index)
    if (!one || index === null || listed.has(index)) {
      found.fault(DECISIONS, `item ${n} is no decision, or stands there twice`)
      continue
    }
    listed.add(index)
    sees?.(one)
    const said = log.replay.decisions.get(index)
    if (!said && log.replay.complete) found.fault(DECISIONS, `item ${n}: the log holds no such decision`)
    else if (!said) unheld += 1
    else if (!isDecision(one, said)) found.fault(DECISIONS, `item ${n} is not what the log says (entry ${index})`)
    else if (!isKept(one, log)) found.fault(DECISIONS, `item ${n}: the log does not say that later revisions kept it`)
  }
  if (on.manifest.whole)
    for (const [index, said] of log.replay.decisions)
      if (requests.has(said.request) && !listed.has(index))
        found.fault(DECISIONS, `a decision is missing: entry ${index} of the log`)
  found.check("decisions", `the decisions are those of the log (${n})`, before, unheld > 0)
  if (unheld > 0)
    found.unchecked.push(`Decisions of which the entry is not here: ${unheld}. They stand on the package's word.`)
}

function isDecision(one: Members, said: Decision): boolean {
  const keys = ["request", "revision", "hash", "stage", "entity", "verdict", "person", "forPerson", "at"] as const
  return keys.every((key) => one[key] === said[key]) && (said.seat === null || one.seat === said.seat)
}

function isKept(one: Members, log: Log): boolean {
  const request = log.replay.requests.get(wordOf(one.request) ?? "")
  if (!request || request.partial) return true
  const place = `${wordOf(one.stage)}:${wordOf(one.entity)}`
  return (listOf(one.keptFor) ?? [null]).every((n) => request.kept.get(countOf(n) ?? -1)?.has(place))
}
