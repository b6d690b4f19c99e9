import { completed } from "@/domain/records/complete"
import { createHash } from "node:crypto"
import { revisionParts, type ProposalRow } from "@/db/statements/requests"
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

/**
 * Seals the draft's bodies; values that stood before keep their commitments. Fresh ones are to be inserted. The list given
 * becomes the list of what is sealed, each draft in its place, so that thousands do not stand in memory twice.
 */
export async function sealProposals(
  tx: Tx,
  drafts: ProposalRow[],
): Promise<{ sealed: SealedProposal[]; fresh: Disclosure[] }> {
  const known = await knownCommitments(
    tx,
    drafts.map((draft) => draft.recordId),
  )
  const fresh: Disclosure[] = []
  for (const [i, draft] of drafts.entries()) {
    const values = known.get(draft.recordId) ?? new Map<string, string>()
    const body = canonical(sealBody(draft.kind as RecordKind, draft.recordId, JSON.parse(draft.body), values, fresh))
    const row = { ...draft, body }
    drafts[i] = { ...row, hash: rowHash(row) } as SealedProposal
  }
  return { sealed: drafts as SealedProposal[], fresh }
}

/** A proposal with its body readable. */
export type Proposal = Omit<ProposalRow, "body" | "kind"> & { kind: RecordKind; body: AnyRecord["body"] }

/** Proposals whose bodies are not sealed (drafts). */
export function openDrafts(drafts: readonly ProposalRow[]): Proposal[] {
  const lean = sharing()
  return drafts.map((draft) => ({
    ...draft,
    kind: draft.kind as RecordKind,
    body: lean(completed(draft.kind as RecordKind, JSON.parse(draft.body) as AnyRecord["body"])),
  }))
}

/** What of a sealed proposal is kept once it was read: all but its body, whose hash stands for it. */
export type SealedHead = Omit<ProposalRow, "body"> & { bodyHash: string }

/** All but the body. */
export function headOf(row: ProposalRow): SealedHead {
  const { recordId, kind, op, baseVersion, position, discovered, importId, sheet } = row
  return {
    recordId,
    kind,
    op,
    baseVersion,
    position,
    discovered,
    importId,
    sheet,
    row: row.row,
    bodyHash: sha256(row.body),
  }
}

/**
 * A revision's proposals, readable, with the heads of what is sealed. The sealed bodies, for an import as much again, are
 * not held: whoever writes takes them where they lie.
 */
export async function openRevision(
  tx: Tx,
  requestId: string,
  n: number,
): Promise<{ sealed: SealedHead[]; open: Proposal[] }> {
  const sealed: SealedHead[] = []
  const open: Proposal[] = []
  const lean = sharing()
  for await (const part of revisionParts(tx, requestId, n)) {
    for (const row of part) sealed.push(headOf(row))
    for (const one of await openSealed(tx, part, lean)) open.push(one)
  }
  return { sealed, open }
}

/** Sealed proposals with their committed values back; `lean` shares what is equal with others that it was given. */
export async function openSealed(
  tx: Tx,
  list: readonly ProposalRow[],
  lean: ReturnType<typeof sharing> = sharing(),
): Promise<Proposal[]> {
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

/** Longer values are rarely the same twice. */
const SHARED_LENGTH = 400

/** Gives bodies in which equal fields are one and the same value: the thousands of an import are alike in most of them. */
function sharing(): <T>(body: T) => T {
  const seen = new Map<string, unknown>()
  return (body) => {
    const fields = body as Record<string, unknown>
    for (const [name, value] of Object.entries(fields)) {
      if (typeof value !== "object" || value === null) continue
      const text = JSON.stringify(value)
      if (text.length > SHARED_LENGTH) continue
      const known = seen.get(text)
      if (known) fields[name] = known
      else seen.set(text, value)
    }
    return body
  }
}
