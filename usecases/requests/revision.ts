import { completed } from "@/domain/records/complete"
import { createHash } from "node:crypto"
import type { ProposalRow } from "@/db/statements/requests"
import { knownCommitments } from "@/db/statements/versions"
import type { Tx } from "@/db/connect"
import { canonical } from "@/domain/core/canonical"
import type { AnyRecord, RecordKind } from "@/domain/records/kinds"
import { commitmentsOf, unseal } from "@/domain/records/seal"
import { disclosed } from "@/db/statements/versions"
import { sealBody, type Disclosure } from "@/usecases/commit"

/** A proposal as it was submitted: its body sealed, with the hash of the row. */
export type SealedProposal = ProposalRow & { hash: string }

/** SHA-256 of text, as hex. */
export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex")
}

/** The hash of one proposal row: what it proposes, for which record, standing on which version. */
export function rowHash(proposal: ProposalRow): string {
  return sha256(
    canonical({
      recordId: proposal.recordId,
      kind: proposal.kind,
      op: proposal.op,
      baseVersion: proposal.baseVersion,
      discovered: proposal.discovered,
      body: sha256(proposal.body),
    }),
  )
}

/** The content hash of a revision: over its ordered rows. Decisions are on this hash. */
export function revisionHash(rows: readonly { recordId: string; hash: string }[]): string {
  return sha256(canonical(rows.map((row) => [row.recordId, row.hash])))
}

/** Seals the draft's bodies; values that stood before keep their commitments. Fresh ones are to be inserted. */
export async function sealProposals(
  tx: Tx,
  drafts: readonly ProposalRow[],
): Promise<{ sealed: SealedProposal[]; fresh: Disclosure[] }> {
  const known = await knownCommitments(
    tx,
    drafts.map((draft) => draft.recordId),
  )
  const fresh: Disclosure[] = []
  const sealed = drafts.map((draft) => {
    const values = known.get(draft.recordId) ?? new Map<string, string>()
    const body = canonical(sealBody(draft.kind as RecordKind, draft.recordId, JSON.parse(draft.body), values, fresh))
    const row = { ...draft, body }
    return { ...row, hash: rowHash(row) }
  })
  return { sealed, fresh }
}

/** A proposal with its body readable. */
export type Proposal = Omit<ProposalRow, "body" | "kind"> & { kind: RecordKind; body: AnyRecord["body"] }

/** Proposals whose bodies are not sealed (drafts). */
export function openDrafts(drafts: readonly ProposalRow[]): Proposal[] {
  return drafts.map((draft) => ({
    ...draft,
    kind: draft.kind as RecordKind,
    body: completed(draft.kind as RecordKind, JSON.parse(draft.body) as AnyRecord["body"]),
  }))
}

/** Sealed proposals with their committed values back. */
export async function openSealed(tx: Tx, list: readonly ProposalRow[]): Promise<Proposal[]> {
  const parsed = list.map((item) => ({ item, kind: item.kind as RecordKind, body: JSON.parse(item.body) as unknown }))
  const values = await disclosed(
    tx,
    parsed.flatMap(({ kind, body }) => commitmentsOf(kind, body)),
  )
  return parsed.map(({ item, kind, body }) => ({
    ...item,
    kind,
    body: completed(
      kind,
      unseal(kind, body, (key) => values.get(key)),
    ) as AnyRecord["body"],
  }))
}
