import { dayIn, addDays } from "@/domain/core/day"
import { SHIPPED } from "@/domain/requests/stage-rules"
import type { Db } from "@/db/connect"
import type { Role } from "@/domain/people/roles"
import { setAway } from "@/usecases/people/away"
import { decideRules, proposeRules } from "@/usecases/requests/stage-rules"
import { clockNow, type Actor } from "@/usecases/scene"
import { anEntity, aPerson, firstAdministrator, sceneFor } from "@/testing/people"
import { must } from "@/testing/requests"

/** Who stands in for whom, in which role, in one company or in all. */
export type Lent = { absent: string; delegate: string; role: string; entityId: string | null }

/**
 * Who takes part in random series of acts: each with the roles that they hold, over all or one of two companies. `caught`:
 * rules of who may decide that the database had to refuse by, since the code let it come that far.
 */
export type World = { db: Db; entities: string[]; people: Actor[]; lent: Lent[]; caught: string[] }

/**
 * Two companies, and people of every role; some hold several, so that whoever could sit twice is there; some are away and
 * others stand in for them. In the first company stages come one after another, and three of them name their persons: one who
 * is named is stood in for by one who is not, and the other way round.
 */
export async function aWorld(plain: Db): Promise<World> {
  const caught: string[] = []
  const db = watched(plain, caught)
  const administrator = await firstAdministrator(db)
  const first = await anEntity(db)
  const second = await anEntity(db)
  const people: Actor[] = []
  const hire = async (name: string, roles: Role[], entityId: string | null = null): Promise<Actor> => {
    const person = await aPerson(db, name, roles, entityId)
    people.push(person)
    return person
  }
  await hire("Rita Request", ["requester"])
  await hire("Rolf Request", ["requester"], second)
  const piet = await hire("Piet Procure", ["procurement"])
  await hire("Nora Unnamed", ["procurement"])
  await hire("Petra Procure", ["procurement"], second)
  const lena = await hire("Lena Law", ["legal"])
  const lars = await hire("Lars Law", ["legal"], first)
  const dora = await hire("Dora Protect", ["dpo"])
  const emil = await hire("Emil Every", ["procurement", "legal", "dpo"])
  const tara = await hire("Tara Two", ["requester", "legal"])
  await hire("Sven Supervise", ["supervisor"])
  // Two who are away ask for things themselves as well: for them nobody decides on those.
  const anna = await hire("Anna Away", ["requester", "procurement"])
  const arno = await hire("Arno Away", ["requester", "legal"])
  const alma = await hire("Alma Away", ["procurement"])
  const dina = await hire("Dina Away", ["dpo"])
  // Most requests have a buyer's stage: who is named there is met in every short run.
  const procurement = [piet.id, emil.id, anna.id]
  const persons = { procurement, legal: [lena.id, emil.id, arno.id], "second-legal": [lars.id, emil.id, arno.id] }
  const waves = { procurement: 1, legal: 2, dpo: 1, "second-legal": 3 }
  const { version } = must(
    await proposeRules(sceneFor(db, administrator), {
      ...{ companyId: first, rows: SHIPPED.rows, days: SHIPPED.days, waves, persons },
      reason: "Buyers look first",
    }),
  )
  must(await decideRules(sceneFor(db, dora), { version, verdict: "approve" }))
  const lent = [
    await standsIn(db, anna, lena, "procurement", null),
    await standsIn(db, arno, tara, "legal", null),
    await standsIn(db, alma, emil, "procurement", null),
    await standsIn(db, dina, lars, "dpo", first),
  ]
  return { db, entities: [first, second], people, lent, caught }
}

/** An author decides, who decided edits, not among the persons, decided already, no delegation; and the seats of a request. */
const RULES = new Set(["ON013", "ON014", "ON017", "ON018", "ON021", "seats_request_id_person_id_pk", "decisions_once"])

/** The same database, which notes by which rule it refused: each is asked before it, so that it never has to. */
function watched(db: Db, caught: string[]): Db {
  const transaction: Db["transaction"] = async (run, config) => {
    try {
      return await db.transaction(run, config)
    } catch (problem) {
      const { code, constraint } = ((problem as Error).cause ?? problem) as { code?: string; constraint?: string }
      caught.push(...[code, constraint].filter((one) => one !== undefined && RULES.has(one)).map(String))
      throw problem
    }
  }
  return new Proxy(db, {
    get: (target, key) => (key === "transaction" ? transaction : Reflect.get(target, key, target)),
  })
}

async function standsIn(db: Db, absent: Actor, delegate: Actor, role: string, entityId: string | null): Promise<Lent> {
  const today = dayIn("Europe/Berlin", clockNow())
  const delegates = [{ role, entityId, personId: delegate.id }]
  must(await setAway(sceneFor(db, absent), { fromOn: today, toOn: addDays(today, 14), delegates }))
  return { absent: absent.id, delegate: delegate.id, role, entityId }
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
