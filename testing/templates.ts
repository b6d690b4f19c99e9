import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Agreement } from "@/domain/records/agreement"
import type { Sharing } from "@/domain/records/sharing"
import type { Filling } from "@/domain/templates/fields"
import { typedEntity, typedParty } from "./bodies"
import { between } from "./clause-stories"
import { typedAgreement, typedSharing } from "./in-2026"

/** An agreement with all that a template is filled from; `more`: a second flow. */
export function aFilling(over: { agreement?: Partial<Agreement>; more?: Partial<Sharing> } = {}): Filling {
  const agreement = {
    ...typedAgreement(between, []),
    ...{ kind: "confidentiality" as const, effectOn: known(day("2026-03-01")), deletionDays: known(30) },
    ...{ governingLaw: known("Ireland"), ...over.agreement },
  }
  const flow = typedSharing(between, { purposes: known(["service.provide", "security"] as never) })
  return {
    agreement,
    entities: [typedEntity({ legalName: "Alpha GmbH" })],
    parties: [typedParty({ legalName: "Beta Ltd" }), typedParty({ legalName: "Gamma Ltd" })],
    sharings: over.more ? [flow, { ...flow, ...over.more }] : [flow],
    chains: [],
    today: day("2026-02-15"),
  }
}
