import { z } from "zod"
import {
  absencesOf,
  delegationsOf,
  insertAbsence,
  insertDelegations,
  lastAbsence,
  type AbsenceRow,
  type DelegationRow,
} from "@/db/statements/away"
import { heldRoles, personById } from "@/db/statements/people"
import { waysRow } from "@/db/statements/told-ways"
import type { Tx } from "@/db/connect"
import { dayIn, endOfDay, parseDay, startOfDay, type Day } from "@/domain/core/day"
import { plusMillis, type Instant } from "@/domain/core/instant"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import type { HeldRole } from "@/domain/people/roles"
import {
  DELEGABLE,
  isStretch,
  mayDelegate,
  namedTwice,
  overlaps,
  type Company,
  type Delegable,
} from "@/domain/people/stand-in"
import { idOf } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { loadEntities } from "@/usecases/register/records"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { companiesOf } from "./stand-ins"

type Named = { role: Delegable; entityId: string | null; personId: string }
type Leaving = { fromOn: Day; toOn: Day | null; delegates: Named[] }

const dayShape = z.string().refine((text) => parseDay(text) !== null, "invalid.day")

type Loaded = {
  zone: string
  today: Day
  others: AbsenceRow[]
  companies: Company[]
  /** The roles in effect of each delegate; null: no account in use. */
  held: Map<string, HeldRole[] | null>
}

/** Says from which day to which one is away, and who stands in meanwhile, for which role in which company. */
export const setAway = act<Leaving, Loaded, { absenceId: string }>({
  name: "away.set",
  input: z.strictObject({
    fromOn: dayShape,
    toOn: dayShape.nullable().default(null),
    delegates: z
      .array(
        z.strictObject({
          role: z.enum(DELEGABLE),
          entityId: idOf("entity").nullable().default(null),
          personId: idOf("person"),
        }),
      )
      .max(200)
      .default([]),
  }) as unknown as z.ZodType<Leaving>,
  load: async (tx, input, scene) => {
    const actor = scene.actor
    if (actor?.kind !== "person" || !(await personById(tx, actor.id, true))) return null
    const held = new Map<string, HeldRole[] | null>()
    for (const id of new Set(input.delegates.map((one) => one.personId))) {
      const person = await personById(tx, id)
      held.set(id, person?.state === "active" ? await heldRoles(tx, id, scene.now) : null)
    }
    const zone = await zoneOf(tx, actor)
    const others = await absencesOf(tx, actor.id, scene.now)
    return { zone, today: dayIn(zone, scene.now), others, companies: await companiesOf(tx, null), held }
  },
  may: (actor, loaded, input) => mayBeAway(actor, loaded, input),
  run: async (_tx, { input, loaded, actor, scene }) => {
    const absenceId = newId(scene, "absence")
    const named = input.delegates.map((one) => ({ ...one, delegationId: newId(scene, "delegation") }))
    const { fromOn, toOn } = input
    return done({
      value: { absenceId },
      events: [
        {
          act: "away.set",
          objects: [
            { type: "person", id: actor.id },
            { type: "absence", id: absenceId, version: 1 },
            ...named.map((one) => ({ type: "delegation", id: one.delegationId, version: 1 })),
          ],
          after: {
            ...{ from: fromOn, to: toOn, zone: loaded.zone },
            delegates: named.map(({ role, entityId, personId }) => ({ role, entity: entityId, person: personId })),
          },
        },
      ],
      write: async (tx, place) => {
        const mark = { at: place.at, byPerson: actor.id, logIndex: place.indexOf(0) }
        // Whoever leaves today leaves now: a delegation never reaches back.
        const begins = startOfDay(loaded.zone, fromOn)
        const fromAt = begins < place.at ? place.at : begins
        const untilAt = toOn === null ? null : plusMillis(endOfDay(loaded.zone, toOn), 1)
        const span = { n: 1, personId: actor.id, fromAt }
        await insertAbsence(tx, { ...span, ...mark, absenceId, fromOn, toOn, zone: loaded.zone, untilAt, state: "set" })
        if (untilAt === null) return
        const rows = named.map(({ delegationId, role, entityId, personId }): DelegationRow => ({
          ...{ ...span, delegationId, absenceId, delegateId: personId, role, entityId, untilAt, state: "given" },
        }))
        await insertDelegations(tx, rows, mark)
      },
    })
  },
})

function mayBeAway(actor: Actor, on: Loaded, asked: Leaving): Outcome<unknown> {
  const stretch = isStretch(asked, on.today, asked.delegates.length)
  if (!stretch.ok) return stretch
  if (on.others.some((one) => overlaps(one, asked))) return refuse("conflict", "conflict.away-overlaps")
  if (namedTwice(asked.delegates))
    return refuse("invalid", "invalid.form", { fields: [{ path: "delegates", says: "invalid.away-twice" }] })
  for (const { personId, role, entityId } of asked.delegates) {
    const to = on.held.get(personId)
    if (!to) return refuse("not-allowed", "not-allowed.delegate-role")
    const ask = { fromPerson: actor.id, toPerson: personId, role, entityId }
    const may = mayDelegate(ask, { from: actor.held, to }, on.companies)
    if (!may.ok) return may
  }
  return good({})
}

/** The zone in which a person's days are told: their own choice, else that of the first company that they decide in. */
export async function zoneOf(tx: Tx, person: { id: string; held: readonly HeldRole[] }): Promise<string> {
  const own = (await waysRow(tx, person.id))?.zone
  if (own) return own
  const companies = await companiesOf(tx, null)
  const first = person.held.find((held) => held.entityId !== null)?.entityId ?? companies[0]?.id
  const found = first ? await loadEntities(tx, [first], null) : null
  return (first ? found?.get(first as never)?.zone : null) ?? "UTC"
}

/** The absence as it stands, if it is this person's own; their account is locked first, as every act on a person does it. */
async function lockOwn(
  tx: Tx,
  absenceId: string,
  scene: Scene,
): Promise<{ absence: AbsenceRow; given: DelegationRow[] } | null> {
  const actor = scene.actor
  if (actor?.kind !== "person" || !(await personById(tx, actor.id, true))) return null
  const absence = await lastAbsence(tx, absenceId)
  if (!absence || absence.personId !== actor.id) return null
  return { absence, given: await delegationsOf(tx, [absenceId]) }
}

/** Ends an absence, begun or not, and with it whoever stands in. From then on one decides oneself again. */
export const endAway = act<{ absenceId: string }, { absence: AbsenceRow; given: DelegationRow[] }, { state: string }>({
  name: "away.end",
  input: z.strictObject({ absenceId: idOf("absence") }) as unknown as z.ZodType<{ absenceId: string }>,
  load: (tx, input, scene) => lockOwn(tx, input.absenceId, scene),
  may: (_actor, { absence }, _input, scene) =>
    absence.state === "ended" || isOver(absence, scene.now) ? refuse("conflict", "conflict.away-over") : good({}),
  run: async (_tx, { loaded: { absence, given }, actor }) =>
    done({
      value: { state: "ended" },
      events: [
        {
          act: "away.end",
          objects: [
            { type: "person", id: actor.id },
            { type: "absence", id: absence.absenceId, version: absence.n + 1 },
            ...given.map((one) => ({ type: "delegation", id: one.delegationId, version: one.n + 1 })),
          ],
          before: { from: absence.fromOn, to: absence.toOn },
        },
      ],
      write: async (tx, place) => {
        const mark = { at: place.at, byPerson: actor.id, logIndex: place.indexOf(0) }
        await insertAbsence(tx, { ...absence, ...mark, n: absence.n + 1, state: "ended" })
        await insertDelegations(
          tx,
          given.map((one) => ({ ...one, n: one.n + 1, state: "ended" as const })),
          mark,
        )
      },
    }),
})

const isOver = (absence: AbsenceRow, now: Instant): boolean => absence.untilAt !== null && absence.untilAt <= now
