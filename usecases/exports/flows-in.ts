import { aroundFlows, firstInForce } from "@/db/statements/packed"
import { dayIn } from "@/domain/core/day"
import type { Held } from "@/domain/exports/forms/kit"
import type { Decided, FlowFacts } from "@/domain/exports/forms/kit"
import { sidesOf, type Agreement } from "@/domain/records/agreement"
import type { Assessment } from "@/domain/records/assessment"
import type { Chain, Consent, Entity, Notice } from "@/domain/records/evidence"
import type { RecordKind } from "@/domain/records/kinds"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import type { PackageContext } from "./context"
import { recordsIn, recordsOf, type PackedRecord } from "./records-in"
import { decisionsFor } from "./snapshot"

/** So many flows with all around them are held at once. */
const BATCH = 500

/** Our own companies that the package holds, by id. */
export async function companiesIn(on: PackageContext): Promise<Map<string, Entity>> {
  const all = new Map<string, Entity>()
  for await (const batch of recordsIn(on, "entity")) for (const { id, body } of batch) all.set(id, body as Entity)
  return all
}

/** Every flow of the package with what is around it, as far as the package holds that, in order of id, some at a time. */
export async function* flowsIn(
  on: PackageContext,
  companies: ReadonlyMap<string, Entity>,
): AsyncGenerator<FlowFacts[]> {
  for await (const batch of recordsIn(on, "sharing"))
    for (let from = 0; from < batch.length; from += BATCH)
      yield await around(on, companies, batch.slice(from, from + BATCH))
}

async function around(
  on: PackageContext,
  companies: ReadonlyMap<string, Entity>,
  flows: readonly PackedRecord[],
): Promise<FlowFacts[]> {
  const bodies = flows.map(({ body }) => body as Sharing)
  const own = bodies.map(({ partyId }) => partyId as string)
  const ids = flows.map(({ id }) => id)
  const near = await aroundFlows(on.tx, { sharings: ids, parties: [...new Set(own)] }, on.asOf)
  const papers = await held<Agreement>(on, "agreement", near.agreements)
  const chains = await held<Chain>(on, "chain", near.chains)
  const assessments = await held<Assessment>(on, "assessment", near.assessments)
  const consents = await held<Consent>(on, "consent", bodies.flatMap(consentsOf))
  const notices = await held<Notice>(
    on,
    "notice",
    bodies.flatMap(({ noticeId }) => noticeId ?? []),
  )
  const parties = await held<Party>(on, "party", [
    ...own,
    ...chains.flatMap(({ body }) => [body.partyId, body.engagedBy]),
    ...papers.flatMap(({ body }) => sidesOf(body).parties),
  ])
  const party = new Map(parties.map((one) => [one.id, one]))
  const consent = new Map(consents.map((one) => [one.id, one]))
  const notice = new Map(notices.map((one) => [one.id, one]))
  const created = await firstInForce(on.tx, ids)
  const decided = await decisionsOf(
    on,
    flows.flatMap(({ requestId }) => requestId ?? []),
  )
  const paperOf = grouped(papers, ({ body }) => body.covers.map(({ sharingId }) => sharingId))
  const chainOf = grouped(chains, ({ body }) => [body.sharingId])
  const assessedOf = grouped(assessments, ({ body }) => [body.sharingId ?? body.partyId])
  const nameOf = (id: string): string => party.get(id)?.body.legalName ?? companies.get(id)?.legalName ?? id
  return flows.map(({ id, version, standing, at, requestId }, i): FlowFacts => {
    const sharing = bodies[i] as Sharing
    const entity = companies.get(sharing.entityId) ?? null
    return {
      ...{ id, version, standing, at, createdAt: created.get(id) ?? null, on: dayIn(entity?.zone ?? "UTC", on.asOf) },
      ...{ sharing, entity, party: party.get(sharing.partyId) ?? null, nameOf },
      ...{
        papers: paperOf.get(id) ?? [],
        chains: (chainOf.get(id) ?? []).toSorted((a, b) => a.body.rank - b.body.rank),
      },
      assessments: [...(assessedOf.get(id) ?? []), ...(assessedOf.get(sharing.partyId) ?? [])],
      consents: [...new Set(consentsOf(sharing))].flatMap((one) => consent.get(one) ?? []),
      notice: sharing.noticeId ? (notice.get(sharing.noticeId) ?? null) : null,
      decisions: requestId ? (decided.get(requestId) ?? []) : [],
    }
  })
}

/** The consents that a flow names, wherever it does. */
function consentsOf({ consentIds, grounds, minors, permission }: Sharing): string[] {
  const more = [minors, permission].map((one) => (one.state === "known" ? one.value.consentId : null))
  return [...consentIds, ...grounds.map(({ consentId }) => consentId), ...more].filter((id) => id !== null)
}

async function held<B>(on: PackageContext, kind: RecordKind, ids: readonly string[]): Promise<Held<B>[]> {
  if (ids.length === 0) return []
  const found = await recordsOf(on, kind, [...new Set(ids)].sort())
  return found.map(({ id, body }) => ({ id, body: body as B }))
}

function grouped<T>(all: readonly T[], keysOf: (one: T) => readonly string[]): Map<string, T[]> {
  const by = new Map<string, T[]>()
  for (const one of all)
    for (const key of new Set(keysOf(one))) {
      const list = by.get(key)
      if (list) list.push(one)
      else by.set(key, [one])
    }
  return by
}

async function decisionsOf(on: PackageContext, requests: readonly string[]): Promise<Map<string, Decided[]>> {
  const all = (async function* () {
    yield [...new Set(requests)].sort()
  })()
  const by = new Map<string, Decided[]>()
  for await (const batch of decisionsFor(on.tx, all, on.asOf, on.scope))
    for (const { request, seat, verdict, person, at } of batch)
      by.set(request, [...(by.get(request) ?? []), { seat, verdict, person, at }])
  return by
}
