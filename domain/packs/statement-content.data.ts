import type { Clause } from "@/domain/checks/types"
import { clause, STATEMENT_BEGINS } from "./clause"

const from = { effectiveFrom: STATEMENT_BEGINS, source: "privacy statement, I, II, IV, VI, VIII and IX" }

/** What flows and how it is kept: purposes, data, retention, measures, minors, countries. */
export const STATEMENT_CONTENT: readonly Clause[] = [
  clause(
    {
      id: "S-I.B-1",
      title: "Announced purposes",
      duty: "Data serves the uses that the statement announces; any other use needs consent.",
      remedy: "Choose an announced purpose, or obtain consent for it.",
      check: "purposesAnnounced",
      params: {
        purposes: [
          ...["acct.register", "acct.unique", "auth.identity", "svc.deliver", "svc.support", "svc.notify"],
          ...["svc.storage", "svc.infra", "svc.comms", "order.fulfil", "order.deliver", "order.pay", "pers.service"],
          ...["mkt.direct", "mkt.ads", "ana.usage", "ana.improve", "int.audit", "err.fix", "sec.fraud"],
          ...["law.comply", "law.dispute", "law.safety", "law.national", "corp.deal"],
        ],
      },
    },
    from,
  ),
  clause(
    {
      id: "S-I.B-5",
      title: "Advertising only for those who said yes",
      duty: "Advertising messages go out after explicit consent or at one's own wish, with a way out.",
      remedy: "Add the consent record, and how an opt-out reaches the party.",
      check: "marketingByOptIn",
    },
    from,
  ),
  clause(
    {
      id: "S-IV-1.1",
      title: "As little data as the purpose needs",
      duty: "Only data that the purpose needs is passed on, and that is looked at again.",
      remedy: "Say why each kind is needed, review it every 24 months, or leave it out.",
      check: "dataMinimal",
      params: { months: 24 },
    },
    from,
  ),
  clause(
    {
      id: "S-IV-1.2",
      title: "No longer than needed",
      duty: "The party keeps data as long as needed and then deletes it.",
      remedy: "State period, what it counts from and how it is deleted; at the end, attach the proof.",
      check: "retentionStated",
    },
    from,
  ),
  clause(
    {
      id: "S-IV-2",
      title: "Protected on the way and where it lies",
      duty: "Data is encrypted in transit and kept in protected storage.",
      remedy: "Name the measures that the party takes.",
      severity: "warning",
      check: "measuresNamed",
      params: { each: [["transit.encryption"], ["storage.protection", "rest.encryption"]], says: "S-IV-2" },
    },
    from,
  ),
  clause(
    {
      id: "S-IV-3",
      title: "Few, graded, authorised people",
      duty: "Only authorised people get at the data, each as far as their task needs.",
      remedy: "Name the measure, and for remote access who reaches in.",
      severity: "warning",
      check: "measuresNamed",
      params: { each: [["access.control"]], says: "S-IV-3" },
    },
    from,
  ),
  clause(
    {
      id: "S-IV-4.1",
      title: "Vetted first",
      duty: "Partners and providers are looked at strictly before data flows, and stay so.",
      remedy: "Run the due diligence, or renew the one that ran out.",
      check: "partyVetted",
      params: { kinds: ["processor", "affiliate", "partner"] },
    },
    from,
  ),
  clause(
    {
      id: "S-IV-4.3",
      title: "Audited",
      duty: "Parties of medium or high risk are audited now and then.",
      remedy: "Schedule the audit and record it.",
      severity: "warning",
      check: "partyAudited",
      params: { kinds: ["processor", "affiliate", "partner"], months: 24 },
    },
    from,
  ),
  clause(
    {
      id: "S-VI-2",
      title: "Minors",
      duty: "Minors' data leaves because a law says so, with the guardian's consent, or to protect them.",
      remedy: "Obtain the guardian's consent, or say which law or protection it is.",
      check: "minorsProtected",
      params: { modes: ["share", "transfer", "disclose"] },
    },
    from,
  ),
  clause(
    {
      id: "S-VIII-1",
      title: "Every country",
      duty: "Each country where data is kept or from where it is reached is known.",
      remedy: "Add the countries, those of remote access as lines of their own.",
      check: "destinationsNamed",
    },
    from,
  ),
  clause(
    {
      id: "S-VIII-2",
      title: "The same protection abroad",
      duty: "The statement holds wherever data goes.",
      remedy: "Add the transfer mechanism and its evidence for each law that applies.",
      check: "mechanismNamed",
    },
    from,
  ),
  clause(
    {
      id: "S-IX-0",
      title: "Device permissions are optional",
      duty: "What a permission of the device opens is used while it is on, and never for basic functions.",
      remedy: "Name the permission, the way to switch it off and the consent, or leave the data out.",
      check: "permissionOptional",
    },
    from,
  ),
]
