import type { AdequacyLine } from "@/domain/checks/law"
import { day } from "@/domain/core/day"

type Limits = Partial<
  Pick<AdequacyLine, "condition" | "staffCondition" | "notFrom" | "notKinds" | "notChannels" | "limit" | "certainty">
> & { known?: string; endKnown?: string }

const line = (
  regime: string,
  to: string,
  from: string,
  until: string | null,
  act: string,
  limits: Limits = {},
): AdequacyLine => {
  const { known, endKnown, ...rest } = limits
  return {
    regime,
    to: to.split(" "),
    from: day(from),
    until: until === null ? null : day(until),
    act,
    certainty: "verified",
    ...rest,
    ...(known ? { known: day(known) } : {}),
    ...(endKnown ? { endKnown: day(endKnown) } : {}),
  }
}
const old = { certainty: "in force 2024-01-15; first day from memory" }

/** Decisions under the Union's law, over time. */
export const EU_ADEQUACY: readonly AdequacyLine[] = [
  line("EU", "CH", "2000-07-26", null, "2000/518/EC", old),
  line("EU", "CA", "2001-12-20", null, "2002/2/EC", { ...old, condition: "pipeda" }),
  line("EU", "AR", "2003-06-30", null, "2003/490/EC", old),
  line("EU", "GG", "2003-11-21", null, "2003/821/EC", old),
  line("EU", "IM", "2004-04-28", null, "2004/411/EC", old),
  line("EU", "JE", "2008-05-08", null, "2008/393/EC", old),
  line("EU", "FO", "2010-03-05", null, "2010/146/EU", old),
  line("EU", "AD", "2010-10-19", null, "2010/625/EU"),
  line("EU", "IL", "2011-01-31", null, "2011/61/EU", {
    ...old,
    notChannels: ["paper"],
    limit: "Automated processing only, within the territory that the decision means.",
  }),
  line("EU", "UY", "2012-08-21", null, "2012/484/EU", old),
  line("EU", "NZ", "2012-12-19", null, "2013/65/EU", old),
  line("EU", "JP", "2019-01-23", null, "(EU) 2019/419", {
    certainty: "first day from memory",
    condition: "appi",
    notKinds: ["authority"],
  }),
  line("EU", "GB", "2021-06-28", "2025-06-28", "(EU) 2021/1772", { limit: "No data for immigration control." }),
  line("EU", "GB", "2025-06-28", "2025-12-28", "extension of (EU) 2021/1772", {
    known: "2025-06-24",
    limit: "No data for immigration control.",
  }),
  line("EU", "GB", "2025-12-19", "2031-12-28", "renewal of 2025-12-19"),
  line("EU", "KR", "2021-12-17", null, "(EU) 2022/254", {
    condition: "pipa",
    certainty: "scope verified, number from memory",
    limit: "No religious missions, no nominations of parties, no financial credit data.",
  }),
  line("EU", "US", "2000-07-26", "2015-10-06", "2000/520/EC", {
    condition: "safe-harbour",
    endKnown: "2015-10-06",
    certainty: "from memory",
  }),
  line("EU", "US", "2016-07-12", "2020-07-16", "(EU) 2016/1250", {
    condition: "privacy-shield",
    endKnown: "2020-07-16",
  }),
  line("EU", "US", "2023-07-10", null, "(EU) 2023/1795", {
    condition: "dpf",
    staffCondition: "dpf-hr",
    certainty: "verified; appeal C-703/25 P pending in mid-2026",
  }),
  line("EU", "BR", "2026-01-26", null, "(EU) 2026/179", {
    notFrom: ["NO", "IS", "LI"],
    limit: "For companies in Norway, Iceland and Liechtenstein the Area's own decision is still a draft.",
  }),
  line("EU", "IO:EPO", "2025-07-15", null, "decision of 2025-07-15"),
]

/** Regulations under the law of the United Kingdom. */
export const UK_ADEQUACY: readonly AdequacyLine[] = [
  line("UK", "EEA IO:EU GI CH AD AR GG IM JE IL NZ UY", "2021-01-01", null, "DPA 2018 Sch. 21"),
  line("UK", "FO", "2021-01-01", null, "DPA 2018 Sch. 21", { certainty: "from memory" }),
  line("UK", "CA", "2021-01-01", null, "DPA 2018 Sch. 21", { condition: "pipeda" }),
  line("UK", "JP", "2021-01-01", null, "DPA 2018 Sch. 21", { condition: "appi", notKinds: ["authority"] }),
  line("UK", "KR", "2022-12-19", null, "SI 2022/1213", { condition: "pipa" }),
  line("UK", "US", "2023-10-12", null, "SI 2023/1028", { condition: "dpf-uk" }),
]

/** The annex of the Swiss ordinance. */
export const CH_ADEQUACY: readonly AdequacyLine[] = [
  line("CH", "EEA IO:EU", "2023-09-01", null, "DPO Annex 1", { certainty: "part verified" }),
  line("CH", "AD AR", "2023-09-01", null, "DPO Annex 1"),
  line("CH", "GB GI FO GG IM IL JE MC NZ UY", "2023-09-01", null, "DPO Annex 1", { certainty: "from memory" }),
  line("CH", "CA", "2023-09-01", null, "DPO Annex 1", { condition: "pipeda" }),
  line("CH", "US", "2024-09-15", null, "DPO Annex 1", { condition: "dpf-ch" }),
]
