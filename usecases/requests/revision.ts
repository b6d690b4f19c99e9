import { completed } from "@/domain/records/complete"
import { createHash } from "node:crypto"
import type { ProposalRow } from "@/db/statements/requests"
import { knownCommitments } from "@/db/statements/versions"
import type { Tx } from "@/db/connect"
import { BLANK } from "@/domain/core/answer"
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
    body: lean(completed(draft.kind as RecordKind, JSON.parse(draft.body) as AnyRecord["body"])),
  }))
}

/** Sealed proposals with their committed values back. */
export async function openSealed(tx: Tx, list: readonly ProposalRow[]): Promise<Proposal[]> {
  // Each body is read twice, so that thousands of them do not stand in memory sealed and open at once.
  const values = await disclosed(
    tx,
    list.flatMap((item) => commitmentsOf(item.kind as RecordKind, JSON.parse(item.body))),
  )
  return list.map((item) => {
    const kind = item.kind as RecordKind
    const body = completed(
      kind,
      unseal(kind, JSON.parse(item.body), (key) => values.get(key)),
    ) as AnyRecord["body"]
    return { ...item, kind, body: lean(body) }
  })
}

/** The body with every unanswered question standing for one and the same answer: most of an import is unanswered. */
function lean<T>(body: T): T {
  const fields = body as Record<string, { state?: string } | null>
  for (const [name, value] of Object.entries(fields)) if (value?.state === "blank") fields[name] = BLANK
  return body
}
