import { z } from "zod"
import {
  insertAnnouncementAnswer,
  lockAnnouncement,
  openUntil,
  type Announcement,
  type AnnouncementAnswer,
} from "@/db/statements/announcements"
import { insertTellings } from "@/db/statements/tellings"
import type { Tx } from "@/db/connect"
import { LAST_DAYS, objectionReminder, SILENCE_CLAUSE } from "@/domain/announcements/clock"
import { addDays, dayIn, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { idOf } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { loadEntities, loadRecords } from "@/usecases/register/records"
import { newId, OPERATOR, type Actor, type Scene } from "@/usecases/scene"
import { whoHears } from "./known-announcement"

type Loaded = {
  announced: Announcement & { answer: AnnouncementAnswer["answer"] | null }
  today: Day
  told: string[]
}

/** Notes that nobody objected until the last day: by the clause that is acceptance. Only the worker says so. */
export const noteSilence = act<{ id: string }, Loaded, object>({
  name: "announcement.lapse",
  input: z.strictObject({ id: idOf("announcement") }) as unknown as z.ZodType<{ id: string }>,
  load: async (tx, asked, scene) => {
    const announced = await lockAnnouncement(tx, asked.id)
    if (!announced) return null
    return {
      announced,
      today: await todayOf(tx, announced, scene.now),
      told: await toldOf(tx, announced, scene.now),
    }
  },
  may: (actor, { announced, today }) => {
    if (actor.kind !== "operator") return refuse("not-allowed", "not-allowed.needs-person")
    if (announced.answer !== null) return refuse("conflict", "conflict.announcement-answered")
    return today > announced.objectUntil ? good({}) : refuse("conflict", "conflict.announcement-open")
  },
  run: async (_tx, { loaded: { announced, told }, scene }) =>
    done({
      value: {},
      events: [
        {
          act: "announcement.lapse",
          objects: [
            { type: "announcement", id: announced.id },
            { type: "party", id: announced.partyId },
          ],
          after: {
            ...{ answer: "silence", clause: SILENCE_CLAUSE, objectUntil: announced.objectUntil, term: announced.term },
            ...{ days: announced.termDays, agreement: announced.agreementId },
          },
        },
      ],
      tell: [{ kind: "decided", to: told, recordId: announced.partyId, clause: SILENCE_CLAUSE, what: "silence" }],
      write: (tx, place) =>
        insertAnnouncementAnswer(tx, {
          ...{ id: newId(scene, "answer"), announcementId: announced.id, answer: "silence" },
          ...{ reason: null, fileId: null, requestId: null, byPerson: null },
          ...{ at: place.at, logIndex: place.indexOf(0) },
        }),
    }),
})

/** The worker acts as the machine's operator, and the log says that it was a job. */
const WORKER: Actor = { kind: "operator", id: "operator", name: OPERATOR.name, held: [], via: "job", session: null }

const MANY = 500

/**
 * The worker's part: what nobody objected to until its last day is noted as accepted by the clause, and what ends within a
 * week is told once more, and once on its last day. Gives how many fell silent. Two workers at once note it once.
 */
export async function followAnnouncements(scene: Pick<Scene, "db" | "now" | "register" | "files">): Promise<number> {
  // The furthest day that is today anywhere.
  const until = addDays(dayIn("UTC", scene.now), LAST_DAYS + 1)
  const open = await openUntil(scene.db, until, MANY)
  let silent = 0
  for (const one of open) {
    const today = await scene.db.transaction((tx) => todayOf(tx, one, scene.now))
    if (today <= one.objectUntil) await tellAgain(scene, one, today)
    else if ((await noteSilence({ ...scene, actor: WORKER }, { id: one.id })).ok) silent += 1
  }
  return silent
}

async function tellAgain({ db, now }: Pick<Scene, "db" | "now">, one: Announcement, today: Day): Promise<void> {
  const reminder = objectionReminder(one.objectUntil, today)
  if (reminder === null) return
  const occasion = `${one.id}:${reminder}`
  const about = { recordId: one.partyId, clause: SILENCE_CLAUSE, dueOn: one.objectUntil, what: "objection", occasion }
  await db.transaction(async (tx) => {
    const to = await toldOf(tx, one, now)
    await insertTellings(tx, { occasion, at: now, byPerson: null, mails: true }, [{ kind: "due", to, ...about }])
  })
}

async function todayOf(tx: Tx, one: Announcement, now: Instant): Promise<Day> {
  const entity = (await loadEntities(tx, [one.entityId], null)).get(one.entityId as never)
  return dayIn(entity?.zone ?? "UTC", now)
}

async function toldOf(tx: Tx, one: Announcement, now: Instant): Promise<string[]> {
  const [party] = await loadRecords(tx, [one.partyId], null)
  return whoHears(tx, one.entityId, party?.body.restrictedTo ?? null, now)
}
