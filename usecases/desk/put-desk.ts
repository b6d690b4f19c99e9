import {
  putOpenAnswers,
  putPartyKeys,
  putReviews,
  type OpenAnswerRow,
  type PartyKeyRow,
  type ReviewRow,
} from "@/db/statements/desk"
import type { Tx } from "@/db/connect"
import { paperDues } from "@/domain/agreements/dues"
import { addDays, dayIn } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { endsByItself, withDuty } from "@/domain/endings/duty"
import { keysOfParty } from "@/domain/reconcile/keys"
import { completed } from "@/domain/records/complete"
import type { BodyOf, RecordKind, Standing } from "@/domain/records/kinds"
import { titleOf } from "@/domain/records/project"
import { duesOf, ownerOf } from "@/domain/reviews/dues"
import { intervalsOn } from "@/domain/reviews/intervals"
import { openAnswers } from "@/domain/unknowns/open-answers"
import { packsNow } from "@/usecases/packs/known"
import { endingBeside, papersNaming, type Paper } from "./papers-beside"

/** A version as it is stored: its body sealed. `read`: that body, where somebody has read it already and nothing is sealed. */
export type SealedVersion = {
  recordId: string
  kind: string
  standing: Standing
  body: string
  read?: BodyOf[RecordKind]
}

/**
 * Writes what the desk shows of versions that come into force: answers not known yet, reviews that come due, and by what
 * parties are known; how soon a look comes due by the texts that count `now`. From the sealed bodies, so that no committed value stands anywhere else (foundation 8).
 */
export async function putDesk(
  tx: Tx,
  at: Instant,
  versions: readonly SealedVersion[],
  now: Instant = at,
): Promise<void> {
  const ids = versions.map((version) => version.recordId)
  // How often a look is due follows the texts that count today for what is looked at.
  const everyOf = intervalsOn(await packsNow(tx, at), dayIn("UTC", now))
  const answers: OpenAnswerRow[] = []
  const reviews: ReviewRow[] = []
  const keys: PartyKeyRow[] = []
  const beside = await endingBeside(tx, versions)
  const papers = await papersNaming(tx, [...versions, ...beside].flatMap(endingOf))
  for (const version of versions) {
    const kind = version.kind as RecordKind
    const ended = version.standing === "ended"
    // Of what has ended nothing is asked, but for the proof that a flow's data is gone.
    if (ended && kind !== "sharing") continue
    const body = bodyOf(version)
    const common = { ...identity(version.recordId, kind, body), recordKind: kind }
    for (const { path, asked, askedSealed, due } of ended ? [] : openAnswers(kind, body))
      answers.push({ ...common, path, asked, askedSealed, dueOn: due })
    reviews.push(...reviewsOf(version, body, { everyOf, papers }))
    if (kind === "agreement") {
      const paper = body as BodyOf["agreement"]
      // By the earliest day that is today anywhere: what passed a day ago still shows that it did.
      for (const { from, ...rest } of paperDues(paper, version.standing, addDays(dayIn("UTC", now), -1)))
        reviews.push({ ...common, ...rest, subject: version.recordId, sinceOn: from, ...ownerOf(paper.owner) })
    }
    if (kind === "party")
      for (const key of keysOfParty(body as BodyOf["party"])) keys.push({ recordId: version.recordId, ...key })
  }
  await putOpenAnswers(tx, at, ids, answers)
  for (const version of beside) reviews.push(...reviewsOf(version, bodyOf(version), { everyOf, papers }))
  await putReviews(tx, at, [...ids, ...beside.map((version) => version.recordId)], reviews)
  await putPartyKeys(
    tx,
    versions.filter((version) => version.kind === "party").map((version) => version.recordId),
    keys,
  )
}

function bodyOf({ kind, body, read }: SealedVersion): BodyOf[RecordKind] {
  return read ?? completed(kind as RecordKind, JSON.parse(body) as BodyOf[RecordKind])
}

/** The flow's id, where its last day is known and no request set what it owes. */
function endingOf(version: SealedVersion): string[] {
  if (version.kind !== "sharing") return []
  return endsByItself(bodyOf(version) as BodyOf["sharing"]) ? [version.recordId] : []
}

type Around = { everyOf: ReturnType<typeof intervalsOn>; papers: ReadonlyMap<string, Paper[]> }

function reviewsOf(version: SealedVersion, body: BodyOf[RecordKind], { everyOf, papers }: Around): ReviewRow[] {
  const { recordId, standing } = version
  const kind = version.kind as RecordKind
  const owing =
    kind === "sharing" ? withDuty({ id: recordId, body: body as BodyOf["sharing"] }, papers.get(recordId) ?? []) : body
  const every = everyOf(kind === "sharing" ? (body as BodyOf["sharing"]) : null)
  const common = { ...identity(recordId, kind, body), recordKind: kind }
  return duesOf({ id: recordId, kind, standing, body: owing }, every).map(({ from, ...rest }) => ({
    ...{ ...common, ...rest, sinceOn: from },
  }))
}

function identity(recordId: string, kind: RecordKind, body: BodyOf[RecordKind]) {
  const named = body as { entityId?: string; partyId?: string }
  return {
    recordId,
    title: titleOf(kind, body as never),
    entityId: named.entityId ?? null,
    partyId: kind === "party" ? recordId : (named.partyId ?? null),
    restrictedTo: body.restrictedTo,
  }
}
