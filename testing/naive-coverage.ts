import type { LawFacts } from "@/domain/checks/law"
import type { SharingFacts } from "@/domain/checks/types"
import { addDays, dayIn, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import type { Agreement } from "@/domain/records/agreement"
import type { MechanismLine } from "@/domain/records/sharing"

/**
 * Coverage asked for one day at a time, as a person would go through the file: written apart from the algebra of
 * stretches, from the handbook, so that both can be held against each other. Slow and plain on purpose.
 */
export function coveredNaively(facts: SharingFacts, law: LawFacts, on: Day): boolean | null {
  const { sharing, entity } = facts
  const { body } = sharing
  if (body.startsOn.state !== "known" || on < body.startsOn.value) return null
  if (body.endsOn.state === "known" && on > body.endsOn.value) return null

  // Laws that bind on the day; a day on which a named law has rules nowhere, and none binds, is covered by nothing.
  const named = entity.regimes.filter((line) => inLine(line, on)).map((line) => line.regime as string)
  const binding = [...new Set(named)].filter((regime) => rulesOn(facts, law, regime, on) !== null)
  if (named.some((regime) => regime !== "DORA") && binding.length === 0) return false

  return (
    groundHolds(facts, on) &&
    binding.every((regime) => basisHolds(facts, law, regime, on)) &&
    papersHold(facts, law, binding, on) &&
    binding.every((regime) => abroadHolds(facts, law, regime, on))
  )
}

type Span = { firstOn: Day | null; lastOn: Day | null }
const inLine = (line: Span, on: Day): boolean =>
  (line.firstOn === null || line.firstOn <= on) && (line.lastOn === null || on <= line.lastOn)
const inForce = (line: { from: Day | null; until: Day | null }, on: Day): boolean =>
  (line.from === null || line.from <= on) && (line.until === null || on < line.until)

function rulesOn(facts: SharingFacts, law: LawFacts, regime: string, on: Day): LawFacts["regimes"][number] | null {
  for (const rules of law.regimes) {
    if (rules.regime !== regime || !inForce(rules, on)) continue
    if (rules.in && !rules.in.includes(facts.entity.country)) continue
    if (rules.notIn && rules.notIn.includes(facts.entity.country)) continue
    return rules
  }
  return null
}

// --- grounds ---

function groundHolds(facts: SharingFacts, on: Day): boolean {
  const { body } = facts.sharing
  if (body.mode === "entrust") return true
  for (const line of body.grounds) {
    if (!inLine(line, on)) continue
    if (line.endsOn.state === "known" && on > line.endsOn.value) continue
    if (body.mode === "share" && line.ground === "merger") continue
    if (line.ground === "consent" && consentReaches(facts, line.consentId, on)) return true
    if (line.ground === "partner" && body.mode === "share") return true
    if (line.ground === "merger" && body.mode === "transfer") return true
    if (line.ground === "affiliate" && body.mode === "share") {
      const kind = facts.party.body.kinds.some((one) => one.kind === "affiliate" && inLine(one, on))
      if (kind && facts.party.body.groupLinks.some((one) => inLine(one, on))) return true
    }
    if (line.ground === "statute" && body.mode !== "transfer") {
      if (facts.demands.some((one) => one.id === line.demandId)) return true
      if (text(line.citation) || text(line.caseNumber)) return true
    }
    if ((line.ground === "exception-1" || line.ground === "exception-2") && text(line.citation)) return true
    if (line.ground === "exception-3" && (text(line.citation) || text(line.caseNumber))) return true
    if (line.ground === "exception-4" && text(line.whoseInterest) && text(line.whyNoConsent)) return true
    if ((line.ground === "exception-5" || line.ground === "exception-6") && text(line.source)) return true
  }
  return false
}

const text = (answer: { state: string; value?: unknown }): boolean =>
  answer.state === "known" && typeof answer.value === "string" && answer.value.trim() !== ""

function consentReaches(facts: SharingFacts, id: string | null, on: Day): boolean {
  const { body } = facts.sharing
  const found = facts.consents.find((one) => one.id === id)
  if (!found) return false
  const consent = found.body
  const about = body.mode === "share" ? "sharing" : body.mode === "transfer" ? "transfer" : "publication"
  if (consent.about !== about || !standsOn(facts, found, on)) return false
  if (body.mode === "disclose") return true
  const within = (scope: { state: string; value?: readonly string[] }, wanted: string): boolean =>
    scope.state === "not-applicable" || (scope.state === "known" && (scope.value ?? []).includes(wanted))
  if (!within(consent.parties, body.partyId)) return false
  if (body.mode === "transfer") return true
  if (body.purposes.state === "known" && !body.purposes.value.every((one) => within(consent.purposes, one)))
    return false
  const flowing = body.dataLines.state === "known" ? body.dataLines.value.filter((line) => inLine(line, on)) : []
  return flowing.every((line) => within(consent.dataKinds, line.kind))
}

/** Given on or before the day, and not closed on it or earlier, in the entity's own zone. */
function standsOn(facts: SharingFacts, found: SharingFacts["consents"][number], on: Day): boolean {
  const { firstOn, closedAt } = found.body
  if (firstOn.state !== "known" || firstOn.value > on) return false
  if (closedAt.state === "known") return on < dayIn(facts.entity.zone, closedAt.value as Instant)
  return found.standing !== "ended"
}

function basisHolds(facts: SharingFacts, law: LawFacts, regime: string, on: Day): boolean {
  const { body } = facts.sharing
  const listed = law.bases.filter((one) => one.regime === regime)
  if (body.mode === "entrust" || listed.length === 0) return true
  return body.bases.some((line) => {
    const known = listed.find((one) => one.basis === line.basis && inForce(one, on))
    if (!known || line.regime !== regime || !inLine(line, on)) return false
    return !known.consent || facts.consents.some((one) => standsOn(facts, one, on))
  })
}

// --- papers ---

type Paper = SharingFacts["agreements"][number]

function boundSince(agreement: Agreement): Day | null {
  const byAcceptance = ["joint-arrangement", "processing", "scc", "ccpa"].includes(agreement.kind)
  let latest: Day | null = null
  for (const side of ["entity", "party"]) {
    const of = agreement.signatories.filter((one) => one.side === side)
    if (of.length === 0) return null
    for (const one of of) {
      if (one.knownHow === "stated" || one.signedOn.state !== "known") return null
      if (one.how !== "signed" && !byAcceptance) return null
      if (latest === null || one.signedOn.value > latest) latest = one.signedOn.value
    }
  }
  return latest
}

function beginning(agreement: Agreement): Day | null {
  const bound = boundSince(agreement)
  if (agreement.knownHow === "stated" || agreement.effectOn.state !== "known" || bound === null) return null
  return bound > agreement.effectOn.value ? bound : agreement.effectOn.value
}

function originOf(facts: SharingFacts, paper: Paper): Paper {
  let at = paper
  for (let i = 0; i < 50; i += 1) {
    const before = facts.agreements.find((one) => one.id === at.body.amends)
    if (!before) return at
    at = before
  }
  return at
}

/** Whether the paper's own text counts on the day and names the sharing. */
function paperCovers(facts: SharingFacts, paper: Paper, on: Day): boolean {
  const { body } = paper
  const from = beginning(body)
  if (from === null || on < from) return false
  const terminated = body.terminatedOn.state === "known" ? body.terminatedOn.value : null
  if (terminated !== null && on >= terminated) return false
  if (body.endsOn.state === "known" && on > body.endsOn.value) return false
  if (body.endsOn.state !== "known" && body.endsOn.state !== "not-applicable" && terminated === null) return false
  if (paper.standing === "ended" && body.endsOn.state !== "known" && terminated === null) return false
  const origin = originOf(facts, paper)
  const gone = origin.body.terminatedOn.state === "known" ? origin.body.terminatedOn.value : null
  // What is agreed on the day of a termination or later stands on its own; what was there before goes with the paper.
  if (origin.id !== paper.id && gone !== null && from < gone && on >= gone) return false
  for (const other of facts.agreements) {
    if (other.id === paper.id || other.id === origin.id || originOf(facts, other).id !== origin.id) continue
    const begins = beginning(other.body)
    if (begins !== null && begins <= on && (paper.id === origin.id || begins > from)) return false
  }
  return body.covers.some((line) => line.sharingId === facts.sharing.id && inLine(line, on))
}

const there = (agreement: Agreement, item: string): boolean =>
  agreement.checklist.some(
    (line) => line.item === item && line.verdict === "there" && line.fileId !== null && line.page.state === "known",
  )

function papersHold(facts: SharingFacts, law: LawFacts, binding: readonly string[], on: Day): boolean {
  const { body } = facts.sharing
  const covering = facts.agreements.filter((paper) => paperCovers(facts, paper, on)).map((paper) => paper.body)
  const rules = binding.map((regime) => rulesOn(facts, law, regime, on))
  const grounds = body.grounds.filter((line) => inLine(line, on)).map((line) => line.ground as string)
  if (body.role.state === "known" && body.role.value === "joint")
    if (!covering.some((one) => one.kind === "joint-arrangement")) return false
  if (body.mode === "entrust") {
    if (!covering.some((one) => one.kind === "confidentiality" || one.kind === "processing")) return false
    const asking = rules.filter((one) => one?.processing)
    if (asking.length) {
      const core = ["PARTICULARS", "28.3.a", "28.3.b", "28.3.d", "28.3.g", "28.3.h"]
      const whole = covering.some((one) => one.kind === "processing" && core.every((item) => there(one, item)))
      const clauses = asking.every((one) => one?.regime === "EU") && clausesStandIn(facts, on)
      if (!whole && !clauses) return false
    }
  }
  if (body.mode === "share" && (grounds.includes("affiliate") || grounds.includes("partner"))) {
    const kinds = ["confidentiality", "controller-sharing", "intragroup", "processing"]
    const secret = covering.some(
      (one) => kinds.includes(one.kind) && (one.kind === "confidentiality" || there(one, "CONFID")),
    )
    if (!secret) return false
    if (rules.some((one) => one?.thirdPartyTerms))
      if (
        !covering.some((one) => one.kind === "ccpa" || (one.kind === "controller-sharing" && there(one, "CCPA-7053")))
      )
        return false
  }
  if (body.mode === "transfer" && grounds.includes("merger"))
    return covering.some((one) => one.kind === "successor") || asksBefore(facts, on)
  return true
}

/** A merger line whose fresh consent is sought before it begins. */
function asksBefore(facts: SharingFacts, on: Day): boolean {
  const { body } = facts.sharing
  const start = body.startsOn.state === "known" ? body.startsOn.value : null
  return body.grounds.some((line) => {
    if (line.ground !== "merger" || !inLine(line, on) || line.reconsentOn.state !== "known") return false
    const begins = line.firstOn !== null && start !== null && line.firstOn > start ? line.firstOn : start
    return begins !== null && line.reconsentOn.value <= begins
  })
}

function clausesStandIn(facts: SharingFacts, on: Day): boolean {
  const { destinations } = facts.sharing.body
  const lines = destinations.state === "known" ? destinations.value.flatMap((one) => one.mechanisms) : []
  return lines.some((line) => {
    if (line.mechanism !== "scc-2021" || !inLine(line, on)) return false
    if (line.module.state !== "known" || !["2", "3"].includes(line.module.value)) return false
    return facts.agreements.some(
      (paper) =>
        paperCovers(facts, paper, on) &&
        (paper.id === line.agreementId || originOf(facts, paper).id === line.agreementId) &&
        there(paper.body, "ANNEX-I.B") &&
        there(paper.body, "ANNEX-II"),
    )
  })
}

// --- places abroad ---

const home = (law: LawFacts, regime: string, country: string, on: Day): boolean =>
  law.areas.some((line) => line.regime === regime && line.countries.includes(country) && inForce(line, on))

function abroadHolds(facts: SharingFacts, law: LawFacts, regime: string, on: Day): boolean {
  const { body } = facts.sharing
  if (body.mode === "disclose" || body.destinations.state !== "known") return true
  if (!law.areas.some((line) => line.regime === regime)) return true
  return body.destinations.value
    .filter((place) => inLine(place, on) && !home(law, regime, place.country, on))
    .every((place) =>
      place.mechanisms.some(
        (line) =>
          line.regime === regime && inLine(line, on) && carries(facts, law, line, place.country, place.firstOn, on),
      ),
    )
}

function carries(
  facts: SharingFacts,
  law: LawFacts,
  line: MechanismLine,
  country: string,
  placeSince: Day | null,
  on: Day,
): boolean {
  if (line.mechanism === "none-needed") return false
  if (line.mechanism === "adequacy") return adequate(facts, law, line.regime, country, on)
  if (line.mechanism.startsWith("derogation")) {
    const { frequency } = facts.sharing.body
    const rare = frequency.state === "known" && (frequency.value === "once" || frequency.value === "sporadic")
    return rare && law.regimes.some((one) => one.regime === line.regime && one.derogations)
  }
  return law.instruments.some((instrument) => {
    if (instrument.mechanism !== line.mechanism || instrument.regime !== line.regime) return false
    if (!inForce(instrument, on)) return false
    if (instrument.newUntil !== null && changedSince(facts, placeSince, instrument.newUntil, on)) return false
    return evidenced(facts, line, instrument.newUntil, on) && !takenAway(facts, line, on)
  })
}

/** Whether the flow, the place or a kind of data began when no new clauses could be agreed on, on or before the day. */
function changedSince(facts: SharingFacts, placeSince: Day | null, closed: Day, on: Day): boolean {
  const { startsOn, dataLines } = facts.sharing.body
  const begun = [
    placeSince,
    startsOn.state === "known" ? startsOn.value : null,
    ...(dataLines.state === "known" ? dataLines.value.map((line) => line.firstOn) : []),
  ]
  return begun.some((day) => day !== null && day >= closed && day <= on)
}

function evidenced(facts: SharingFacts, line: MechanismLine, newUntil: Day | null, on: Day): boolean {
  const own: Record<string, { kind: string | null; item: string }> = {
    "scc-2021": { kind: "scc", item: "MODULE" },
    "scc-2010": { kind: "scc", item: "MODULE" },
    "scc-sa": { kind: "scc", item: "MODULE" },
    adhoc: { kind: null, item: "MODULE" },
    "uk-idta": { kind: "uk", item: "TABLES" },
    "uk-addendum": { kind: "uk", item: "TABLES" },
    "cn-contract": { kind: "cn-contract", item: "TEXT" },
  }
  const needs = own[line.mechanism]
  if (needs) {
    const linked = facts.agreements.find((one) => one.id === line.agreementId)
    if (!linked) return false
    const origin = originOf(facts, linked)
    const bound = boundSince(origin.body)
    if (newUntil !== null && (bound === null || bound >= newUntil)) return false
    const covered = facts.agreements.some(
      (paper) =>
        originOf(facts, paper).id === origin.id &&
        paperCovers(facts, paper, on) &&
        (needs.kind === null || paper.body.kind === needs.kind || there(paper.body, needs.item)),
    )
    if (line.mechanism !== "uk-addendum") return covered
    const beside = facts.agreements.some(
      (paper) => paperCovers(facts, paper, on) && (paper.body.kind === "scc" || there(paper.body, "MODULE")),
    )
    return covered && beside
  }
  const assessment = facts.assessments.find((one) => one.id === line.assessmentId)
  if ((line.mechanism === "cn-assessment" || line.mechanism === "cn-certification") && assessment) {
    const { outcome, doneOn, validUntil } = assessment.body
    if (outcome.state === "known" && outcome.value === "failed") return false
    if (doneOn.state !== "known" || on < doneOn.value) return false
    return validUntil.state === "not-applicable" || (validUntil.state === "known" && on <= validUntil.value)
  }
  return line.agreementId !== null || line.assessmentId !== null || text(line.evidence)
}

/** Whether the last word of an assessment on the day is against the safeguard. */
function takenAway(facts: SharingFacts, line: MechanismLine, on: Day): boolean {
  if (["cn-assessment", "cn-certification", "cn-exempt", "cn-volume"].includes(line.mechanism)) return false
  const { destinations } = facts.sharing.body
  const lines = destinations.state === "known" ? destinations.value.flatMap((one) => one.mechanisms) : []
  const mine = facts.assessments.filter(
    ({ id, standing, body }) =>
      id === line.assessmentId ||
      (standing !== "ended" &&
        body.kind === "tia" &&
        body.sharingId === facts.sharing.id &&
        !lines.some((one) => one.assessmentId === id)),
  )
  const saying = mine.flatMap(({ body }) => {
    if (body.doneOn.state !== "known" || body.doneOn.value > on) return []
    const outcome = body.outcome.state === "known" ? body.outcome.value : null
    const against = outcome === "not-equivalent" || outcome === "failed"
    const over = body.validUntil.state === "known" && on > body.validUntil.value
    return [{ done: body.doneOn.value, bad: against || over, good: outcome !== null && !against && !over }]
  })
  return saying.some((one) => one.bad && !saying.some((other) => other.good && other.done > one.done))
}

function adequate(facts: SharingFacts, law: LawFacts, regime: string, country: string, on: Day): boolean {
  const { body } = facts.sharing
  const meets = (condition: string | undefined): boolean =>
    condition === undefined || facts.party.body.conditions.some((one) => one.condition === condition && inLine(one, on))
  const staff =
    body.subjects.state === "known" && body.subjects.value.some((one) => one === "employee" || one === "applicant")
  return law.adequacy.some((line) => {
    if (line.regime !== regime || !inForce(line, on)) return false
    if (!line.to.includes(country) && !(line.to.includes("EEA") && home(law, "EU", country, on))) return false
    if (line.notFrom?.includes(facts.entity.country)) return false
    if (body.channel.state === "known" && line.notChannels?.includes(body.channel.value)) return false
    if (facts.party.body.kinds.some((one) => line.notKinds?.includes(one.kind) && inLine(one, on))) return false
    return meets(line.condition) && (!staff || meets(line.staffCondition))
  })
}

/** Every day from the first to the last. */
export function eachDay(from: Day, to: Day): Day[] {
  const out: Day[] = []
  for (let on = from; on <= to; on = addDays(on, 1)) out.push(on)
  return out
}
