import { listEntityIds } from "@/db/statements/entities"
import {
  digestMade,
  holdComposing,
  leaveUnmailed,
  peopleWaiting,
  putMail,
  waitingOf,
  type PersonWaiting,
} from "@/db/statements/mails"
import { heldRoles } from "@/db/statements/people"
import type { Tx } from "@/db/connect"
import { plusMillis, type Instant } from "@/domain/core/instant"
import { digestDay } from "@/domain/told/digest"
import { waysOf } from "@/domain/told/kinds"
import { loadEntities } from "@/usecases/register/records"
import type { Scene } from "@/usecases/scene"

/** One review, one mail: what happens within so long is told together. */
const SETTLES = 30_000
const PEOPLE = 200
/** One mail for all that waits: an import of many records whose reviews are due is no flood of mails. */
const MOST = 20_000

/**
 * Puts what people are to be told into mails: at once what they want at once, the rest into the digest of their working
 * day, nothing where they said so. Gives how many mails were made.
 */
export async function composeMails(scene: Pick<Scene, "db" | "now">): Promise<number> {
  let made = 0
  for (let after = ""; ;) {
    const done = await scene.db.transaction(async (tx) => {
      if (!(await holdComposing(tx))) return { made: 0, last: null }
      const people = await peopleWaiting(tx, after, PEOPLE)
      const zones = people.length > 0 ? await zonesOf(tx) : () => "UTC"
      let n = 0
      for (const person of people) n += await composeFor(tx, person, zones, scene.now)
      return { made: n, last: people.length === PEOPLE ? (people[people.length - 1]?.personId ?? null) : null }
    })
    made += done.made
    if (done.last === null) return made
    after = done.last
  }
}

async function composeFor(
  tx: Tx,
  person: PersonWaiting,
  zoneOf: (entityId: string | null) => string,
  now: Instant,
): Promise<number> {
  const ways = waysOf(person.ways)
  const waiting = await waitingOf(tx, person.personId, MOST)
  await leaveUnmailed(
    tx,
    waiting.filter((one) => ways[one.kind] === "off").map((one) => one.key),
  )
  let made = 0
  const atOnce = waiting.filter((one) => ways[one.kind] === "at-once")
  const [first] = atOnce
  if (first && first.at <= plusMillis(now, -SETTLES)) {
    const mail = { key: `now:${first.key}`, personId: person.personId, kind: "at-once" as const, at: now }
    await putMail(
      tx,
      mail,
      atOnce.map((one) => one.key),
    )
    made += 1
  }
  const rest = waiting.filter((one) => ways[one.kind] === "digest")
  const on = rest.length === 0 ? null : digestDay(await zone(tx, person, zoneOf, now), now, person.digestOn)
  if (on !== null) {
    const mail = { key: `digest:${on}:${person.personId}`, personId: person.personId, kind: "digest" as const, at: now }
    await putMail(
      tx,
      mail,
      rest.map((one) => one.key),
    )
    await digestMade(tx, person.personId, on)
    made += 1
  }
  return made
}

/** Where the person is: their own word, else the company of their role, else our first company. */
async function zone(
  tx: Tx,
  person: PersonWaiting,
  zoneOf: (entityId: string | null) => string,
  now: Instant,
): Promise<string> {
  if (person.zone !== null) return person.zone
  const held = await heldRoles(tx, person.personId, now)
  return zoneOf(held.find((one) => one.entityId !== null)?.entityId ?? null)
}

async function zonesOf(tx: Tx): Promise<(entityId: string | null) => string> {
  const ids = await listEntityIds(tx)
  const entities = await loadEntities(tx, ids, null)
  return (entityId) => entities.get((entityId ?? ids[0]) as never)?.zone ?? "UTC"
}
