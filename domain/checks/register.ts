import type { Id } from "@/domain/core/id"
import type { Entity } from "@/domain/records/evidence"
import { sidesOf } from "@/domain/records/agreement"
import type { AnyRecord, RecordKind } from "@/domain/records/kinds"
import type { Fact, Register } from "./types"

type Facts<K extends RecordKind> = Fact<K, Extract<AnyRecord, { kind: K }>["body"]>

/** A register over records in memory: as of an instant, or with a proposal or a scenario laid over (foundation 3). */
export function makeRegister(records: readonly AnyRecord[], entities: ReadonlyMap<string, Entity>): Register {
  const byId = new Map<string, AnyRecord>(records.map((record) => [record.id, record]))
  const one = <K extends RecordKind>(kind: K, id: string): Facts<K> | null => {
    const found = byId.get(id)
    return found?.kind === kind ? (found as unknown as Facts<K>) : null
  }
  const lists = new Map<string, AnyRecord[]>()
  const add = (key: string, record: AnyRecord): void => {
    const list = lists.get(key)
    if (list) list.push(record)
    else lists.set(key, [record])
  }
  let evidence = false
  for (const record of byId.values()) {
    evidence ||= record.kind === "consent" || record.kind === "notice" || record.kind === "demand"
    if (record.kind === "sharing") add(`sharing:${record.body.partyId}`, record)
    if (record.kind === "agreement") {
      // Nearly every paper has one company and one party: no list is made for those.
      const { entityId, partyId, furtherEntities, furtherParties } = record.body
      if (furtherEntities.length === 0 && furtherParties.length === 0) add(`agreement:${entityId}:${partyId}`, record)
      else {
        const { entities: ours, parties: theirs } = sidesOf(record.body)
        for (const entity of ours) for (const party of theirs) add(`agreement:${entity}:${party}`, record)
      }
    }
    if (record.kind === "assessment") add(`assessment:${record.body.partyId}`, record)
    if (record.kind === "chain") add(`chain:${record.body.sharingId}`, record)
  }
  const list = <K extends RecordKind>(key: string): Facts<K>[] => (lists.get(key) ?? []) as unknown as Facts<K>[]
  return {
    evidence,
    entity: (id: Id<"entity">) => entities.get(id) ?? null,
    party: (id) => one("party", id),
    sharing: (id) => one("sharing", id),
    agreement: (id) => one("agreement", id),
    consent: (id) => one("consent", id),
    notice: (id) => one("notice", id),
    demand: (id) => one("demand", id),
    sharingsOf: (party) => list<"sharing">(`sharing:${party}`),
    agreementsOf: (entity, party) => list<"agreement">(`agreement:${entity}:${party}`),
    assessmentsOf: (party) => list<"assessment">(`assessment:${party}`),
    chainsOf: (sharing) => list<"chain">(`chain:${sharing}`),
  }
}
