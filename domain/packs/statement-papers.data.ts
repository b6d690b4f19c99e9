import type { Clause } from "@/domain/checks/types"
import { clause, STATEMENT_BEGINS } from "./clause"

const from = { effectiveFrom: STATEMENT_BEGINS, source: "privacy statement, III to V" }

/** Who the party is to us and what it signed; and duties that bite when something is closed or answered. */
export const STATEMENT_PAPERS: readonly Clause[] = [
  clause(
    {
      id: "S-III.A-1",
      title: "Acts only for us",
      duty: "An entrusted company uses data solely to serve us.",
      remedy: "Strike the purpose of its own, or make it a sharing instead.",
      check: "actsForUs",
    },
    from,
  ),
  clause(
    {
      id: "S-III.A-2",
      title: "A signed paper",
      duty: "A strict confidentiality agreement or processing clauses are signed before data flows.",
      remedy: "Chase the signature, or move the start.",
      check: "entrustPaper",
      params: { kinds: ["confidentiality", "processing"] },
    },
    from,
  ),
  clause(
    {
      id: "S-III.A-3",
      title: "The paper holds our promises",
      duty: "It binds the party to the statement, to confidentiality and to security.",
      remedy: "Point each promise to its page, or have the paper amended.",
      check: "paperBinds",
      params: { kinds: ["confidentiality", "processing"] },
    },
    from,
  ),
  clause(
    {
      id: "S-III.B-0.2",
      title: "Both sides steer themselves",
      duty: "Sharing is between two independent controllers.",
      remedy: "Joint controllers: add the arrangement. Serving us: entrust instead.",
      severity: "warning",
      check: "ownControllers",
    },
    from,
  ),
  clause(
    {
      id: "S-III.B-5",
      title: "Confidentiality before sharing",
      duty: "Group companies and partners sign strict confidentiality first.",
      remedy: "Have it signed or amended, and point its promises to their pages.",
      check: "confidentialityFirst",
      params: { kinds: ["confidentiality", "controller-sharing", "intragroup", "processing"] },
    },
    from,
  ),
  clause(
    {
      id: "S-III.E-7",
      title: "De-identified data",
      duty: "Data that nobody can lead back to a person is free, if the recipient cannot either.",
      remedy: "Add method, test and the recipient's word, or treat it as personal data.",
      check: "deIdentified",
    },
    from,
  ),
  clause(
    {
      id: "S-IV-4.2",
      title: "Protection written into contracts",
      duty: "Agreements hold the duties that their kind needs.",
      remedy: "Point each item of the checklist to its page, or have the paper amended.",
      check: "checklistComplete",
    },
    from,
  ),
  clause(
    {
      id: "S-IV-7",
      title: "Telling people of an incident",
      duty: "People hear what happened, how far it reaches, what is done, what they can do, and whom to ask.",
      remedy: "Complete the notice before closing the incident.",
      bitesOn: "closing",
      check: null,
    },
    from,
  ),
  clause(
    {
      id: "S-IV-8",
      title: "Telling authorities of an incident",
      duty: "How the incident was handled is reported where a law asks for it.",
      remedy: "File the report before closing the incident.",
      bitesOn: "closing",
      check: null,
    },
    from,
  ),
  clause(
    {
      id: "S-V.A-2",
      title: "Sure of who asks",
      duty: "Who asks for their data is verified, and what they ask for is clear.",
      remedy: "Record the verification before answering.",
      bitesOn: "answering",
      check: null,
    },
    from,
  ),
  clause(
    {
      id: "S-V.A-4",
      title: "A refusal has a listed reason",
      duty: "An answer is refused for a listed reason only, in writing, in the time that the local law gives.",
      remedy: "State the reason before closing.",
      bitesOn: "closing",
      check: null,
    },
    from,
  ),
]
