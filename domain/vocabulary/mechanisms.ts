import type { Term } from "./term"

/** The codes of mechanism, with label, W3C DPV 2.3 term, flags and note. */
export const MECHANISMS = [
  { code: "none-needed", label: "Same legal area" },
  { code: "adequacy", label: "Adequacy", dpv: "eu-gdpr:A45-3", note: "party condition possible" },
  { code: "scc-2021", label: "EU clauses 2021/914", dpv: "eu-gdpr:A46-2-c", note: "module 1-4" },
  { code: "scc-2010", label: "Old EU clauses", dpv: "eu-gdpr:SCCByCommission", note: "ends" },
  { code: "scc-sa", label: "Authority-adopted clauses", dpv: "eu-gdpr:A46-2-d" },
  { code: "bcr", label: "Binding corporate rules", dpv: "eu-gdpr:A46-2-b" },
  { code: "code", label: "Code of conduct", dpv: "eu-gdpr:A46-2-e" },
  { code: "certification", label: "Certification", dpv: "eu-gdpr:A46-2-f" },
  { code: "public-instrument", label: "Instrument between authorities", dpv: "eu-gdpr:A46-2-a" },
  { code: "adhoc", label: "Authorised own clauses", dpv: "eu-gdpr:A46-3-a" },
  { code: "derogation.a", label: "Explicit consent to the transfer", dpv: "eu-gdpr:A49-1-a", flags: ["derogation"] },
  { code: "derogation.b", label: "Contract with the person", dpv: "eu-gdpr:A49-1-b", flags: ["derogation"] },
  { code: "derogation.c", label: "Contract in the person's interest", dpv: "eu-gdpr:A49-1-c", flags: ["derogation"] },
  { code: "derogation.d", label: "Important public interest", dpv: "eu-gdpr:A49-1-d", flags: ["derogation"] },
  { code: "derogation.e", label: "Legal claims", dpv: "eu-gdpr:A49-1-e", flags: ["derogation"] },
  { code: "derogation.f", label: "Vital interests", dpv: "eu-gdpr:A49-1-f", flags: ["derogation"] },
  { code: "derogation.g", label: "Public register", dpv: "eu-gdpr:A49-1-g", flags: ["derogation"] },
  {
    code: "derogation.compelling",
    label: "Compelling interests",
    dpv: "eu-gdpr:A49-2",
    flags: ["check"],
    note: "Art. 49(1) second subparagraph; DPV files it as A49-2",
  },
  { code: "uk-idta", label: "UK IDTA" },
  { code: "uk-addendum", label: "UK Addendum", note: "to scc-2021" },
  { code: "cn-assessment", label: "CAC security assessment", note: "3 years" },
  { code: "cn-contract", label: "CN standard contract", note: "filing no." },
  { code: "cn-certification", label: "CN certification", note: "from 2026-01-01" },
  { code: "cn-exempt", label: "CAC-2024 exemption", note: "reason code" },
  { code: "cn-volume", label: "Below the volumes of CAC-2024", note: "free band; counts in the sum" },
] as const satisfies readonly Term[]

export type Mechanism = (typeof MECHANISMS)[number]["code"]
