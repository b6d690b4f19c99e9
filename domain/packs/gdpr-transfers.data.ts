import type { Clause } from "@/domain/checks/types"
import { day } from "@/domain/core/day"
import { clause } from "./clause"

const art = (article: string) => ({ effectiveFrom: day("2018-05-25"), source: `GDPR Art. ${article}` })
/** Safeguards of Art. 46; derogations and adequacy have clauses of their own. */
const SAFEGUARDS = ["scc-2021", "scc-2010", "scc-sa", "bcr", "code", "certification", "public-instrument", "adhoc"]

/** Out of the Union: each country needs a mechanism that holds. */
export const GDPR_TRANSFERS: readonly Clause[] = [
  clause(
    {
      id: "GDPR-44",
      title: "Protection goes along",
      duty: "Data leaves the Union only with what the law names for that, remote access and passing on included.",
      remedy: "Add the mechanism for each country outside, with its evidence.",
      check: "mechanismNamed",
      params: { regime: "EU" },
    },
    art("44"),
  ),
  clause(
    {
      id: "GDPR-45",
      title: "Adequacy that stands",
      duty: "A decision of adequacy carries data while it stands, and within its limits.",
      remedy: "Record the listing on which the decision hangs, or name another mechanism.",
      check: "mechanismHolds",
      params: { regime: "EU", mechanisms: ["adequacy"] },
    },
    art("45"),
  ),
  clause(
    {
      id: "GDPR-46",
      title: "Safeguards that are in force",
      duty: "Clauses, binding rules, codes and certificates carry data while they are valid and agreed.",
      remedy: "Conclude a safeguard that is in force, and link its paper.",
      check: "mechanismHolds",
      params: { regime: "EU", mechanisms: SAFEGUARDS },
    },
    art("46"),
  ),
  clause(
    {
      id: "GDPR-46-TIA",
      title: "The law of the place is looked at",
      duty: "Who relies on a safeguard assesses whether the place lets it work.",
      remedy: "Carry out the transfer impact assessment, or renew the one that ran out.",
      check: "transferAssessed",
      params: { regime: "EU", mechanisms: SAFEGUARDS },
    },
    { effectiveFrom: day("2020-07-16"), source: "GDPR Art. 46; CJEU C-311/18" },
  ),
  clause(
    {
      id: "GDPR-47",
      title: "Binding rules are approved",
      duty: "Binding corporate rules are approved by an authority, and the company abroad belongs to the group.",
      remedy: "Refer to the approval, and record the days in the group.",
      check: "bindingRules",
      params: { regime: "EU" },
    },
    art("47"),
  ),
  clause(
    {
      id: "GDPR-48",
      title: "Orders from outside",
      duty: "An order of a court or authority outside the Union is followed under a treaty, or on another way of this law.",
      remedy: "Cite the treaty, or name the mechanism on which the data leaves.",
      check: "foreignOrder",
      params: { regime: "EU", mechanisms: [...SAFEGUARDS, "adequacy", "derogation"] },
    },
    art("48"),
  ),
  clause(
    {
      id: "GDPR-49",
      title: "Exceptions stay exceptions",
      duty: "The exceptions for single transfers carry nothing that happens again and again.",
      remedy: "Use a safeguard, or say that it happens once or now and then.",
      severity: "warning",
      check: "derogationRare",
      params: { regime: "EU" },
    },
    art("49"),
  ),
]
