import { chainsThrough, betweenIds, type Announcement } from "@/db/statements/announcements"
import { insertRequest, saveProposals, type ProposalRow } from "@/db/statements/requests"
import type { Tx } from "@/db/connect"
import { chainProposals, subParty } from "@/domain/announcements/chain-proposals"
import { canonical } from "@/domain/core/canonical"
import { fold } from "@/domain/core/fold"
import type { Id } from "@/domain/core/id"
import type { AnyRecord, RecordOf } from "@/domain/records/kinds"
import { loadRecords } from "@/usecases/register/records"
import { readable } from "@/usecases/register/read-record"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { scopeOf, type Scope } from "@/usecases/scope"

/**
 * Begins the request that brings the chain to what was announced; null where nothing in the register changes by it. Flows
 * that are kept to other names than the party have a request of their own.
 */
export async function beginChain(
  tx: Tx,
  announced: Announcement,
  on: { title: string; restrictedTo: RecordOf<"party">["body"]["restrictedTo"]; actor: Actor; scene: Scene },
): Promise<string | null> {
  const { actor, scene, restrictedTo } = on
  const scope = scopeOf(actor)
  const { flows: ids } = await betweenIds(tx, announced.entityId, announced.partyId)
  const alike = (record: AnyRecord): boolean =>
    record.body.restrictedTo === null || canonical(record.body.restrictedTo) === canonical(restrictedTo)
  const flows = (await seen(tx, ids, "sharing", scope)).filter(alike)
  const gone = announced.oldPartyId
    ? await chainsThrough(
        tx,
        flows.map((flow) => flow.id),
        announced.oldPartyId,
      )
    : []
  const chains = await seen(tx, gone, "chain", scope)
  const comes = announced.change !== "gone"
  const made = comes && announced.subPartyId === null && flows.length > 0 ? newId(scene, "party") : null
  const sub = comes ? ((announced.subPartyId ?? made) as Id<"party"> | null) : null
  const links = chainProposals(announced, { flows, chains, sub })
  if (links.length === 0) return null
  const id = newId(scene, "request")
  const title = on.title.trim().slice(0, 300)
  await insertRequest(tx, {
    ...{ id, title, fold: fold(title), kind: "change", by: actor.id, at: scene.now, restrictedTo },
  })
  const rest = { discovered: false, importId: null, sheet: null, row: null }
  const party: ProposalRow[] = made
    ? [
        {
          ...{ recordId: made as string, kind: "party", op: "create", baseVersion: null, position: 1 },
          body: canonical(subParty(announced.subName ?? "", restrictedTo)),
          ...rest,
        },
      ]
    : []
  await saveProposals(tx, id, scene.now, [
    ...party,
    ...links.map((link, i): ProposalRow => ({
      recordId: link.record?.id ?? newId(scene, "chain"),
      ...{ kind: "chain", op: link.op, baseVersion: link.record?.version ?? null, position: party.length + i + 1 },
      body: canonical(link.body),
      ...rest,
    })),
  ])
  return id
}

async function seen<K extends "sharing" | "chain">(
  tx: Tx,
  ids: readonly string[],
  kind: K,
  scope: Scope,
): Promise<RecordOf<K>[]> {
  const found = await loadRecords(tx, ids, null)
  return found.filter((one) => one.kind === kind && readable(one, scope)) as unknown as RecordOf<K>[]
}
