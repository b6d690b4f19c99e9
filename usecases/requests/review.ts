import { putReview } from "@/db/statements/review"
import type { Tx } from "@/db/connect"
import type { BodyOf } from "@/domain/records/kinds"
import type { Party } from "@/domain/records/party"
import type { RequestRow } from "@/db/statements/requests"
import { partyIdOf, reviewRow, type ReviewRow } from "@/domain/requests/review"
import type { Judgement } from "@/usecases/checks/judge"
import { loadRecords } from "@/usecases/register/records"
import type { Proposal, SealedProposal } from "./revision"

/** Up to so many proposals stand on the request's page one below the other; more are looked at by facets. */
export const FEW = 50

/** Whether a request is looked at by facets: imports, and whatever else is too much to read from top to bottom. */
export function isMany(kind: RequestRow["kind"], proposals: number): boolean {
  return kind === "import" || proposals > FEW
}

/** The rows for review of proposals. `judged` null: they were not checked as they stand. */
export async function reviewRowsOf(
  tx: Tx,
  kind: RequestRow["kind"],
  proposals: readonly Proposal[],
  judged: Pick<Judgement, "blocking"> | null,
): Promise<ReviewRow[]> {
  const parties = new Map<string, Party>()
  for (const one of proposals) if (one.kind === "party") parties.set(one.recordId, one.body as Party)
  const elsewhere = new Set<string>()
  for (const one of proposals) {
    const id = partyIdOf(one.kind, one.recordId, one.body as BodyOf[typeof one.kind])
    if (id && !parties.has(id)) elsewhere.add(id)
  }
  for (const record of await loadRecords(tx, [...elsewhere], null))
    if (record.kind === "party") parties.set(record.id, record.body)
  const clauses = new Map<string, string[]>()
  for (const finding of judged?.blocking ?? [])
    clauses.set(finding.recordId, [...(clauses.get(finding.recordId) ?? []), finding.clause])
  return proposals.map((one) => {
    const body = one.body as BodyOf[typeof one.kind]
    const partyId = partyIdOf(one.kind, one.recordId, body)
    return reviewRow(
      { ...one, body },
      {
        party: partyId ? (parties.get(partyId) ?? null) : null,
        clauses: judged ? (clauses.get(one.recordId) ?? []) : null,
        importing: kind === "import",
      },
    )
  })
}

/** Puts the rows for review of a draft; `near` names the party of the register that is near, by the record. */
export async function putDraftReview(
  tx: Tx,
  request: Pick<RequestRow, "id" | "kind">,
  proposals: readonly Proposal[],
  judged: Pick<Judgement, "blocking"> | null,
  near: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  const list = await reviewRowsOf(tx, request.kind, proposals, judged)
  await putReview(
    tx,
    request.id,
    list.map((item) => ({ ...item, nearId: near.get(item.recordId) ?? null })),
    false,
    false,
  )
}

/** The rows of a revision: those of its proposals, with what is sealed in them sealed here as well. */
export function sealedReview(list: readonly ReviewRow[], sealed: readonly SealedProposal[]): ReviewRow[] {
  const bodies = new Map(sealed.map((item) => [item.recordId, item.body]))
  return list.map((item) => {
    if (item.owner === null) return item
    const body = JSON.parse(bodies.get(item.recordId) ?? "{}") as { owner?: { value?: { $c?: string } } }
    return { ...item, owner: body.owner?.value?.$c ?? null }
  })
}
