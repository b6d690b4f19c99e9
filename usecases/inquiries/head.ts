import { z } from "zod"
import { heldRoles } from "@/db/statements/people"
import { versionsInForce } from "@/db/statements/versions"
import type { Tx } from "@/db/connect"
import { dayIn, type Day } from "@/domain/core/day"
import { parseInstant, type Instant } from "@/domain/core/instant"
import { refuse, type Refusal } from "@/domain/core/outcome"
import { LONGEST_LETTER } from "@/domain/inquiries/split"
import { mayAct } from "@/domain/people/permissions"
import { dayShape, idOf, text } from "@/domain/records/parts"
import { scopeOf } from "@/usecases/scope"
import type { Actor } from "@/usecases/scene"

/** Text that says something. */
export const filled = (most: number) => text(most).refine((said) => said.trim().length > 0, "invalid.required")

/** Who asks which companies, by when, as of which instant, and who sees to the answers. */
export const headFields = {
  authority: filled(300),
  reference: text(200).default(""),
  before: text(LONGEST_LETTER).default(""),
  receivedOn: dayShape,
  dueOn: dayShape.nullable().default(null),
  entityIds: z.array(idOf("entity")).min(1, "invalid.inquiry-companies").max(500),
  instant: z
    .string()
    .max(40)
    .nullable()
    .default(null)
    .refine((said) => said === null || parseInstant(said) !== null, "invalid.instant"),
  responsible: idOf("person").nullable().default(null),
}
const headShape = z.strictObject(headFields)
export type Head = z.output<typeof headShape> & { receivedOn: Day; dueOn: Day | null; entityIds: string[] }

/** The head alone, as it is typed before the letter is taken apart. */
export const headOnly = headShape as unknown as z.ZodType<Head>

/** What does not stand in the register, or who may not see to it: the field of the form; null: neither. */
export async function wrongPlace(tx: Tx, head: Head, actor: Actor | null, now: Instant): Promise<string | null> {
  const { entityIds, responsible } = head
  const found = await versionsInForce(tx, [...new Set(entityIds)], null)
  if (found.length !== new Set(entityIds).size) return "entityIds"
  if (responsible === null || actor?.kind !== "person") return null
  const held = await heldRoles(tx, responsible, now)
  const reads = scopeOf({ ...actor, id: responsible as never, held }).entities
  const does = mayAct("inquiry.answer", { kind: "person", held }).ok
  return does && readsAllOf(reads, entityIds) ? null : "responsible"
}

/** Why a letter with this head is not kept; null: it may be. */
export function wrongHead(head: Head, actor: Actor, wrong: string | null, now: Instant): Refusal | null {
  if (!readsAllOf(scopeOf(actor).entities, head.entityIds))
    return refuse("not-allowed", "not-allowed.inquiry-companies")
  if (wrong) return wrongField(wrong, "invalid.inquiry-person")
  if (head.instant !== null && (parseInstant(head.instant) ?? "") > now)
    return wrongField("instant", "invalid.inquiry-future")
  // Somewhere it is tomorrow already, but no letter came tomorrow.
  if (head.receivedOn > dayIn("UTC", now)) return wrongField("receivedOn", "invalid.inquiry-received")
  return head.dueOn !== null && head.dueOn < head.receivedOn ? wrongField("dueOn", "invalid.inquiry-due") : null
}

/** Whether whoever reads these companies (null: all) reads all of those. */
export const readsAllOf = (entities: readonly string[] | null, ids: readonly string[]): boolean =>
  entities === null || ids.every((id) => entities.includes(id))

/** A refusal that stands beside one field. */
export const wrongField = (path: string, says: string): Refusal =>
  refuse("invalid", "invalid.form", { fields: [{ path, says }] })
