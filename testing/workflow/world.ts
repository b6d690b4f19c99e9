import type { Db } from "@/db/connect"
import type { Role } from "@/domain/people/roles"
import type { Actor } from "@/usecases/scene"
import { aPerson, anEntity } from "@/testing/people"

/** Who takes part in random series of acts: each with the roles that they hold, over all or one of two companies. */
export type World = { db: Db; entities: string[]; people: Actor[] }

/** Two companies, and people of every role; some hold several, so that whoever could sit twice is there. */
export async function aWorld(db: Db): Promise<World> {
  const first = await anEntity(db)
  const second = await anEntity(db)
  const hired: [string, Role[], string | null][] = [
    ["Rita Request", ["requester"], null],
    ["Rolf Request", ["requester"], second],
    ["Piet Procure", ["procurement"], null],
    ["Petra Procure", ["procurement"], second],
    ["Lena Law", ["legal"], null],
    ["Lars Law", ["legal"], first],
    ["Dora Protect", ["dpo"], null],
    ["Emil Every", ["procurement", "legal", "dpo"], null],
    ["Tara Two", ["requester", "legal"], null],
    ["Sven Supervise", ["supervisor"], null],
  ]
  const people: Actor[] = []
  for (const [name, roles, entityId] of hired) people.push(await aPerson(db, name, roles, entityId))
  return { db, entities: [first, second], people }
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
