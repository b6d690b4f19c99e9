import { z } from "zod"
import { proposalsById } from "@/db/statements/parts"
import type { RequestRow } from "@/db/statements/requests"
import type { Tx } from "@/db/connect"
import { dayIn, type Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { clauseChanges, type ClauseChange } from "@/domain/packs/changes"
import { bodyOf, heldClause, packOf, widerOn, withoutText } from "@/domain/packs/in-force"
import { factChanges, type FactChange } from "@/domain/packs/fact-changes"
import type { LawFacts } from "@/domain/checks/law"
import type { Beside } from "@/domain/packs/validate-own"
import type { PackFault } from "@/domain/packs/validate"
import { mayAct } from "@/domain/people/permissions"
import type { OwnClause, OwnPack } from "@/domain/records/own-pack"
import { idOf } from "@/domain/records/parts"
import { look } from "@/usecases/look"
import { loadEntities, openVersions } from "@/usecases/register/records"
import { readKnown } from "@/usecases/requests/known-request"
import { isEditable } from "@/usecases/requests/read-request"
import { openDrafts, openSealed, type Proposal } from "@/usecases/requests/revision"
import type { Actor } from "@/usecases/scene"
import { versionsOf } from "@/db/statements/versions"
import { besideOf, faultsOf, sourceOf } from "./beside"
import { clausesToTake } from "./draft-pack"
import { ownVersions, packsNow } from "./known"

export const proposedInput = z.strictObject({ requestId: idOf("request"), recordId: idOf("pack") })
export type ProposedInput = z.output<typeof proposedInput>

export type ProposedPackPage = {
  request: { id: string; no: number; title: string; state: RequestRow["state"] }
  recordId: string
  body: OwnPack
  /** Whether the text ends with it. */
  ends: boolean
  /** What it is held against: the version before, or the text that counts for its companies now; where it ends, what counts then. */
  against: { title: string; version: string }
  changes: ClauseChange[]
  /** What it changes in the facts of law, line by line. */
  facts: FactChange[]
  /** Clauses that could be taken: retired, or never taken. */
  takeable: OwnClause[]
  /** What stands in the way of submitting it. */
  faults: PackFault[]
  /** Whether this reader may write it now. */
  editing: boolean
  names: Record<string, string>
  today: Day
}

/** The version of a pack that a request proposes, as this person may know it: null where there is none. */
export async function proposedPack(
  tx: Tx,
  { requestId, recordId }: ProposedInput,
  actor: Actor,
): Promise<{ request: RequestRow; proposal: Proposal; body: OwnPack } | null> {
  const request = await readKnown(tx, requestId, actor)
  if (!request) return null
  const n = isEditable(request) ? 0 : request.revision
  const found = await proposalsById(tx, requestId, n, [recordId])
  const [proposal] = n === 0 ? openDrafts(found) : await openSealed(tx, found)
  return proposal?.kind === "pack" ? { request, proposal, body: proposal.body as OwnPack } : null
}

/** A proposed version clause by clause beside what counts now: what its author writes, and what a reviewer decides on. */
export const readProposedPack = look<ProposedInput, ProposedPackPage>({
  name: "request.read",
  input: proposedInput as unknown as z.ZodType<ProposedInput>,
  about: (input) => [{ type: "request", id: input.requestId }],
  run: async (tx, { input, actor, scene }) => {
    const found = await proposedPack(tx, input, actor)
    if (!found) return refuse("not-found", "not-found")
    const { request, proposal, body } = found
    const beside = await besideOf(tx, input.recordId, scene.now)
    const ends = proposal.op === "end"
    const base = await baseOf(tx, proposal)
    const source = sourceOf(beside, body.pack)
    const before = base ?? (source ? bodyOf(source, "") : null)
    const then = ends ? await countsThen(tx, body, scene.now) : null
    const held = new Set(body.clauses.map((one) => one.id))
    const open = isEditable(request) || request.state === "in-review"
    const ids = await loadEntities(tx, beside.entities, null)
    return good<ProposedPackPage>({
      request: { id: request.id, no: request.no, title: request.title, state: request.state },
      recordId: input.recordId,
      body,
      ends,
      against: then ?? { title: base?.title ?? "", version: before?.version ?? "" },
      facts: ends ? [] : factChanges(factsBefore(beside, input.recordId, body.pack), packOf(body, scene.now).facts),
      changes: clauseChanges(before?.clauses ?? [], then?.clauses ?? body.clauses),
      takeable: clausesToTake(beside, body.pack).filter((one) => !held.has(one.id)),
      faults: open ? await faultsOf(tx, { recordId: input.recordId, op: proposal.op, body }, scene.now) : [],
      editing: isEditable(request) && request.createdBy === actor.id && mayAct("pack.propose", actor).ok,
      names: Object.fromEntries([...ids].map(([id, entity]) => [id, entity.legalName])),
      today: dayIn("UTC", scene.now),
    })
  },
})

/** What counts for the whole of a text's scope from the day on which it ends: a wider text of ours, or the shipped one. */
async function countsThen(tx: Tx, body: OwnPack, now: Instant): Promise<Then> {
  const on = body.effectiveFrom
  const own = await ownVersions(tx, null)
  const wider = widerOn(withoutText(await packsNow(tx, now), body, on), body.pack, packOf(body, now).scope, on)
  const title = own.find((one) => one.recordId === wider?.own && one.body.version === wider.version)?.body.title
  return { title: title ?? "", version: wider?.version ?? "", clauses: wider?.clauses.map(heldClause) ?? [] }
}

/** The facts of law that a version takes over from: those of the last version that brought any. */
function factsBefore(beside: Beside, recordId: string, name: string): Partial<LawFacts> {
  const known = [...beside.shipped, ...beside.own.filter((one) => one.own === recordId)]
  const bringing = known.filter((one) => one.pack === name && one.facts)
  return bringing[bringing.length - 1]?.facts ?? {}
}
type Then = { title: string; version: string; clauses: OwnClause[] }

async function baseOf(tx: Tx, proposal: Proposal): Promise<OwnPack | null> {
  if (proposal.baseVersion === null) return null
  const versions = await openVersions(tx, await versionsOf(tx, proposal.recordId as Id<"pack">, null))
  const base = versions.find((one) => one.version === proposal.baseVersion)
  return base?.kind === "pack" ? base.body : null
}
