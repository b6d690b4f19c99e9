/*
 * The records of ./flow as they stand in stories that say their own day: all of 2026 and not a day longer. The rules take the
 * day as an argument, so these stories stay true in any year. What a real clock looks at takes the records of ./flow, which end
 * beyond every present.
 */
import { day } from "@/domain/core/day"
import { known } from "@/domain/core/answer"
import type { Id } from "@/domain/core/id"
import type { Agreement } from "@/domain/records/agreement"
import type { Assessment } from "@/domain/records/assessment"
import type { Sharing } from "@/domain/records/sharing"
import * as flow from "./flow"

export * from "./flow"

export const YEAR_ENDS = day("2026-12-31")
const ENDS = { endsOn: known(YEAR_ENDS) }

/** A kind of data with its necessity, looked at on the first day of 2026. */
export function aLine(...[kind, over]: Parameters<typeof flow.aLine>): ReturnType<typeof flow.aLine> {
  return flow.aLine(kind, { reviewedOn: known(flow.YEAR_BEGINS), ...over })
}

/** An entrusted flow inside the Union that lacks nothing: hosting of account data, all of 2026. */
export function typedSharing(between: flow.Between, over: Partial<Sharing> = {}): Sharing {
  const dataLines = known([aLine("acct.identifier"), aLine("device.id")])
  return flow.typedSharing(between, { dataLines, ...ENDS, ...over })
}

/** A signed paper of 2026 that covers the sharings, with every item of its checklist pointed to a page. */
export function typedAgreement(
  between: flow.Between,
  sharings: readonly Id<"sharing">[],
  over: Partial<Agreement> = {},
): Agreement {
  return flow.typedAgreement(between, sharings, { ...ENDS, ...over })
}

/** A passed due diligence that holds all of 2026. */
export function typedAssessment(partyId: Id<"party">, over: Partial<Assessment> = {}): Assessment {
  return flow.typedAssessment(partyId, { validUntil: known(YEAR_ENDS), ...over })
}
