import type { Clause } from "@/domain/checks/types"
import { clause, STATEMENT_BEGINS } from "./clause"

const from = { effectiveFrom: STATEMENT_BEGINS, source: "privacy statement, III and V.B" }
const EXCEPTIONS = ["exception-1", "exception-2", "exception-3", "exception-4", "exception-5", "exception-6"]
const SHARE = ["consent", "statute", "affiliate", "partner", ...EXCEPTIONS]
const TRANSFER = ["consent", "merger", ...EXCEPTIONS]
const DISCLOSE = ["consent", "statute", ...EXCEPTIONS]

/** Why data may be passed on: the closed list of grounds, and what each ground asks for. */
export const STATEMENT_GROUNDS: readonly Clause[] = [
  clause(
    {
      id: "S-I.A-4",
      title: "Leave to collect is no leave to pass on",
      duty: "The cases in which data may be collected without asking give no right to hand it to others.",
      remedy: "Name a ground that the statement gives for this way of passing on.",
      check: "groundsListed",
      params: {
        allowed: {
          entrust: ["consent", "statute", "affiliate", "partner", ...EXCEPTIONS],
          share: SHARE,
          transfer: TRANSFER,
          disclose: DISCLOSE,
        },
      },
    },
    from,
  ),
  clause(
    {
      id: "S-III.B-0",
      title: "Sharing has four grounds",
      duty: "Data is shared by consent, by law, inside the group or with partners, or in an exception; never otherwise.",
      remedy: "Name the ground, or refuse the request.",
      check: "groundNamed",
      params: { mode: "share", grounds: SHARE, says: "S-III.B-0" },
    },
    from,
  ),
  clause(
    {
      id: "S-III.B-1.1",
      title: "A yes beforehand",
      duty: "Who is asked says yes before data flows, and it can be shown how.",
      remedy: "Add the consent record: wording, how it was captured, since when.",
      check: "consentGiven",
      params: { mode: "share", about: "sharing", says: "S-III.B-1.1" },
    },
    from,
  ),
  clause(
    {
      id: "S-III.B-1.2",
      title: "No further than the yes reaches",
      duty: "Recipient, purposes and data stay inside what was consented to.",
      remedy: "Narrow the flow, or ask again with a wider wording.",
      check: "withinConsent",
    },
    from,
  ),
  clause(
    {
      id: "S-III.B-2.1",
      title: "Law, dispute or demand",
      duty: "Passing on because it must be: by a law, in a dispute, or because an authority asks.",
      remedy: "Cite the article, docket or order.",
      check: "statuteCited",
    },
    from,
  ),
  clause(
    {
      id: "S-III.B-3.1",
      title: "Really of our group",
      duty: "The recipient belongs to the group on every day of the sharing.",
      remedy: "Name another ground for the days outside the group.",
      check: "trulyAffiliate",
    },
    from,
  ),
  clause(
    {
      id: "S-III.B-3.2",
      title: "Only what the group company needs",
      duty: "Sharing in the group has a clear lawful purpose and holds the necessary data only.",
      remedy: "Say why each kind of data is needed, or leave it out.",
      check: "necessityGiven",
      params: { grounds: ["affiliate"], says: "S-III.B-3.2" },
    },
    from,
  ),
  clause(
    {
      id: "S-III.B-4.0",
      title: "Partners of an announced kind",
      duty: "Partners are sellers, developers, and suppliers of goods or technical services.",
      remedy: "Say what kind of partner it is, or name another ground.",
      check: "announcedPartner",
      params: {
        subKinds: ["seller", "developer", "goods", "infrastructure", "logistics", "payment", "data-processing"],
      },
    },
    from,
  ),
  clause(
    {
      id: "S-III.B-4.0.2",
      title: "Four families of data for partners",
      duty: "Partners get order, account, device and location data; more only where a notice said so.",
      remedy: "Leave the kind out, or publish a notice that names it and the kind of recipient.",
      check: "partnerFamilies",
      params: { families: ["order", "account", "device", "location"] },
    },
    from,
  ),
  clause(
    {
      id: "S-III.B-4.3",
      title: "A purpose one can hold us to",
      duty: "What a partner gets it for is lawful, legitimate, necessary, specific and clear.",
      remedy: "Write the purpose in a sentence of its own, and why each kind of data is needed.",
      check: "purposeSpecific",
      params: { characters: 20 },
    },
    from,
  ),
  clause(
    {
      id: "S-III.C-0",
      title: "Control passes in two cases",
      duty: "Control of data passes by consent or with a merger, sale or insolvency, or in an exception.",
      remedy: "Name such a ground, or refuse the request.",
      check: "groundNamed",
      params: { mode: "transfer", grounds: TRANSFER, says: "S-III.C-0" },
    },
    from,
  ),
  clause(
    {
      id: "S-III.C-1",
      title: "A yes to the new controller",
      duty: "Consent is explicit about the change of control and names who takes over.",
      remedy: "Add a consent record for the transfer of control that names the party.",
      check: "consentNamesController",
    },
    from,
  ),
  clause(
    {
      id: "S-III.C-2",
      title: "The successor is bound, or asks anew",
      duty: "In a merger, takeover or insolvency the successor keeps the statement or asks people again.",
      remedy: "Get the undertaking before closing, or date the asking before first use.",
      check: "successorBound",
    },
    from,
  ),
  clause(
    {
      id: "S-III.D-1",
      title: "Public only by consent",
      duty: "Data is made public with explicit consent, unless law asks for it.",
      remedy: "Add the consent for publication with medium and duration, or take it back.",
      check: "publishedByConsent",
    },
    from,
  ),
  clause(
    {
      id: "S-III.D-2",
      title: "Public because law asks",
      duty: "Or because a law, a procedure, a lawsuit or an authority asks for it.",
      remedy: "Cite the law or attach the order; say where and until when.",
      check: "publishedByLaw",
    },
    from,
  ),
  ...[
    { n: 1, title: "National security and defence", asks: ["citation", "authority", "dpoOpinion"] },
    { n: 2, title: "Public safety, health, major public interest", asks: ["citation", "authority", "endsOn"] },
    { n: 3, title: "Crime and courts", asks: ["caseNumber", "authority"] },
    { n: 5, title: "Made public by the person", asks: ["source", "capturedOn"] },
    { n: 6, title: "Lawful public sources", asks: ["source", "lawfulness", "capturedOn"] },
  ].map(({ n, title, asks }) =>
    clause(
      {
        id: `S-III.E-${n}`,
        title,
        duty: "This exception frees from asking beforehand, from nothing else, and has to be shown.",
        remedy: "Fill in what the exception asks for, or name another ground.",
        check: "exceptionGrounded",
        params: { ground: `exception-${n}`, asks, says: `S-III.E-${n}` },
      },
      from,
    ),
  ),
  clause(
    {
      id: "S-III.E-4",
      title: "Life, property or major rights while a yes is out of reach",
      duty: "Frees from asking as long as asking is hard, and is looked at again within 30 days.",
      remedy: "Say whose interest and why consent was out of reach; look again, then ask.",
      check: "reviewedSoon",
      params: { days: 30 },
    },
    from,
  ),
  clause(
    {
      id: "S-V.B-1",
      title: "Taking back a yes stops the flow",
      duty: "Nothing flows under a consent from the day it is withdrawn, and recipients are told.",
      remedy: "End the flow or name another ground; tell the recipients and note their answer.",
      check: "withdrawalStops",
    },
    from,
  ),
]
