import { chainsFor } from "@/db/statements/templates"
import { proposalsById } from "@/db/statements/parts"
import type { Tx } from "@/db/connect"
import { dayIn } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { sidesOf, type Agreement } from "@/domain/records/agreement"
import type { Chain } from "@/domain/records/evidence"
import type { Party } from "@/domain/records/party"
import type { AnyRecord } from "@/domain/records/kinds"
import type { Filling } from "@/domain/templates/fields"
import type { Sides } from "@/domain/templates/fill"
import { standingPaper } from "@/usecases/papers/mark-clause"
import { knownAgreement } from "@/usecases/letters/read-letters"
import { readable } from "@/usecases/register/read-record"
import { loadEntities, loadRecords } from "@/usecases/register/records"
import { readKnown } from "@/usecases/requests/known-request"
import { openDrafts } from "@/usecases/requests/revision"
import type { Actor } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"

/** Which agreement: in force, or as somebody's own draft has it. */
export type Which = { recordId: string; requestId: string | null }

/** The agreement that a paper is made for, as far as this person may make one. */
export async function agreementOf(tx: Tx, { recordId, requestId }: Which, actor: Actor): Promise<Agreement | null> {
  if (requestId === null) {
    const record = await knownAgreement(tx, recordId, scopeOf(actor))
    return record && record.standing !== "ended" ? record.body : null
  }
  const request = await readKnown(tx, requestId, actor)
  if (!request || request.createdBy !== actor.id) return null
  return (await standingPaper(tx, { requestId, recordId } as never, actor))?.body ?? null
}

/** Whether everybody for whom the agreement exists may know of what is for these persons alone; null: for everybody. */
function reachesAll(persons: readonly string[] | null, readers: readonly string[] | null): boolean {
  return persons === null || (readers !== null && readers.every((id) => persons.includes(id)))
}

type Known = Pick<AnyRecord, "id" | "kind" | "body">

/**
 * All that a paper is filled from. Whoever may not read one of its parties or one of the flows it covers makes no paper: it would say
 * less than the agreement holds, and look whole.
 */
export async function fillingOf(
  tx: Tx,
  agreement: Agreement,
  on: { requestId: string | null; actor: Actor; now: Instant },
): Promise<Outcome<{ filling: Filling; sides: Sides }>> {
  const { entities: entityIds, parties: partyIds } = sidesOf(agreement)
  const companies = await loadEntities(tx, entityIds, null)
  const zone = companies.get(agreement.entityId)?.zone ?? "UTC"
  const today = dayIn(zone, on.now)
  const covered = [
    ...new Set(agreement.covers.flatMap((line) => (line.lastOn && line.lastOn < today ? [] : [line.sharingId]))),
  ]
  const wanted = [...partyIds, ...covered]
  const known = new Map((await recordsKnown(tx, wanted, on)).map((one) => [one.id as string, one]))
  if (wanted.some((id) => !known.has(id))) return refuse("not-allowed", "not-allowed.paper-flows")
  // Whoever reads the agreement reads its papers: they say nothing of what is for some of those alone.
  if ([...known.values()].some(({ body }) => !reachesAll(body.restrictedTo, agreement.restrictedTo)))
    return refuse("conflict", "conflict.paper-restricted")
  const links = await chains(tx, covered, { ...on, today })
  if (links.some(({ chain }) => !reachesAll(chain.restrictedTo, agreement.restrictedTo)))
    return refuse("conflict", "conflict.paper-restricted")
  const bodies = <K extends AnyRecord["kind"]>(kind: K, ids: readonly string[]) =>
    ids.flatMap((id) => {
      const one = known.get(id)
      return one?.kind === kind ? [one.body as Extract<AnyRecord, { kind: K }>["body"]] : []
    })
  const entities = entityIds.flatMap((id) => companies.get(id) ?? [])
  const parties = bodies("party", partyIds)
  return good({
    filling: {
      ...{ agreement, entities, parties, today },
      sharings: bodies("sharing", covered),
      // Of a party that is for some alone stands what the chain calls it, which everybody reads.
      chains: links.map(({ chain, party }) => ({
        chain,
        name: party && reachesAll(party.restrictedTo, agreement.restrictedTo) ? party.legalName : chain.title,
      })),
    },
    sides: { entities: entities.map((one) => one.legalName), parties: parties.map((one) => one.legalName) },
  })
}

/** Records as the draft has them, else as they are in force; those that this person may read. */
async function recordsKnown(
  tx: Tx,
  ids: readonly string[],
  { requestId, actor }: { requestId: string | null; actor: Actor },
): Promise<Known[]> {
  const drafted: Known[] = requestId
    ? openDrafts(await proposalsById(tx, requestId, 0, ids)).map(
        ({ recordId, kind, body }) => ({ id: recordId, kind, body }) as Known,
      )
    : []
  const have = new Set(drafted.map(({ id }) => id as string))
  const held = await loadRecords(
    tx,
    ids.filter((id) => !have.has(id)),
    null,
  )
  return [...drafted, ...held.filter((record) => readable(record, scopeOf(actor)))]
}

async function chains(
  tx: Tx,
  sharingIds: readonly string[],
  { actor, today }: { actor: Actor; today: string },
): Promise<{ chain: Chain; party: Party | null }[]> {
  const scope = scopeOf(actor)
  const links = (await loadRecords(tx, await chainsFor(tx, sharingIds), null)).flatMap((one) =>
    one.kind === "chain" && one.standing !== "ended" && readable(one, scope) ? [one.body] : [],
  )
  const now = links.filter(
    ({ sharingId, lastOn, answer }) =>
      (sharingIds as readonly string[]).includes(sharingId) &&
      !(lastOn.state === "known" && lastOn.value < today) &&
      !(answer.state === "known" && answer.value === "objected"),
  )
  const named = new Map(
    (
      await loadRecords(
        tx,
        now.map(({ partyId }) => partyId),
        null,
      )
    ).flatMap((one) => (one.kind === "party" && readable(one, scope) ? [[one.id as string, one.body]] : [])),
  )
  return now.toSorted((a, b) => a.rank - b.rank).map((chain) => ({ chain, party: named.get(chain.partyId) ?? null }))
}
