import type { SharingFacts } from "@/domain/checks/types"
import { pointed } from "@/domain/checks/papers"
import { NOT_APPLICABLE, valueOf } from "@/domain/core/answer"
import type { Day } from "@/domain/core/day"
import { covers } from "@/domain/core/stretch"
import { adequateDays } from "@/domain/coverage/adequacy"
import { daysOfLaw } from "@/domain/coverage/areas"
import type { Cause } from "@/domain/coverage/coverage"
import { mechanismDays } from "@/domain/coverage/mechanism"
import { OWN_PAPER } from "@/domain/coverage/own-paper"
import type { LawFacts } from "@/domain/checks/law"
import type { Destination, MechanismLine, Regime } from "@/domain/records/sharing"
import type { Mechanism } from "@/domain/vocabulary/mechanisms"

/** What would cover a sharing again. Papers and mechanisms are named by their kind, never by a record's name. */
export type Mend =
  | { do: "ground" }
  | { do: "basis"; regime: string }
  | { do: "paper"; kind: string }
  | {
      do: "mechanism"
      country: string
      regime: string
      /** Would hold on the day if the flow named it: by what is in the register already. */
      ready: Mechanism[]
      /** Exist under the regime on the day, and would have to be concluded or obtained. */
      possible: Mechanism[]
    }
  | { do: "rules"; regime: string }

/** What would mend each cause from the day on, under the law with the scenario laid over. */
export function mendsOf(facts: SharingFacts, causes: readonly Cause[], law: LawFacts, on: Day): Mend[] {
  return causes.map((cause): Mend => {
    if (cause.what === "ground") return { do: "ground" }
    if (cause.what === "basis") return { do: "basis", regime: cause.regime }
    if (cause.what === "paper") return { do: "paper", kind: cause.kind }
    if (cause.what === "rules") return { do: "rules", regime: cause.regime }
    return { do: "mechanism", country: cause.country, regime: cause.regime, ...ways(facts, cause, law, on) }
  })
}

type About = { country: string; regime: string }

function ways(
  facts: SharingFacts,
  about: About,
  law: LawFacts,
  on: Day,
): { ready: Mechanism[]; possible: Mechanism[] } {
  const { country, regime } = about
  const known = law.instruments
    .filter(
      (one) => one.regime === regime && covers(daysOfLaw(one), on) && (one.newUntil === null || one.newUntil > on),
    )
    .map((one) => one.mechanism)
  const adequate = covers(adequateDays(law, facts, regime, country), on)
  const ready = [
    ...(adequate ? (["adequacy"] as const) : []),
    ...known.filter((one) => holds(facts, about, one, law, on)),
  ]
  return { ready, possible: [...new Set(known)].filter((one) => !ready.includes(one)) }
}

const SAYS_ITSELF: readonly Mechanism[] = ["scc-2021", "scc-sa", "uk-idta", "uk-addendum", "cn-contract"]

/** Whether a paper between the two sides would carry the mechanism on the day, if the flow named it. */
function holds(facts: SharingFacts, about: About, mechanism: Mechanism, law: LawFacts, on: Day): boolean {
  const destination = (valueOf(facts.sharing.body.destinations) ?? []).find((one) => one.country === about.country)
  if (!destination) return false
  // Of a mechanism whose paper does not say by itself what it is, a paper alone proves nothing.
  const own = SAYS_ITSELF.includes(mechanism) ? OWN_PAPER[mechanism] : undefined
  if (!own) return false
  return facts.agreements.some((paper) => {
    // Asked first, for it rules out nearly every paper: whether it says what this mechanism is.
    if (own.kinds !== null && !own.kinds.includes(paper.body.kind) && !pointed(paper.body, own.item)) return false
    const line: MechanismLine = {
      ...{ regime: about.regime as Regime, mechanism, module: NOT_APPLICABLE, evidence: NOT_APPLICABLE },
      ...{ agreementId: paper.id, assessmentId: null, firstOn: null, lastOn: null },
    }
    return covers(mechanismDays(facts, line, destination as Destination, law), on)
  })
}
