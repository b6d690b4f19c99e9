import { BLANK, known, NOT_APPLICABLE, valueOf, type Answer } from "@/domain/core/answer"
import { addDays, type Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { blankOf, FIELDS, nodeAt } from "@/domain/records/fields"
import type { RecordOf } from "@/domain/records/kinds"
import type { GroundLine, Sharing } from "@/domain/records/sharing"

/** A transfer of control that closes on one day: to whom, who was told when, and by when consent is asked for anew. */
export type TransferSet = {
  name: string
  partyId: Id<"party">
  closingOn: Day
  noticeOn: Day | null
  objectionWeeks: number | null
  reconsentOn: Day | null
}

const given = <T>(value: T | null): Answer<T> => (value === null ? BLANK : known(value))

/** The transfer of one flow's data to the successor: what and whose it is comes from the flow, the rest is still to be said. */
export function transferOf({ body }: RecordOf<"sharing">, set: TransferSet): Sharing {
  const line = nodeAt("sharing", "grounds.0")
  const ground = { ...(line ? (blankOf(line) as GroundLine) : ({} as GroundLine)), ground: "merger" as const }
  return {
    ...(blankOf(FIELDS.sharing) as Sharing),
    ...{
      entityId: body.entityId,
      partyId: set.partyId,
      mode: "transfer",
      title: body.title,
      role: known("controller"),
    },
    ...{ products: body.products, purposes: body.purposes, purposeText: body.purposeText, dataForm: body.dataForm },
    ...{ dataLines: body.dataLines, subjects: body.subjects, minors: body.minors, inferable: body.inferable },
    ...{ peopleCount: body.peopleCount, sensitiveCount: body.sensitiveCount, bases: body.bases, owner: body.owner },
    ...{ restrictedTo: body.restrictedTo, packLines: body.packLines, frequency: known("once") },
    grounds: [
      { ...ground, consentId: null, demandId: null, firstOn: null, lastOn: null, reconsentOn: given(set.reconsentOn) },
    ],
    ...{ startsOn: known(set.closingOn), endsOn: NOT_APPLICABLE, transferSet: known(set.name) },
    ...{ saleNoticeOn: given(set.noticeOn), objectionWeeks: given(set.objectionWeeks) },
  }
}

/** The flow as it ends with the closing: its data is under another's control then, and nothing of ours is left to delete. */
export function endedByTransfer(body: Sharing, closingOn: Day): Sharing {
  const last = addDays(closingOn, -1)
  const already = valueOf(body.endsOn)
  return already !== null && already <= last ? body : { ...body, endsOn: known(last), deletionDue: NOT_APPLICABLE }
}

/** Transfers that close together, as they are shown: one line for each name. */
export type ShownSet = {
  name: string
  closingOn: Day | null
  noticeOn: Day | null
  objectionWeeks: number | null
  reconsentOn: Day | null
  flows: { id: string; title: string }[]
}

/** The sets among flows, by name: what one of them says of closing, notice and consent stands for all that say nothing. */
export function setsOf(flows: readonly { id: string; body: Sharing }[]): ShownSet[] {
  const sets = new Map<string, ShownSet>()
  for (const { id, body } of flows) {
    const name = valueOf(body.transferSet)
    if (body.mode !== "transfer" || name === null) continue
    const set = sets.get(name) ?? {
      ...{ name, closingOn: null, noticeOn: null, objectionWeeks: null, reconsentOn: null, flows: [] },
    }
    const merger = body.grounds.find((line) => line.ground === "merger")
    set.closingOn ??= valueOf(body.startsOn)
    set.noticeOn ??= valueOf(body.saleNoticeOn)
    set.objectionWeeks ??= valueOf(body.objectionWeeks)
    set.reconsentOn ??= merger ? valueOf(merger.reconsentOn) : null
    set.flows.push({ id, title: body.title })
    sets.set(name, set)
  }
  return [...sets.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}
