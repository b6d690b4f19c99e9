import type { Clause } from "@/domain/checks/types"
import { day } from "@/domain/core/day"
import { clause } from "./clause"

const art = (article: string, certainty = "from memory, unverified") => ({
  effectiveFrom: day("2023-09-01"),
  source: `DSG Art. ${article}`,
  certainty,
})
const warning = { severity: "warning" } as const
const ABROAD = ["adequacy", "scc-2021", "scc-sa", "bcr", "code", "certification", "public-instrument", "adhoc"]

/** The Swiss data-protection act. */
export const CH_CLAUSES: readonly Clause[] = [
  clause(
    {
      id: "CH-16",
      title: "Abroad",
      duty: "Data goes to states of the annex, or with a guarantee that is recognised.",
      remedy: "Add the mechanism for each country abroad, with its evidence.",
      check: "mechanismNamed",
      params: { regime: "CH" },
    },
    art("16", "list verified in part"),
  ),
  clause(
    {
      id: "CH-16-HOLDS",
      title: "What carries data abroad holds",
      duty: "The state stands in the annex on the day, or the guarantee is in force and signed.",
      remedy: "Record the certificate on which it hangs, or conclude a guarantee.",
      check: "mechanismHolds",
      params: { regime: "CH", mechanisms: ABROAD },
    },
    art("16", "list verified in part"),
  ),
  clause(
    {
      id: "CH-9",
      title: "Processors",
      duty: "A processor is bound by contract or law, and engages others with leave only.",
      remedy: "Have processing clauses signed.",
      ...warning,
      check: "paperThere",
      params: { kinds: ["processing"], when: { modes: ["entrust"] } },
    },
    art("9"),
  ),
  clause(
    {
      id: "CH-19",
      title: "People know recipients and countries",
      duty: "The notice names recipients and the countries that data goes to.",
      remedy: "Attach a notice that names them.",
      ...warning,
      check: "noticeTells",
      params: { tells: ["recipients", "countries"], abroad: "CH" },
    },
    art("19"),
  ),
  clause(
    {
      id: "CH-12",
      title: "The record of processing",
      duty: "The record shows purposes, people, data, recipients, periods, measures and countries.",
      remedy: "Answer what is open.",
      ...warning,
      check: "fieldsAnswered",
      params: {
        fields: ["purposes", "subjects", "dataLines", "retention", "measures", "destinations"],
        when: { modes: ["entrust", "share", "transfer"] },
      },
    },
    art("12"),
  ),
]
