import { valueOf } from "@/domain/core/answer"
import { complement, intersect, union } from "@/domain/core/stretch"
import { bindsOn, homeDays } from "@/domain/coverage/areas"
import { answered, filled, flowDays, onSharing, outside, settle } from "@/domain/checks/kit"
import type { Check } from "@/domain/checks/types"
import { noticeDays } from "./asked"

/** Where the data comes from a third side, a notice to the people stands. */
export const sourceNoticed: Check = onSharing((facts) => {
  const elsewhere = filled(valueOf(facts.sharing.body.source) ?? "")
  return settle(elsewhere ? flowDays(facts.sharing.body) : [], [outside(noticeDays(facts), "", "noticeId")])
})

/** A company outside the home area of a regime that binds it names a representative there. Parameters: `regime`. */
export const representativeNamed: Check = onSharing((facts, params, law) => {
  const regime = String(params.regime)
  const bound = union(
    ...facts.entity.regimes.filter((one) => one.regime === regime).map((one) => bindsOn(law, facts.entity, one)),
  )
  const away = complement(homeDays(law, regime, facts.entity.country))
  return settle(
    intersect(intersect(flowDays(facts.sharing.body), bound), away),
    answered(facts.entity.representative, { says: "", path: "entityId" }),
  )
})
