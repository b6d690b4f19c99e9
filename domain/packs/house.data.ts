import type { Clause } from "@/domain/checks/types"
import { clause, STATEMENT_BEGINS } from "./clause"

const from = { effectiveFrom: STATEMENT_BEGINS, source: "domain handbook, 7" }

/** Questions that neither the statement nor a law asks in so many words, and every reviewer does. */
export const HOUSE_CLAUSES: readonly Clause[] = [
  clause(
    {
      id: "H-INFER",
      title: "What can be concluded",
      duty: "It is known whether health, belief, orientation or the like can be concluded from the data.",
      remedy: "Answer the question; yes counts as special category.",
      severity: "warning",
      check: "asked",
      params: { field: "inferable", says: "H-INFER" },
    },
    from,
  ),
  clause(
    {
      id: "H-ONWARD",
      title: "What the recipient may do next",
      duty: "It is known whether a recipient may pass data on, and to whom.",
      remedy: "Say whether passing on is forbidden or allowed, and to whom.",
      severity: "warning",
      check: "asked",
      params: { mode: "share", field: "onward", says: "H-ONWARD" },
    },
    from,
  ),
  clause(
    {
      id: "H-ONWARD-PAPER",
      title: "Passing on is in the paper",
      duty: "What a recipient may do next stands in the paper that binds it.",
      remedy: "Point to the page that says it, or have the paper amended.",
      severity: "warning",
      check: "itemsPointed",
      params: {
        kinds: ["confidentiality", "controller-sharing", "intragroup"],
        items: [["ONWARD"]],
        when: { modes: ["share"], grounds: ["affiliate", "partner"] },
      },
    },
    from,
  ),
  clause(
    {
      id: "H-SALE",
      title: "A sale leaves time to object",
      duty: "Before control passes with a sale, people are told and have their weeks to object.",
      remedy: "Record the day of the notice and the weeks, or move the first day.",
      severity: "warning",
      check: "saleAnnounced",
    },
    from,
  ),
  clause(
    {
      id: "H-BREACH",
      title: "Is this a breach?",
      duty: "Of each flow that was found running it is asked whether it is a breach.",
      remedy: "Answer the question; yes begins an incident.",
      severity: "warning",
      check: "breachAsked",
    },
    from,
  ),
  clause(
    {
      id: "H-CHANGED",
      title: "Looked at again after a change",
      duty: "When a party's name, owner or business changes, each flow to it is looked at again.",
      remedy: "Look at each kind of data again, and record the day on which you did.",
      severity: "warning",
      check: "reviewedAfterChange",
    },
    from,
  ),
  clause(
    {
      id: "H-CONDITION",
      title: "What an approval asked for is done",
      duty: "A condition under which a record came into force is met by its day, and somebody other than its owner confirmed it.",
      remedy: "Say on the request what meets it, and have it confirmed by whoever decides at that stage.",
      severity: "warning",
      check: "conditionsMet",
    },
    { ...from, source: "decision 0028" },
  ),
  clause(
    {
      id: "H-SIGNED",
      title: "A signature said to be checked is",
      duty: "Where a paper is said to be known by a checked signature, a file of it carries one that is whole.",
      remedy: "Lay down the file as it was signed, or say that the document was seen.",
      severity: "warning",
      check: "signatureBorne",
    },
    { ...from, source: "decision 0042" },
  ),
  clause(
    {
      id: "H-UNALTERED",
      title: "A signed paper is what was signed",
      duty: "No file of a paper that has to be signed was altered after signing, and no signature in it fails.",
      remedy: "Lay down the file as it was signed; have what was added signed as well.",
      check: "signatureWhole",
      params: { signed: true },
    },
    { ...from, source: "decision 0042" },
  ),
  clause(
    {
      id: "H-UNALTERED-TERMS",
      title: "Signed terms are what was signed",
      duty: "The same of papers that bind by being accepted, where they are signed all the same.",
      remedy: "Lay down the file as it was signed, or the terms as they were accepted.",
      severity: "warning",
      check: "signatureWhole",
      params: { signed: false },
    },
    { ...from, source: "decision 0042" },
  ),
  clause(
    {
      id: "H-SIGNING",
      title: "How it was signed is shown",
      duty: "A paper signed by hand was looked at by whoever confirms it, and terms accepted online are kept as they were accepted.",
      remedy:
        "Signed by hand: lay the scan beside, and have it confirmed by procurement or a lawyer. Accepted online: keep address, version, the captured text and who accepted.",
      severity: "warning",
      check: "signedShown",
    },
    { ...from, source: "decision 0043" },
  ),
  clause(
    {
      id: "H-TEMPLATE",
      title: "What came back is what we sent",
      duty: "Where a paper made from our template came back with other words, somebody looked at what differs.",
      remedy: "Compare the two, and record in a request that you looked.",
      severity: "warning",
      check: "cameBackLooked",
    },
    { ...from, source: "decision 0046" },
  ),
]
