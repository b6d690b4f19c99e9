import { BLANK, known, NOT_APPLICABLE, valueOf, type Answer } from "@/domain/core/answer"
import { addDays, later, type Day } from "@/domain/core/day"
import type { Id, IdKind } from "@/domain/core/id"
import type { Agreement } from "@/domain/records/agreement"
import type { Assessment } from "@/domain/records/assessment"
import type { Chain } from "@/domain/records/evidence"
import type { AnyRecord, RecordOf } from "@/domain/records/kinds"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"

/** One proposal of a merge: `record` is what stands in force, null for what is new. */
export type MergeProposal = {
  op: "create" | "change" | "end"
  kind: AnyRecord["kind"]
  recordId: string
  record: AnyRecord | null
  body: AnyRecord["body"]
}

export type Merging = {
  from: RecordOf<"party">
  into: RecordOf<"party">
  /** The first day on which everything goes to the party that stays. */
  on: Day
  sharings: readonly RecordOf<"sharing">[]
  agreements: readonly RecordOf<"agreement">[]
  assessments: readonly RecordOf<"assessment">[]
  chains: readonly RecordOf<"chain">[]
  newId: <K extends IdKind>(kind: K) => Id<K>
}

/**
 * Two parties become one. The party of a sharing never changes (foundation 1): each that still flows ends the day before
 * and is succeeded by one to the party that stays, to which its papers and looks are carried over as records of their own.
 * What stood before keeps its days, so that the past reads as it was.
 */
export function mergeProposals(on: Merging): MergeProposal[] {
  const { from, into } = on
  const moved = on.sharings.filter((one) => stillFlows(one.body, on.on))
  const named = carriedIds(on, moved)
  const sharings = moved.flatMap((record): MergeProposal[] => [
    { op: "end", kind: "sharing", recordId: record.id, record, body: endedBody(record.body, on.on) },
    made("sharing", named.get(record.id) as string, successor(record, into.id, on.on, named)),
  ])
  const papers = on.agreements.flatMap((record): MergeProposal[] => {
    const id = named.get(record.id)
    return id ? [made("agreement", id, carriedPaper(record.body, into.id, on.on, named))] : []
  })
  const looks = on.assessments.flatMap((record): MergeProposal[] => {
    const id = named.get(record.id)
    return id ? [made("assessment", id, carriedLook(record.body, into.id, named))] : []
  })
  const chains = on.chains
    .filter((one) => stillFlows({ endsOn: one.body.lastOn }, on.on))
    .flatMap((record): MergeProposal[] => [
      {
        ...{ op: "change", kind: "chain", recordId: record.id, record },
        body: { ...record.body, lastOn: known(addDays(on.on, -1)) } as Chain,
      },
      made("chain", on.newId("chain"), carriedLink(record.body, { from: from.id, into: into.id }, on.on, named)),
    ])
  return [
    { op: "end", kind: "party", recordId: from.id, record: from, body: { ...from.body, mergedInto: into.id } },
    { op: "change", kind: "party", recordId: into.id, record: into, body: withNamesOf(into.body, from.body) },
    ...[...sharings, ...papers, ...looks, ...chains],
  ]
}

const made = (kind: AnyRecord["kind"], recordId: string, body: AnyRecord["body"]): MergeProposal => ({
  ...{ op: "create", kind, recordId, record: null, body },
})

/** Whether it has days from the day on. */
function stillFlows({ endsOn }: { endsOn: Answer<Day> }, on: Day): boolean {
  const last = valueOf(endsOn)
  return last === null || last >= on
}

/** The new ids of what is carried over, by the old: flows, the papers that cover them, the looks at the party or at them. */
function carriedIds(on: Merging, moved: readonly RecordOf<"sharing">[]): Map<string, string> {
  const named = new Map<string, string>(moved.map((one) => [one.id, on.newId("sharing")]))
  for (const { id, body } of on.agreements)
    if (body.covers.some((line) => named.has(line.sharingId))) named.set(id, on.newId("agreement"))
  for (const { id, body } of on.assessments) {
    const until = valueOf(body.validUntil)
    const holds = until === null || until >= on.on
    if (holds && (body.sharingId === null || named.has(body.sharingId))) named.set(id, on.newId("assessment"))
  }
  return named
}

/** Its last day is the one before; the data stays where it is, with the party that goes on. */
function endedBody(body: Sharing, on: Day): Sharing {
  return { ...body, endsOn: known(addDays(on, -1)), deletionDue: NOT_APPLICABLE }
}

function successor(
  record: RecordOf<"sharing">,
  partyId: Id<"party">,
  on: Day,
  named: ReadonlyMap<string, string>,
): Sharing {
  const { body } = record
  const starts = valueOf(body.startsOn)
  const destinations =
    body.destinations.state === "known"
      ? known(
          body.destinations.value.map((line) => ({
            ...line,
            mechanisms: line.mechanisms.map((one) => ({
              ...one,
              agreementId: renamed(one.agreementId, named),
              assessmentId: renamed(one.assessmentId, named),
            })),
          })),
        )
      : body.destinations
  return {
    ...body,
    ...{ partyId, succeeds: record.id, parentId: renamed(body.parentId, named), destinations },
    startsOn: known(starts === null ? on : later(starts, on)),
    ...{ deletionProof: BLANK, deletionReport: BLANK, deletionDue: BLANK },
  }
}

function renamed<T extends string>(id: T | null, named: ReadonlyMap<string, string>): T | null {
  return id === null ? null : ((named.get(id) as T | undefined) ?? id)
}

/** The same paper, for the flows that go on: from the day on, never before it. */
function carriedPaper(body: Agreement, partyId: Id<"party">, on: Day, named: ReadonlyMap<string, string>): Agreement {
  return {
    ...{ ...body, partyId, amends: renamed(body.amends, named) },
    covers: body.covers.flatMap((line) => {
      const sharingId = named.get(line.sharingId) as Id<"sharing"> | undefined
      return sharingId ? [{ ...line, sharingId, firstOn: line.firstOn === null ? on : later(line.firstOn, on) }] : []
    }),
  }
}

function carriedLook(body: Assessment, partyId: Id<"party">, named: ReadonlyMap<string, string>): Assessment {
  return { ...body, partyId, sharingId: renamed(body.sharingId, named) }
}

function carriedLink(
  body: Chain,
  parties: { from: Id<"party">; into: Id<"party"> },
  on: Day,
  named: ReadonlyMap<string, string>,
): Chain {
  const whose = (id: Id<"party">): Id<"party"> => (id === parties.from ? parties.into : id)
  const first = valueOf(body.firstOn)
  return {
    ...{ ...body, sharingId: renamed(body.sharingId, named) ?? body.sharingId },
    ...{ partyId: whose(body.partyId), engagedBy: whose(body.engagedBy) },
    firstOn: known(first === null ? on : later(first, on)),
  }
}

const MOST = { names: 50, hosts: 500, numbers: 20, kinds: 20 }

/** The party that stays, known by the names, numbers and addresses of the other as well. */
export function withNamesOf(stays: Party, goes: Party): Party {
  const names = [
    goes.legalName,
    ...(goes.latinName.state === "known" ? [goes.latinName.value] : []),
    ...goes.otherNames,
  ]
  const site = hostOf(valueOf(goes.website))
  const key = (item: object): string => JSON.stringify(item)
  return {
    ...stays,
    otherNames: distinct([...stays.otherNames, ...names.filter((name) => name !== stays.legalName)]).slice(
      0,
      MOST.names,
    ),
    hosts: distinct([...stays.hosts, ...goes.hosts, ...(site ? [site] : [])]).slice(0, MOST.hosts),
    identifiers: by([...stays.identifiers, ...goes.identifiers], key).slice(0, MOST.numbers),
    kinds: by([...stays.kinds, ...goes.kinds], (line) => line.kind).slice(0, MOST.kinds),
  }
}

/**
 * The party that stayed, without what the merge gave it: of its names, numbers, addresses and kinds those go that the merge
 * brought, and what was added or taken out since stays so. `before` the merge, `made` by it, `head` now.
 */
export function withoutNamesOf(before: Party, made: Party, head: Party): Pick<Party, (typeof TAKEN)[number]> {
  const left = <T>(field: (typeof TAKEN)[number]): T[] => {
    const keys = (body: Party): Set<string> => new Set((body[field] as unknown[]).map((one) => JSON.stringify(one)))
    const [had, brought] = [keys(before), keys(made)]
    return (head[field] as T[]).filter((one) => had.has(JSON.stringify(one)) || !brought.has(JSON.stringify(one)))
  }
  return {
    otherNames: left("otherNames"),
    hosts: left("hosts"),
    identifiers: left("identifiers"),
    kinds: left("kinds"),
  }
}

const TAKEN = ["otherNames", "hosts", "identifiers", "kinds"] as const

function hostOf(website: string | null): string | null {
  const found = website ? /^(?:[a-z]+:\/\/)?([a-z0-9.-]+\.[a-z]{2,})(?:[/:?#]|$)/i.exec(website.trim()) : null
  return found?.[1]?.toLowerCase() ?? null
}

function distinct(list: readonly string[]): string[] {
  return [...new Set(list)]
}

function by<T>(list: readonly T[], key: (one: T) => string): T[] {
  return [...new Map([...list].reverse().map((one) => [key(one), one])).values()].reverse()
}

/** What an undone merge takes back: a flow that was made by it never ran, and owes nothing. */
export function neverRan(body: Sharing): Sharing {
  const starts = valueOf(body.startsOn)
  return { ...body, ...(starts ? { endsOn: known(addDays(starts, -1)) } : {}), deletionDue: NOT_APPLICABLE }
}
