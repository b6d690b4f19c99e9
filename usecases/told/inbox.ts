import { createHash } from "node:crypto"
import { sql } from "drizzle-orm"
import { z } from "zod"
import { deskTotals } from "@/db/statements/desk-lists"
import {
  myGaps,
  myRequests,
  waitingCounts,
  waitsForMe,
  type InboxDue,
  type InboxGap,
  type InboxPage,
  type InboxReader,
  type InboxRequest,
  type Todays,
} from "@/db/statements/inbox"
import { listEntityIds } from "@/db/statements/entities"
import { textArray } from "@/db/statements/log"
import { seeTellings, tellingsPage, unseenCount, type ToldRow, type ToldScope } from "@/db/statements/tellings"
import type { Tx } from "@/db/connect"
import { dayIn, type Day } from "@/domain/core/day"
import { parseInstant, type Instant } from "@/domain/core/instant"
import { good } from "@/domain/core/outcome"
import type { StandIn } from "@/domain/people/stand-in"
import { readCursor } from "@/domain/told/cursor"
import { ROLE_OF } from "@/domain/requests/four-eyes"
import { deskQuery } from "@/usecases/desk/desk-page"
import { standInsOf } from "@/usecases/people/stand-ins"
import { jot } from "@/usecases/jot"
import { look } from "@/usecases/look"
import { loadEntities, loadRecords } from "@/usecases/register/records"
import { readable } from "@/usecases/register/read-record"
import { requestScope } from "@/usecases/requests/list-requests"
import { nearestDue } from "@/usecases/requests/stage-state"
import type { Actor } from "@/usecases/scene"
import { withWhom, type WithWhom } from "./with-whom"
import { inCompanies, unrestricted, type Scope } from "@/usecases/scope"
import { titleOf } from "@/domain/records/project"
import type { RecordKind } from "@/domain/records/kinds"

export const INBOX_PARTS = ["decide", "mend", "drafts", "gaps", "waiting", "told"] as const
export type InboxPart = (typeof INBOX_PARTS)[number]

export type GapLine = InboxGap & { recordKind: RecordKind; title: string; today: Day }

export type Inbox = {
  decide: (InboxRequest & InboxDue)[]
  mend: InboxRequest[]
  drafts: InboxRequest[]
  gaps: GapLine[]
  waiting: (InboxRequest & InboxDue & { withWhom: WithWhom[] })[]
  told: ToldRow[]
  /** What follows in each part, as the address has it; null: that is all. */
  next: Record<InboxPart, string | null>
  /** Each up to a hundred; `overdue`: of the gaps. */
  counts: { decide: number; mend: number; gaps: number; overdue: number; unseen: number }
  /** Answers asked of the reader and reviews of theirs that are overdue or due in thirty days (of agreements in ninety), by their desk's own filter. */
  due: { answers: number; reviews: number; renewals: number; overdue: number; who: string; nobodys: boolean }
}

type Input = { part: InboxPart | null; after: string }

const input = z.strictObject({
  part: z.enum(INBOX_PARTS).nullable().default(null),
  after: z.string().max(200).default(""),
})

const FEW = 10
const MANY = 50

/** What waits for the reader, what they wait for, and what they are told. One part alone goes on page by page. */
export const readInbox = look<Input, Inbox>({
  name: "inbox.read",
  input: input as unknown as z.ZodType<Input>,
  run: async (tx, { input: asked, scope, actor, scene }) => {
    const reader = readerOf(actor, scope, await standInsOf(tx, actor, scene.now))
    const only = asked.part
    const page = { after: readCursor(asked.after), size: only ? MANY : FEW }
    const wanted = (part: InboxPart): boolean => only === null || only === part
    const decide = wanted("decide") ? await waitsForMe(tx, reader, page) : []
    const mend = wanted("mend") ? await myRequests(tx, reader, "changes-requested", page) : []
    const drafts = wanted("drafts") ? await myRequests(tx, reader, "draft", page) : []
    const gaps = wanted("gaps") ? await myGaps(tx, reader, page) : []
    const waiting = wanted("waiting") ? await myRequests(tx, reader, "in-review", page) : []
    const told = wanted("told") ? await tellingsPage(tx, reader.personId, toldScope(scope), page) : []
    return good({
      decide: await withDue(tx, decide.slice(0, page.size), scene.now, reader.seats),
      mend: mend.slice(0, page.size),
      drafts: drafts.slice(0, page.size),
      gaps: await gapLines(tx, gaps.slice(0, page.size), scope, scene.now),
      waiting: await withWhom(tx, await withDue(tx, waiting.slice(0, page.size), scene.now, null), scene.now),
      told: told.slice(0, page.size),
      next: {
        decide: nextOf(decide, page, (one) => `${one.movedAt}~${one.id}`),
        mend: nextOf(mend, page, (one) => `${one.movedAt}~${one.id}`),
        drafts: nextOf(drafts, page, (one) => `${one.movedAt}~${one.id}`),
        gaps: nextOf(gaps, page, (one) => `${one.dueOn}~${one.id}`),
        waiting: nextOf(waiting, page, (one) => `${one.movedAt}~${one.id}`),
        told: nextOf(told, page, (one) => `${one.at}~${one.key}`),
      },
      counts: {
        ...(await waitingCounts(tx, reader, await todays(tx, scene.now))),
        unseen: await unseenCount(tx, reader.personId, toldScope(scope)),
      },
      due: await dueAtDesk(tx, actor, scope, scene.now),
    })
  },
})

export type InboxCount = { waits: number; unseen: number }

/** How much waits for the reader and what they have not seen, for every page: each up to a hundred. */
export const countInbox = look<Record<string, never>, InboxCount>({
  name: "inbox.read",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx, { scope, actor, scene }) => {
    const reader = readerOf(actor, scope, await standInsOf(tx, actor, scene.now))
    // Every page asks this; what is overdue it does not say, so no company's day is looked up.
    const today = { of: [], elsewhere: dayIn("UTC", scene.now) }
    const { decide, mend, gaps } = await waitingCounts(tx, reader, today)
    return good({ waits: decide + mend + gaps, unseen: await unseenCount(tx, reader.personId, toldScope(scope)) })
  },
})

/** Notes that the reader has seen what they are told, up to the line that stood on top. */
export const seeInbox = jot<{ upTo: Instant }, object>({
  name: "inbox.see",
  input: z.strictObject({
    upTo: z.string().refine((text) => parseInstant(text) !== null, "invalid.instant"),
  }) as unknown as z.ZodType<{ upTo: Instant }>,
  run: async (tx, { input: { upTo }, actor, scene }) => {
    await seeTellings(tx, actor.id, scene.now, upTo)
    return good({})
  },
})

/** The requests with the day by which the nearest of their open stages is due; `seats`: of those that are the reader's. */
export async function withDue(
  tx: Tx,
  list: readonly InboxRequest[],
  now: Instant,
  seats: InboxReader["seats"] | null,
): Promise<(InboxRequest & InboxDue)[]> {
  const ids = list.map((one) => one.id)
  const due = await nearestDue(tx, ids, now, seats)
  return list.map((one) => ({ ...one, ...(due.get(one.id) ?? { dueOn: null, mark: null }) }))
}

/** The conditions under which this reader may know of what they are told. */
export function toldScope(scope: Scope): ToldScope {
  const record = sql`${unrestricted(scope, sql`x.restricted_to`)} and (x.is_party or x.entity_id is null or ${inCompanies(scope, "x", null)})`
  const letter = scope.entities === null ? sql`true` : sql`i.entity_ids <@ ${textArray(scope.entities)}::text[]`
  return { request: requestScope(scope), record, letter }
}

/** Where this reader may sit, in their own right or on behalf of others, and what they may know of. */
export function readerOf(actor: Pick<Actor, "id" | "held">, scope: Scope, standIns: readonly StandIn[]): InboxReader {
  const seats = Object.entries(ROLE_OF).flatMap(([stage, role]) => [
    ...actor.held
      .filter((held) => held.role === role)
      .map((held) => ({ stage, entityId: held.entityId as string | null })),
    ...standIns
      .filter((one) => one.role === role)
      .map(({ entityId, forPerson }) => ({ stage, entityId: entityId as string | null, forPerson })),
  ])
  return { personId: actor.id, seats, requests: requestScope(scope), records: toldScope(scope).record }
}

/** What day it is in each company. */
async function todays(tx: Tx, now: Instant): Promise<Todays> {
  const entities = await loadEntities(tx, await listEntityIds(tx), null)
  return {
    of: [...entities].map(([entityId, { zone }]) => ({ entityId, day: dayIn(zone, now) })),
    elsewhere: dayIn("UTC", now),
  }
}

function nextOf<T>(found: readonly T[], page: InboxPage, key: (one: T) => string): string | null {
  const last = found[page.size - 1]
  return found.length > page.size && last !== undefined ? key(last) : null
}

/** Gaps with the titles of their records; what the reader may not know of (any more) is left out. */
async function gapLines(tx: Tx, gaps: readonly InboxGap[], scope: Scope, now: Instant): Promise<GapLine[]> {
  const records = new Map(
    (await loadRecords(tx, [...new Set(gaps.map((gap) => gap.recordId))], null)).map((one) => [one.id as string, one]),
  )
  const entityOf = (id: string): string | null => {
    const body = records.get(id)?.body
    return body && "entityId" in body ? (body.entityId as string | null) : null
  }
  const entities = await loadEntities(tx, [...new Set(gaps.flatMap((gap) => entityOf(gap.recordId) ?? []))], null)
  return gaps.flatMap((gap) => {
    const record = records.get(gap.recordId)
    if (!record || !readable(record, scope)) return []
    const zone = entities.get(entityOf(gap.recordId) as never)?.zone ?? "UTC"
    return [
      { ...gap, recordKind: record.kind, title: titleOf(record.kind, record.body as never), today: dayIn(zone, now) },
    ]
  })
}

const SOON = { when: ["overdue", "next-30"] }

/** What the desk's own lists hold for this reader by name, overdue or due soon. */
async function dueAtDesk(tx: Tx, actor: Actor, scope: Scope, now: Instant): Promise<Inbox["due"]> {
  const who = createHash("md5").update(actor.name, "utf8").digest("hex").slice(0, 12)
  const base = { excluded: {}, after: "", size: 25 as const, asOf: null }
  const on = { scope, now }
  const answers = await deskTotals(
    tx,
    "answers",
    await deskQuery(tx, { ...base, filters: { ...SOON, asked: [who] } }, on),
  )
  const reviews = await deskTotals(
    tx,
    "reviews",
    await deskQuery(tx, { ...base, filters: { ...SOON, owner: [who] } }, on),
  )
  // What nobody is named for is procurement's.
  const nobodys = actor.held.some((one) => one.role === "procurement")
  const owner = nobodys ? [who, "nobody"] : [who]
  const renewals = await deskTotals(
    tx,
    "renewals",
    await deskQuery(tx, { ...base, filters: { when: [...SOON.when, "next-90"], owner } }, on),
  )
  return {
    ...{ answers: answers.n, reviews: reviews.n, renewals: renewals.n, who, nobodys },
    overdue: answers.overdue + reviews.overdue + renewals.overdue,
  }
}
