import { closedOn } from "@/domain/checks/closed"
import { flowDays, untilEnded } from "@/domain/checks/kit"
import type { SharingFacts } from "@/domain/checks/types"
import { valueOf, type Answer } from "@/domain/core/answer"
import { stretchOf } from "@/domain/core/dated"
import { ALWAYS, intersect, subtract, union, type Stretch } from "@/domain/core/stretch"
import type { Consent } from "@/domain/records/evidence"
import type { GroundLine, Sharing } from "@/domain/records/sharing"

const GOOD: Readonly<Record<Sharing["mode"], readonly string[]>> = {
  entrust: [],
  share: ["consent", "statute", "affiliate", "partner"],
  transfer: ["consent", "merger"],
  disclose: ["consent", "statute"],
}

/** What a consent has to be about to be the ground of a mode. */
const ABOUT: Readonly<Record<Sharing["mode"], Consent["about"] | null>> = {
  entrust: null,
  share: "sharing",
  transfer: "transfer",
  disclose: "publication",
}

type Field = "citation" | "caseNumber" | "whoseInterest" | "whyNoConsent" | "source"
/** Without at least one answer of each group the ground is only asserted; what else is asked for is a finding. */
const ASKED: Readonly<Partial<Record<GroundLine["ground"], readonly (readonly Field[])[]>>> = {
  statute: [["citation", "caseNumber"]],
  "exception-1": [["citation"]],
  "exception-2": [["citation"]],
  "exception-3": [["caseNumber", "citation"]],
  "exception-4": [["whoseInterest"], ["whyNoConsent"]],
  "exception-5": [["source"]],
  "exception-6": [["source"]],
}

/**
 * The days of the flow on which a ground of the statement held, with its evidence (domain handbook, 5, G(s)). An
 * entrusted company acts for us and needs none of its own. Legal bases by regime join when their packs are loaded.
 */
export function groundDays(facts: SharingFacts): Stretch[] {
  const { body } = facts.sharing
  const flow = flowDays(body)
  if (body.mode === "entrust") return flow
  const good = GOOD[body.mode]
  return intersect(
    flow,
    union(
      ...body.grounds
        .filter((line) => good.includes(line.ground) || line.ground.startsWith("exception"))
        .map((line) => intersect([stretchOf(line)], evidenceDays(facts, line))),
    ),
  )
}

/** The days on which the evidence of a line held, at most to the last day that the line itself names. */
function evidenceDays(facts: SharingFacts, line: GroundLine): Stretch[] {
  return intersect(untilEnded(line), shownDays(facts, line))
}

function shownDays(facts: SharingFacts, line: GroundLine): Stretch[] {
  if (line.ground === "consent") return consentDays(facts, line)
  if (line.ground === "affiliate") {
    const kind = facts.party.body.kinds.filter((one) => one.kind === "affiliate").map(stretchOf)
    return intersect(kind, facts.party.body.groupLinks.map(stretchOf))
  }
  if (line.ground === "statute" && facts.demands.some((one) => one.id === line.demandId)) return ALWAYS
  const asked = ASKED[line.ground]
  return asked === undefined || asked.every((any) => any.some((field) => said(line[field]))) ? ALWAYS : []
}

const said = (answer: Answer<string>): boolean => (valueOf(answer) ?? "").trim() !== ""

/** The days from the consent to its closing, as far as it is about this and reaches recipient, purposes and data. */
function consentDays(facts: SharingFacts, line: GroundLine): Stretch[] {
  const { body } = facts.sharing
  const record = facts.consents.find((one) => one.id === line.consentId)
  const given = record ? valueOf(record.body.firstOn) : null
  if (!record || given === null || record.body.about !== ABOUT[body.mode]) return []
  const consent = record.body
  const closed = closedOn(facts.entity, consent)
  // Ended without a closing day: nobody can say for how long it held.
  if (record.standing === "ended" && closed === null) return []
  const held = union([{ from: given, to: closed }])
  if (body.mode === "disclose") return held
  if (!reaches(consent.parties, body.partyId)) return []
  if (body.mode === "transfer") return held
  if (!(valueOf(body.purposes) ?? []).every((purpose) => reaches(consent.purposes, purpose))) return []
  const beyond = (valueOf(body.dataLines) ?? []).filter((item) => !reaches(consent.dataKinds, item.kind))
  return subtract(held, union(beyond.map(stretchOf)))
}

/** A scope that does not apply reaches all; an unanswered one nobody. */
function reaches(scope: Answer<readonly string[]>, wanted: string): boolean {
  return scope.state === "not-applicable" || (valueOf(scope) ?? []).includes(wanted)
}
