import { day, type Day } from "@/domain/core/day"
import type { Party } from "@/domain/records/party"
import type { TransferRegime } from "./areas"

/** What a decision needs beyond its days. */
type Limits = {
  /** The dated condition of the party on which the decision hangs. */
  condition?: Party["conditions"][number]["condition"]
  /** Countries of our own entities for which the decision does not hold yet. */
  notFrom?: readonly string[]
  /** Day on which the decision became known, where later than its first day or earlier. */
  known?: Day
  /** Day on which its end became known, where it did not stand in the decision itself. */
  endKnown?: Day
}

export type AdequacyLine = Limits & {
  regime: TransferRegime
  /** Country codes, an organisation, or `EEA` for its states. */
  to: readonly string[]
  from: Day
  /** First day on which it no longer held; null: in force. */
  until: Day | null
  act: string
}

const line = (
  regime: TransferRegime,
  to: string,
  from: string,
  until: string | null,
  act: string,
  limits: Limits = {},
): AdequacyLine => ({
  regime,
  to: to.split(" "),
  from: day(from),
  until: until === null ? null : day(until),
  act,
  ...limits,
})

/** Decisions of adequacy over time (facts of the domain handbook's list; certainty is said there). */
export const ADEQUACY: readonly AdequacyLine[] = [
  line("EU", "CH", "2000-07-26", null, "2000/518/EC"),
  line("EU", "CA", "2001-12-20", null, "2002/2/EC", { condition: "pipeda" }),
  line("EU", "AR", "2003-06-30", null, "2003/490/EC"),
  line("EU", "GG", "2003-11-21", null, "2003/821/EC"),
  line("EU", "IM", "2004-04-28", null, "2004/411/EC"),
  line("EU", "JE", "2008-05-08", null, "2008/393/EC"),
  line("EU", "FO", "2010-03-05", null, "2010/146/EU"),
  line("EU", "AD", "2010-10-19", null, "2010/625/EU"),
  line("EU", "IL", "2011-01-31", null, "2011/61/EU"),
  line("EU", "UY", "2012-08-21", null, "2012/484/EU"),
  line("EU", "NZ", "2012-12-19", null, "2013/65/EU"),
  line("EU", "JP", "2019-01-23", null, "(EU) 2019/419", { condition: "appi" }),
  line("EU", "GB", "2021-06-28", "2025-06-28", "(EU) 2021/1772"),
  line("EU", "GB", "2025-06-28", "2025-12-28", "extension of (EU) 2021/1772", { known: day("2025-06-24") }),
  line("EU", "GB", "2025-12-19", "2031-12-28", "renewal of 2025-12-19"),
  line("EU", "KR", "2021-12-17", null, "(EU) 2022/254", { condition: "pipa" }),
  line("EU", "US", "2000-07-26", "2015-10-06", "2000/520/EC", {
    condition: "safe-harbour",
    endKnown: day("2015-10-06"),
  }),
  line("EU", "US", "2016-07-12", "2020-07-16", "(EU) 2016/1250", {
    condition: "privacy-shield",
    endKnown: day("2020-07-16"),
  }),
  line("EU", "US", "2023-07-10", null, "(EU) 2023/1795", { condition: "dpf" }),
  line("EU", "BR", "2026-01-26", null, "(EU) 2026/179", { notFrom: ["NO", "IS", "LI"] }),
  line("EU", "IO:EPO", "2025-07-15", null, "decision of 2025-07-15"),
  line("UK", "EEA GI CH AD AR GG IM JE IL NZ UY FO", "2021-01-01", null, "DPA 2018 Sch. 21"),
  line("UK", "CA", "2021-01-01", null, "DPA 2018 Sch. 21", { condition: "pipeda" }),
  line("UK", "JP", "2021-01-01", null, "DPA 2018 Sch. 21", { condition: "appi" }),
  line("UK", "KR", "2022-12-19", null, "SI 2022/1213", { condition: "pipa" }),
  line("UK", "US", "2023-10-12", null, "SI 2023/1028", { condition: "dpf-uk" }),
  line("CH", "EEA GB GI AD AR FO GG IM IL JE MC NZ UY", "2023-09-01", null, "DPO Annex 1"),
  line("CH", "CA", "2023-09-01", null, "DPO Annex 1", { condition: "pipeda" }),
  line("CH", "US", "2024-09-15", null, "DPO Annex 1", { condition: "dpf-ch" }),
]
