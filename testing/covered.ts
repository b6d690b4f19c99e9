import { factsOfSharing } from "@/domain/checks/facts"
import { lawFactsOf } from "@/domain/checks/law"
import { makeRegister } from "@/domain/checks/register"
import type { SharingFacts } from "@/domain/checks/types"
import { known, NOT_APPLICABLE } from "@/domain/core/answer"
import { day, type Day } from "@/domain/core/day"
import type { Stretch } from "@/domain/core/stretch"
import { coverageOf } from "@/domain/coverage/coverage"
import { PACKS } from "@/domain/packs/all"
import type { Agreement } from "@/domain/records/agreement"
import type { Assessment } from "@/domain/records/assessment"
import type { Consent, Demand, Entity } from "@/domain/records/evidence"
import type { AnyRecord, BodyOf, RecordKind, Standing } from "@/domain/records/kinds"
import type { Party } from "@/domain/records/party"
import type { MechanismLine, Sharing } from "@/domain/records/sharing"
import { typedEntity, typedParty } from "./bodies"
import { nthId, OPEN, typedAgreement, typedAssessment, typedConsent, typedDemand, typedSharing } from "./in-2026"

const ENTITY = nthId("entity", 1)
const PARTY = nthId("party", 2)
const SHARING = nthId("sharing", 3)

/** The facts of law of all packs, and those as known on a day. */
export const LAW = lawFactsOf(PACKS)
export const lawKnownOn = (on: Day | null) => lawFactsOf(PACKS, on)

/** The parties to every flow of these stories, and the ids that its records refer to. */
export const BETWEEN = { entityId: ENTITY, partyId: PARTY }
export const CONSENT = nthId("consent", 6)
export const DEMAND = nthId("demand", 8)
/** The n-th agreement and the n-th assessment of a story, from 0. */
export const agreementId = (n: number) => nthId("agreement", 40 + n)
export const assessmentId = (n: number) => nthId("assessment", 60 + n)

/** What a story says differently from an entrusted flow inside the Union that lacks nothing, all of 2026. */
export type CoverStory = {
  sharing?: Partial<Sharing>
  party?: Partial<Party>
  entity?: Partial<Entity>
  agreements?: Partial<Agreement>[]
  assessments?: Partial<Assessment>[]
  assessmentsStand?: Standing
  consent?: Partial<Consent>
  consentStands?: Standing
  demand?: Partial<Demand>
}

/** The facts of a story. */
export function factsOf(story: CoverStory): SharingFacts {
  const records: AnyRecord[] = []
  const add = <K extends RecordKind>(kind: K, id: string, body: BodyOf[K], standing: Standing = "approved"): void => {
    records.push({ id, kind, version: 1, standing, body } as unknown as AnyRecord)
  }
  add("party", PARTY, typedParty(story.party))
  add("sharing", SHARING, typedSharing(BETWEEN, story.sharing))
  for (const [i, over] of (story.agreements ?? [{}]).entries())
    add("agreement", agreementId(i), typedAgreement(BETWEEN, [SHARING], over))
  for (const [i, over] of (story.assessments ?? []).entries())
    add("assessment", assessmentId(i), typedAssessment(PARTY, over), story.assessmentsStand)
  if (story.consent) add("consent", CONSENT, typedConsent(ENTITY, story.consent), story.consentStands)
  if (story.demand) add("demand", DEMAND, typedDemand(BETWEEN, story.demand))
  const facts = factsOfSharing(makeRegister(records, new Map([[ENTITY, typedEntity(story.entity)]])), SHARING)
  if (!facts) throw new Error("no facts")
  return facts
}

/** Stretches as short text, `first..after`. */
export const words = (days: readonly Stretch[]): string[] => days.map((item) => `${item.from ?? ""}..${item.to ?? ""}`)
export const gapsOf = (story: CoverStory): string[] => words(coverageOf(factsOf(story), LAW).gaps)
export const coveredOf = (story: CoverStory): string[] => words(coverageOf(factsOf(story), LAW).covered)

/** Both sides of a paper signed, or accepted, on the day. */
export const signed = (on: string, how: "signed" | "accepted" = "signed"): Pick<Agreement, "signatories"> => ({
  signatories: typedAgreement(BETWEEN, []).signatories.map((one) => ({ ...one, how, signedOn: known(day(on)) })),
})
export const until = (on: string): Partial<Agreement> => ({ endsOn: known(day(on)) })
export const since = (on: string): Partial<Agreement> => ({ effectOn: known(day(on)) })
/** Days of a flow or of a paper. */
export const running = (from: string, last: string): Pick<Sharing, "startsOn" | "endsOn"> => ({
  startsOn: known(day(from)),
  endsOn: known(day(last)),
})
/** A paper over those days, signed before they begin. */
export const paperOver = (from: string, last: string, over: Partial<Agreement> = {}): Partial<Agreement> => ({
  ...since(from),
  ...until(last),
  ...signed(from),
  ...over,
})

/** A line of a mechanism with nothing else answered. */
export const mechanism = (code: MechanismLine["mechanism"], over: Partial<MechanismLine> = {}): MechanismLine => ({
  regime: "EU",
  mechanism: code,
  module: NOT_APPLICABLE,
  agreementId: null,
  assessmentId: null,
  evidence: NOT_APPLICABLE,
  ...OPEN,
  ...over,
})

/** A destination with its mechanisms. */
export const goingTo = (country: string, mechanisms: MechanismLine[] = [], over: object = {}): Partial<Sharing> => ({
  destinations: known([{ country, kind: "storage" as const, mechanisms, ...OPEN, ...over }]),
})
