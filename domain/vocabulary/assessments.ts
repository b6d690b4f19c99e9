import type { Term } from "./term"

/** The codes of assessment, with label, W3C DPV 2.3 term, flags and note. */
export const ASSESSMENT_KINDS = [
  {
    code: "due-diligence",
    label: "Due diligence",
    dpv: "dpv:VendorSelectionAssessment",
    flags: ["check"],
    note: "a purpose in DPV",
  },
  { code: "audit", label: "Audit", dpv: "dpv:SecurityAudit" },
  { code: "appraisal", label: "Appraisal", dpv: "dpv:ComplianceAssessment" },
  { code: "pia", label: "Impact assessment", dpv: "dpv:DPIA", note: "PIPL: dpv:PIA" },
  { code: "tia", label: "Transfer impact assessment", dpv: "dpv:DataTransferImpactAssessment" },
  { code: "lia", label: "Balancing test", dpv: "dpv:LegitimateInterestAssessment" },
  { code: "reid", label: "Re-identification test", dpv: "dpv:RiskAssessment" },
] as const satisfies readonly Term[]

export type AssessmentKind = (typeof ASSESSMENT_KINDS)[number]["code"]
