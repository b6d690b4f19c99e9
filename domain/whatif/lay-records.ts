import { lastDayOf } from "@/domain/agreements/rules-of"
import { BLANK, known, valueOf } from "@/domain/core/answer"
import { addDays, dayIn, type Day } from "@/domain/core/day"
import { midnightIn } from "@/domain/core/midnight"
import type { LawFacts } from "@/domain/checks/law"
import type { Agreement } from "@/domain/records/agreement"
import type { Assessment } from "@/domain/records/assessment"
import type { Consent, Entity } from "@/domain/records/evidence"
import type { AnyRecord, BodyOf } from "@/domain/records/kinds"
import type { Party } from "@/domain/records/party"
import type { Destination, Sharing } from "@/domain/records/sharing"
import type { Instant } from "@/domain/core/instant"
import type { Scenario } from "./scenario"

type Dates = { firstOn: Day | null; lastOn: Day | null }
/** What a scenario about records looks at besides them: our companies, for their zones, and which bases are consent. */
export type Beside = { entities: ReadonlyMap<string, Entity>; law: LawFacts }

/** The records with the scenario laid over: copies of those it changes, all others as they are. Nothing is stored. */
export function layOverRecords(records: readonly AnyRecord[], scenario: Scenario, beside: Beside): AnyRecord[] {
  const { on } = scenario
  switch (scenario.kind) {
    case "agreement-ends":
    case "agreement-not-renewed": {
      const family = familyOf(records, scenario.agreementId)
      const end = scenario.kind === "agreement-ends" ? terminated : expired
      return changed(records, "agreement", (body, id) => (family.has(id) ? end(body, on) : body))
    }
    case "party-incident":
      return doubted(records, scenario.partyId, on)
    case "party-insolvent":
      return changed(doubted(records, scenario.partyId, on), "agreement", (body) =>
        body.partyId === scenario.partyId ? terminated(body, on) : body,
      )
    case "consent-withdrawn":
      return changed(records, "consent", (body, id) =>
        id === scenario.consentId ? closed(body, zoneOf(beside, body.entityId), on) : body,
      )
    case "purpose-withdrawn":
      return changed(records, "sharing", (body) =>
        (valueOf(body.purposes) ?? []).includes(scenario.purpose) ? withoutConsent(body, on, beside.law) : body,
      )
    case "party-moves":
      return changed(records, "sharing", (body) => (body.partyId === scenario.partyId ? moved(body, scenario) : body))
    case "leaves-group":
      return changed(records, "party", (body, id) => (id === scenario.partyId ? outOfGroup(body, on) : body))
    default:
      return [...records]
  }
}

function changed<K extends AnyRecord["kind"]>(
  records: readonly AnyRecord[],
  kind: K,
  change: (body: BodyOf[K], id: string) => BodyOf[K],
): AnyRecord[] {
  return records.map((record) => {
    if (record.kind !== kind) return record
    const before = record.body as BodyOf[K]
    const body = change(before, record.id)
    return body === before ? record : ({ ...record, body } as AnyRecord)
  })
}

/** The agreement, what amends it, and what it amends: they end together. */
function familyOf(records: readonly AnyRecord[], id: string): Set<string> {
  const papers = records.flatMap((record) => (record.kind === "agreement" ? [record] : []))
  const family = new Set<string>([id])
  for (let grew = true; grew;) {
    grew = false
    for (const paper of papers) {
      const near = family.has(paper.id) || (paper.body.amends !== null && family.has(paper.body.amends))
      for (const one of near ? [paper.id as string, paper.body.amends as string | null] : []) {
        if (one === null || family.has(one)) continue
        family.add(one)
        grew = true
      }
    }
  }
  return family
}

function terminated(body: Agreement, on: Day): Agreement {
  const already = valueOf(body.terminatedOn)
  return already !== null && already <= on ? body : { ...body, terminatedOn: known(on) }
}

/** Not renewed: the day is its last, and nothing renews it of itself. */
function expired(body: Agreement, on: Day): Agreement {
  const already = lastDayOf(body)
  if (already !== null && already <= on) return body
  const renewal =
    body.renewal.state === "known" ? known({ ...body.renewal.value, way: "never" as const }) : body.renewal
  return { ...body, endsOn: known(on), renewal, initialMonths: BLANK, noticeGivenOn: BLANK }
}

/** What was looked into before the day no longer vouches for the party: vetting and audits hold to the day before. */
function doubted(records: readonly AnyRecord[], partyId: string, on: Day): AnyRecord[] {
  return changed(records, "assessment", (body) =>
    body.partyId === partyId && (body.kind === "due-diligence" || body.kind === "audit") ? shortened(body, on) : body,
  )
}

function shortened(body: Assessment, on: Day): Assessment {
  const done = valueOf(body.doneOn)
  const last = valueOf(body.validUntil)
  if (done === null || done >= on || (last !== null && last < on)) return body
  return { ...body, validUntil: known(addDays(on, -1)) }
}

/** Closed at the first instant of the day where the company is; one that is closed earlier stays so. */
function closed(body: Consent, zone: string, on: Day): Consent {
  const already = valueOf(body.closedAt)
  if (already !== null && dayIn(zone, already as Instant) <= on) return body
  return { ...body, closedAt: known(midnightIn(zone, on)) }
}

const zoneOf = (beside: Beside, entityId: string): string => beside.entities.get(entityId)?.zone ?? "UTC"

/** Dated lines that reach the day end before it; such as begin on it or later do not come. */
export function endBefore<T extends Dates>(line: T, on: Day): T[] {
  if (line.firstOn !== null && line.firstOn >= on) return []
  const last = addDays(on, -1)
  return [line.lastOn !== null && line.lastOn <= last ? line : { ...line, lastOn: last }]
}

/** The flow without any consent from the day on: neither as the statement's ground nor as a law's basis. */
function withoutConsent(body: Sharing, on: Day, law: LawFacts): Sharing {
  const consents = new Set(law.bases.filter((one) => one.consent).map((one) => `${one.regime} ${one.basis}`))
  const given = (line: Sharing["bases"][number]): boolean => consents.has(`${line.regime} ${line.basis}`)
  // A flow that rests on no consent stays what it is, and nobody asks it again.
  if (!body.grounds.some((line) => line.ground === "consent") && !body.bases.some(given)) return body
  return {
    ...body,
    grounds: body.grounds.flatMap((line) => (line.ground === "consent" ? endBefore(line, on) : [line])),
    bases: body.bases.flatMap((line) => (given(line) ? endBefore(line, on) : [line])),
  }
}

type Move = Extract<Scenario, { kind: "party-moves" }>

/** What lay in one country lies in the other from the day on; no mechanism is named for it yet. */
function moved(body: Sharing, move: Pick<Move, "from" | "to" | "on">): Sharing {
  if (body.destinations.state !== "known") return body
  const lines = body.destinations.value
  const goes = lines.filter((line) => line.country === move.from && (line.lastOn === null || line.lastOn >= move.on))
  if (goes.length === 0) return body
  const arrived = goes.map((line): Destination => ({
    ...line,
    country: move.to,
    mechanisms: [],
    firstOn: line.firstOn !== null && line.firstOn > move.on ? line.firstOn : move.on,
  }))
  const left = lines.flatMap((line) => (goes.includes(line) ? endBefore(line, move.on) : [line]))
  return { ...body, destinations: known([...left, ...arrived]) }
}

/** Every link to the group, and being an affiliate, ends before the day. */
function outOfGroup(body: Party, on: Day): Party {
  return {
    ...body,
    groupLinks: body.groupLinks.flatMap((line) => endBefore(line, on)),
    kinds: body.kinds.flatMap((line) => (line.kind === "affiliate" ? endBefore(line, on) : [line])),
  }
}
