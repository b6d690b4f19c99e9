import type { Term } from "./term"

/** The codes of measure, with label, W3C DPV 2.3 term, flags and note. */
export const MEASURES = [
  { code: "transit.encryption", label: "Encryption in transit", dpv: "dpv:EncryptionInTransfer" },
  { code: "rest.encryption", label: "Encryption at rest", dpv: "dpv:EncryptionAtRest" },
  { code: "e2e.encryption", label: "End-to-end encryption", dpv: "dpv:EndToEndEncryption" },
  { code: "key.ours", label: "Keys held by us", dpv: "dpv:CryptographicKeyManagement" },
  { code: "pseudonymise", label: "Pseudonymisation", dpv: "dpv:Pseudonymisation" },
  { code: "access.control", label: "Graded access", dpv: "dpv:AccessControlMethod" },
  { code: "access.mfa", label: "Second factor", dpv: "dpv:MultiFactorAuthentication" },
  { code: "no-content-access", label: "Party cannot read content", dpv: "dpv:UsageControl" },
  { code: "logging", label: "Activity log", dpv: "dpv:ActivityMonitoring" },
  { code: "backup", label: "Backup and restore", dpv: "dpv:DataBackupProtocols" },
  { code: "pentest", label: "Penetration test", dpv: "dpv:PenetrationTestingMethods" },
  { code: "incident", label: "Incident procedure", dpv: "dpv:IncidentManagementProcedures" },
  { code: "staff.training", label: "Staff training", dpv: "dpv:DataProtectionTraining" },
  { code: "staff.vetting", label: "Background checks", dpv: "dpv:BackgroundChecks" },
  { code: "deletion", label: "Deletion policy", dpv: "dpv:DataErasurePolicy" },
  { code: "certified", label: "Certified (ISO 27001 etc.)", dpv: "dpv:Certification" },
  { code: "storage.protection", label: "Physical and server protection", dpv: "dpv:PhysicalMeasure" },
] as const satisfies readonly Term[]

export type Measure = (typeof MEASURES)[number]["code"]
