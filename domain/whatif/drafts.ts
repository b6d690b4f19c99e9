import { known, unknown, valueOf, type Answer } from "@/domain/core/answer"
import { addDays, later, type Day } from "@/domain/core/day"
import type { Cause } from "@/domain/coverage/coverage"
import type { Agreement } from "@/domain/records/agreement"
import { blankOf, FIELDS } from "@/domain/records/fields"
import type { AnyRecord, RecordOf } from "@/domain/records/kinds"
import type { Destination, GroundLine, MechanismLine, Regime, Sharing } from "@/domain/records/sharing"
import { AGREEMENT_KINDS, type AgreementKind } from "@/domain/vocabulary/agreements"
import { termOf } from "@/domain/vocabulary/term"
import type { Mechanism } from "@/domain/vocabulary/mechanisms"
import { endBefore, layOverRecords, type Beside } from "./lay-records"
import type { Scenario } from "./scenario"

/** Whether the requests put the flows right, with what is still to be found out left open, or end them. */
export const WAYS = ["mend", "end"] as const
export type Way = (typeof WAYS)[number]

export type Proposed = Pick<AnyRecord, "kind" | "body"> & {
  /** Null: a new record. */
  record: AnyRecord | null
  op: "create" | "change" | "end"
}

/** A sharing that stands uncovered, why, from which day, and who is asked about it. */
export type Uncovered = { record: RecordOf<"sharing">; causes: readonly Cause[]; from: Day; partyName: string }

/** Who is asked for what is left open, and until when. */
type Asked = { asked: string; due: Day }

/** The safeguard that a regime's own clauses offer; which one it becomes is decided in the request. */
const USUAL: Readonly<Partial<Record<string, Mechanism>>> = {
  EU: "scc-2021",
  CH: "scc-2021",
  UK: "uk-idta",
  CN: "cn-contract",
}

/**
 * What a draft proposes for a group of uncovered sharings: their bodies put right as far as can be said, with all that
 * has to be asked left as *not known yet*; papers that are needed anew, one for each pair and kind; or their ending.
 */
export function proposalsFor(
  list: readonly Uncovered[],
  subject: AnyRecord | null,
  on: { scenario: Scenario; way: Way; due: Day; beside: Beside },
): Proposed[] {
  const { scenario, way, due } = on
  const sharings = list.map(({ record, causes, from, partyName }): Proposed => {
    const [supposed] = layOverRecords([record], scenario, on.beside)
    const body = (supposed?.kind === "sharing" ? supposed.body : record.body) as Sharing
    return way === "end"
      ? { record, kind: "sharing", op: "end", body: ended(record.body, from) }
      : { record, kind: "sharing", op: "change", body: mended(body, causes, from, askedOf(partyName, due), scenario) }
  })
  return [...theSubject(subject, on), ...sharings, ...(way === "mend" ? papers(list, due) : [])]
}

/** A party that leaves the group is itself proposed so, and as a partner, for its flows need that ground. */
function theSubject(subject: AnyRecord | null, on: { scenario: Scenario; way: Way; beside: Beside }): Proposed[] {
  if (subject?.kind !== "party" || on.scenario.kind !== "leaves-group") return []
  const [left] = layOverRecords([subject], on.scenario, on.beside)
  if (left?.kind !== "party") return []
  const partner = { kind: "partner" as const, firstOn: on.scenario.on, lastOn: null }
  const kinds = on.way === "mend" ? [...left.body.kinds, partner] : left.body.kinds
  return [{ record: subject, kind: "party", op: "change", body: { ...left.body, kinds } }]
}

function ended(body: Sharing, from: Day): Sharing {
  const last = addDays(from, -1)
  const already = valueOf(body.endsOn)
  return already !== null && already <= last ? body : { ...body, endsOn: known(last) }
}

function mended(body: Sharing, causes: readonly Cause[], from: Day, asked: Asked, scenario: Scenario): Sharing {
  let out = body
  for (const cause of causes) {
    if (cause.what === "mechanism") out = safeguarded(out, cause, from, asked)
    if (cause.what === "ground") out = regrounded(out, from, asked, scenario)
    if (cause.what === "paper") out = { ...out, missingPaperReason: open(asked) }
  }
  return out
}

const askedOf = (name: string, due: Day): Asked => ({ asked: name.slice(0, 200), due })
const open = (asked: Asked): Answer<never> => unknown(asked.asked, asked.due)

/** Adequacy ends before the day; from it on the regime's usual clauses stand there, with their module and paper open. */
function safeguarded(body: Sharing, cause: { country: string; regime: string }, from: Day, asked: Asked): Sharing {
  if (body.destinations.state !== "known") return body
  const usual = USUAL[cause.regime]
  const line = (destination: Destination): MechanismLine[] => {
    if (!usual) return []
    const begins = destination.firstOn === null ? from : later(destination.firstOn, from)
    const rest = { module: open(asked), evidence: open(asked), agreementId: null, assessmentId: null }
    return [{ regime: cause.regime as Regime, mechanism: usual, ...rest, firstOn: begins, lastOn: destination.lastOn }]
  }
  const destinations = body.destinations.value.map((destination) =>
    destination.country !== cause.country || (destination.lastOn !== null && destination.lastOn < from)
      ? destination
      : {
          ...destination,
          mechanisms: [
            ...destination.mechanisms.flatMap((one) =>
              one.regime === cause.regime && one.mechanism === "adequacy" ? endBefore(one, from) : [one],
            ),
            ...line(destination),
          ].slice(0, 20),
        },
  )
  return { ...body, destinations: known(destinations) }
}

/** The ground that is lost ends before the day; a flow to a former affiliate is put on the ground of a partner. */
function regrounded(body: Sharing, from: Day, asked: Asked, scenario: Scenario): Sharing {
  const lost = scenario.kind === "leaves-group" ? "affiliate" : "consent"
  const grounds = body.grounds.flatMap((line) => (line.ground === lost ? endBefore(line, from) : [line]))
  const model = body.grounds.find((line) => line.ground === lost)
  if (scenario.kind !== "leaves-group" || body.mode !== "share" || !model) return { ...body, grounds }
  const partner: GroundLine = { ...model, ground: "partner", citation: open(asked), firstOn: from }
  return { ...body, grounds: [...grounds, partner].slice(0, 20) }
}

/** One paper for each pair of company and party and each kind that is lacking: to be signed, with its days left open. */
function papers(list: readonly Uncovered[], due: Day): Proposed[] {
  const wanted = new Map<string, { kind: AgreementKind; covers: Uncovered[] }>()
  for (const one of list)
    for (const cause of one.causes) {
      const kind = AGREEMENT_KINDS.find((term) => cause.what === "paper" && term.code === cause.kind)?.code
      if (!kind) continue
      const key = `${one.record.body.entityId} ${one.record.body.partyId} ${kind}`
      const paper = wanted.get(key)
      if (paper) paper.covers.push(one)
      else wanted.set(key, { kind, covers: [one] })
    }
  return [...wanted.values()].flatMap(({ kind, covers }) => {
    const [first] = covers
    if (!first) return []
    const { entityId, partyId } = first.record.body
    const asked = askedOf(first.partyName, due)
    const title = `${termOf(AGREEMENT_KINDS, kind)?.label ?? kind}: ${first.partyName}`.slice(0, 300)
    const body: Agreement = {
      ...(blankOf(FIELDS.agreement) as Agreement),
      ...{ entityId, partyId, kind, title, knownHow: "stated" },
      effectOn: open(asked),
      endsOn: open(asked),
      covers: covers.map(({ record, from }) => ({ sharingId: record.id, firstOn: from, lastOn: null })),
      restrictedTo: first.record.body.restrictedTo,
    }
    return [{ record: null, kind: "agreement", op: "create", body }]
  })
}
