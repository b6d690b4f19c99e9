import { z } from "zod"
import { MAINLAND_SAID, mainlandSaid, type StandingSaid } from "@/db/statements/mainland"
import { listEntityIds } from "@/db/statements/entities"
import { grants, personById } from "@/db/statements/people"
import { insertDisclosures, versionsInForce } from "@/db/statements/versions"
import type { Tx } from "@/db/connect"
import { good, refuse } from "@/domain/core/outcome"
import { inMainland, mainlandMissing, mainlandShape, type MainlandAnswer } from "@/domain/exports/mainland"
import type { Entity } from "@/domain/records/evidence"
import { idOf } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { commitText, type Disclosure } from "@/usecases/commit"
import { look } from "@/usecases/look"
import { namesOf } from "@/usecases/requests/named-by"
import type { Actor } from "@/usecases/scene"

type Say = { personId: string; entityId: string; answer: MainlandAnswer | null; back: boolean }

/**
 * A company in the Chinese mainland says to whom and by which approval its records leave with one supervisor, or why none is needed
 * (PIPL 41, DSL 36). Until it did the supervisor takes none of them away. `back` takes back what was said.
 */
export const sayMainland = act<Say, { supervises: boolean; mainland: boolean }, object>({
  name: "mainland.say",
  input: z.strictObject({
    personId: idOf("person"),
    entityId: idOf("entity"),
    answer: mainlandShape,
    back: z.boolean().default(false),
  }) as unknown as z.ZodType<Say>,
  load: async (tx, { personId, entityId }, scene) => {
    if (!scene.actor || !answersFor(scene.actor, entityId) || !(await personById(tx, personId))) return null
    const [company] = await versionsInForce(tx, [entityId], null)
    if (!company) return null
    const reaches = (await visitedBy(tx, personId, scene.now)).some((id) => id === null || id === entityId)
    return { supervises: reaches, mainland: inMainland([countryOf(entityId, company.body)]).length > 0 }
  },
  may: (_actor, { supervises, mainland }, { entityId, answer, back }) => {
    if (!supervises || !mainland) return refuse("not-found", "not-found")
    const missing = back ? [] : mainlandMissing([entityId], answer)
    return missing.length === 0
      ? good({})
      : refuse("invalid", "invalid.form", {
          fields: missing.map((name) => ({ path: `answer.${name}`, says: `invalid.mainland-${name}` })),
        })
  },
  run: async (_tx, { input: { personId, entityId, back, ...input } }) => {
    const answer = back ? null : input.answer
    const texts: Disclosure[] = []
    const sealed = (text: string | null | undefined): { $c: string } | null => {
      if (!text) return null
      const made = commitText(text, entityId)
      texts.push(made)
      return { $c: made.commitment }
    }
    const after = {
      entity: entityId,
      ...{ addressee: sealed(answer?.addressee), approval: sealed(answer?.approval), reasons: sealed(answer?.reasons) },
    }
    const objects = [
      { type: "person", id: personId },
      { type: "entity", id: entityId },
    ]
    return done({
      value: {},
      events: [{ act: MAINLAND_SAID, objects, after }],
      write: (tx) => insertDisclosures(tx, texts),
    })
  },
})

/** One supervisor and one company in the mainland that they may read: what the company said, or null. */
export type MainlandLine = { personId: string; name: string; entityId: string; said: StandingSaid | null; may: boolean }

/** What companies in the mainland said of what supervisors take out, for the company's side and for the supervisor. */
export const readMainland = look<Record<string, never>, MainlandLine[]>({
  name: "look.read",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx, { actor, scene }) => {
    const companies = await mainlandNow(tx)
    if (companies.length === 0) return good([])
    const visits = await visitors(tx, scene.now)
    const lines: MainlandLine[] = []
    const names = await namesOf(tx, [...visits.keys()])
    for (const [personId, reach] of visits) {
      const theirs = companies.filter(
        (id) => (reach.includes(null) || reach.includes(id)) && (personId === actor.id || answersFor(actor, id)),
      )
      const said = theirs.length > 0 ? await mainlandSaid(tx, personId) : []
      for (const entityId of theirs) {
        const one = said.find((found) => found.entityId === entityId)
        const stands = one && mainlandMissing([entityId], one).length === 0 ? one : null
        const may = answersFor(actor, entityId)
        lines.push({ ...{ personId, name: names[personId] ?? personId, entityId, may }, said: stands })
      }
    }
    return good(lines)
  },
})

/** Whether this person answers for the company: its legal or its DPO. */
function answersFor(actor: Actor, entityId: string): boolean {
  return (
    actor.kind === "person" &&
    actor.held.some(
      (one) => (one.role === "legal" || one.role === "dpo") && (one.entityId === null || one.entityId === entityId),
    )
  )
}

/** Our companies that are in the mainland today. */
async function mainlandNow(tx: Tx): Promise<string[]> {
  const companies = await versionsInForce(tx, await listEntityIds(tx), null)
  return inMainland(companies.map(({ recordId, body }) => countryOf(recordId, body)))
}

const countryOf = (id: string, body: unknown): { id: string; country: string } => ({
  id,
  country: ((typeof body === "string" ? JSON.parse(body) : body) as Entity).country,
})

/** The companies that a supervisor reads now, null standing for all. */
async function visitedBy(tx: Tx, personId: string, now: string): Promise<(string | null)[]> {
  return (await visitors(tx, now, personId)).get(personId) ?? []
}

async function visitors(tx: Tx, now: string, personId: string | null = null): Promise<Map<string, (string | null)[]>> {
  const reach = new Map<string, (string | null)[]>()
  for (const grant of await grants(tx, personId))
    if (grant.role === "supervisor" && grant.state !== "revoked" && (grant.untilAt === null || grant.untilAt > now))
      reach.set(grant.personId, [...(reach.get(grant.personId) ?? []), grant.entityId])
  return reach
}
