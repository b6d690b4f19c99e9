import type { Tone } from "@/components/ui/status-tag"
import { ID_PREFIX } from "@/domain/core/id"
import type { Sharing } from "@/domain/records/sharing"
import { isUnderDemand } from "@/domain/records/under-demand"
import { RECORD_KINDS, type RecordKind } from "@/domain/records/kinds"

/** The sign of each standing of a record. */
export const STANDING: Record<string, Tone> = { approved: "good", discovered: "found", ended: "quiet" }

/** How a record stands, as a key of the catalogue: what runs because an authority demands it was not found running. */
export function standingKey(record: { kind: string; standing: string; body: unknown }): string {
  return standingOf(record.standing, record.kind === "sharing" && isUnderDemand(record.body as Sharing))
}

/** The same of a line in a list, which says itself whether an authority demands it. */
export function standingOf(standing: string, underDemand: boolean): string {
  return standing === "discovered" && underDemand ? "standing.under-demand" : `standing.${standing}`
}

/** The page of each kind of record, without the id. */
export const PATH: Record<RecordKind, string> = {
  party: "/parties",
  sharing: "/sharings",
  agreement: "/agreements",
  assessment: "/evidence",
  consent: "/evidence",
  notice: "/evidence",
  demand: "/evidence",
  chain: "/evidence",
  pack: "/promises/own",
}

/** The address of a record's page. */
export function pathOf(kind: RecordKind, id: string): string {
  return `${PATH[kind]}/${id}`
}

/** The kind of record that an id is of, by its prefix; null for ids of other things. */
export function kindOfId(id: string): RecordKind | null {
  return RECORD_KINDS.find((kind) => id.startsWith(`${ID_PREFIX[kind]}_`)) ?? null
}
