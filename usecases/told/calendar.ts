import { createHash } from "node:crypto"
import { z } from "zod"
import { calendarSince, closeCalendar, foundBy, openCalendar, personOfCalendar } from "@/db/statements/calendar"
import { paperDays } from "@/db/statements/renewals"
import { deskPage, type DeskName } from "@/db/statements/desk-lists"
import { openBetween } from "@/db/statements/announcements"
import { conditionsOwned } from "@/db/statements/conditions"
import { myGaps, waitsForMe } from "@/db/statements/inbox"
import { logHead } from "@/db/statements/log"
import { ofEntities } from "@/db/statements/sides"
import { heldRoles } from "@/db/statements/people"
import type { Tx } from "@/db/connect"
import { day, dayIn, type Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { calendarDays, calendarOf, CALENDAR_KINDS, type CalendarEntry } from "@/domain/told/calendar"
import { titleOf } from "@/domain/records/project"
import { act, done } from "@/usecases/act"
import { announcementScope } from "@/usecases/announcements/known-announcement"
import { deskQuery, type DeskRow } from "@/usecases/desk/desk-page"
import { look } from "@/usecases/look"
import { standInsOf } from "@/usecases/people/stand-ins"
import { hashSecret, makeSecret } from "@/usecases/people/secrets"
import { loadRecords } from "@/usecases/register/records"
import { requestScope } from "@/usecases/requests/list-requests"
import { readable } from "@/usecases/register/read-record"
import type { Actor, Scene } from "@/usecases/scene"
import { inCompanies, inEntities, unrestricted, type Scope } from "@/usecases/scope"
import { sql } from "drizzle-orm"
import { readerOf, withDue } from "./inbox"

const NOTHING = z.strictObject({}) as unknown as z.ZodType<Record<string, never>>

/** Makes the private address of one's calendar, shown once; the one before opens nothing from then on. */
export const makeCalendarLink = act<Record<string, never>, object, { secret: string }>({
  name: "calendar.make",
  input: NOTHING,
  load: async () => ({}),
  may: (actor, _loaded, _input) =>
    actor.kind === "person" ? good({}) : refuse("not-allowed", "not-allowed.needs-person"),
  run: async (_tx, { actor }) => {
    const { secret, hash } = makeSecret("owc_")
    return done({
      value: { secret },
      events: [{ act: "calendar.make", objects: [{ type: "person", id: actor.id }] }],
      write: async (tx, place) => {
        await closeCalendar(tx, actor.id, place.at)
        await openCalendar(tx, { hash, personId: actor.id, at: place.at })
      },
    })
  },
})

/** Closes the private address of one's calendar, at once. */
export const closeCalendarLink = act<Record<string, never>, object, object>({
  name: "calendar.revoke",
  input: NOTHING,
  load: async (tx, _input, scene) => ((await calendarSince(tx, scene.actor?.id ?? "")) === null ? null : {}),
  may: () => good({}),
  run: async (_tx, { actor }) =>
    done({
      value: {},
      events: [{ act: "calendar.revoke", objects: [{ type: "person", id: actor.id }] }],
      write: (tx, place) => closeCalendar(tx, actor.id, place.at),
    }),
})

/** Since when one's calendar has an address that opens; null: it has none. */
export const readCalendarLink = look<Record<string, never>, { since: Instant | null }>({
  name: "calendar.read",
  input: NOTHING,
  run: async (tx, { actor }) => good({ since: await calendarSince(tx, actor.id) }),
})

/** Whose calendar this address opens, with their roles as they are now; null when it opens none. */
export async function actorOfCalendar(db: Scene["db"], secret: string, now: Instant): Promise<Actor | null> {
  if (!/^owc_[A-Za-z0-9_-]{20,100}$/.test(secret)) return null
  const person = await personOfCalendar(db, hashSecret(secret))
  if (!person) return null
  const held = await heldRoles(db, person.id, now)
  return { kind: "person", id: person.id as Id<"person">, name: person.name, held, via: "token", session: null }
}

type Days = { from: Day; until: Day }

const MOST = 1000
const OF_EACH = 300

/**
 * What is due for this person, by days: what waits for their decision, conditions that they answer for, what they took, reviews and answers asked of them by name, what they recorded as
 * found running; for whoever keeps papers also when agreements end and until when notice can be given. Everything
 * through their scope of this moment.
 */
export const readCalendar = look<Record<string, never>, { entries: CalendarEntry[]; left: number; origin: string }>({
  name: "calendar.read",
  input: NOTHING,
  run: async (tx, { actor, scope, scene }) => {
    const days = calendarDays(dayIn("UTC", scene.now))
    const readableRows = sql`${unrestricted(scope, sql`r.restricted_to`)} and ${inEntities(scope, sql`r.entity_id`)}`
    const found = await foundBy(tx, { personId: actor.id, ...days, readable: readableRows, most: OF_EACH })
    const entries = [
      ...(await stagesOf(tx, actor, scope, scene.now)),
      ...(await conditionsOf(tx, actor, scope, days)),
      ...(await objectionsOf(tx, actor, scope, days)),
      ...(await gapsOf(tx, actor, scope)),
      ...(await deskOf(tx, "reviews", actor, scope, scene.now)),
      ...(await deskOf(tx, "answers", actor, scope, scene.now)),
      ...found.map((one) => ({
        ...entry("found", "sharing", one.id, one.title, one.dueOn, one.id),
        ...(one.underDemand ? { kind: "demanded" as const } : {}),
      })),
      ...(await papersOf(tx, actor, scope, days)),
    ]
    const { origin } = await logHead(tx)
    return good({ ...calendarOf(entries, days, MOST), origin })
  },
})

function entry(
  kind: CalendarEntry["kind"],
  recordKind: CalendarEntry["recordKind"],
  recordId: string,
  title: string,
  on: Day,
  what: string,
): CalendarEntry {
  return { key: `${kind}-${what}`, kind, on, recordKind, recordId, title }
}

/** Requests that wait for this person's decision, on the day by which their stage is due. */
async function stagesOf(tx: Tx, actor: Actor, scope: Scope, now: Instant): Promise<CalendarEntry[]> {
  const reader = readerOf(actor, scope, await standInsOf(tx, actor, now))
  const waits = await waitsForMe(tx, reader, { after: null, size: OF_EACH })
  return (await withDue(tx, waits, now, reader.seats)).flatMap(({ id, title, dueOn }) =>
    dueOn === null ? [] : [ofRequest("decide", id, title, dueOn, id)],
  )
}

async function conditionsOf(tx: Tx, actor: Actor, scope: Scope, days: Days): Promise<CalendarEntry[]> {
  const known = requestScope(scope)
  const found = await conditionsOwned(tx, { personId: actor.id, ...days, known, most: OF_EACH })
  return found.map((one) => ofRequest("condition", one.requestId, one.title, one.dueOn, one.id))
}

/** Last days to object to what parties announced, for those who are told of it: procurement and the DPO. */
async function objectionsOf(tx: Tx, actor: Actor, scope: Scope, days: Days): Promise<CalendarEntry[]> {
  const entities = companiesOf(actor, ["procurement", "dpo"])
  if (entities?.length === 0) return []
  const found = await openBetween(tx, { ...days, entities, scope: announcementScope(scope), most: OF_EACH })
  return found.map((one) => entry("objection", "party", one.partyId, one.title, one.objectUntil, one.id))
}

/** The companies in which this person holds one of the roles; null: in every one. */
function companiesOf(actor: Actor, roles: readonly string[]): string[] | null {
  const held = actor.held.filter((one) => roles.includes(one.role))
  return held.some((one) => one.entityId === null) ? null : held.flatMap((one) => one.entityId ?? [])
}

function ofRequest(
  kind: CalendarEntry["kind"],
  requestId: string,
  title: string,
  on: Day,
  what: string,
): CalendarEntry {
  return { key: `${kind}-${what}`, kind, on, recordKind: null, recordId: null, requestId, title }
}

async function gapsOf(tx: Tx, actor: Actor, scope: Scope): Promise<CalendarEntry[]> {
  const gaps = await myGaps(tx, readerOf(actor, scope, []), { after: null, size: OF_EACH })
  const records = await loadRecords(tx, [...new Set(gaps.map((gap) => gap.recordId))], null)
  const known = new Map(records.filter((one) => readable(one, scope)).map((one) => [one.id as string, one]))
  return gaps.flatMap((gap) => {
    const record = known.get(gap.recordId)
    if (!record) return []
    return [entry("gap", record.kind, gap.recordId, titleOf(record.kind, record.body as never), gap.dueOn, gap.id)]
  })
}

/** What the desk holds for this person by name and with a day. */
async function deskOf(tx: Tx, list: DeskName, actor: Actor, scope: Scope, now: Instant): Promise<CalendarEntry[]> {
  const who = createHash("md5").update(actor.name, "utf8").digest("hex").slice(0, 12)
  const filters = { [list === "answers" ? "asked" : "owner"]: [who] }
  const query = await deskQuery(tx, { filters, excluded: {}, after: "", size: 200, asOf: null }, { scope, now })
  const lines = await deskPage<DeskRow>(tx, list, query)
  return lines.flatMap((line) => {
    if (line.dueOn === null) return []
    const what = createHash("sha256").update(`${line.recordId} ${line.path}`).digest("hex").slice(0, 24)
    return [
      entry(
        list === "answers" ? "answer" : "review",
        line.recordKind,
        line.recordId,
        line.title,
        day(line.dueOn),
        what,
      ),
    ]
  })
}

/** Days of agreements: of the companies where this person keeps papers, and whatever they are named for. */
async function papersOf(tx: Tx, actor: Actor, scope: Scope, days: { from: Day; until: Day }): Promise<CalendarEntry[]> {
  const own = companiesOf(actor, ["procurement", "legal"])
  const named = sql`coalesce(d.value, r.owner) = ${actor.name}`
  const mine = own === null ? sql`true` : sql`(${ofEntities("r", own, null)} or ${named})`
  const readableRows = sql`${mine} and ${unrestricted(scope, sql`r.restricted_to`)} and ${inCompanies(scope, "r", null)}`
  const found = await paperDays(tx, { ...days, after: null, most: OF_EACH, readable: readableRows })
  return found.flatMap((one) => {
    const kind = CALENDAR_KINDS.find((known) => known === one.kind)
    return kind ? [entry(kind, "agreement", one.recordId, one.title, one.dueOn, keyOf(one))] : []
  })
}

/** An agreement has one end, and one day to give notice, whatever day that is; obligations are many. */
const keyOf = (one: { kind: string; recordId: string; id: string }): string =>
  one.kind === "obligation" ? createHash("sha256").update(one.id).digest("hex").slice(0, 24) : one.recordId
