import type { Clause } from "@/domain/checks/types"
import { day } from "@/domain/core/day"
import { clause } from "./clause"

const art = (article: string) => ({ effectiveFrom: day("2021-11-01"), source: `PIPL Art. ${article}` })
const warning = { severity: "warning" } as const
const SEVEN = [1, 2, 3, 4, 5, 6, 7].map((n) => `cn.13.${n}`)
const FREE = SEVEN.slice(1)
const SENSITIVE = { any: [{ flag: "pipl-sensitive", concluded: true }, { subjects: ["child"] }] }
const GOOD = ["passed", "passed-with-conditions"]

/** The law of the Chinese mainland on personal information. */
export const PIPL_CLAUSES: readonly Clause[] = [
  clause(
    {
      id: "PIPL-13",
      title: "One of seven bases",
      duty: "Data is handled on one of seven bases; an interest of one's own is none of them.",
      remedy: "Name one of the seven.",
      check: "basisNamed",
      params: { bases: SEVEN },
    },
    art("13"),
  ),
  clause(
    {
      id: "PIPL-20",
      title: "Joint handlers agree",
      duty: "Who decides together agrees on rights and duties, and answers together.",
      remedy: "Conclude the arrangement and point to its duties.",
      check: "itemsPointed",
      params: { kinds: ["joint-arrangement"], items: [["DUTIES"]], always: true, when: { roles: ["joint"] } },
    },
    art("20"),
  ),
  clause(
    {
      id: "PIPL-21",
      title: "What an entrusted company agrees to",
      duty: "The paper says purpose, term, way, kinds, protection, rights and duties, and how we supervise.",
      remedy: "Have the paper amended, and point to the page.",
      check: "itemsPointed",
      params: { kinds: ["processing"], items: [["PIPL-21"]], always: true, when: { modes: ["entrust"] } },
    },
    art("21"),
  ),
  clause(
    {
      id: "PIPL-21-YEARLY",
      title: "Entrusted companies are supervised",
      duty: "We supervise what an entrusted company does with the data.",
      remedy: "Record the appraisal or audit of this year.",
      check: "supervised",
      params: { months: 12, when: { modes: ["entrust"] } },
    },
    art("21"),
  ),
  clause(
    {
      id: "PIPL-22",
      title: "Mergers are told",
      duty: "Where control passes by merger, split or insolvency, people hear name and contact of who takes over.",
      remedy: "Attach the notice that names them.",
      check: "noticeTells",
      params: { items: ["name", "contact"], when: { modes: ["transfer"] } },
    },
    art("22"),
  ),
  clause(
    {
      id: "PIPL-23",
      title: "Passing on needs a yes of its own",
      duty: "Data is passed to another handler with a separate consent; bases other than consent free from it.",
      remedy: "Obtain the separate consent, or name the other basis with its reasons.",
      check: "consentShown",
      params: { about: ["sharing"], separate: true, unless: FREE, reasoned: true, when: { modes: ["share"] } },
    },
    art("23"),
  ),
  clause(
    {
      id: "PIPL-23-TELL",
      title: "People know who gets their data",
      duty: "They hear the other handler's name and contact, purpose, way and kinds of data.",
      remedy: "Attach a notice that tells all five.",
      check: "noticeTells",
      params: { items: ["name", "contact", "purpose", "method", "data"], when: { modes: ["share"] } },
    },
    art("23"),
  ),
  clause(
    {
      id: "PIPL-25",
      title: "Nothing is published without a yes",
      duty: "Data is made public with a separate consent only.",
      remedy: "Obtain the separate consent, or take it back.",
      check: "consentShown",
      params: { about: ["publication"], separate: true, when: { modes: ["disclose"] } },
    },
    art("25"),
  ),
  clause(
    {
      id: "PIPL-27",
      title: "Public data within reason",
      duty: "What is public is used within reason, unless the person refused or it touches them gravely.",
      remedy: "Say why this use is within reason.",
      ...warning,
      check: "groundSays",
      params: { grounds: ["exception-5", "exception-6"], asks: ["lawfulness"] },
    },
    art("27"),
  ),
  clause(
    {
      id: "PIPL-28",
      title: "Sensitive data is really needed",
      duty: "Sensitive data flows for a specific purpose, where it is sufficiently needed.",
      remedy: "Say for each sensitive kind why it is needed, or leave it out.",
      check: "kindsNeeded",
      params: { flag: "pipl-sensitive", when: { flag: "pipl-sensitive" } },
    },
    art("28"),
  ),
  clause(
    {
      id: "PIPL-28-STRICT",
      title: "Sensitive data is strictly protected",
      duty: "Sensitive data flows under strict measures.",
      remedy: "Name graded access, and encryption or pseudonyms.",
      check: "measuresTaken",
      params: {
        each: [["access.control"], ["rest.encryption", "e2e.encryption", "pseudonymise", "storage.protection"]],
        when: SENSITIVE,
      },
    },
    art("28"),
  ),
  clause(
    {
      id: "PIPL-29",
      title: "Sensitive data needs a yes of its own",
      duty: "Where consent is the basis, sensitive data needs a separate one.",
      remedy: "Obtain the separate consent for the sensitive data.",
      check: "consentShown",
      params: { about: ["sensitive", "guardian"], separate: true, unless: FREE, when: SENSITIVE },
    },
    art("29"),
  ),
  clause(
    {
      id: "PIPL-30",
      title: "Necessity and effect are told",
      duty: "People hear why their sensitive data is needed and what it does to them.",
      remedy: "Attach a notice that tells necessity and effect.",
      ...warning,
      check: "noticeTells",
      params: { items: ["necessity", "effect"], when: SENSITIVE },
    },
    art("30"),
  ),
  clause(
    {
      id: "PIPL-31",
      title: "Under fourteen",
      duty: "A parent consents for a child, and special rules apply.",
      remedy: "Refer to the guardian's consent.",
      check: "guardianConsents",
      params: { when: { subjects: ["child"] } },
    },
    art("31"),
  ),
  clause(
    {
      id: "PIPL-38",
      title: "A way out of the country",
      duty: "Data leaves the mainland by assessment, certificate, standard contract, or where the law exempts it.",
      remedy: "Name the route for each place outside, with its number.",
      check: "mechanismNamed",
      params: { regime: "CN" },
    },
    art("38"),
  ),
  clause(
    {
      id: "PIPL-38-HOLDS",
      title: "The way out holds",
      duty: "The assessment is valid, or the exemption is there, on each day.",
      remedy: "Renew the assessment, or name another route.",
      check: "mechanismHolds",
      params: { regime: "CN", mechanisms: ["cn-assessment", "cn-exempt", "cn-volume"] },
    },
    art("38"),
  ),
  clause(
    {
      id: "PIPL-39",
      title: "Abroad needs a yes of its own",
      duty: "Data leaves the mainland with a separate consent; contract and staff management free from it.",
      remedy: "Obtain the separate consent for abroad, or name the other basis.",
      check: "consentShown",
      params: { about: ["abroad"], separate: true, unless: FREE, when: { abroad: "CN" } },
    },
    art("39"),
  ),
  clause(
    {
      id: "PIPL-39-TELL",
      title: "People know who is abroad",
      duty: "They hear name, contact, purpose, way and kinds, and how to use their rights there.",
      remedy: "Attach a notice that tells all six.",
      check: "noticeTells",
      params: { items: ["name", "contact", "purpose", "method", "data", "rights"], when: { abroad: "CN" } },
    },
    art("39"),
  ),
  clause(
    {
      id: "PIPL-40",
      title: "Critical operators keep data at home",
      duty: "A critical operator stores in the mainland, and is assessed before anything leaves.",
      remedy: "Store a copy in the mainland, and obtain the security assessment.",
      check: "operatorAtHome",
    },
    art("40"),
  ),
  clause(
    {
      id: "PIPL-42",
      title: "Barred recipients",
      duty: "Whoever abroad stands on the list of the authority gets nothing.",
      remedy: "End the flow; a listed recipient cannot get data.",
      check: "notBarred",
    },
    art("42"),
  ),
  clause(
    {
      id: "PIPL-54",
      title: "Audits of our own",
      duty: "We audit regularly whether we keep the law; with over ten million people every two years.",
      remedy: "Audit, and record it.",
      ...warning,
      bitesOn: "publishing",
      certainty: "text read; audit measures of 2025 from memory",
      check: null,
    },
    art("54"),
  ),
  clause(
    {
      id: "PIPL-55",
      title: "Impact assessment first",
      duty: "Sensitive data, decisions by machines, entrusting, passing on, publishing and abroad are assessed first.",
      remedy: "Carry out the assessment, or renew the one that ran out.",
      check: "assessmentHolds",
      params: {
        kind: "pia",
        good: GOOD,
        when: {
          any: [{ modes: ["entrust", "share", "disclose", "transfer"] }, SENSITIVE, { automated: true }],
        },
      },
    },
    art("55"),
  ),
  clause(
    {
      id: "PIPL-56",
      title: "What an assessment holds",
      duty: "It looks at lawfulness, effect and measures, and is kept three years.",
      remedy: "Add the missing part, and keep it three years.",
      ...warning,
      check: "assessmentParts",
      params: { kind: "pia", parts: ["lawful", "effect", "measures"], months: 36 },
    },
    art("56"),
  ),
  clause(
    {
      id: "PIPL-57",
      title: "Incidents are told",
      duty: "Authority and people hear kinds, cause and harm, remedies, self-help and whom to ask.",
      remedy: "Tell them before closing, or note why harm is averted.",
      bitesOn: "closing",
      check: null,
    },
    art("57"),
  ),
]
