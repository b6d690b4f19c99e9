import type { Term } from "./term"

/** The codes of agreement, with label, W3C DPV 2.3 term, flags and note. */
export const AGREEMENT_KINDS = [
  {
    code: "confidentiality",
    label: "Confidentiality agreement",
    dpv: "dpv:ConfidentialityAgreement",
    note: "also dpv:NDA",
  },
  { code: "processing", label: "Processing clauses", dpv: "dpv:DataProcessingAgreement" },
  { code: "controller-sharing", label: "Data-sharing agreement", dpv: "dpv:ThirdPartyAgreement" },
  { code: "joint-arrangement", label: "Joint-controller arrangement", dpv: "dpv:JointDataControllersAgreement" },
  { code: "scc", label: "Standard clauses", dpv: "eu-gdpr:StandardContractualClauses" },
  { code: "uk", label: "IDTA or Addendum" },
  { code: "cn-contract", label: "CN standard contract" },
  { code: "intragroup", label: "Group agreement", dpv: "dpv:ContractualTerms" },
  { code: "successor", label: "Successor undertaking", dpv: "dpv:ContractualTerms" },
  { code: "ccpa", label: "CCPA terms", dpv: "dpv:ContractualTerms" },
] as const satisfies readonly Term[]

export type AgreementKind = (typeof AGREEMENT_KINDS)[number]["code"]
