import { keptAtMost, neverParty, neverSent, neverThere, onlyThere, reviewedAfterChange, runsAtMost } from "./rules/own"
import {
  announcedByNotice,
  breachAsked,
  chosenByPerson,
  groundSays,
  guardianUndone,
  kindMatrix,
  linkOnly,
  minorsApart,
  saleAnnounced,
  startedByPerson,
  statisticsOnly,
  withinDemand,
} from "./rules/statement"
import { cameBackLooked, conditionsMet } from "./rules/decided"
import { signedShown } from "./rules/signed"
import { assessmentParts, deviceAccess, ictContract, notBarred, operatorAtHome, supervised } from "./rules/china"
import {
  assessmentHolds,
  factsAnswered,
  fieldsAnswered,
  inWriting,
  itemsPointed,
  kindsNeeded,
  kindsWithin,
  measuresTaken,
  noticeTells,
  paperThere,
} from "./rules/asked"
import { basisNamed, conditionNamed, consentShown, guardianConsents, lawCited, secondGround } from "./rules/bases"
import { boundAlike, chainAllowed, clientSays, deletionProven, noOwnPurpose, vettedFor } from "./rules/processing"
import { representativeNamed, sourceNoticed } from "./rules/telling"
import {
  annexesFilled,
  bindingRules,
  clausesInTime,
  derogationRare,
  foreignOrder,
  mechanismHolds,
  moduleFits,
  transferAssessed,
} from "./rules/transfers"
import { destinationsNamed, mechanismNamed } from "./rules/abroad"
import {
  dataMinimal,
  marketingByOptIn,
  minorsProtected,
  necessityGiven,
  partnerFamilies,
  partyVetted,
  permissionOptional,
  purposeSpecific,
  purposesAnnounced,
  retentionStated,
} from "./rules/content"
import {
  announcedPartner,
  consentGiven,
  consentNamesController,
  exceptionGrounded,
  groundNamed,
  groundsListed,
  publishedByConsent,
  publishedByLaw,
  reviewedSoon,
  statuteCited,
  successorBound,
  trulyAffiliate,
  withdrawalStops,
  withinConsent,
} from "./rules/grounds"
import { asked, measuresNamed, ownControllers, partyAudited } from "./rules/measures"
import {
  actsForUs,
  checklistComplete,
  confidentialityFirst,
  deIdentified,
  entrustPaper,
  paperBinds,
} from "./rules/papers"
import { signatureBorne, signatureWhole } from "./rules/signatures"
import type { Check } from "./types"
import { chinaBands } from "./rules/bands"

const ASKED = {
  assessmentHolds,
  factsAnswered,
  fieldsAnswered,
  inWriting,
  itemsPointed,
  kindsNeeded,
  kindsWithin,
  measuresTaken,
  noticeTells,
  paperThere,
}
const STATEMENT = {
  announcedByNotice,
  breachAsked,
  chosenByPerson,
  groundSays,
  guardianUndone,
  kindMatrix,
  linkOnly,
  minorsApart,
  reviewedAfterChange,
  saleAnnounced,
  startedByPerson,
  statisticsOnly,
  withinDemand,
}
const OWN = { keptAtMost, neverParty, neverSent, neverThere, onlyThere, runsAtMost }
const OTHERS = { assessmentParts, deviceAccess, ictContract, notBarred, operatorAtHome, supervised }
const BASES = { basisNamed, conditionNamed, consentShown, guardianConsents, lawCited, secondGround }
const PROCESSING = { boundAlike, chainAllowed, clientSays, deletionProven, noOwnPurpose, vettedFor }
const TRANSFERS = {
  annexesFilled,
  bindingRules,
  clausesInTime,
  derogationRare,
  foreignOrder,
  mechanismHolds,
  moduleFits,
  transferAssessed,
}

/** Every check by the name that clauses call it by. A pack may use one several times, with other parameters. */
export const CHECKS: Readonly<Record<string, Check>> = {
  ...ASKED,
  ...BASES,
  ...PROCESSING,
  ...TRANSFERS,
  ...STATEMENT,
  ...OTHERS,
  ...OWN,
  cameBackLooked,
  conditionsMet,
  signatureBorne,
  signatureWhole,
  representativeNamed,
  sourceNoticed,
  actsForUs,
  announcedPartner,
  asked,
  checklistComplete,
  confidentialityFirst,
  consentGiven,
  consentNamesController,
  dataMinimal,
  deIdentified,
  destinationsNamed,
  entrustPaper,
  exceptionGrounded,
  groundNamed,
  groundsListed,
  marketingByOptIn,
  measuresNamed,
  mechanismNamed,
  minorsProtected,
  necessityGiven,
  ownControllers,
  paperBinds,
  partnerFamilies,
  partyAudited,
  partyVetted,
  permissionOptional,
  publishedByConsent,
  publishedByLaw,
  purposeSpecific,
  purposesAnnounced,
  retentionStated,
  reviewedSoon,
  signedShown,
  statuteCited,
  successorBound,
  trulyAffiliate,
  withdrawalStops,
  withinConsent,
}

/** Checks that look at the whole of an entity's flows, not at one record: they are run apart (`domain/checks/wide.ts`). */
export const WIDE_CHECKS: Readonly<Record<string, typeof chinaBands>> = { chinaBands }
