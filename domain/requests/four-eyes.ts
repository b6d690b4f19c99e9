import { good, refuse, type Outcome, type Refusal } from "@/domain/core/outcome"
import { holdsRole } from "@/domain/people/permissions"
import type { HeldRole } from "@/domain/people/roles"
import type { StageName } from "./stage-rules"
import { comesBefore, isTurn, type InWave } from "./waves"

/** Which role sits at which stage. */
export const ROLE_OF = { procurement: "procurement", legal: "legal", dpo: "dpo", "second-legal": "legal" } as const

/** One stage of one company: where a person sits. */
export type Place = { stage: string; entityId: string }

/** What is known of a request where somebody wants to sit: its authors, the stages of its revision, and their own seat. */
export type Table = {
  authors: readonly string[]
  /** `persons`: who alone may take the stage; null or nothing: whoever has its role. */
  stages: readonly (Place & { seat: "decides" | "advises"; persons?: readonly string[] | null })[]
  seat: Place | null
}

type Person = { id: string; held: readonly HeldRole[] }
type Asker = ({ kind: "person" } & Person) | { kind: "operator" }

const same = (a: Place, b: Place): boolean => a.stage === b.stage && a.entityId === b.entityId

/**
 * Invariant 2: four eyes. Nobody sits at a request that they made or edited, nobody at two stages of it over all its
 * revisions, and at a stage only who has its role in that company, and is among its persons where it names some. Gives
 * the stage.
 */
export function maySit<T extends Table>(asker: Asker, on: T, at: Place): Outcome<T["stages"][number]> {
  if (asker.kind !== "person") return refuse("not-allowed", "not-allowed.needs-person")
  if (on.authors.includes(asker.id)) return refuse("not-allowed", "not-allowed.author")
  const stage = on.stages.find((item) => same(item, at))
  if (!stage) return refuse("not-allowed", "not-allowed.no-such-stage")
  if (!holdsRole(asker, ROLE_OF[at.stage as StageName], at.entityId)) return refuse("not-allowed", "not-allowed.role")
  if (stage.persons && !stage.persons.includes(asker.id)) return refuse("not-allowed", "not-allowed.not-named")
  if (on.seat && !same(on.seat, at)) return refuse("not-allowed", "not-allowed.second-seat")
  return good(stage)
}

/** Whether the stage is open on the very content that the person saw: in review, not changed since, decided by nobody, and its turn. */
export function isOpen(
  on: { state: string; hash: string; decided: readonly Place[]; stages: readonly InWave[] },
  at: Place,
  hash: string,
): Outcome<object> {
  if (on.state !== "in-review") return refuse("conflict", "conflict.not-in-review")
  if (on.hash !== hash) return refuse("conflict", "conflict.other-content")
  if (on.decided.some((item) => same(item, at))) return refuse("conflict", "conflict.stage-taken")
  return hasTurn(on, at)
}

/** Whether every stage that comes before this one is decided. */
export function hasTurn(
  on: { decided: readonly Place[]; stages: readonly InWave[] },
  at: Place,
): { ok: true; value: object } | Refusal {
  const stage = on.stages.find((item) => same(item, at))
  if (!stage || isTurn(on.stages, on.decided, stage)) return good({})
  const waits = comesBefore(on.stages, stage).filter((one) => !on.decided.some((item) => same(item, one)))
  const legal = at.stage === "second-legal" && waits.every((one) => one.stage === "legal")
  return refuse("conflict", legal ? "conflict.legal-first" : "conflict.earlier-stage")
}

type Decision = Place & { revision: number; verdict: string; reason: unknown }

/** Whether a DPO's last word is against: the revision's own, or else that of the last revision that had any. */
export function isAdvisedAgainst(all: readonly Decision[], revision: number): boolean {
  const advice = all.filter((item) => item.stage === "dpo" && item.revision <= revision)
  const last = Math.max(...advice.map((item) => item.revision))
  return advice.some((item) => item.revision === last && item.verdict === "advise-against")
}

const approves = (verdict: string): boolean => verdict === "approve" || verdict === "approve-with-conditions"

/**
 * Foundation 19: going against advice takes a reason. Advice against that comes last, when nobody who approved gave one,
 * sends the request back: brought again, whoever approves knows of the advice and answers it.
 */
export function isUnanswered(verdict: string, decided: readonly Decision[]): boolean {
  return verdict === "advise-against" && !decided.some((item) => approves(item.verdict) && item.reason !== null)
}
