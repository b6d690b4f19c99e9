import type { Term } from "./term"

/** The codes of subject, with label, W3C DPV 2.3 term, flags and note. */
export const SUBJECTS = [
  { code: "user", label: "Registered user", dpv: "dpv:User" },
  { code: "customer", label: "Customer", dpv: "dpv:Customer" },
  { code: "visitor", label: "Site visitor", dpv: "dpv:Visitor" },
  { code: "household", label: "Person filmed or living with a user", dpv: "dpv:HumanSubject", note: "cameras" },
  { code: "invitee", label: "Person a user shares with", dpv: "dpv:Participant", flags: ["third-person"] },
  { code: "child", label: "Minor", dpv: "dpv:Child", flags: ["child"], note: "under 18 or local age" },
  { code: "employee", label: "Employee", dpv: "dpv:Employee" },
  { code: "applicant", label: "Applicant", dpv: "dpv:JobApplicant" },
  { code: "partner-contact", label: "Contact person at a party", dpv: "dpv:HumanSubject" },
  { code: "bystander", label: "Bystander", dpv: "dpv:HumanSubject", flags: ["third-person"], note: "filmed by chance" },
] as const satisfies readonly Term[]

export type Subject = (typeof SUBJECTS)[number]["code"]
