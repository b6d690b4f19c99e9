import type { Term } from "./term"

/** The codes of partyKind, with label, W3C DPV 2.3 term, flags and note. */
export const PARTY_KINDS = [
  { code: "processor", label: "Entrusted company", dpv: "dpv:DataProcessor" },
  { code: "affiliate", label: "Group company", dpv: "dpv:LegalEntity", note: "group link with dates" },
  { code: "partner", label: "Business partner", dpv: "dpv:ThirdParty", note: "needs subKind" },
  { code: "authority", label: "Public authority or court", dpv: "dpv:GovernmentalOrganisation" },
  { code: "successor", label: "Successor in merger, sale, insolvency", dpv: "dpv:LegalEntity" },
  { code: "public", label: "Everybody (publication)", dpv: "dpv:Recipient", note: "only mode disclose" },
  { code: "linked-only", label: "Linked third party, no data", dpv: "dpv:ThirdParty", note: "S-VII-1" },
] as const satisfies readonly Term[]

export type PartyKind = (typeof PARTY_KINDS)[number]["code"]

/** The codes of partySubKind, with label, W3C DPV 2.3 term, flags and note. */
export const PARTY_SUB_KINDS = [
  { code: "seller", label: "Third-party seller", dpv: "dpv:ServiceProvider", note: "S-III.B-4.1" },
  { code: "developer", label: "Third-party developer", dpv: "dpv:ServiceProvider", note: "S-III.B-4.1" },
  {
    code: "infrastructure",
    label: "Infrastructure or technical service",
    dpv: "dpv:ServiceProvider",
    note: "S-III.B-4.2",
  },
  { code: "logistics", label: "Logistics and delivery", dpv: "dpv:ServiceProvider", note: "S-III.B-4.2" },
  { code: "payment", label: "Payment institution", dpv: "dpv:ServiceProvider", note: "S-III.B-4.2" },
  { code: "data-processing", label: "Data processing service", dpv: "dpv:ServiceProvider", note: "S-III.B-4.2" },
  { code: "support", label: "Hotline, mail, technical support", dpv: "dpv:ServiceProvider", note: "S-III.A-1" },
  { code: "advertising", label: "Advertising or measurement", dpv: "dpv:ServiceProvider", note: "S-II.B-1" },
  { code: "goods", label: "Supplier of goods", dpv: "dpv:ServiceProvider", note: "S-III.B-4.2" },
  { code: "agency", label: "Agency", dpv: "dpv:ServiceProvider" },
  { code: "reseller", label: "Reseller", dpv: "dpv:ServiceProvider" },
] as const satisfies readonly Term[]

export type PartySubKind = (typeof PARTY_SUB_KINDS)[number]["code"]
