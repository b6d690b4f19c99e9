import { randomBytes } from "node:crypto"
import type { Db } from "@/db/connect"
import type { Reset } from "@/db/statements/people"
import type { LogActor } from "@/domain/audit/event"
import { makeId, type Id, type IdKind } from "@/domain/core/id"
import { fromMillis, toMillis, type Instant } from "@/domain/core/instant"
import type { HeldRole } from "@/domain/people/roles"
import type { SampleSeat } from "@/domain/sample/seats"
import type { FileStore } from "@/adapters/files/store"
import type { Scanner } from "@/adapters/scan/clamd"

/** Who asks. The operator of the machine may add the first people, load the sample, dry-run, read, export, verify. */
export type Actor =
  | {
      kind: "person"
      id: Id<"person">
      name: string
      held: HeldRole[]
      via: "page" | "token"
      session: Buffer | null
      /** When this session last saw who they are; absent where there is nothing to prove by (a token, the sample). */
      provedAt?: Instant
      /** This session began by signing on: the provider proves anew who they are, and no password does. */
      byProvider?: boolean
      /** Their password was set anew by others, and they have not said yet that they know. */
      reset?: Reset
    }
  | { kind: "operator"; id: "operator"; name: string; held: []; via: "cli" | "job"; session: null }

/** Who asks, when, on which register (foundation 24). `now` is taken once, from the system clock, by the door. */
export type Scene = {
  register: "main" | "sample"
  db: Db
  actor: Actor | null
  now: Instant
  files: FileStore
  /** The virus scanner; absent or null where none is named. */
  scanner?: Scanner | null
  /** The seat that a visitor of the sample company sits in. */
  seat?: SampleSeat
  /** Where a test stands on a barrier; never set in the product. */
  pause?: (where: string) => Promise<void>
}

/** The operator of the machine. */
export const OPERATOR: Actor = {
  kind: "operator",
  id: "operator",
  name: "Operator of the machine",
  held: [],
  via: "cli",
  session: null,
}

/** Whoever comes with a one-time link or a password, before anybody knows who it is. */
export const NOBODY: Actor = {
  kind: "person",
  id: "nobody" as Id<"person">,
  name: "",
  held: [],
  via: "page",
  session: null,
}

/** Whether a grave act needs the password again: five minutes after it was last typed in this session (security, Sign-in). */
export function isStale(scene: { actor: Actor | null; now: Instant }): boolean {
  const proved = scene.actor?.kind === "person" ? scene.actor.provedAt : undefined
  return proved !== undefined && toMillis(scene.now) - toMillis(proved) > PROOF_LASTS
}

const PROOF_LASTS = 5 * 60 * 1000

/** The system clock, as an instant in UTC. */
export function clockNow(): Instant {
  return fromMillis(Date.now())
}

/** A new id, dated by the scene's clock. */
export function newId<K extends IdKind>(scene: { now: Instant }, kind: K): Id<K> {
  return makeId(kind, toMillis(scene.now), randomBytes(10))
}

/** The actor as the log names them. `role` is the role in which the act is done. */
export function logActor(actor: Actor | null, role: string): LogActor {
  if (!actor) return { id: "nobody", role: "none", via: "page" }
  return { id: actor.id, role: actor.kind === "operator" ? "operator" : role, via: actor.via }
}
