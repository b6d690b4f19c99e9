import { valueOf } from "@/domain/core/answer"
import * as say from "./cells"
import { column, lacking, lines, linesOrNone, shown, typed } from "./kit"
import type { Cell, Column, FlowFacts, Form } from "./kit"

const contact: Column<FlowFacts> = column("Address", ["GDPR-30-1 a.1"], ({ entity }) =>
  entity ? shown(entity.address) : "",
)
const representative = (facts: FlowFacts): Cell => (facts.entity ? shown(facts.entity.representative) : "")
const officer = (facts: FlowFacts): Cell => (facts.entity ? shown(facts.entity.dpo) : "")
const isForClient = ({ sharing }: FlowFacts): boolean => sharing.client.state === "known"

/** Article 30(1): the record of a controller. */
export const ARTICLE_30_1: Form<FlowFacts> = {
  name: "Article 30(1)",
  title: "GDPR Article 30(1): records of a controller",
  says: "One row for each flow to a recipient that a company of ours decides about. Processing that reaches no recipient is not in this register.",
  rows: (flow) => (isForClient(flow) ? [] : [flow]),
  columns: [
    ...say.about.slice(0, 5),
    column("(a) Controller", ["GDPR-30-1 a.1"], say.company),
    contact,
    column("(a) Joint controller", ["GDPR-30-1 a.2"], (flow) => (say.isRole(flow, "joint") ? say.recipient(flow) : "")),
    column("(a) Representative", ["GDPR-30-1 a.3"], representative),
    column("(a) Data protection officer", ["GDPR-30-1 a.4"], officer),
    column("(b) Purposes", ["GDPR-30-1 b"], say.purposes),
    column("(b) Purposes in words", ["GDPR-30-1 b"], ({ sharing }) => shown(sharing.purposeText), 40),
    column("(c) Categories of people", ["GDPR-30-1 c.1"], say.subjects),
    column("(c) Categories of personal data", ["GDPR-30-1 c.2"], say.dataKinds),
    column("(d) Recipient", ["GDPR-30-1 d"], say.recipient),
    column("(d) Category of recipient", ["GDPR-30-1 d"], say.partyKinds),
    column("(d) Role of the recipient", ["GDPR-30-1 d"], say.role),
    column("(d) Where the recipient has the data", ["GDPR-30-1 d"], say.places()),
    column("(e) Transfers: country and what they stand on", ["GDPR-30-1 e.1"], say.transfers, 40),
    column("(e) Safeguards, Art. 49(1) second subparagraph", ["GDPR-30-1 e.2"], say.exceptional),
    column("(f) Time limits for erasure", ["GDPR-30-1 f"], say.retention),
    column("(g) Security measures", ["GDPR-30-1 g"], say.measures),
  ],
}

/** Article 30(2): the record of a processor, for what a company of ours does for clients. */
export const ARTICLE_30_2: Form<FlowFacts> = {
  name: "Article 30(2)",
  title: "GDPR Article 30(2): records of a processor",
  says: "One row for each flow of a client's data that a company of ours passes on as its processor.",
  rows: (flow) => (isForClient(flow) ? [flow] : []),
  columns: [
    ...say.about.slice(0, 5),
    column("(a) Processor", ["GDPR-30-2 a"], say.company),
    column("(a) Address", ["GDPR-30-2 a"], ({ entity }) => (entity ? shown(entity.address) : "")),
    column("(a) Controller (client)", ["GDPR-30-2 a"], (flow) => client(flow, ({ name }) => typed(name))),
    column("(a) Client's paper", ["GDPR-30-2 a"], (flow) => client(flow, ({ paper }) => shown(paper))),
    column("(a) Representative of the processor", ["GDPR-30-2 a"], representative),
    column("(a) Data protection officer of the processor", ["GDPR-30-2 a"], officer),
    lacking("(a) Representative and officer of the client", ["GDPR-30-2 a"], "of a client its name and paper are held"),
    column(
      "(b) Categories of processing",
      ["GDPR-30-2 b"],
      (flow) => client(flow, ({ categories }) => shown(categories)),
      40,
    ),
    column("(b) Purposes", ["GDPR-30-2 b"], say.purposes),
    column("Sub-processor", [], say.recipient),
    column("(c) Transfers: country and what they stand on", ["GDPR-30-2 c"], say.transfers, 40),
    column("(c) Safeguards, Art. 49(1) second subparagraph", ["GDPR-30-2 c"], say.exceptional),
    column("(d) Security measures", ["GDPR-30-2 d"], say.measures),
  ],
}

type Client = Extract<FlowFacts["sharing"]["client"], { state: "known" }>["value"]

function client({ sharing }: FlowFacts, of: (client: Client) => Cell): Cell {
  const held = valueOf(sharing.client)
  return held ? of(held) : ""
}

/** The sheet of the French authority. */
export const CNIL: Form<FlowFacts> = {
  name: "CNIL sheet",
  title: "CNIL: record of an activity",
  says: "One row for each flow. The columns are from memory of the authority's sheet and were not compared with its latest edition.",
  rows: (flow) => [flow],
  columns: [
    ...say.about,
    column("Created", ["CNIL-SHEET 2"], ({ createdAt }) => createdAt ?? "", 26),
    column("Last updated", ["CNIL-SHEET 2"], ({ at }) => at, 26),
    column("Person in charge", ["CNIL-SHEET 3"], ({ sharing }) => shown(sharing.owner)),
    column("Service", ["CNIL-SHEET 3"], ({ entity }) => (entity ? shown(entity.department) : "")),
    column("Purposes", ["CNIL-SHEET 4"], say.purposes),
    column("Purposes in words", ["CNIL-SHEET 4"], ({ sharing }) => shown(sharing.purposeText), 40),
    column("People concerned", ["CNIL-SHEET 5"], say.subjects),
    column("Data", ["CNIL-SHEET 6"], say.dataKinds),
    column("Retention", ["CNIL-SHEET 6"], say.retention),
    column("Sensitive data", ["CNIL-SHEET 7"], say.guardedKinds),
    column("Recipients inside", ["CNIL-SHEET 8"], ({ sharing }) => shown(sharing.internalRecipients)),
    column("Recipient outside", ["CNIL-SHEET 9"], (flow) => (isProcessor(flow) ? "" : say.recipient(flow))),
    column("Processor", ["CNIL-SHEET 10"], (flow) => (isProcessor(flow) ? say.recipient(flow) : "")),
    column("Transfers: country and guarantee", ["CNIL-SHEET 11"], say.transfers, 40),
    column("Documents of the guarantee", ["CNIL-SHEET 11"], guarantees, 40),
    column("Security measures", ["CNIL-SHEET 12"], say.measures),
  ],
}

const isProcessor = (flow: FlowFacts): boolean => say.isRole(flow, "processor", "sub-processor")

/** The papers that mechanisms of the flow point to, with the hashes of their files. */
function guarantees({ sharing, papers }: FlowFacts): string {
  const named = (valueOf(sharing.destinations) ?? []).flatMap((line) =>
    line.mechanisms.flatMap((one) => one.agreementId ?? []),
  )
  return linesOrNone(papers.filter(({ id }) => (named as string[]).includes(id)).map(say.paperLine))
}

/** The sheet of the British authority. */
export const ICO: Form<FlowFacts> = {
  name: "ICO sheet",
  title: "ICO: documentation of processing",
  says: "One row for each flow. The columns are from memory of the authority's sheet and were not compared with its latest edition.",
  rows: (flow) => [flow],
  columns: [
    ...say.about,
    column("Business function", ["ICO-SHEET 1"], ({ entity }) => (entity ? shown(entity.department) : "")),
    column("Purpose", ["ICO-SHEET 2"], say.purposes),
    column("Joint controller", ["ICO-SHEET 3"], (flow) => (say.isRole(flow, "joint") ? say.recipient(flow) : "")),
    column("Categories of individuals", ["ICO-SHEET 4"], say.subjects),
    column("Categories of personal data", ["ICO-SHEET 4"], say.dataKinds),
    column("Recipient", ["ICO-SHEET 5"], say.recipient),
    column("Categories of recipients", ["ICO-SHEET 5"], say.partyKinds),
    column("Contract with the processor", ["ICO-SHEET 6"], say.papers, 40),
    column("Third countries or organisations", ["ICO-SHEET 7"], say.places(), 32),
    column("Safeguards for exceptional transfers", ["ICO-SHEET 8"], say.exceptional),
    column("Retention schedule", ["ICO-SHEET 9"], say.retention),
    column("Bases: Art. 6, Art. 9", ["ICO-SHEET 10"], say.bases),
    lacking(
      "Schedule 1 condition",
      ["ICO-SHEET 10"],
      "the British conditions of Schedule 1 are not kept apart from the Art. 9 basis",
    ),
    column("Balancing test", ["ICO-SHEET 11"], say.assessed("lia")),
    column("Rights available", ["ICO-SHEET 12"], rights),
    column("Automated decisions", ["ICO-SHEET 12"], ({ sharing }) => shown(sharing.automatedDecisions)),
    column("Source of the data", ["ICO-SHEET 13"], ({ sharing }) => shown(sharing.source)),
    column("Consent records", ["ICO-SHEET 13"], ({ consents }) =>
      linesOrNone(consents.map(({ id, body }) => `${typed(body.title)} [${id}]`)),
    ),
    column("Location of the data", ["ICO-SHEET 14"], say.places(["storage"])),
    column("Impact assessment: progress", ["ICO-SHEET 15"], say.assessed("pia", "tia")),
    lacking(
      "Impact assessment required?",
      ["ICO-SHEET 15"],
      "whether one is required follows from clauses: see findings.jsonl",
    ),
    column("Is this flow itself a breach?", ["ICO-SHEET 16"], ({ sharing }) => shown(sharing.isBreach)),
    lacking("Breach record", ["ICO-SHEET 16"], "incidents are kept elsewhere"),
  ],
}

/** Rights that people have everywhere, and those that hang on the basis of Article 6. */
function rights({ sharing, on }: FlowFacts): string {
  const held = sharing.bases.filter(
    (one) => (one.firstOn === null || one.firstOn <= on) && (one.lastOn === null || on <= one.lastOn),
  )
  const has = (...letters: string[]): boolean =>
    held.some(({ basis }) => letters.some((letter) => /^(eu|uk)\.6\.1\./.test(basis) && basis.endsWith(`.${letter}`)))
  if (held.length === 0) return ""
  return lines([
    "access, rectification, restriction",
    has("a", "b", "d", "f") ? "erasure" : null,
    has("a", "b") ? "portability" : null,
    has("e", "f", "ea") ? "objection" : null,
    has("a") ? "withdrawal of consent" : null,
  ])
}
