import { z } from "zod"
import { countryCode, dayShape, idOf, oneOf, text } from "@/domain/records/parts"
import { REGIMES } from "@/domain/records/sharing"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import { packShape } from "./pack-shape"

const on = dayShape
const regime = z.enum(REGIMES)
const party = { partyId: idOf("party"), on }

/** A supposition about the law or about records, from a day on. Nothing of it is ever in force. */
export const scenarioShape = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("loses-adequacy"), regime, country: countryCode, on }),
  z.strictObject({ kind: z.literal("gains-adequacy"), regime, country: countryCode, on }),
  /** On the day it ends it holds no more; one that is not renewed holds to the day, that day included. */
  z.strictObject({ kind: z.literal("agreement-ends"), agreementId: idOf("agreement"), on }),
  z.strictObject({ kind: z.literal("agreement-not-renewed"), agreementId: idOf("agreement"), on }),
  z.strictObject({ kind: z.literal("party-incident"), ...party }),
  z.strictObject({ kind: z.literal("party-insolvent"), ...party }),
  z.strictObject({ kind: z.literal("consent-withdrawn"), consentId: idOf("consent"), on }),
  z.strictObject({ kind: z.literal("purpose-withdrawn"), purpose: oneOf(PURPOSES), on }),
  /** With `ends` the text of that version ends on the day, and whatever is wider counts again. */
  z.strictObject({ kind: z.literal("pack-next"), pack: packShape, on, ends: z.literal(true).optional() }),
  z
    .strictObject({ kind: z.literal("party-moves"), ...party, from: countryCode, to: countryCode })
    .refine((one) => one.from !== one.to, { message: "invalid.same-country", path: ["to"] }),
  z.strictObject({ kind: z.literal("leaves-group"), ...party }),
])

export type Scenario = z.infer<typeof scenarioShape>
export type ScenarioKind = Scenario["kind"]

/** Every kind of scenario, in the order in which they are offered. */
export const SCENARIO_KINDS = [
  "loses-adequacy",
  "gains-adequacy",
  "agreement-ends",
  "agreement-not-renewed",
  "party-incident",
  "party-insolvent",
  "consent-withdrawn",
  "purpose-withdrawn",
  "party-moves",
  "leaves-group",
  "pack-next",
] as const satisfies readonly ScenarioKind[]

/** A name that a person gives to a scenario they keep. */
export const scenarioTitle = text(200).refine((value) => value.trim().length > 0, "invalid.required")

/** What the scenario is about, as it stands in its address: a country, a record, a purpose. Packs have no short name. */
export function subjectOf(scenario: Scenario): string | null {
  switch (scenario.kind) {
    case "loses-adequacy":
    case "gains-adequacy":
      return scenario.country
    case "agreement-ends":
    case "agreement-not-renewed":
      return scenario.agreementId
    case "consent-withdrawn":
      return scenario.consentId
    case "purpose-withdrawn":
      return scenario.purpose
    case "pack-next":
      return null
    default:
      return scenario.partyId
  }
}

/** The record that a scenario is about; null where it is about the law or about a purpose. */
export function recordOf(scenario: Scenario): string | null {
  const subject = subjectOf(scenario)
  return subject !== null && subject.includes("_") ? subject : null
}

/** The address at which the scenario is answered, with all of it in the address; a pack is too long for one. */
export function addressOf(scenario: Scenario): string | null {
  const subject = subjectOf(scenario)
  if (subject === null) return null
  const words = new URLSearchParams()
  if ("regime" in scenario) words.set("regime", scenario.regime)
  if (scenario.kind === "party-moves") {
    words.set("from", scenario.from)
    words.set("to", scenario.to)
  }
  words.set("on", scenario.on)
  return `/what-if/${scenario.kind}/${encodeURIComponent(subject)}?${words}`
}

/** The scenario as typed into a form or an address: its kind, its subject and its other words. */
export function typedScenario(kind: string, subject: string, words: Record<string, unknown>): unknown {
  const day = { on: words.on }
  switch (kind) {
    case "loses-adequacy":
    case "gains-adequacy":
      return { kind, regime: words.regime, country: subject, ...day }
    case "agreement-ends":
    case "agreement-not-renewed":
      return { kind, agreementId: subject, ...day }
    case "consent-withdrawn":
      return { kind, consentId: subject, ...day }
    case "purpose-withdrawn":
      return { kind, purpose: subject, ...day }
    case "party-moves":
      return { kind, partyId: subject, from: words.from, to: words.to, ...day }
    case "pack-next":
      return { kind, pack: words.pack, ...day }
    default:
      return { kind, partyId: subject, ...day }
  }
}
