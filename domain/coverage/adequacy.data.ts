import { day, type Day } from "@/domain/core/day"
import type { Party } from "@/domain/records/party"
import type { TransferRegime } from "./areas"

export type AdequacyLine = {
  regime: TransferRegime
  /** Country codes, an organisation, or `EEA` for its states. */
  to: readonly string[]
  /** The dated condition of the party on which the decision hangs; null: the country as a whole. */
  condition: Party["conditions"][number]["condition"] | null
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
  condition: AdequacyLine["condition"],
  act: string,
): AdequacyLine => ({
  regime,
  to: to.split(" "),
  condition,
  from: day(from),
  until: until === null ? null : day(until),
  act,
})

/** Decisions of adequacy over time (facts of the domain handbook's list; certainty is said there). */
export const ADEQUACY: readonly AdequacyLine[] = [
  line("EU", "CH", "2000-07-26", null, null, "2000/518/EC"),
  line("EU", "CA", "2001-12-20", null, "pipeda", "2002/2/EC"),
  line("EU", "AR", "2003-06-30", null, null, "2003/490/EC"),
  line("EU", "GG", "2003-11-21", null, null, "2003/821/EC"),
  line("EU", "IM", "2004-04-28", null, null, "2004/411/EC"),
  line("EU", "JE", "2008-05-08", null, null, "2008/393/EC"),
  line("EU", "FO", "2010-03-05", null, null, "2010/146/EU"),
  line("EU", "AD", "2010-10-19", null, null, "2010/625/EU"),
  line("EU", "IL", "2011-01-31", null, null, "2011/61/EU"),
  line("EU", "UY", "2012-08-21", null, null, "2012/484/EU"),
  line("EU", "NZ", "2012-12-19", null, null, "2013/65/EU"),
  line("EU", "JP", "2019-01-23", null, "appi", "(EU) 2019/419"),
  line("EU", "GB", "2021-06-28", "2025-12-28", null, "(EU) 2021/1772"),
  line("EU", "GB", "2025-12-19", "2031-12-28", null, "renewal of 2025-12-19"),
  line("EU", "KR", "2021-12-17", null, "pipa", "(EU) 2022/254"),
  line("EU", "US", "2000-07-26", "2015-10-06", "safe-harbour", "2000/520/EC"),
  line("EU", "US", "2016-07-12", "2020-07-16", "privacy-shield", "(EU) 2016/1250"),
  line("EU", "US", "2023-07-10", null, "dpf", "(EU) 2023/1795"),
  line("EU", "BR", "2026-01-26", null, null, "(EU) 2026/179"),
  line("EU", "IO:EPO", "2025-07-15", null, null, "decision of 2025-07-15"),
  line("UK", "EEA GI CH AD AR GG IM JE IL NZ UY FO", "2021-01-01", null, null, "DPA 2018 Sch. 21"),
  line("UK", "CA", "2021-01-01", null, "pipeda", "DPA 2018 Sch. 21"),
  line("UK", "JP", "2021-01-01", null, "appi", "DPA 2018 Sch. 21"),
  line("UK", "KR", "2022-12-19", null, "pipa", "SI 2022/1213"),
  line("UK", "US", "2023-10-12", null, "dpf-uk", "SI 2023/1028"),
  line("CH", "EEA GB GI AD AR FO GG IM IL JE MC NZ UY", "2023-09-01", null, null, "DPO Annex 1"),
  line("CH", "CA", "2023-09-01", null, "pipeda", "DPO Annex 1"),
  line("CH", "US", "2024-09-15", null, "dpf-ch", "DPO Annex 1"),
]

/** The days on which a mechanism could be relied on at all, by its code; codes not named here have no such limit. */
export const INSTRUMENT_DAYS: Readonly<Record<string, { from: Day; until: Day | null }>> = {
  "scc-2010": { from: day("2010-05-15"), until: day("2022-12-28") },
  "scc-2021": { from: day("2021-06-27"), until: null },
  "uk-idta": { from: day("2022-03-21"), until: null },
  "uk-addendum": { from: day("2022-03-21"), until: null },
  "cn-assessment": { from: day("2022-09-01"), until: null },
  "cn-contract": { from: day("2023-06-01"), until: null },
  "cn-certification": { from: day("2026-01-01"), until: null },
  "cn-exempt": { from: day("2024-03-22"), until: null },
}
