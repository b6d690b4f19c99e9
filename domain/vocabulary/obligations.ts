import type { Term } from "./term"

/** What the clauses of a paper oblige somebody to do by a day. */
export const OBLIGATIONS = [
  { code: "audit", label: "Audit" },
  { code: "certificate", label: "Certificate" },
  { code: "report", label: "Report" },
  { code: "sub-processors", label: "List of sub-processors" },
  { code: "test", label: "Test or exercise" },
  { code: "payment", label: "Payment or price review" },
  { code: "other", label: "Something else" },
] as const satisfies readonly Term[]

/** What an amendment or annex changes. */
export const PAPER_CHANGES = [
  { code: "scope", label: "What it covers" },
  { code: "term", label: "Its term or renewal" },
  { code: "notice", label: "Its notice" },
  { code: "clause", label: "A clause" },
  { code: "annex", label: "An annex" },
  { code: "sides", label: "Who its sides are" },
  { code: "other", label: "Something else" },
] as const satisfies readonly Term[]
