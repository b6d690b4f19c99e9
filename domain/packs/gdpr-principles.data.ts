import type { Clause } from "@/domain/checks/types"
import { day } from "@/domain/core/day"
import { clause } from "./clause"

const art = (article: string) => ({ effectiveFrom: day("2018-05-25"), source: `GDPR Art. ${article}` })
const OWN = ["share", "transfer", "disclose"]
const SIX = ["a", "b", "c", "d", "e", "f"].map((letter) => `eu.6.1.${letter}`)
const SECOND = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"].map((letter) => `eu.9.2.${letter}`)
const warning = { severity: "warning" } as const

/** What the Union's law asks of every flow: principles, bases, special data, telling people, records, security. */
export const GDPR_PRINCIPLES: readonly Clause[] = [
  clause(
    {
      id: "GDPR-5.1.b",
      title: "Purposes that fit",
      duty: "Data goes on being used for what it was collected for, or for what fits that.",
      remedy: "Choose a purpose for which it was collected, or rest the new one on consent.",
      ...warning,
      check: "purposesAnnounced",
      params: {
        purposes: [
          ...["acct.register", "acct.unique", "auth.identity", "svc.deliver", "svc.support", "svc.notify"],
          ...["svc.storage", "svc.infra", "svc.comms", "order.fulfil", "order.deliver", "order.pay", "pers.service"],
          ...["mkt.direct", "mkt.ads", "ana.usage", "ana.improve", "int.audit", "err.fix", "sec.fraud", "sec.protect"],
          ...["law.comply", "law.dispute", "law.safety", "law.national", "hr.manage", "corp.deal"],
        ],
      },
    },
    art("5(1)(b)"),
  ),
  clause(
    {
      id: "GDPR-5.1.c",
      title: "As little as is needed",
      duty: "Data that is passed on is adequate, relevant and no more than the purpose needs.",
      remedy: "Say for each kind why it is needed, or leave it out.",
      check: "kindsNeeded",
    },
    art("5(1)(c)"),
  ),
  clause(
    {
      id: "GDPR-5.1.e",
      title: "Not kept longer than needed",
      duty: "The recipient keeps data that names people only as long as the purpose needs.",
      remedy: "Say how long the party keeps the data, from when that counts, and how it is deleted.",
      check: "fieldsAnswered",
      params: { fields: ["retention"], when: { modes: ["entrust", "share", "transfer"] } },
    },
    art("5(1)(e)"),
  ),
  clause(
    {
      id: "GDPR-6.1",
      title: "A basis in law",
      duty: "Whoever passes data on in its own right has one of the six bases.",
      remedy: "Name the basis; for an interest of yours attach the balancing test, for a law or task cite it.",
      check: "basisNamed",
      params: {
        bases: SIX,
        balanced: ["eu.6.1.f"],
        evidenced: ["eu.6.1.c", "eu.6.1.e"],
        when: { modes: OWN },
      },
    },
    art("6(1)"),
  ),
  clause(
    {
      id: "GDPR-7",
      title: "Consent can be shown and taken back",
      duty: "Who relies on consent can show it, and taking it back is as easy as giving it.",
      remedy: "Refer to the consent record; it says wording, how it was captured and how it is withdrawn.",
      check: "consentShown",
      params: {
        about: ["sharing", "transfer", "publication", "guardian", "permission", "sensitive", "abroad"],
        proof: true,
        when: { bases: ["eu.6.1.a", "eu.9.2.a"] },
      },
    },
    art("7"),
  ),
  clause(
    {
      id: "GDPR-8",
      title: "Children do not consent alone",
      duty: "Under 16, or the lower age of the member state, parents consent for a child.",
      remedy: "Refer to the guardian's consent, or name a basis that is no consent.",
      check: "guardianConsents",
      params: { when: { subjects: ["child"], bases: ["eu.6.1.a"] } },
    },
    art("8"),
  ),
  clause(
    {
      id: "GDPR-9",
      title: "Special categories",
      duty: "Data about health, belief, origin and the like is passed on under one of ten conditions only.",
      remedy: "Name the condition and what shows it, or leave the data out.",
      check: "secondGround",
      params: { bases: SECOND, when: { flag: "art9", concluded: true } },
    },
    art("9"),
  ),
  clause(
    {
      id: "GDPR-10",
      title: "Offences and convictions",
      duty: "Data about offences is handled under official control or where a law allows it.",
      remedy: "Cite the law, or leave the data out.",
      check: "lawCited",
      params: { bases: ["eu.6.1.c", "eu.6.1.e"], when: { flag: "art10" } },
    },
    art("10"),
  ),
  clause(
    {
      id: "GDPR-13.1.e",
      title: "People know the recipients",
      duty: "The notice names recipients or their kinds, and countries outside with what protects the data there.",
      remedy: "Attach a notice that names this kind of recipient and these countries.",
      ...warning,
      check: "noticeTells",
      params: { tells: ["recipients", "countries"], abroad: "EU" },
    },
    art("13(1)(e)"),
  ),
  clause(
    {
      id: "GDPR-14",
      title: "People know the source",
      duty: "Who gets data from elsewhere tells the people within a month, or when first passing it on.",
      remedy: "Attach the notice that names the source.",
      severity: "advice",
      check: "sourceNoticed",
    },
    art("14"),
  ),
  clause(
    {
      id: "GDPR-15.1.c",
      title: "Recipients by name",
      duty: "Who asks for their data hears the actual recipients, not only their kinds.",
      remedy: "List the recipients by name before answering.",
      bitesOn: "answering",
      check: null,
    },
    { ...art("15(1)(c)"), source: "GDPR Art. 15(1)(c); CJEU C-154/21" },
  ),
  clause(
    {
      id: "GDPR-19",
      title: "Recipients hear of corrections",
      duty: "Corrections, erasures and restrictions reach each recipient.",
      remedy: "Send each recipient its notice and note the answer before closing.",
      bitesOn: "closing",
      check: null,
    },
    art("19"),
  ),
  clause(
    {
      id: "GDPR-27",
      title: "A representative in the Union",
      duty: "A company outside the Union that its law reaches names a representative there.",
      remedy: "Enter the representative on the page of the company.",
      ...warning,
      check: "representativeNamed",
      params: { regime: "EU" },
    },
    art("27"),
  ),
  clause(
    {
      id: "GDPR-30.1",
      title: "The controller's record",
      duty: "Of each flow the record shows purposes, people, data, recipients, countries, periods and measures.",
      remedy: "Answer what is open.",
      ...warning,
      check: "fieldsAnswered",
      params: {
        fields: ["purposes", "subjects", "dataLines", "destinations", "measures"],
        when: { modes: ["entrust", "share", "transfer"] },
      },
    },
    art("30(1)"),
  ),
  clause(
    {
      id: "GDPR-30.2",
      title: "The processor's record",
      duty: "Where we act for a client, the record shows the client, what is done, countries and measures.",
      remedy: "Name the client and the categories of processing.",
      ...warning,
      check: "clientSays",
      params: { fields: ["categories"] },
    },
    art("30(2)"),
  ),
  clause(
    {
      id: "GDPR-32",
      title: "Measures that fit the risk",
      duty: "Data is protected on its way, by graded access, so that it can be restored, and that is tested.",
      remedy: "Name the measures that the party takes.",
      ...warning,
      check: "measuresTaken",
      params: {
        each: [
          ["transit.encryption", "e2e.encryption"],
          ["access.control", "access.mfa"],
          ["backup", "certified"],
          ["pentest", "certified"],
        ],
        when: { modes: ["entrust", "share", "transfer"] },
      },
    },
    art("32"),
  ),
  clause(
    {
      id: "GDPR-33.1",
      title: "The authority hears within 72 hours",
      duty: "A breach is reported within 72 hours of knowing of it, unless it is no risk for people.",
      remedy: "Report it, in phases if need be, or note why there is no risk, before closing.",
      bitesOn: "closing",
      check: null,
    },
    art("33(1)"),
  ),
  clause(
    {
      id: "GDPR-33.2",
      title: "A processor tells us at once",
      duty: "An entrusted company tells us of a breach without delay.",
      remedy: "Note when it told us; compare with the hours of the paper.",
      ...warning,
      bitesOn: "closing",
      check: null,
    },
    art("33(2)"),
  ),
  clause(
    {
      id: "GDPR-33.5",
      title: "Every breach is written down",
      duty: "Facts, effects and remedy of a breach are documented, reported or not.",
      remedy: "Complete the record of the breach.",
      ...warning,
      certainty: "from memory",
      bitesOn: "closing",
      check: null,
    },
    art("33(5)"),
  ),
  clause(
    {
      id: "GDPR-34",
      title: "People hear where risk is high",
      duty: "Where a breach is a high risk, the people concerned are told.",
      remedy: "Tell them, or note the exemption, before closing.",
      bitesOn: "closing",
      check: null,
    },
    art("34"),
  ),
  clause(
    {
      id: "GDPR-35",
      title: "Impact assessment first",
      duty: "What is likely a high risk is assessed before it begins: special data, children, decisions by machines.",
      remedy: "Carry out the assessment with the advice of the data-protection officer.",
      check: "assessmentHolds",
      params: {
        kind: "pia",
        good: ["passed", "passed-with-conditions"],
        when: {
          any: [
            { flag: "art9", concluded: true, people: 5000 },
            { subjects: ["child"], people: 5000 },
            { automated: true },
          ],
        },
      },
    },
    art("35"),
  ),
]
