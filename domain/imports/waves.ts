import { known } from "@/domain/core/answer"
import { addDays, type Day } from "@/domain/core/day"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"

/** Days until what was found running has to be approved or ended, by the party's risk: the riskier, the sooner. */
export const WAVES: Readonly<Record<"high" | "medium" | "low" | "unknown", number>> = {
  high: 30,
  medium: 60,
  unknown: 90,
  low: 120,
}

/** Gives a sharing of an import an owner and a due day where its row gave none: the importer, and the wave of its risk. */
export function inWaves(
  sharing: Sharing,
  party: Pick<Party, "risk"> | null,
  on: { today: Day; owner: string },
): Sharing {
  const risk = party?.risk.state === "known" ? party.risk.value : "unknown"
  return {
    ...sharing,
    owner: sharing.owner.state === "known" ? sharing.owner : known(on.owner),
    dueOn: sharing.dueOn.state === "known" ? sharing.dueOn : known(addDays(on.today, WAVES[risk])),
  }
}
