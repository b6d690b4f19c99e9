import type { Clause } from "@/domain/checks/types"
import { day } from "@/domain/core/day"
import { clause } from "./clause"

const since = (from: string, source: string, certainty = "verified") => ({
  effectiveFrom: day(from),
  source,
  certainty,
})
const MEMORY = "from memory, unverified"
const warning = { severity: "warning" } as const
const NINE = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => [`CCPA-7051.${n}`])
const THIRD = ["ccpa", "controller-sharing"]

/** Measures of the Chinese authority on data that leaves the mainland. Two of them add up people over all flows. */
export const CAC_CLAUSES: readonly Clause[] = [
  clause(
    {
      id: "CAC-2022",
      title: "First thresholds",
      duty: "Who sent out data about many people since the year before is assessed by the authority.",
      remedy: "Obtain the security assessment.",
      check: "chinaBands",
      effectiveTo: day("2024-03-22"),
    },
    since("2022-09-01", "CAC measures 2022"),
  ),
  clause(
    {
      id: "CAC-SC-2023",
      title: "The standard contract",
      duty: "The fixed text is signed unchanged and filed within ten working days.",
      remedy: "Sign and file it; point to text and number.",
      ...warning,
      check: "mechanismHolds",
      params: { regime: "CN", mechanisms: ["cn-contract"] },
    },
    since("2023-06-01", "CAC measures 2023", MEMORY),
  ),
  clause(
    {
      id: "CAC-2024",
      title: "How many people, by which route",
      duty: "Which route suffices follows from how many people's data left the mainland since 1 January.",
      remedy: "Change to a route that this band allows.",
      check: "chinaBands",
    },
    since("2024-03-22", "CAC provisions 2024"),
  ),
  clause(
    {
      id: "CAC-CERT-2026",
      title: "The certificate",
      duty: "In the middle band a certificate carries the data, for three years.",
      remedy: "Renew the certificate.",
      check: "mechanismHolds",
      params: { regime: "CN", mechanisms: ["cn-certification"] },
    },
    since("2026-01-01", "CAC and SAMR order 20"),
  ),
]

/** California. */
export const CCPA_CLAUSES: readonly Clause[] = [
  clause(
    {
      id: "CCPA-100.d",
      title: "A contract with whoever gets data",
      duty: "It limits purposes, asks for the same protection, and lets us check and stop.",
      remedy: "Have the terms signed, and point to them.",
      ...warning,
      check: "itemsPointed",
      params: {
        kinds: ["processing", ...THIRD],
        items: [["CCPA-7051.2", "CCPA-7053"]],
        always: true,
        when: { any: [{ modes: ["entrust"] }, { modes: ["share"], grounds: ["affiliate", "partner"] }] },
      },
    },
    since("2023-01-01", "Civ. Code 1798.100(d)", MEMORY),
  ),
  clause(
    {
      id: "CCPA-7051",
      title: "Nine terms for service providers",
      duty: "Without one of the nine terms the party is a third party, and the flow a sale.",
      remedy: "Point each term to its page, or have the paper amended.",
      check: "itemsPointed",
      params: { kinds: ["processing", "ccpa"], items: NINE, always: true, when: { modes: ["entrust"] } },
    },
    since("2023-03-29", "11 CCR 7051", "verified; terms four to nine from memory"),
  ),
  clause(
    {
      id: "CCPA-7053",
      title: "Terms for third parties",
      duty: "A third party is bound to specific purposes, the same protection, checks, and notice in five business days.",
      remedy: "Have the terms signed, and point to them.",
      check: "itemsPointed",
      params: {
        kinds: THIRD,
        items: [["CCPA-7053"]],
        always: true,
        when: { modes: ["share"], grounds: ["affiliate", "partner"] },
      },
    },
    since("2023-03-29", "11 CCR 7053"),
  ),
  clause(
    {
      id: "CCPA-7053-OUT",
      title: "Opting out reaches third parties",
      duty: "Who opts out of a sale is passed on to those who got the data.",
      remedy: "Say how an opt-out reaches the party.",
      check: "fieldsAnswered",
      params: { fields: ["optOutRoute"], when: { modes: ["share"], bases: ["ca.sale"] } },
    },
    since("2023-03-29", "11 CCR 7053"),
  ),
]

/** Brazil: not verified, so it warns and coverage does not read it. */
export const LGPD_CLAUSES: readonly Clause[] = [
  clause(
    {
      id: "LGPD-33",
      title: "Abroad from Brazil",
      duty: "Data leaves Brazil by adequacy, clauses of the authority, or rules of the group.",
      remedy: "Name the mechanism for each country outside Brazil.",
      ...warning,
      check: "mechanismNamed",
      params: { regime: "BR", home: ["BR"] },
    },
    since("2020-09-18", "LGPD Art. 33", MEMORY),
  ),
]

/** Financial companies of the Union. */
export const DORA_CLAUSES: readonly Clause[] = [
  clause(
    {
      id: "DORA-28.3",
      title: "The register of contracts",
      duty: "The register shows both sides' identifiers, governing law and notice of each contract for technology.",
      remedy: "Enter the identifiers, the governing law and the days of notice.",
      ...warning,
      check: "ictContract",
      params: { when: { modes: ["entrust"] } },
    },
    since("2025-01-17", "(EU) 2022/2554 Art. 28(3)"),
  ),
]

/** Access to people's devices. */
export const EPRIVACY_CLAUSES: readonly Clause[] = [
  clause(
    {
      id: "EPD-5.3",
      title: "Access to the device",
      duty: "Storing on a device or reading from it needs consent, unless the service cannot do without.",
      remedy: "Refer to the consent, say why it is strictly necessary, or drop the tag.",
      ...warning,
      check: "deviceAccess",
      params: {
        when: {
          channels: ["web", "app"],
          any: [{ flag: "online" }, { flag: "perm" }, { flag: "family device" }],
        },
      },
    },
    since("2018-05-25", "Directive 2002/58/EC Art. 5(3)", "from memory"),
  ),
]
