import { sql } from "drizzle-orm"
import { rows, type Db } from "@/db/connect"
import type { Series, Tried } from "./acts"
import type { World } from "./world"

type Stage = { stage: string; seat: string; entityId: string; wave: number; persons: string[] | null }

/** What a request is, told by the acts that went through: nothing of the code that keeps requests is in here. */
type Told = {
  by: string
  state: "draft" | "in-review" | "changes-requested" | "approved" | "refused" | "withdrawn"
  hash: string
  stages: Stage[]
  decided: { at: string; stage: string; verdict: string; reason: boolean }[]
  seats: Map<string, string>
}

type Submitted = { hash: string; stages: Stage[]; carried: (Stage & { fate: string })[] }

type Placed = Tried & { place: number }

/** Refusals that follow from what went through before, and from nothing else: the model knows when each is right. */
const TOLD_BY_ORDER = new Set([
  ...[
    "not-allowed.not-own",
    "not-allowed.author",
    "not-allowed.role",
    "not-allowed.second-seat",
    "not-allowed.no-such-stage",
    ...["not-allowed.not-named", "not-allowed.no-delegation", "not-allowed.absent-author", "not-allowed.absent-seat"],
    ...["not-allowed.absent-not-named", "not-allowed.seated"],
  ],
  ...["conflict.not-in-review", "conflict.other-content", "conflict.stage-taken", "conflict.legal-first"],
  "conflict.earlier-stage",
  ...["conflict.not-a-draft", "conflict.already-ended", "not-found"],
])
const MOVES = new Set(["submit", "decide", "withdraw", "reopen"])

const ROLE: Record<string, string> = { procurement: "procurement", legal: "legal", dpo: "dpo", "second-legal": "legal" }
const seatAt = (one: { stage: string; entityId: string }): string => `${one.stage} ${one.entityId}`

/**
 * Whether a history of acts, some at the same time, has a serial order: the order of the log keeps what was over before
 * something began before it, each act that went through could go through at its place, and each refusal was right at some
 * place between its beginning and its end. Gives every sentence that does not hold, and how many refusals were looked at.
 */
export async function unserial(world: World, series: Series): Promise<{ said: string[]; refusals: number }> {
  const said: string[] = []
  let refusals = 0
  for (const request of series.requests) {
    const tried = series.tried.filter((one) => one.requestId === request.id && MOVES.has(one.act))
    const placed = await placesOf(world.db, request.id, tried)
    said.push(...outOfTime(request.id, placed))
    const states: Told[] = [begun(request.by)]
    for (const one of placed) {
      const now = states[states.length - 1] as Told
      if (!mayGo(world, now, one)) said.push(`${one.act} of ${one.by} went through at ${one.place} of ${request.id}`)
      const next = after(now, one)
      const told = one.act === "decide" && one.outcome.ok ? (one.outcome.value as { state: string }).state : next.state
      if (told !== next.state) said.push(`${request.id} was told to be ${told} at ${one.place} and is ${next.state}`)
      states.push(next)
    }
    for (const one of tried) {
      if (one.outcome.ok || !TOLD_BY_ORDER.has(one.outcome.says)) continue
      refusals += 1
      const first = placed.filter((other) => other.ended < one.began).length
      const last = placed.filter((other) => other.began < one.ended).length
      const { says } = one.outcome
      const right = states.slice(first, last + 1).some((state) => !mayGo(world, state, one) && holds(says, state, one))
      if (!right)
        said.push(`${one.act} of ${one.by} on ${request.id} was refused (${one.outcome.says}) without a reason`)
    }
  }
  return { said, refusals }
}

const begun = (by: string): Told => ({
  ...{ by, state: "draft", hash: "", stages: [], decided: [], seats: new Map() },
})

/** The acts that went through, each with its place in the log, in that order. */
async function placesOf(db: Db, requestId: string, tried: readonly Tried[]): Promise<Placed[]> {
  const leaves = await rows<{ place: number; act: string; by: string; key: string }>(
    db,
    sql`select l.index::int as place, l.act, l.actor_id as by,
      coalesce((select d.hash || d.stage || d.entity_id from decisions d where d.log_index = l.index),
        (select r.hash from revisions r where r.log_index = l.index), '') as key
      from log_leaves l where l.request_id = ${requestId} and l.act in ('request.submit', 'request.decide', 'request.withdraw', 'request.reopen')
      order by l.index`,
  )
  const through = tried.filter((one) => one.outcome.ok)
  if (leaves.length !== through.length)
    throw new Error(`${requestId}: ${through.length} acts went through and the log has ${leaves.length}`)
  const left = [...through]
  return leaves.map(({ place, act, by, key }) => {
    const at = left.findIndex((one) => `request.${one.act}` === act && one.by === by && keyOf(one) === key)
    if (at < 0) throw new Error(`${act} by ${by} at ${place} was never tried`)
    return { ...(left.splice(at, 1)[0] as Tried), place }
  })
}

function keyOf(one: Tried): string {
  if (one.act === "submit" && one.outcome.ok) return (one.outcome.value as { hash: string }).hash
  return one.act === "decide" ? `${one.input.hash}${one.input.stage}${one.input.entityId}` : ""
}

function outOfTime(requestId: string, placed: readonly Placed[]): string[] {
  return placed.flatMap((one, at) =>
    placed
      .slice(at + 1)
      .filter((later) => later.ended < one.began)
      .map((later) => `${later.act} of ${requestId} was over before ${one.act} began, and stands behind it in the log`),
  )
}

/** Whether the act could go through where the request is in this state, as far as order alone decides. */
function mayGo(world: World, on: Told, one: Tried): boolean {
  if (one.act === "submit") return one.by === on.by && (on.state === "draft" || on.state === "changes-requested")
  if (one.act === "reopen") return one.by === on.by && on.state === "in-review"
  if (one.act === "withdraw") return one.by === on.by && ["draft", "in-review", "changes-requested"].includes(on.state)
  return mayDecide(world, on, one.by, one.input as Asked)
}

/** What a refusal of a decision says of the request and of who asked, where it says more than that it may not be. */
const SAID_OF: Record<string, (on: Told, by: string, asked: Asked) => boolean> = {
  "not-allowed.author": (on, by) => by === on.by,
  "not-allowed.absent-author": (on, _by, { forPerson }) => forPerson === on.by,
  "not-allowed.second-seat": (on, by, asked) => sitsElsewhere(on, by, asked),
  "not-allowed.absent-seat": (on, _by, asked) => asked.forPerson !== null && sitsElsewhere(on, asked.forPerson, asked),
  "not-allowed.not-named": (on, by, asked) => asked.forPerson === null && isLeftOut(on, by, asked),
  "not-allowed.absent-not-named": (on, _by, asked) => asked.forPerson !== null && isLeftOut(on, asked.forPerson, asked),
  "not-allowed.no-delegation": (_on, _by, { forPerson }) => forPerson !== null,
  "not-allowed.no-such-stage": (on, _by, asked) => !on.stages.some((other) => seatAt(other) === seatAt(asked)),
  // Whoever decided edits nothing: of a decision it is never said.
  "not-allowed.seated": () => false,
}

const sitsElsewhere = (on: Told, id: string, asked: Asked): boolean =>
  (on.seats.get(id) ?? seatAt(asked)) !== seatAt(asked)

/** Whether the stage names persons, and this one is none of them. */
const isLeftOut = (on: Told, id: string, asked: Asked): boolean => {
  const persons = on.stages.find((other) => seatAt(other) === seatAt(asked))?.persons
  return !!persons && !persons.includes(id)
}

/** Whether what a refusal says is so: a decision that is refused for another reason than the true one is wrong as well. */
function holds(says: string, on: Told, one: Tried): boolean {
  return one.act !== "decide" || (SAID_OF[says]?.(on, one.by, one.input as Asked) ?? true)
}

type Asked = { hash: string; stage: string; entityId: string; forPerson: string | null }

function mayDecide(world: World, on: Told, by: string, asked: Asked): boolean {
  const stage = on.stages.find((other) => seatAt(other) === seatAt(asked))
  if (on.state !== "in-review" || on.hash !== asked.hash || !stage) return false
  if (on.decided.some((made) => made.at === seatAt(asked))) return false
  // Whoever decides, and on whose behalf: neither asked for it or sits elsewhere in it; where some are named the absent one is.
  const both = asked.forPerson === null ? [by] : [by, asked.forPerson]
  const free = both.every((id) => id !== on.by && !sitsElsewhere(on, id, asked))
  return free && !isLeftOut(on, asked.forPerson ?? by, asked) && !waits(on, stage) && entitled(world, by, asked)
}

/** Whether something comes first: an earlier turn of the company, or for a second lawyer the first of any. */
function waits(on: Told, stage: Stage): boolean {
  if (stage.seat === "advises") return false
  return on.stages.some(
    (other) =>
      !on.decided.some((made) => made.at === seatAt(other)) &&
      ((other.entityId === stage.entityId && other.wave < stage.wave) ||
        (stage.stage === "second-legal" && other.stage === "legal")),
  )
}

/** By a role of one's own, or by one that was lent, where whoever lent it holds it. */
export function entitled(world: World, by: string, asked: Omit<Asked, "hash">): boolean {
  const role = ROLE[asked.stage]
  const holds = (id: string): boolean =>
    world.people
      .find((other) => other.id === id)
      ?.held.some((held) => held.role === role && (held.entityId === null || held.entityId === asked.entityId)) === true
  if (asked.forPerson === null) return holds(by)
  const lent = world.lent.some(
    (line) =>
      line.delegate === by &&
      line.absent === asked.forPerson &&
      line.role === role &&
      (line.entityId === null || line.entityId === asked.entityId),
  )
  return lent && holds(asked.forPerson)
}

/** What the request is after the act went through. */
function after(on: Told, one: Placed): Told {
  if (one.act === "withdraw") return { ...on, state: "withdrawn" }
  if (one.act === "reopen") return { ...on, state: "changes-requested" }
  if (one.act === "submit") {
    // What was submitted before can come again unchanged: the same hash, and other decisions kept.
    const { hash, stages, carried } = (one.outcome.ok ? one.outcome.value : {}) as Submitted
    const kept = carried.flatMap((fate) => (fate.fate === "kept" ? [seatAt(fate)] : []))
    return { ...on, state: "in-review", hash, stages, decided: on.decided.filter((made) => kept.includes(made.at)) }
  }
  const { stage, entityId, verdict, reason, forPerson } = one.input as Record<string, string>
  const made = { at: `${stage} ${entityId}`, stage: String(stage), verdict: String(verdict), reason: reason !== "" }
  const decided = [...on.decided, made]
  const seats = new Map(on.seats).set(one.by, made.at)
  if (forPerson) seats.set(forPerson, made.at)
  const whole = decided.length === on.stages.length
  const unanswered =
    whole &&
    verdict === "advise-against" &&
    !on.decided.some((other) => other.verdict.startsWith("approve") && other.reason)
  const state =
    verdict === "refuse"
      ? "refused"
      : verdict === "ask-changes" || unanswered
        ? "changes-requested"
        : whole
          ? "approved"
          : "in-review"
  return { ...on, decided, seats, state }
}
