import { known, NOT_APPLICABLE, valueOf } from "@/domain/core/answer"
import { addDays, type Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Chain } from "@/domain/records/evidence"
import { blankOf, FIELDS } from "@/domain/records/fields"
import type { RecordOf } from "@/domain/records/kinds"
import type { Party } from "@/domain/records/party"
import type { AnnouncedChange, Clock } from "./clock"

/** What was announced, as far as the chain reads it. */
export type Announced = Pick<Clock, "objectUntil"> & {
  partyId: string
  change: AnnouncedChange
  subName: string | null
  oldPartyId: string | null
  task: string
  countries: readonly string[]
  announcedOn: Day
  effectOn: Day
}

/** A link that comes, for one flow; or one in force that goes. */
export type ChainProposal =
  { op: "create"; record: null; body: Chain } | { op: "change"; record: RecordOf<"chain">; body: Chain }

/**
 * The chain as an accepted announcement leaves it: a new link for each flow from the day of effect on, and the last day of
 * every link of whoever goes. `sub`: who comes, as a party of the register.
 */
export function chainProposals(
  announced: Announced,
  on: { flows: readonly RecordOf<"sharing">[]; chains: readonly RecordOf<"chain">[]; sub: Id<"party"> | null },
): ChainProposal[] {
  const last = addDays(announced.effectOn, -1)
  const gone = on.chains.flatMap((record): ChainProposal[] => {
    const already = valueOf(record.body.lastOn)
    return already !== null && already <= last
      ? []
      : [{ op: "change", record, body: { ...record.body, lastOn: known(last) } as Chain }]
  })
  const { sub } = on
  if (announced.change === "gone" || sub === null) return gone
  const come = on.flows.map((flow): ChainProposal => ({
    ...{ op: "create", record: null },
    body: {
      ...(blankOf(FIELDS.chain) as Chain),
      ...{ sharingId: flow.id, partyId: sub, engagedBy: announced.partyId as Id<"party">, rank: 1 },
      title: announced.subName ?? "",
      task: known(announced.task),
      countries: announced.countries.length ? known([...announced.countries]) : { state: "blank" },
      ...{ announcedOn: known(announced.announcedOn), objectUntil: known(announced.objectUntil) },
      ...{ answer: known("accepted"), firstOn: known(announced.effectOn), lastOn: NOT_APPLICABLE },
      restrictedTo: flow.body.restrictedTo,
    } as Chain,
  }))
  return [...come, ...gone]
}

/** Who comes, where the register does not have it yet: a party that works for another. */
export function subParty(name: string, restrictedTo: Party["restrictedTo"]): Party {
  return {
    ...(blankOf(FIELDS.party) as Party),
    legalName: name,
    kinds: [{ kind: "processor", firstOn: null, lastOn: null }],
    dataDecision: "receives-data",
    restrictedTo,
  }
}
