import type { Clause } from "@/domain/checks/types"
import { day } from "@/domain/core/day"
import { clause } from "./clause"

const art = (article: string) => ({ effectiveFrom: day("2018-05-25"), source: `GDPR Art. ${article}` })
const PAPER = ["processing"]
const ENTRUST = { modes: ["entrust"] }

/** What each letter of Art. 28(3) wants the paper to say. */
const LETTERS: readonly (readonly [string, string, string])[] = [
  ["a", "Documented instructions", "The party acts on our written instructions only, transfers abroad included."],
  ["b", "Staff bound to secrecy", "Whoever handles the data at the party is bound to keep it secret."],
  ["c", "Security in the paper", "The party takes the security measures that the law asks for."],
  ["d", "Conditions for sub-processors", "The party engages others under the law's conditions only."],
  ["e", "Help with people's rights", "The party helps us to answer people who use their rights."],
  ["f", "Help with our duties", "The party helps with security, breaches and impact assessments."],
  ["g", "Deletion or return", "At the end the party deletes or returns the data, as we choose."],
  [
    "h",
    "Information and audits",
    "The party shows that it keeps its duties, lets us audit, and warns of unlawful instructions.",
  ],
]

/** Who acts for us and what it signed; joint controllers; and ourselves as a client's processor. */
export const GDPR_PROCESSORS: readonly Clause[] = [
  clause(
    {
      id: "GDPR-26",
      title: "Joint controllers agree",
      duty: "Who decides together agrees on who does what, and the essence of it is public.",
      remedy: "Conclude the arrangement; point to duties and essence.",
      check: "itemsPointed",
      params: {
        kinds: ["joint-arrangement"],
        items: [["DUTIES"], ["ESSENCE"]],
        always: true,
        when: { roles: ["joint"] },
      },
    },
    art("26"),
  ),
  clause(
    {
      id: "GDPR-28.1",
      title: "Only processors that can",
      duty: "Only companies with sufficient guarantees are entrusted, and that is looked at again.",
      remedy: "Run the due diligence, or renew the one that ran out.",
      check: "vettedFor",
      params: { when: ENTRUST },
    },
    art("28(1)"),
  ),
  clause(
    {
      id: "GDPR-28.2",
      title: "Leave for sub-processors",
      duty: "The party engages others with our leave only; changes are announced with time to object.",
      remedy: "Point to the leave in the paper; record each announcement and our answer.",
      check: "chainAllowed",
      params: {
        kinds: PAPER,
        items: [["28.2-AUTH"]],
        when: { modes: ["entrust"], any: [{ roles: ["sub-processor"] }, { chains: true }] },
      },
    },
    art("28(2)"),
  ),
  clause(
    {
      id: "GDPR-28.3",
      title: "Processing clauses with their particulars",
      duty: "A contract binds the processor: subject, duration, nature, purpose, data, people, rights and duties.",
      remedy: "Have the clauses signed, and point to the page of the particulars.",
      check: "itemsPointed",
      params: { kinds: PAPER, items: [["PARTICULARS"]], always: true, clauses: true, when: ENTRUST },
    },
    art("28(3)"),
  ),
  ...LETTERS.map(([letter, title, duty]) =>
    clause(
      {
        id: `GDPR-28.3.${letter}`,
        title,
        duty,
        remedy: "Point to its page in the paper, or have the paper amended.",
        check: "itemsPointed",
        params: { kinds: PAPER, items: [[`28.3.${letter}`]], clauses: true, when: ENTRUST },
      },
      art(`28(3)(${letter})`),
    ),
  ),
  clause(
    {
      id: "GDPR-28.3.g-END",
      title: "Deleted or returned at the end",
      duty: "Once the service has ended the party has deleted or returned the data.",
      remedy: "Obtain the proof and attach it.",
      check: "deletionProven",
      params: { when: ENTRUST },
    },
    art("28(3)(g)"),
  ),
  clause(
    {
      id: "GDPR-28.4",
      title: "The same duties down the chain",
      duty: "A sub-processor is bound like the processor that engages it.",
      remedy: "Link the flow of the processor that engages it, and point to the clause that binds alike.",
      check: "boundAlike",
      params: { kinds: PAPER, items: [["28.4-FLOW"]], when: { modes: ["entrust"], roles: ["sub-processor"] } },
    },
    art("28(4)"),
  ),
  clause(
    {
      id: "GDPR-28.9",
      title: "In writing",
      duty: "The contract with a processor is in writing, electronic form included.",
      remedy: "Attach the file of the paper.",
      check: "inWriting",
      params: { kinds: PAPER, when: ENTRUST },
    },
    art("28(9)"),
  ),
  clause(
    {
      id: "GDPR-28.10",
      title: "Ends of its own make a controller",
      duty: "A processor that decides on purposes is a controller for them.",
      remedy: "Record the part for its own ends as a sharing of its own, or strike it.",
      severity: "warning",
      certainty: "from memory",
      check: "noOwnPurpose",
      params: { when: ENTRUST },
    },
    art("28(10)"),
  ),
  clause(
    {
      id: "GDPR-29",
      title: "On instructions only",
      duty: "Whoever acts for us handles the data as we instruct.",
      remedy: "Rule out that the party uses the data for ends of its own, or make it a sharing.",
      check: "noOwnPurpose",
      params: { when: ENTRUST },
    },
    art("29"),
  ),
  ...(
    [
      ["CONTRACT", "Our client's contract", "Where we are a processor, our client's contract covers this.", ["paper"]],
      [
        "ORDER",
        "Our client's instruction",
        "Where we are a processor, our client instructed us to do this.",
        ["instruction"],
      ],
      ["LEAVE", "Our client's leave", "Our client allowed us to engage this company.", ["leave", "leaveOn"]],
      ["END", "Deletion to our client's wish", "What happens at the end is agreed with our client.", ["deletion"]],
    ] as const
  ).map(([what, title, duty, fields]) =>
    clause(
      {
        id: `GDPR-28-CLIENT-${what}`,
        title,
        duty,
        remedy: "Fill in what the client's paper says.",
        check: "clientSays",
        params: { fields },
      },
      { effectiveFrom: day("2018-05-25"), source: "GDPR Art. 28; domain handbook, 7.15" },
    ),
  ),
]
