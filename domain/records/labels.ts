import { words } from "./fields"

/** What a field is called, by kind and name or by name alone. A lawyer and a procurement lead read these. */
const LABELS: Record<string, string> = {
  legalName: "Legal name", latinName: "Name in Latin script", otherNames: "Other names", country: "Country", kinds: "What it is to us",
  kind: "Kind", subKind: "Kind of partner", identifiers: "Registration and other numbers", website: "Website", hosts: "Host names",
  groupLinks: "Days in our group", conditions: "Conditions on which adequacy hangs", contacts: "Contacts", risk: "Risk", dataDecision: "Does personal data reach it?",
  noDataReason: "Why no personal data reaches it", noDataReviewOn: "That is looked at again on", notes: "Notes", tags: "Tags", extra: "Columns kept from an import",
  restrictedTo: "Restricted to", entityId: "Company of ours", partyId: "Party", mode: "What happens with the data", succeeds: "Succeeds", parentId: "Engaged for",
  title: "Title", role: "Role of the party", products: "Products", purposes: "Purposes", purposeText: "The purpose in a sentence", ownPurpose: "Does it use the data for ends of its own?",
  optOutRoute: "Way to opt out that reaches the party", dataLines: "Data, and why each is necessary", necessity: "Why it is necessary", reviewedOn: "Looked at last on",
  retentionDays: "Days it is kept", dataForm: "Form of the data", deidentification: "How it is de-identified", inferable: "Can health, belief, orientation or the like be concluded?",
  subjects: "Whose data", peopleCount: "How many people", minors: "How minors' data may leave", way: "Way", grounds: "Grounds", ground: "Ground", bases: "Legal basis by law", basis: "Basis", regime: "Law",
  noticeId: "Notice", destinations: "Where it is stored or reached from", mechanisms: "Transfer mechanism", mechanism: "Mechanism", module: "Module", frequency: "How often", channel: "How it gets there",
  retention: "How long the party keeps it", days: "Days", trigger: "Counted from", deletion: "How it is deleted", deletionProof: "Proof of deletion", measures: "Measures", accessWho: "Who has access",
  signalTestedOn: "Do-not-track signal tested on", permission: "Device permission", onward: "What the recipient may do next", automatedDecisions: "Automated decisions", source: "Where the data comes from",
  internalRecipients: "Recipients in our own house", startsOn: "First day", endsOn: "Last day", owner: "Who answers for it", dueOn: "Due on", foundHow: "How it was found",
  reference: "Reference", amends: "Amends", files: "Files", fileId: "File", knownHow: "How this is known", signatories: "Signed by", capacity: "In which capacity", signedOn: "Signed on", how: "How",
  effectOn: "In effect from", terminatedOn: "Terminated from", renewal: "Renewal", months: "Months", noticeMonths: "Months of notice", governingLaw: "Governing law", noticeOurs: "Our notice, in days",
  noticeTheirs: "Their notice, in days", noticeAddress: "Address for notices", objectionDays: "Days to object to a sub-processor", checklist: "Clauses in the paper", item: "Clause", page: "Page", verdict: "Verdict",
  covers: "Sharings it covers", sharingId: "Sharing", missingReason: "Why the paper is missing", outcome: "Outcome", doneOn: "Done on", validUntil: "Holds until", summary: "Summary", doneBy: "Done by",
  wording: "Wording", wordingVersion: "Version of the wording", captureMethod: "How the yes is captured", about: "About", parties: "Parties it reaches", dataKinds: "Data", medium: "Where and how long",
  withdrawalRoute: "Way to withdraw", firstOn: "First day", lastOn: "Last day", closedAt: "Closed at", recipientsTold: "Recipients told", version: "Version", address: "Address", recipientKinds: "Kinds of recipients",
  countries: "Countries", citation: "Provision, order or docket", docket: "Docket", servedOn: "Served on", answerOn: "To be answered by", secrecy: "May people be told?", engagedBy: "Engaged by", rank: "Rank in the chain",
  task: "Task", announcedOn: "Announced on", objectUntil: "Objection until", answer: "Our answer", statuteKind: "Law, dispute or demand", authority: "Authority", caseNumber: "Case number", dpoOpinion: "The DPO's opinion",
  whoseInterest: "Whose interest", whyNoConsent: "Why consent was out of reach", capturedOn: "Captured on", lawfulness: "Why the source is lawful", reconsentOn: "Fresh consent sought by", consentId: "Consent record",
  demandId: "Demand", agreementId: "Agreement", assessmentId: "Assessment", evidence: "Evidence", reason: "Reason", allowed: "Passing on is allowed", toWhom: "To whom", switchOff: "Way to switch it off", userStarted: "Starts only when the person starts it",
  provenOn: "Proven on", text: "In words", name: "Name", email: "E-mail", phone: "Phone", value: "Value", column: "Column", side: "Side", condition: "Condition", sha256: "Content hash", pages: "Pages",
  "agreement.endsOn": "Last day", "assessment.kind": "Kind of assessment", "agreement.kind": "Kind of paper", "consent.firstOn": "Given from", zone: "Time zone", lei: "LEI", representative: "Representative", dpo: "DPO",
  department: "Department", regimes: "Laws that apply", dpoDecides: "The DPO decides", mergeSeats: "One decider for all deciding seats",
}

/** What a field is called, from its kind and its path. */
export function labelOf(kind: string, path: string): string {
  const name = path.split(".").filter((part) => part !== "value" && !/^(\d+|\*)$/.test(part)).pop() ?? path
  return LABELS[`${kind}.${name}`] ?? LABELS[name] ?? words(name.replace(/([A-Z])/g, " $1").toLowerCase())
}
