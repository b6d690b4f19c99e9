import type { Term } from "./term"

/** The codes of role, with label, W3C DPV 2.3 term, flags and note. */
export const ROLES = [
  { code: "processor", label: "Processor", dpv: "dpv:DataProcessor", flags: ["eu-gdpr:Processor"] },
  { code: "sub-processor", label: "Sub-processor", dpv: "dpv:DataSubProcessor", note: "needs parent sharing" },
  { code: "controller", label: "Independent controller", dpv: "dpv:DataController", flags: ["eu-gdpr:Controller"] },
  { code: "joint", label: "Joint controller", dpv: "dpv:JointDataControllers" },
  { code: "authority", label: "Authority", dpv: "dpv:Authority" },
] as const satisfies readonly Term[]

export type SharingRole = (typeof ROLES)[number]["code"]

/** The codes of mode, with label, W3C DPV 2.3 term, flags and note. */
export const MODES = [
  { code: "entrust", label: "Entrust", dpv: "dpv:Transmit", note: "ours: acts for us" },
  { code: "share", label: "Share", dpv: "dpv:Share" },
  {
    code: "transfer",
    label: "Transfer of control",
    dpv: "dpv:Transfer",
    note: "dpv:Transfer is moving data; keep our own IRI for change of control",
  },
  { code: "disclose", label: "Make public", dpv: "dpv:Disseminate", note: "dpv:Disclose is any disclosure" },
] as const satisfies readonly Term[]

export type Mode = (typeof MODES)[number]["code"]

/** The codes of dataForm, with label, W3C DPV 2.3 term, flags and note. */
export const DATA_FORMS = [
  { code: "identified", label: "Identified", dpv: "dpv:PersonalData" },
  { code: "pseudonymised", label: "Pseudonymised", dpv: "dpv:PseudonymisedData", note: "still personal" },
  {
    code: "de-identified",
    label: "De-identified",
    dpv: "dpv:AnonymisedData",
    flags: ["check"],
    note: "S-III.E-7; no exact DPV term",
  },
  { code: "aggregate", label: "Statistics", dpv: "dpv:AnonymisedData", note: "S-I.A-5" },
] as const satisfies readonly Term[]

export type DataForm = (typeof DATA_FORMS)[number]["code"]

/** The codes of frequency, with label, W3C DPV 2.3 term, flags and note. */
export const FREQUENCIES = [
  { code: "once", label: "Once", dpv: "dpv:SingularFrequency" },
  { code: "sporadic", label: "Now and then", dpv: "dpv:SporadicFrequency" },
  { code: "often", label: "Regular", dpv: "dpv:OftenFrequency" },
  { code: "continuous", label: "Continuous", dpv: "dpv:ContinuousFrequency" },
] as const satisfies readonly Term[]

export type Frequency = (typeof FREQUENCIES)[number]["code"]

/** The codes of channel, with label, W3C DPV 2.3 term, flags and note. */
export const CHANNELS = [
  { code: "api", label: "Interface between systems" },
  { code: "file", label: "File transfer" },
  { code: "access", label: "Access to our system" },
  { code: "web", label: "Tag or code on a page" },
  { code: "app", label: "Code inside an app" },
  { code: "mail", label: "Mail" },
  { code: "paper", label: "Paper or media" },
  { code: "other", label: "Other" },
] as const satisfies readonly Term[]

export type Channel = (typeof CHANNELS)[number]["code"]

/** The codes of destinationKind, with label, W3C DPV 2.3 term, flags and note. */
export const DESTINATION_KINDS = [
  { code: "storage", label: "Stored there" },
  { code: "access", label: "Reached from there" },
  { code: "service", label: "Served from there" },
] as const satisfies readonly Term[]

export type DestinationKind = (typeof DESTINATION_KINDS)[number]["code"]
