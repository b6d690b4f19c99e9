import type { Db } from "@/db/connect"
import type { Outcome } from "@/domain/core/outcome"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"
import { decideRequest } from "@/usecases/requests/decide-request"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import type { Actor, Scene } from "@/usecases/scene"
import { aPerson, anEntity, sceneFor } from "./people"

/** One of each who takes part in a request, and a company. */
export type Cast = {
  entityId: string
  requester: Actor
  procurement: Actor
  legal: Actor
  dpo: Actor
  secondLegal: Actor
}

/** People for every seat, each with an account of their own. */
export async function aCast(db: Db): Promise<Cast> {
  return {
    entityId: await anEntity(db),
    requester: await aPerson(db, "Rita Request", ["requester"]),
    procurement: await aPerson(db, "Piet Procure", ["procurement"]),
    legal: await aPerson(db, "Lena Law", ["legal"]),
    dpo: await aPerson(db, "Dora Protect", ["dpo"]),
    secondLegal: await aPerson(db, "Lars Law", ["legal"]),
  }
}

export type Proposed = {
  [K in RecordKind]: {
    kind: K
    op?: "create" | "change" | "end"
    recordId?: string
    body: BodyOf[K]
    discovered?: boolean
  }
}[RecordKind]

/** The value of an outcome; a refusal ends the test with its words. */
export function must<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  const found = (outcome.findings ?? []).map((finding) => `${finding.clause} ${finding.verdict} ${finding.path}`)
  throw new Error(`${outcome.code} ${outcome.says} ${JSON.stringify(outcome.fields ?? [])} ${found.join("; ")}`)
}

/** A draft with these proposals, not submitted. */
export async function drafted(
  db: Db,
  cast: Cast,
  title: string,
  proposals: readonly Proposed[],
  more: Partial<Scene> = {},
): Promise<{ requestId: string; recordIds: string[] }> {
  const draft = must(await draftRequest(sceneFor(db, cast.requester, more), { title }))
  const recordIds: string[] = []
  for (const proposal of proposals) {
    const saved = must(
      await saveProposal(sceneFor(db, cast.requester, more), { requestId: draft.id, op: "create", ...proposal }),
    )
    recordIds.push(saved.recordId)
  }
  return { requestId: draft.id, recordIds }
}

export type Submitted = { requestId: string; recordIds: string[]; hash: string; stages: StageName[] }
type StageName = { stage: string; seat: string; entityId: string }

/** A request in review with these proposals. */
export async function submitted(
  db: Db,
  cast: Cast,
  title: string,
  proposals: readonly Proposed[],
  more: Partial<Scene> = {},
): Promise<Submitted> {
  const draft = await drafted(db, cast, title, proposals, more)
  const done = must(await submitRequest(sceneFor(db, cast.requester, more), { requestId: draft.requestId }))
  return { ...draft, hash: done.hash, stages: done.stages }
}

/** Who of the cast takes a stage. */
export function seatOf(cast: Cast, stage: string): Actor {
  if (stage === "procurement") return cast.procurement
  if (stage === "legal") return cast.legal
  return stage === "dpo" ? cast.dpo : cast.secondLegal
}

/** Everybody says yes, in the order of the stages; gives the last outcome. */
export async function allAgree(db: Db, cast: Cast, request: Submitted, more: Partial<Scene> = {}) {
  let last: Awaited<ReturnType<typeof decideRequest>> | null = null
  for (const stage of request.stages) {
    last = await decideRequest(sceneFor(db, seatOf(cast, stage.stage), more), {
      requestId: request.requestId,
      hash: request.hash,
      stage: stage.stage,
      entityId: stage.entityId,
      verdict: stage.seat === "decides" ? "approve" : "agree",
    })
    if (!last.ok) return last
  }
  if (!last) throw new Error("the request has no stage")
  return last
}

/** These proposals in force, by a request that everybody agreed to; gives the ids. */
export async function inForce(
  db: Db,
  cast: Cast,
  title: string,
  proposals: readonly Proposed[],
  more: Partial<Scene> = {},
): Promise<string[]> {
  const request = await submitted(db, cast, title, proposals, more)
  must(await allAgree(db, cast, request, more))
  return request.recordIds
}
