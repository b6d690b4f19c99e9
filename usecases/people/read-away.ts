import { z } from "zod"
import { absencesOf, delegationsOf, standingIn, type AbsenceRow, type StandingIn } from "@/db/statements/away"
import { entityNames } from "@/db/statements/entities"
import { waitsForMe, type InboxRequest } from "@/db/statements/inbox"
import { tablesOf, type TableRow } from "@/db/statements/away-tables"
import type { Tx } from "@/db/connect"
import { dayIn, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { good } from "@/domain/core/outcome"
import type { HeldRole } from "@/domain/people/roles"
import { DELEGABLE, mayDelegate, type Delegable } from "@/domain/people/stand-in"
import { holdsRole } from "@/domain/people/permissions"
import { ROLE_OF } from "@/domain/requests/four-eyes"
import type { StageName } from "@/domain/requests/stages"
import { look } from "@/usecases/look"
import type { Actor } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { readerOf } from "@/usecases/told/inbox"
import { zoneOf } from "./away"
import { holdersAt } from "./list-away"
import { companiesOf } from "./stand-ins"

/** A request that waits for the reader and that this delegate may not decide for them, and why, as a key of the catalogue. */
export type Conflict = { requestId: string; no: number; title: string; says: string }

export type Candidate = { personId: string; name: string; conflicts: Conflict[] }
/** A role of the reader's that somebody can stand in for: in one company, or wherever they hold it (null). */
export type Lendable = { role: Delegable; entityId: string | null; entityName: string | null; candidates: Candidate[] }
export type AwayLine = AbsenceRow & {
  delegates: { delegationId: string; role: Delegable; entityName: string | null; name: string; conflicts: Conflict[] }[]
}

/** What a person is told of on their first page: their own absence, and for whom they stand in or are going to. */
export type AwayNote = { own: AbsenceRow | null; standsIn: (StandingIn & { entityName: string | null })[] }

/** What a person is told of absences on their first page. */
export const readAwayNote = look<Record<string, never>, AwayNote>({
  name: "away.read",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx, { actor, scene }) => good(await noteOf(tx, actor, scene.now)),
})

async function noteOf(tx: Tx, actor: Actor, now: Instant): Promise<AwayNote> {
  const [own = null] = await absencesOf(tx, actor.id, now)
  const lent = await standingIn(tx, actor.id, now)
  const names = lent.length === 0 ? {} : await entityNames(tx)
  const nameOf = (id: string | null): string | null => (id === null ? null : (names[id] ?? id))
  return { own, standsIn: lent.map((one) => ({ ...one, entityName: nameOf(one.entityId) })) }
}

export type OwnAway = {
  today: Day
  zone: string
  absences: AwayLine[]
  lendable: Lendable[]
} & AwayNote

/** When the reader is away, who may stand in for them, and which open requests each of those could not decide. */
export const readAway = look<Record<string, never>, OwnAway>({
  name: "away.read",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx, { actor, scene }) => {
    const zone = await zoneOf(tx, actor)
    const names = await entityNames(tx)
    const nameOf = (id: string | null): string | null => (id === null ? null : (names[id] ?? id))
    const holders = await holdersAt(tx, scene.now)
    const conflictsOf = await whoMayNot(tx, actor)
    const absences = await absencesOf(tx, actor.id, scene.now)
    const given = (
      await delegationsOf(
        tx,
        absences.map((one) => one.absenceId),
      )
    ).filter((one) => one.state === "given")
    return good({
      today: dayIn(zone, scene.now),
      zone,
      absences: absences.map((absence) => ({
        ...absence,
        delegates: given
          .filter((one) => one.absenceId === absence.absenceId)
          .map(({ delegationId, role, entityId, delegateId }) => ({
            ...{ delegationId, role, entityName: nameOf(entityId), name: holders.get(delegateId)?.name ?? "" },
            conflicts: conflictsOf(delegateId, role, entityId),
          })),
      })),
      lendable: (await lendableOf(tx, actor, holders)).map(({ people, ...one }) => ({
        ...one,
        entityName: nameOf(one.entityId),
        candidates: people.map((person) => ({
          ...person,
          conflicts: conflictsOf(person.personId, one.role, one.entityId),
        })),
      })),
      ...(await noteOf(tx, actor, scene.now)),
    })
  },
})

type Holders = Map<string, { name: string; held: HeldRole[] }>

/** The reader's deciding roles, each wherever it is held and in each company by itself, with who may stand in there. */
async function lendableOf(tx: Tx, actor: Actor, holders: Holders) {
  const companies = await companiesOf(tx, null)
  const held = actor.held as HeldRole[]
  return DELEGABLE.flatMap((role) => {
    const mine = held.filter((one) => one.role === role)
    const everywhere = mine.some((one) => one.entityId === null)
    const single = companies.map((one) => one.id).filter((id) => everywhere || mine.some((one) => one.entityId === id))
    if (mine.length === 0) return []
    const places = single.length === 1 && !everywhere ? single : [null, ...(companies.length > 1 ? single : [])]
    return places.map((entityId) => ({
      ...{ role, entityId },
      people: [...holders]
        .filter(
          ([id, one]) =>
            mayDelegate({ fromPerson: actor.id, toPerson: id, role, entityId }, { from: held, to: one.held }, companies)
              .ok,
        )
        .map(([personId, { name }]) => ({ personId, name }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    }))
  })
}

const MOST = 200

/** Of what waits for the reader, what a delegate could not decide for them: they made it, sit elsewhere in it, or may not know of it. */
async function whoMayNot(tx: Tx, actor: Actor) {
  const waiting: InboxRequest[] = await waitsForMe(tx, readerOf(actor, scopeOf(actor), []), { after: null, size: MOST })
  const tables = new Map(
    (
      await tablesOf(
        tx,
        waiting.map((one) => one.id),
      )
    ).map((one) => [one.id, one]),
  )
  // What the reader could decide themselves: their role in that very company, and themselves where persons are named.
  const isOwn = ({ stage, entityId, persons }: TableRow["open"][number]): boolean =>
    holdsRole(actor, ROLE_OF[stage as StageName], entityId) && (persons === null || persons.includes(actor.id))
  return (delegateId: string, role: Delegable, entityId: string | null): Conflict[] =>
    waiting.flatMap((request) => {
      const table = tables.get(request.id)
      const mine = (table?.open ?? []).filter(
        (one) =>
          ROLE_OF[one.stage as StageName] === role &&
          request.stages.includes(one.stage) &&
          (entityId === null || one.entityId === entityId) &&
          isOwn(one),
      )
      const says = table && mine.length > 0 ? why(table, delegateId, mine) : null
      return says ? [{ requestId: request.id, no: request.no, title: request.title, says }] : []
    })
}

function why(table: TableRow, delegateId: string, at: TableRow["open"]): string | null {
  if (table.restrictedTo && !table.restrictedTo.includes(delegateId)) return "away.conflict.restricted"
  if (table.authors.includes(delegateId)) return "away.conflict.author"
  const seat = table.seats.find((one) => one.personId === delegateId)
  const there = (one: { stage: string; entityId: string }): boolean =>
    one.stage === seat?.stage && one.entityId === seat.entityId
  return seat && !at.some(there) ? "away.conflict.seat" : null
}
