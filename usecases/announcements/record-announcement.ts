import { z } from "zod"
import { announcedThat, betweenIds, insertAnnouncement } from "@/db/statements/announcements"
import { ownFiles } from "@/db/statements/files"
import type { Tx } from "@/db/connect"
import { ANNOUNCED_CHANGES, objectionClock, SILENCE_CLAUSE, type Clock } from "@/domain/announcements/clock"
import { sameAs } from "@/domain/announcements/same"
import { dayIn, type Day } from "@/domain/core/day"
import { good, refuse, type Outcome, type Refusal } from "@/domain/core/outcome"
import type { RecordOf } from "@/domain/records/kinds"
import { countryCode, dayShape, idOf, text } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { loadEntities, loadRecords } from "@/usecases/register/records"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { knownParty, whoHears } from "./known-announcement"

const input = z.strictObject({
  entityId: idOf("entity"),
  partyId: idOf("party"),
  change: z.enum(ANNOUNCED_CHANGES),
  subName: text(300).default(""),
  subPartyId: idOf("party").nullable().default(null),
  oldName: text(300).default(""),
  oldPartyId: idOf("party").nullable().default(null),
  task: text(500).refine((value) => value.trim().length > 0, "invalid.required"),
  countries: z.array(countryCode).max(100).default([]),
  announcedOn: dayShape,
  effectOn: dayShape,
  fileId: idOf("file").nullable().default(null),
  /** Whoever records it knows that its last day to object has passed: it counts as accepted by silence. */
  isOver: z.boolean().default(false),
})
type Input = z.output<typeof input>

type Loaded = {
  party: RecordOf<"party">
  /** The names of who comes and who goes; null where there is none, or none that this person may know. */
  subName: string | null
  oldName: string | null
  clock: Clock
  today: Day
  ownFile: boolean
  told: string[]
  /** The announcement that says the same already; null: none does. */
  stands: string | null
}

/**
 * Records a change of sub-processors that a party announced, with the last day to object by the paper's own term. Whoever
 * buys and whoever protects are told at once. Nothing comes into force by it.
 */
export const recordAnnouncement = act<Input, Loaded, { id: string; partyId: string; objectUntil: Day }>({
  name: "announcement.record",
  input: input as unknown as z.ZodType<Input>,
  load: (tx, asked, scene) => load(tx, asked, scene),
  may: (actor, loaded, asked) => may(actor, loaded, asked),
  run: async (_tx, { input: asked, loaded, actor, scene }) => {
    const id = newId(scene, "announcement")
    const { clock, party, subName, oldName, told } = loaded
    const { entityId, partyId, change, task, countries, announcedOn, effectOn, fileId } = asked
    return done({
      value: { id: id as string, partyId: partyId as string, objectUntil: clock.objectUntil },
      events: [
        {
          act: "announcement.record",
          objects: [
            { type: "announcement", id },
            // No flow is named: whoever reads the party need not know of each.
            { type: "party", id: party.id },
          ],
          after: {
            change,
            announcedOn,
            effectOn,
            objectUntil: clock.objectUntil,
            term: clock.term,
            days: clock.termDays,
          },
        },
      ],
      tell: [
        {
          ...{ kind: "due", to: told, recordId: party.id, clause: SILENCE_CLAUSE, what: "objection" },
          ...{ dueOn: clock.objectUntil, occasion: `${id}:new` },
        },
      ],
      write: (tx, place) =>
        insertAnnouncement(tx, {
          ...{ id, entityId, partyId, change, task: task.trim(), countries, announcedOn, effectOn, fileId },
          subName: change === "gone" ? null : subName,
          subPartyId: change === "gone" ? null : asked.subPartyId,
          oldName: change === "new" ? null : oldName,
          oldPartyId: change === "new" ? null : asked.oldPartyId,
          ...clock,
          ...{ byPerson: actor.id, at: place.at, logIndex: place.indexOf(0) },
        }),
    })
  },
})

async function load(tx: Tx, asked: Input, scene: Scene): Promise<Loaded | null> {
  if (!scene.actor) return null
  const scope = scopeOf(scene.actor)
  const entity = (await loadEntities(tx, [asked.entityId], null)).get(asked.entityId)
  const party = await knownParty(tx, asked.partyId, scope)
  if (!entity || !party || (scope.entities !== null && !scope.entities.includes(asked.entityId))) return null
  const { papers } = await betweenIds(tx, asked.entityId, party.id)
  const records = (await loadRecords(tx, papers, null)).flatMap((one) => (one.kind === "agreement" ? [one] : []))
  const nameOf = async (id: string | null, name: string): Promise<string | null> => {
    if (id === null) return name.trim() || null
    const named = (await knownParty(tx, id, scope))?.body
    // The name stands for whoever reads the party that announces: none of them may be kept from it.
    return named && readByAllOf(named.restrictedTo, party.body.restrictedTo) ? named.legalName : null
  }
  const subName = await nameOf(asked.subPartyId, asked.subName)
  const oldName = await nameOf(asked.oldPartyId, asked.oldName)
  return {
    ...{ party, subName, oldName },
    stands: sameAs({ ...asked, subName, oldName }, await announcedThat(tx, asked)),
    clock: objectionClock(asked.announcedOn, records),
    today: dayIn(entity.zone, scene.now),
    ownFile: asked.fileId === null || (await ownFiles(tx, scene.actor.id, [asked.fileId])).length > 0,
    told: await whoHears(tx, asked.entityId, party.body.restrictedTo, scene.now),
  }
}

/** Whether all who read the one read the other. */
function readByAllOf(other: readonly string[] | null, one: readonly string[] | null): boolean {
  return other === null || (one !== null && one.every((id) => other.includes(id)))
}

function may(actor: Actor, loaded: Loaded, asked: Input): Outcome<unknown> {
  if (actor.kind !== "person") return refuse("not-allowed", "not-allowed.needs-person")
  if (loaded.party.standing === "ended") return refuse("conflict", "conflict.already-over")
  if (asked.announcedOn > loaded.today) return wrong("announcedOn", "invalid.announced-ahead")
  if (loaded.clock.objectUntil < loaded.today && !asked.isOver) return wrong("announcedOn", "invalid.announced-over")
  if (asked.change !== "gone" && loaded.subName === null) return wrong("subName", "invalid.sub-name")
  if (asked.change !== "new" && loaded.oldName === null) return wrong("oldName", "invalid.old-name")
  if (loaded.stands !== null)
    return refuse("conflict", "conflict.announcement-stands", {
      leadsTo: `/announcements?party=${asked.partyId}#${loaded.stands}`,
    })
  if (!loaded.ownFile) return wrong("fileId", "invalid.no-such-file")
  return good({})
}

function wrong(path: string, says: string): Refusal {
  return refuse("invalid", "invalid.form", { fields: [{ path, says }] })
}
