import type { Clause } from "@/domain/checks/types"
import { day } from "@/domain/core/day"
import { clause } from "./clause"

const since = (from: string, source: string, certainty = "verified") => ({
  effectiveFrom: day(from),
  source,
  certainty,
})
const SAFEGUARDS = ["uk-idta", "uk-addendum", "bcr", "code", "certification", "public-instrument", "adhoc"]
const LETTERS = ["a", "b", "c", "d", "e", "f", "g", "h"].map((letter) => [`28.3.${letter}`])

/** The law of the United Kingdom, as far as it differs from the Union's. */
export const UK_CLAUSES: readonly Clause[] = [
  clause(
    {
      id: "UK-45",
      title: "Adequacy regulations that stand",
      duty: "Data flows to countries that the regulations name, within their limits.",
      remedy: "Record the listing on which it hangs, or name another mechanism.",
      check: "mechanismHolds",
      params: { regime: "UK", mechanisms: ["adequacy"] },
    },
    since("2021-01-01", "UK GDPR Art. 45; DPA 2018 Sch. 21"),
  ),
  clause(
    {
      id: "UK-45-TEST",
      title: "The data-protection test",
      duty: "Since 5 February 2026 who relies on a safeguard tests whether protection is not materially lower there.",
      remedy: "Do the risk assessment again by the new test, and record it.",
      severity: "warning",
      check: "transferAssessed",
      params: { regime: "UK", mechanisms: SAFEGUARDS, since: "2026-02-05" },
    },
    since("2026-02-05", "SI 2026/82"),
  ),
  clause(
    {
      id: "UK-46-IDTA",
      title: "Agreement or Addendum of the United Kingdom",
      duty: "The Union's clauses alone do not serve here: the British agreement, or the Addendum to them.",
      remedy: "Sign the agreement, or add the Addendum beside the clauses.",
      check: "mechanismHolds",
      params: { regime: "UK", mechanisms: ["scc-2021", "uk-idta", "uk-addendum"] },
    },
    since("2022-03-21", "DPA 2018 s. 119A"),
  ),
  clause(
    {
      id: "UK-46-OLD",
      title: "Old clauses have ended",
      duty: "Old clauses of the Union that were signed by 21 September 2022 carried data to 20 March 2024.",
      remedy: "Replace them by the agreement or the Addendum.",
      check: "clausesInTime",
      params: { regime: "UK", mechanisms: ["scc-2010"], signedBefore: "2022-09-22", until: "2024-03-21" },
    },
    since("2022-03-21", "transitional provisions of 2022-02-02", "end verified, its last day unclear"),
  ),
  clause(
    {
      id: "UK-6.1.ea",
      title: "Recognised interests",
      duty: "The basis that needs no balancing is there for five listed conditions.",
      remedy: "Say which of the listed conditions it is.",
      check: "conditionNamed",
      params: { bases: ["uk.6.1.ea"] },
    },
    since("2026-02-05", "UK GDPR Art. 6(1)(ea)"),
  ),
  clause(
    {
      id: "UK-28",
      title: "Processing clauses",
      duty: "A contract with the same eight items binds a processor.",
      remedy: "Have the clauses signed, and point each item to its page.",
      severity: "warning",
      check: "itemsPointed",
      params: {
        kinds: ["processing"],
        items: [["PARTICULARS"], ...LETTERS],
        always: true,
        when: { modes: ["entrust"] },
      },
    },
    since("2021-01-01", "UK GDPR Art. 28", "from memory, unverified"),
  ),
]
