import { sql } from "drizzle-orm"
import { row, type Tx } from "@/db/connect"
import { listEntityIds } from "@/db/statements/entities"
import { addDays, dayIn, type Day } from "@/domain/core/day"
import { isId, type Id } from "@/domain/core/id"
import { prefilled } from "@/domain/intake/prefill"
import type { Named } from "@/domain/intake/proposals"
import type { Answers, Facts, Given, PartyChoice } from "@/domain/intake/question"
import type { Entity } from "@/domain/records/evidence"
import type { RecordKind } from "@/domain/records/kinds"
import { titleOf } from "@/domain/records/project"
import { readable } from "@/usecases/register/read-record"
import { loadEntities, loadRecords, type StoredRecord } from "@/usecases/register/records"
import { unseenIn } from "@/usecases/register/unseen"
import type { Actor, Scene } from "@/usecases/scene"
import { scopeOf, unrestricted, type Scope } from "@/usecases/scope"
import { flowsOf } from "./find-party"

/** What the register says of what the answers name, as far as whoever answers may know it. */
export type Surroundings = {
  entities: { id: Id<"entity">; entity: Entity }[]
  named: Named
  /** The consent that is named, where this person may read it. */
  consentId: string | null
  facts: Facts
  /** Today where the company is that sends the data; UTC while none is chosen. */
  today: Day
  prefills: Record<string, Given>
  titles: Record<string, string>
}

const SETTLED_WITHIN = 30

/** Reads what stands around the answers: companies, the party, the flow or paper they are about, what is known already. */
export async function surroundings(tx: Tx, answers: Answers, scene: Scene, actor: Actor): Promise<Surroundings> {
  const scope = scopeOf(actor)
  const ids = (await listEntityIds(tx)).filter((id) => scope.entities === null || scope.entities.includes(id))
  const entities = [...(await loadEntities(tx, ids, null))].map(([id, entity]) => ({ id, entity }))
  const partyId = await partyNamed(tx, answers, scope)
  const sharing = await one(tx, "sharing", codeOf(answers, "1.3a"), scope)
  const [begunWith, paper] = [codeOf(answers, "1.3b"), codeOf(answers, "7.1a")]
  const renews = codeOf(answers, "1.1") === "renew"
  const agreement = await one(tx, "agreement", renews ? begunWith : (paper ?? begunWith), scope)
  const party = await one(tx, "party", partyId, scope)
  // What is filled in from a flow is shown to whoever reads the new one: never from one that only some may read.
  const [flowHit] = party ? await flowsOf(tx, [party.id], scope, sql`r.restricted_to is null`) : []
  const flow = await one(tx, "sharing", flowHit?.id ?? null, scope)
  const only = entities.length === 1 ? entities[0]?.id : undefined
  const entityId = codeOf(answers, "1.2") ?? sharing?.body.entityId ?? agreement?.body.entityId ?? only
  const entity = entities.find((item) => item.id === entityId)?.entity
  const today = dayIn(entity?.zone ?? "UTC", scene.now)
  const known = [party, sharing, agreement].filter((record) => record !== null)
  return {
    entities,
    named: { party, sharing, agreement },
    consentId: (await one(tx, "consent", codeOf(answers, "5.2"), scope))?.id ?? null,
    facts: { entityCountry: entity?.country ?? null },
    today,
    prefills: prefilled({
      me: actor.name,
      settleBy: addDays(today, SETTLED_WITHIN),
      entities: entities.map(({ id, entity: { legalName } }) => ({ id, title: legalName })),
      party: party && { title: party.body.legalName, body: party.body },
      flow: flow && { title: flow.body.title, body: flow.body },
    }),
    titles: Object.fromEntries(known.map((record) => [record.id, titleOf(record.kind, record.body)])),
  }
}

const codeOf = (answers: Answers, id: string): string | null => {
  const given = answers[id]
  return given?.state === "known" && typeof given.value === "string" ? given.value : null
}

/** The party of the answers: chosen, or for a publication the one that stands for everybody, where there is one. */
async function partyNamed(tx: Tx, answers: Answers, scope: Scope): Promise<string | null> {
  if (codeOf(answers, "1.1") === "publish") {
    const found = await row<{ id: string }>(
      tx,
      sql`select r.record_id as id from party_rows r where r.until_at = 'infinity' and r.standing <> 'ended' and 'public' = any(r.kinds)
        and ${unrestricted(scope, sql`r.restricted_to`)} order by r.fold, r.record_id limit 1`,
    )
    return found?.id ?? null
  }
  const given = answers["1.3"]
  const choice = given?.state === "known" ? (given.value as PartyChoice) : null
  return choice && typeof choice === "object" && "id" in choice ? choice.id : null
}

/** A record in force of a kind that this person may read whole; null for anything else. */
async function one<K extends RecordKind>(
  tx: Tx,
  kind: K,
  id: string | null | undefined,
  scope: Scope,
): Promise<Extract<StoredRecord, { kind: K }> | null> {
  if (!id || !isId(kind, id)) return null
  const [record] = await loadRecords(tx, [id], null)
  if (!record || record.kind !== kind || record.standing === "ended" || !readable(record, scope)) return null
  // Whose partner is withheld is not proposed anew by somebody who cannot read it.
  const hidden = await unseenIn(tx, [record], scope, null)
  return hidden.size > 0 ? null : (record as Extract<StoredRecord, { kind: K }>)
}
