import { z } from "zod"
import {
  insertAnnouncementAnswer,
  lockAnnouncement,
  announcementLines,
  type Announcement,
  type AnnouncementAnswer,
} from "@/db/statements/announcements"
import { ownFiles } from "@/db/statements/files"
import { insertDisclosures } from "@/db/statements/versions"
import type { Tx } from "@/db/connect"
import { ANSWERS, SILENCE_CLAUSE } from "@/domain/announcements/clock"
import { dayIn, type Day } from "@/domain/core/day"
import { good, refuse, type Outcome, type Refusal } from "@/domain/core/outcome"
import { holdsRole } from "@/domain/people/permissions"
import type { RecordOf } from "@/domain/records/kinds"
import { idOf, text } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { commitText } from "@/usecases/commit"
import { jot } from "@/usecases/jot"
import { loadEntities } from "@/usecases/register/records"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { beginChain } from "./begin-chain"
import { announcementScope, knownParty, whoHears } from "./known-announcement"

const title = text(300).refine((value) => value.trim().length > 0, "invalid.required")

const input = z.strictObject({
  id: idOf("announcement"),
  answer: z.enum(ANSWERS),
  reason: text(4000).refine((value) => value.trim().length > 0, "invalid.reason"),
  fileId: idOf("file").nullable().default(null),
  /** What the request is called that an acceptance begins. */
  title,
})
type Input = z.output<typeof input>

type Loaded = {
  announced: Announcement & { answer: AnnouncementAnswer["answer"] | null }
  party: RecordOf<"party">
  today: Day
  ownFile: boolean
  told: string[]
}

/**
 * Answers what a party announced, with a reason. Accepting begins the request that changes the chain; objecting keeps the
 * letter; asking stops no clock. The last word is said once, and within the time to object.
 */
export const answerAnnouncement = act<Input, Loaded, { requestId: string | null; partyId: string }>({
  name: "announcement.answer",
  input: input as unknown as z.ZodType<Input>,
  load: (tx, asked, scene) => load(tx, asked, scene),
  may: (actor, loaded, asked) => may(actor, loaded, asked),
  run: async (tx, { input: asked, loaded, actor, scene }) => {
    const { announced, party } = loaded
    const reason = commitText(asked.reason.trim(), announced.id)
    const requestId =
      asked.answer === "accepted"
        ? await beginChain(tx, announced, { title: asked.title, restrictedTo: party.body.restrictedTo, actor, scene })
        : null
    return done({
      value: { requestId, partyId: party.id as string },
      events: [
        {
          act: "announcement.answer",
          ...(requestId ? { request: requestId } : {}),
          objects: [
            { type: "announcement", id: announced.id },
            { type: "party", id: party.id },
          ],
          after: { answer: asked.answer, ...(asked.fileId ? { file: asked.fileId } : {}) },
          reason: { $c: reason.commitment },
        },
      ],
      tell: [
        {
          ...{ kind: "decided", to: loaded.told, recordId: party.id, clause: SILENCE_CLAUSE, what: asked.answer },
        },
      ],
      write: async (writing, place) => {
        await insertDisclosures(writing, [reason])
        await insertAnnouncementAnswer(writing, {
          ...{ id: newId(scene, "answer"), announcementId: announced.id, answer: asked.answer },
          ...{ reason: reason.commitment, fileId: asked.fileId, requestId, byPerson: actor.id },
          ...{ at: place.at, logIndex: place.indexOf(0) },
        })
      },
    })
  },
})

async function load(tx: Tx, asked: Input, scene: Scene): Promise<Loaded | null> {
  if (!scene.actor) return null
  const scope = scopeOf(scene.actor)
  const announced = await lockAnnouncement(tx, asked.id)
  const party = await knownParty(tx, announced?.partyId ?? null, scope)
  if (!announced || !party || (scope.entities !== null && !scope.entities.includes(announced.entityId))) return null
  const entity = (await loadEntities(tx, [announced.entityId], null)).get(announced.entityId as never)
  return {
    ...{ announced, party, today: dayIn(entity?.zone ?? "UTC", scene.now) },
    ownFile: asked.fileId === null || (await ownFiles(tx, scene.actor.id, [asked.fileId])).length > 0,
    told: await whoHears(tx, announced.entityId, party.body.restrictedTo, scene.now),
  }
}

function may(actor: Actor, { announced, today, ownFile }: Loaded, asked: Input): Outcome<unknown> {
  if (actor.kind !== "person") return refuse("not-allowed", "not-allowed.needs-person")
  const decides = (["procurement", "legal", "dpo"] as const).some((role) => holdsRole(actor, role, announced.entityId))
  if (!decides) return refuse("not-allowed", "not-allowed.answer-elsewhere")
  if (announced.answer !== null) return refuse("conflict", "conflict.announcement-answered")
  if (today > announced.objectUntil) return refuse("conflict", "conflict.objection-over")
  if (asked.answer === "objected" && asked.fileId === null) return wrong("fileId", "invalid.objection-letter")
  return ownFile ? good({}) : wrong("fileId", "invalid.no-such-file")
}

function wrong(path: string, says: string): Refusal {
  return refuse("invalid", "invalid.form", { fields: [{ path, says }] })
}

/** Begins the request that changes the chain after nobody objected: silence has accepted, and the register follows. */
export const proposeChain = jot<{ id: string; title: string }, { id: string }>({
  name: "request.draft",
  input: z.strictObject({ id: idOf("announcement"), title }) as unknown as z.ZodType<{ id: string; title: string }>,
  run: async (tx, { input: asked, actor, scene }) => {
    const asking = { open: null, partyId: null, id: asked.id, after: null, size: 1, asOf: null }
    const [announced] = await announcementLines(tx, { ...asking, scope: announcementScope(scopeOf(actor)) })
    const party = await knownParty(tx, announced?.partyId ?? null, scopeOf(actor))
    if (!announced || !party) return refuse("not-found", "not-found")
    if (announced.answer !== "silence" && announced.answer !== "accepted")
      return refuse("conflict", "conflict.announcement-open")
    const { restrictedTo } = party.body
    const id = await beginChain(tx, announced, { title: asked.title, restrictedTo, actor, scene })
    return id === null ? refuse("conflict", "conflict.no-chain") : good({ id })
  },
})
