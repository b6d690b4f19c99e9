import { canonical } from "@/domain/core/canonical"
import { RECORD_KINDS } from "@/domain/records/kinds"
import type { Ordered } from "./input"

/** A file of a package: its name, its SHA-256 in hex, its bytes. */
export type Sum = { name: string; sha256: string; bytes: number }

/** A company of ours as a manifest names it. */
export type Named = { id: string; legalName: string }

/** The companies whose seats differ from the rule: merged to one decider, or with a DPO who decides (foundation 19). */
export function seatRules(input: Pick<Ordered, "entities">): { mergedSeats: Named[]; dpoDecides: Named[] } {
  const named = ({ id, body }: Ordered["entities"][number]): Named => ({ id, legalName: body.legalName })
  return {
    mergedSeats: input.entities.filter(({ body }) => body.mergeSeats).map(named),
    dpoDecides: input.entities.filter(({ body }) => body.dpoDecides).map(named),
  }
}

/** The manifest: what the package is, and the sum of every other file. */
export function manifestOf(input: Ordered, files: readonly Sum[]): string {
  const { formatVersion, scope, asOf, logSize, root, erasures, withheld, packs } = input
  return canonical({
    formatVersion,
    scope: { entityIds: scope.entityIds },
    asOf,
    logSize,
    root,
    erasures,
    withheld,
    packs: packs.map(({ pack, version }) => ({ pack, version })),
    ...seatRules(input),
    records: Object.fromEntries(RECORD_KINDS.map((kind) => [kind, input.records[kind].length])),
    entities: input.entities.length,
    files,
  })
}
