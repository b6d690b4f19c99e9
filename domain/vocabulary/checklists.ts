/** One clause that a kind of agreement must hold, and the clause of a pack that asks for it. */
export type ChecklistItem = { item: string; meaning: string; requiredBy: string }

/** The clause checklist of each kind of agreement (domain handbook, checklists). */
export const CHECKLISTS: Record<string, readonly ChecklistItem[]> = {
  confidentiality: [
    { item: "STATEMENT", meaning: "Handle data as the statement says", requiredBy: "S-III.A-3, S-III.B-5" },
    { item: "CONFID", meaning: "Keep secret, staff bound, survives the end", requiredBy: "S-III.A-3, GDPR-28.3.b" },
    { item: "SECURITY", meaning: "Security measures", requiredBy: "S-III.A-3, S-IV-2" },
    { item: "PURPOSE", meaning: "Use for the named purpose only", requiredBy: "S-III.A-1, S-III.B-4.3" },
    { item: "RETURN", meaning: "Return or delete", requiredBy: "S-IV-1.2" },
    { item: "INCIDENT", meaning: "Report incidents, within hours", requiredBy: "S-IV-7" },
    { item: "AUDIT", meaning: "Audit and appraisal right", requiredBy: "S-IV-4.3" },
    { item: "ONWARD", meaning: "What the recipient may do next", requiredBy: "foundation 7.14" },
    { item: "NO-REID", meaning: "No re-identification", requiredBy: "S-III.E-7" },
  ],
  processing: [
    {
      item: "PARTICULARS",
      meaning: "Subject, duration, nature, purpose, data types, people, rights",
      requiredBy: "GDPR-28.3",
    },
    { item: "28.3.a", meaning: "Documented instructions only, transfers included", requiredBy: "GDPR-28.3.a" },
    { item: "28.3.b", meaning: "Staff bound to secrecy", requiredBy: "GDPR-28.3.b" },
    { item: "28.3.c", meaning: "Security of processing", requiredBy: "GDPR-28.3.c" },
    { item: "28.3.d", meaning: "Conditions for sub-processors", requiredBy: "GDPR-28.3.d" },
    { item: "28.3.e", meaning: "Help with people's rights", requiredBy: "GDPR-28.3.e" },
    { item: "28.3.f", meaning: "Help with security, breaches, impact assessment", requiredBy: "GDPR-28.3.f" },
    { item: "28.3.g", meaning: "Delete or return at the end", requiredBy: "GDPR-28.3.g" },
    { item: "28.3.h", meaning: "Information and audits; warns of unlawful instructions", requiredBy: "GDPR-28.3.h" },
    {
      item: "28.2-AUTH",
      meaning: "Sub-processor leave: specific/general, list, objection days",
      requiredBy: "GDPR-28.2",
    },
    { item: "28.4-FLOW", meaning: "Same duties on sub-processors", requiredBy: "GDPR-28.4" },
    { item: "HOURS", meaning: "Breach notice in hours", requiredBy: "GDPR-33.2" },
    { item: "STATEMENT", meaning: "Handle data as the statement says", requiredBy: "S-III.A-3" },
    {
      item: "PIPL-21",
      meaning: "Purpose, term, method, kinds, protection, rights and duties, supervision",
      requiredBy: "PIPL-21",
    },
    { item: "CCPA-7051.1", meaning: "No selling or sharing", requiredBy: "CCPA-7051" },
    { item: "CCPA-7051.2", meaning: "Specific business purposes", requiredBy: "CCPA-7051" },
    { item: "CCPA-7051.3", meaning: "No use beyond them", requiredBy: "CCPA-7051" },
    {
      item: "CCPA-7051.4",
      meaning: "No use outside the direct relation; no combining",
      requiredBy: "CCPA-7051 (items 4-9 memory)",
    },
    { item: "CCPA-7051.5", meaning: "Comply, same level of protection", requiredBy: "CCPA-7051" },
    { item: "CCPA-7051.6", meaning: "Right to check", requiredBy: "CCPA-7051" },
    { item: "CCPA-7051.7", meaning: "Notice in 5 business days if unable", requiredBy: "CCPA-7051" },
    { item: "CCPA-7051.8", meaning: "Right to stop and remedy", requiredBy: "CCPA-7051" },
    { item: "CCPA-7051.9", meaning: "Enable consumer requests", requiredBy: "CCPA-7051" },
    { item: "CONFID", meaning: "Keep secret, staff bound, survives the end", requiredBy: "S-III.A-3" },
    { item: "SECURITY", meaning: "Security measures", requiredBy: "S-III.A-3" },
    { item: "NO-REID", meaning: "No re-identification", requiredBy: "S-III.E-7" },
  ],
  "controller-sharing": [
    { item: "ROLES", meaning: "Independent controllers, contact points", requiredBy: "S-III.B-0.2" },
    { item: "STATEMENT", meaning: "Handle data as the statement says", requiredBy: "S-III.B-5" },
    { item: "CONFID", meaning: "Keep secret, staff bound, survives the end", requiredBy: "S-III.B-5" },
    { item: "SECURITY", meaning: "Security measures", requiredBy: "S-III.B-5" },
    { item: "PURPOSE", meaning: "Use for the named purpose only", requiredBy: "S-III.B-5" },
    {
      item: "CCPA-7053",
      meaning: "Specific purposes; limited use; same level; check; stop; notice",
      requiredBy: "CCPA-7053",
    },
    { item: "ONWARD", meaning: "What the recipient may do next", requiredBy: "foundation 7.14" },
    { item: "NO-REID", meaning: "No re-identification", requiredBy: "S-III.E-7" },
  ],
  "joint-arrangement": [
    { item: "DUTIES", meaning: "Who answers rights, who informs", requiredBy: "GDPR-26" },
    { item: "ESSENCE", meaning: "Essence public", requiredBy: "GDPR-26" },
  ],
  scc: [
    { item: "MODULE", meaning: "Module 1-4 chosen", requiredBy: "SCC-914-MOD" },
    { item: "CLAUSE-7", meaning: "Docking clause choice", requiredBy: "(memory, unverified)" },
    { item: "CLAUSE-9", meaning: "Sub-processor option and days (modules 2, 3)", requiredBy: "(memory, unverified)" },
    { item: "CLAUSE-11", meaning: "Redress option", requiredBy: "(memory, unverified)" },
    { item: "CLAUSE-13", meaning: "Authority", requiredBy: "(memory, unverified)" },
    { item: "CLAUSE-17-18", meaning: "Law and courts", requiredBy: "(memory, unverified)" },
    { item: "ANNEX-I.A", meaning: "Parties, roles, contacts, signatures, dates", requiredBy: "SCC-914-ANNEX" },
    {
      item: "ANNEX-I.B",
      meaning: "Subjects, kinds, sensitive, frequency, nature, purpose, retention, sub-processors",
      requiredBy: "SCC-914-ANNEX",
    },
    { item: "ANNEX-I.C", meaning: "Authority", requiredBy: "SCC-914-ANNEX" },
    { item: "ANNEX-II", meaning: "Measures (modules 1-3)", requiredBy: "SCC-914-ANNEX" },
    { item: "ANNEX-III", meaning: "Sub-processors (modules 2, 3, specific leave)", requiredBy: "SCC-914-ANNEX" },
    { item: "TIA", meaning: "Clause 14 assessment", requiredBy: "GDPR-46" },
  ],
  uk: [{ item: "TABLES", meaning: "Addendum tables 1-4 or IDTA parts", requiredBy: "UK-46-IDTA" }],
  "cn-contract": [
    { item: "TEXT", meaning: "Fixed text unchanged; annex on the transfer", requiredBy: "CAC-SC-2023" },
    { item: "FILED", meaning: "Filed within 10 working days", requiredBy: "CAC-SC-2023" },
  ],
  successor: [
    { item: "BOUND", meaning: "Keeps to the statement", requiredBy: "S-III.C-2" },
    { item: "RECONSENT", meaning: "Else asks anew before own use", requiredBy: "S-III.C-2" },
    { item: "NOTICE", meaning: "People told name and contact", requiredBy: "PIPL-22" },
  ],
  ccpa: [
    {
      item: "CCPA-7053",
      meaning: "Specific purposes; limited use; same level; check; stop; notice",
      requiredBy: "CCPA-7053",
    },
  ],
}

/**
 * Presets that point the items of a kind to where a published text has them, by the text's clause: the Commission's
 * clauses between controllers and processors (handbook 7, vocabulary).
 */
export const CHECKLIST_PRESETS: Readonly<
  Record<string, { kind: string; act: string; where: Readonly<Record<string, string>>; certainty: string }>
> = {
  "eu-2021-915": {
    kind: "processing",
    act: "(EU) 2021/915",
    certainty: "from memory, unverified: check each clause against the text",
    where: {
      PARTICULARS: "Clause 6, Annex II",
      "28.3.a": "Clause 7.1",
      "28.3.b": "Clause 7.4(b)",
      "28.3.c": "Clause 7.4(a), Annex III",
      "28.3.d": "Clause 7.7",
      "28.3.e": "Clause 8(a)-(b)",
      "28.3.f": "Clause 8(c), 9",
      "28.3.g": "Clause 10(d)",
      "28.3.h": "Clause 7.6",
      "28.2-AUTH": "Clause 7.7(a)",
      "28.4-FLOW": "Clause 7.7(b)",
      HOURS: "Clause 9.2",
    },
  },
}
