import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { holdsRole } from "@/domain/people/permissions"
import type { HeldRole } from "@/domain/people/roles"
import type { StandIn } from "@/domain/people/stand-in"
import { ROLE_OF } from "./four-eyes"
import { standInAt } from "./on-behalf"
import type { StageName } from "./stage-rules"

/** What is looked at where somebody confirms a condition or gives it to somebody else. */
export type Asked = {
  condition: {
    ownerId: string
    stage: string
    entityId: string
    deciderId: string
    deciderForId?: string | null
    last: string | null
    lastBy: string | null
  }
  authors: readonly string[]
}

type Person = { id: string; held: readonly HeldRole[] }
type Asker = ({ kind: "person" } & Person) | { kind: "operator" }

/** Whether a person's own part in it keeps them from confirming: they wrote the request, owe it, or said that it is met. */
function apart(id: string, { condition, authors }: Asked): Outcome<unknown> {
  if (authors.includes(id)) return refuse("not-allowed", "not-allowed.author")
  const own = condition.ownerId === id || (condition.last === "met" && condition.lastBy === id)
  return own ? refuse("not-allowed", "not-allowed.condition-own") : good({})
}

/** Four eyes on conditions too: somebody of that stage's role confirms it, nobody their own, and no author any. */
export function mayAnswer(asker: Asker, on: Asked): Outcome<unknown> {
  if (asker.kind !== "person") return refuse("not-allowed", "not-allowed.needs-person")
  const may = apart(asker.id, on)
  if (!may.ok) return may
  const role = ROLE_OF[on.condition.stage as StageName]
  return holdsRole(asker, role, on.condition.entityId) ? good({}) : refuse("not-allowed", "not-allowed.role")
}

/** The same on behalf of somebody who is away: both have to be apart from it, and the delegation is of that seat. */
export function mayAnswerFor(
  asker: Asker,
  on: Asked,
  forPerson: string,
  standsIn: readonly StandIn[],
): Outcome<{ delegationId: string }> {
  if (asker.kind !== "person") return refuse("not-allowed", "not-allowed.needs-person")
  const lent = forPerson === asker.id ? null : standInAt(standsIn, forPerson, on.condition)
  if (!lent) return refuse("not-allowed", "not-allowed.no-delegation")
  const own = apart(asker.id, on)
  if (!own.ok) return own
  return apart(forPerson, on).ok
    ? good({ delegationId: lent.delegationId })
    : refuse("not-allowed", "not-allowed.condition-absent")
}

/** The first of the absent for whom somebody may confirm it, whom their own role does not let. */
export function answersFor(asker: Asker, on: Asked, standsIn: readonly StandIn[]): string | null {
  if (mayAnswer(asker, on).ok) return null
  const absent = [...new Set(standsIn.map((one) => one.forPerson))]
  return absent.find((id) => mayAnswerFor(asker, on, id, standsIn).ok) ?? null
}

/** Whoever asked for a condition, or a data-protection officer of its company who did not write the request, gives it on. */
export function mayGive(asker: Asker, on: Asked): Outcome<unknown> {
  if (asker.kind !== "person") return refuse("not-allowed", "not-allowed.needs-person")
  if (on.authors.includes(asker.id)) return refuse("not-allowed", "not-allowed.author")
  const asked = [on.condition.deciderId, on.condition.deciderForId].includes(asker.id)
  return asked || holdsRole(asker, "dpo", on.condition.entityId)
    ? good({})
    : refuse("not-allowed", "not-allowed.condition-giver")
}
