import { z } from "zod"
import { insertComment } from "@/db/statements/comments"
import { authorsOf, type RequestRow } from "@/db/statements/requests"
import { insertThreadTurn, lastTurn, speakersOf, threadHead, type ThreadHead } from "@/db/statements/threads"
import { insertDisclosures } from "@/db/statements/versions"
import type { Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { isDecider } from "@/domain/people/permissions"
import { FIELDS } from "@/domain/records/fields"
import { idOf, text } from "@/domain/records/parts"
import { mentionsIn, placeOf } from "@/domain/requests/mentions"
import { act, done } from "@/usecases/act"
import { commitText } from "@/usecases/commit"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { tellCommented } from "@/usecases/told/tell"
import { lockKnown } from "./known-request"
import { proposedAt, talkersOf, whoReads } from "./readers"
import type { Proposal } from "./revision"
import { scopeWithin, seenOf } from "./seen"

type Said = { requestId: string; words: string; path: string | null; thread: string | null; legalAdvice: boolean }
type Loaded = { request: RequestRow; head: ThreadHead | null; proposal: Proposal | null; place: Outcome<unknown> }

/** A requester speaks in requests of their own only (security handbook, Who may). */
function maySpeak(actor: Actor, request: RequestRow): Outcome<unknown> {
  if (request.revision === 0) return refuse("conflict", "conflict.not-submitted")
  return isDecider(actor) || request.createdBy === actor.id ? good({}) : refuse("not-allowed", "not-allowed.not-own")
}

const lawyer = (actor: Actor): boolean => actor.held.some((held) => held.role === "legal" || held.role === "dpo")

/**
 * Says something about a request, a record of it or a field, or answers what somebody said. Legal advice is read by legal
 * and DPO only, and enters no package. Whom the words name by `@` is told, if they may read it.
 */
export const commentRequest = act<Said, Loaded, { id: string; mentions: string[] }>({
  name: "request.comment",
  input: z.strictObject({
    requestId: idOf("request"),
    words: text(8000).refine((words) => words.trim().length > 0, "invalid.required"),
    path: text(300).nullable().default(null),
    thread: idOf("comment").nullable().default(null),
    legalAdvice: z.boolean().default(false),
  }) as unknown as z.ZodType<Said>,
  load: (tx, input, scene) => load(tx, input, scene),
  may: (actor, { request, head, place }, input) => {
    const may = maySpeak(actor, request)
    if (!may.ok) return may
    if (input.legalAdvice && !lawyer(actor)) return refuse("not-allowed", "not-allowed.legal-advice")
    if (input.thread !== null && head === null) return refuse("not-found", "not-found")
    return place
  },
  run: async (tx, { input, loaded: { request, head, proposal }, actor, scene }) => {
    const legalAdvice = input.legalAdvice || (head?.legalAdvice ?? false)
    const path = head ? head.path : input.path
    const said = commitText(input.words.trim(), request.id)
    const id = newId(scene, "comment")
    const readers = whoReads(await talkersOf(tx, request, scene.now), request, { proposal, legalAdvice })
    const mentions = mentionsIn(input.words, readers).filter((one) => one !== actor.id)
    return done({
      value: { id, mentions },
      events: [
        {
          act: "request.comment",
          request: request.id,
          objects: [{ type: "request", id: request.id, version: request.revision }],
          after: {
            comment: id,
            words: { $c: said.commitment },
            author: (await authorsOf(tx, request.id)).includes(actor.id),
            legalAdvice,
            ...(path ? { path } : {}),
            ...(head ? { thread: head.id } : {}),
            ...(mentions.length ? { mentions } : {}),
          },
        },
      ],
      tell: await tellCommented(tx, request, {
        mentioned: mentions,
        speakers: head ? await speakersOf(tx, head.id) : [],
        readers: readers.map((one) => one.id),
      }),
      write: async (writing, place) => {
        await insertDisclosures(writing, [said])
        const words = said.commitment
        const what = {
          id,
          personId: actor.id,
          at: place.at,
          words,
          path,
          threadId: head?.id ?? null,
          mentions,
          legalAdvice,
        }
        await insertComment(writing, request.id, { ...what, logIndex: place.indexOf(0) })
      },
    })
  },
})

async function load(tx: Tx, input: Said, scene: Scene): Promise<Loaded | null> {
  const { actor } = scene
  const request = actor ? await lockKnown(tx, input.requestId, actor) : null
  if (!actor || !request) return null
  const head = input.thread === null ? null : await threadSeen(tx, request, input.thread, actor)
  const at = head?.at ?? scene.now
  const path = head ? head.path : input.path
  if (path === null) return { request, head, proposal: null, place: good({}) }
  const on = placeOf(path)
  const proposal = on ? await proposalSeen(tx, request, { recordId: on.recordId, at }, actor) : null
  const field = on?.field ?? null
  const known = proposal && (field === null || FIELDS[proposal.kind].fields.some((one) => one.name === field))
  const place = known
    ? good({})
    : refuse("invalid", "invalid.form", { fields: [{ path: "path", says: "invalid.comment-place" }] })
  return { request, head, proposal, place }
}

/** The record that the request proposes, as it stood when the talk on it began, if this person sees that. */
async function proposalSeen(
  tx: Tx,
  request: RequestRow,
  on: { recordId: string; at: Instant },
  actor: Actor,
): Promise<Proposal | null> {
  const proposal = (await proposedAt(tx, request.id, [on.recordId]))(on.recordId, on.at)
  if (!proposal) return null
  const [seen] = await seenOf(tx, [proposal], scopeWithin(scopeOf(actor), request))
  return seen ?? null
}

/** The thread, if this person reads it. */
async function threadSeen(tx: Tx, request: RequestRow, id: string, actor: Actor): Promise<ThreadHead | null> {
  const head = await threadHead(tx, id)
  if (!head || head.requestId !== request.id || (head.legalAdvice && !scopeOf(actor).legalAdvice)) return null
  const on = head.path === null ? null : placeOf(head.path)
  if (on && !(await proposalSeen(tx, request, { recordId: on.recordId, at: head.at }, actor))) return null
  return head
}

type Turning = { requestId: string; thread: string; turn: "resolved" | "reopened" }

/** Settles a thread, or takes it up again: the event says who and when. What was said stays. */
export const turnThread = act<
  Turning,
  { request: RequestRow; head: ThreadHead; last: "resolved" | "reopened" | null },
  { turn: string }
>({
  name: "request.comment",
  input: z.strictObject({
    requestId: idOf("request"),
    thread: idOf("comment"),
    turn: z.enum(["resolved", "reopened"]),
  }) as unknown as z.ZodType<Turning>,
  load: async (tx, input, scene) => {
    const { actor } = scene
    const request = actor ? await lockKnown(tx, input.requestId, actor) : null
    const head = actor && request ? await threadSeen(tx, request, input.thread, actor) : null
    return request && head ? { request, head, last: await lastTurn(tx, head.id) } : null
  },
  may: (actor, { request, last }, input) => {
    const is = last === "resolved" ? "resolved" : "reopened"
    if (is === input.turn) return refuse("conflict", "conflict.thread")
    return maySpeak(actor, request)
  },
  run: async (_tx, { input, loaded: { request, head }, actor }) =>
    done({
      value: { turn: input.turn },
      events: [
        {
          act: input.turn === "resolved" ? "request.thread-settled" : "request.thread-reopened",
          request: request.id,
          objects: [{ type: "request", id: request.id, version: request.revision }],
          after: { thread: head.id, turn: input.turn },
        },
      ],
      write: (tx, place) =>
        insertThreadTurn(tx, {
          commentId: head.id,
          turn: input.turn,
          personId: actor.id,
          at: place.at,
          logIndex: place.indexOf(0),
        }),
    }),
})
