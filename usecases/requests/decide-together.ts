import { z } from "zod"
import {
  alikeAmong,
  bulkResults,
  claimBulk,
  endLine,
  insertBulk,
  isTaken,
  leaveBulk,
  nextLine,
  ownBulk,
  togetherCounts,
  togetherPage,
  type BulkLine,
  type BulkResult,
  type BulkRow,
  type TogetherRow,
} from "@/db/statements/bulk"
import { tablesOf } from "@/db/statements/away-tables"
import { heldRoles } from "@/db/statements/people"
import type { Tx } from "@/db/connect"
import { fold } from "@/domain/core/fold"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { good, refuse, type Outcome, type Refusal } from "@/domain/core/outcome"
import { idOf, text } from "@/domain/records/parts"
import { ALIKE, MOST_TOGETHER, type Alike } from "@/domain/requests/alike"
import { maySit } from "@/domain/requests/four-eyes"
import { maySitFor } from "@/domain/requests/on-behalf"
import { standInsOf } from "@/usecases/people/stand-ins"
import { jot } from "@/usecases/jot"
import { look } from "@/usecases/look"
import { isAway } from "@/usecases/running/ready"
import { clockNow, isStale, newId, type Actor, type Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { readerOf } from "@/usecases/told/inbox"
import { decideRequest, VERDICTS } from "./decide-request"
import { requestScope } from "./list-requests"

const filter = { alike: z.enum(ALIKE).nullable().default(null), q: z.string().max(200).default("") }
type Filter = { alike: Alike | null; q: string }

/** Where the reader would decide a request: one place, in their own right or for whom. */
export type TogetherLine = TogetherRow & {
  place: { stage: string; entityId: string; seat: "decides" | "advises"; forPerson: string | null } | null
}
export type Together = { rows: TogetherLine[]; counts: Record<Alike, number>; total: number }

/** What waits for the reader and can be decided together: papers renewed with the same text, and ends. */
export const listTogether = look<Filter, Together>({
  name: "request.read",
  input: z.strictObject(filter) as unknown as z.ZodType<Filter>,
  run: async (tx, { input, actor, scene }) => {
    const reader = readerOf(actor, scopeOf(actor), await standInsOf(tx, actor, scene.now))
    const found = await togetherPage(tx, reader, { alike: input.alike, fold: fold(input.q) })
    const counts = await togetherCounts(tx, reader, { alike: null, fold: fold(input.q) })
    const total = input.alike === null ? counts.renewal + counts.ending : counts[input.alike]
    return good({ rows: await placed(tx, actor, scene.now, found), counts, total })
  },
})

/** Each with the first open place at which the reader may sit. */
async function placed(tx: Tx, actor: Actor, now: Instant, found: readonly TogetherRow[]): Promise<TogetherLine[]> {
  const tables = new Map(
    (
      await tablesOf(
        tx,
        found.map((one) => one.id),
      )
    ).map((one) => [one.id, one]),
  )
  const standsIn = await standInsOf(tx, actor, now)
  const absent = [...new Set(standsIn.map((one) => one.forPerson))]
  return found.map((row) => {
    const table = tables.get(row.id)
    if (!table) return { ...row, place: null }
    const seatOf = (id: string) => table.seats.find((one) => one.personId === id) ?? null
    const on = { authors: table.authors, stages: table.open, seat: seatOf(actor.id) }
    for (const forPerson of [null, ...absent])
      for (const at of table.open) {
        const may =
          forPerson === null
            ? maySit(actor, on, at)
            : maySitFor(actor, on, at, { personId: forPerson, seat: seatOf(forPerson), standsIn })
        if (may.ok) return { ...row, place: { stage: at.stage, entityId: at.entityId, seat: at.seat, forPerson } }
      }
    return { ...row, place: null }
  })
}

type Chosen = { requestId: string; hash: string; stage: string; entityId: string; forPerson: string | null }
type Asked = {
  verdict: (typeof VERDICTS)[number]
  reason: string
  chosen: Chosen[]
  /** What was chosen by filter, and how many it showed: counted again here. */
  counted: (Filter & { total: number }) | null
}

const putTogether = jot<Asked, { id: string }>({
  name: "request.decide-many",
  input: z.strictObject({
    verdict: z.enum(VERDICTS),
    reason: text(4000).default(""),
    chosen: z
      .array(
        z.strictObject({
          requestId: idOf("request"),
          hash: z.string().regex(/^[0-9a-f]{64}$/, "invalid.hash"),
          stage: z.enum(["procurement", "legal", "dpo", "second-legal"]),
          entityId: idOf("entity"),
          forPerson: idOf("person").nullable().default(null),
        }),
      )
      .min(1, "invalid.together-none")
      .max(MOST_TOGETHER, "invalid.together-many"),
    counted: z
      .strictObject({ ...filter, total: z.int().min(0) })
      .nullable()
      .default(null),
  }) as unknown as z.ZodType<Asked>,
  run: async (tx, { input, actor, scene }) => {
    if (actor.kind !== "person") return refuse("not-allowed", "not-allowed.needs-person")
    if (isStale(scene)) return refuse("not-allowed", "not-allowed.prove")
    const wrong = await wrongIn(tx, input, actor, scene)
    if (!wrong.ok) return wrong
    const known = await alikeAmong(
      tx,
      input.chosen.map((one) => one.requestId),
      requestScope(scopeOf(actor)),
    )
    if (input.chosen.some((one) => !known.has(one.requestId))) return refuse("not-found", "not-found")
    const id = newId(scene, "together")
    const reason = input.reason.trim() === "" ? null : input.reason.trim()
    await insertBulk(
      tx,
      { id, personId: actor.id, verdict: input.verdict, reason, via: actor.via, at: scene.now },
      input.chosen.map((one, position): BulkLine => {
        // Whatever else it does, it is looked at and decided by itself.
        const alike = known.get(one.requestId) !== null
        return { ...one, position, state: alike ? "waiting" : "refused", says: alike ? null : "not-allowed.not-alike" }
      }),
    )
    return good({ id })
  },
})

async function wrongIn(tx: Tx, asked: Asked, actor: Actor, scene: Scene): Promise<Outcome<object>> {
  if (asked.verdict !== "approve" && asked.verdict !== "agree" && asked.reason.trim() === "")
    return refuse("invalid", "invalid.form", { fields: [{ path: "reason", says: "invalid.reason" }] })
  if (new Set(asked.chosen.map((one) => one.requestId)).size < asked.chosen.length)
    return refuse("invalid", "invalid.form", { fields: [{ path: "chosen", says: "invalid.together-twice" }] })
  if (!asked.counted) return good({})
  const { alike, q, total } = asked.counted
  const reader = readerOf(actor, scopeOf(actor), await standInsOf(tx, actor, scene.now))
  const counts = await togetherCounts(tx, reader, { alike, fold: fold(q) })
  const now = counts.renewal + counts.ending
  return now === total ? good({}) : refuse("conflict", "conflict.together-moved", { params: { total, now } })
}

/** So long the caller waits for it; what is left then, the worker goes on with. */
const AT_ONCE_MS = 2_000

/** One decision with one reason on many requests: each is decided by itself, by the act that decides any, on its own content. */
export const decideTogether = Object.assign(
  async (scene: Scene, input: unknown): Promise<Outcome<{ id: string }>> => {
    const put = await putTogether(scene, input)
    if (put.ok) await workOff(scene, put.value.id, Date.now() + AT_ONCE_MS)
    return put
  },
  { actName: putTogether.actName },
)

/** Works off one, or the oldest that waits, until it is done or the time is over. Gives whether there was one. */
export async function workOff(scene: Scene, id: string | null, until: number): Promise<boolean> {
  const bulk = await claimBulk(scene.db, id)
  if (!bulk) return false
  try {
    while (Date.now() < until) {
      const line = await nextLine(scene.db, bulk.id)
      if (!line) break
      const came = await decideLine({ ...scene, now: clockNow() }, bulk, line)
      await endLine(scene.db, { bulkId: bulk.id, position: line.position }, { ...came, at: clockNow() })
    }
  } finally {
    await leaveBulk(scene.db, bulk.id, clockNow())
  }
  return true
}

const TRIES = 3

async function decideLine(
  scene: Scene,
  bulk: BulkRow,
  line: BulkLine,
): Promise<{ state: "taken" | "refused"; says: string | null }> {
  const id = bulk.personId as Id<"person">
  // Whoever lost the role or the account since is refused by the act itself, under the log's lock.
  const held = await heldRoles(scene.db, id, scene.now)
  const actor: Actor = { kind: "person", id, name: "", held, via: bulk.via, session: null }
  const { requestId, hash, stage, entityId, forPerson } = line
  const input = { requestId, hash, stage, entityId, forPerson, verdict: bulk.verdict, reason: bulk.reason ?? "" }
  for (let turn = 1; ; turn += 1) {
    const outcome = await decideRequest({ ...scene, actor }, input).catch(broke)
    if (outcome.ok) return { state: "taken", says: null }
    if (outcome.says === "conflict.busy" && turn < TRIES) continue
    // Taken before we could note it: the process ended in between, and it is ours.
    if (outcome.code === "conflict" && (await isTaken(scene.db, bulk, line))) return { state: "taken", says: null }
    return { state: "refused", says: outcome.fields?.[0]?.says ?? outcome.says }
  }
}

/** What breaks on our side with one request is that line's own: those that follow are decided. A database that is away is waited for. */
function broke(problem: unknown): Refusal {
  if (isAway(problem)) throw problem
  return refuse("conflict", "conflict.line-broke")
}

/** The worker's round: everything that waits to be decided together. */
export async function workOffAll(scene: Scene): Promise<void> {
  while (await workOff(scene, null, Date.now() + 30_000));
}

export type TogetherResult = { bulk: Omit<BulkRow, "reason" | "personId">; lines: BulkResult[] }

/** What came of one's own decision on many, request by request. */
export const readTogether = look<{ id: string }, TogetherResult>({
  name: "request.read",
  input: z.strictObject({ id: idOf("together") }) as unknown as z.ZodType<{ id: string }>,
  run: async (tx, { input, scope, actor }) => {
    const bulk = await ownBulk(tx, input.id, actor.id)
    if (!bulk) return refuse("not-found", "not-found")
    const { id, verdict, via, at, doneAt } = bulk
    return good({ bulk: { id, verdict, via, at, doneAt }, lines: await bulkResults(tx, input.id, requestScope(scope)) })
  },
})
