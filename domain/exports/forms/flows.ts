import { valueOf } from "@/domain/core/answer"
import type { Assessment } from "@/domain/records/assessment"
import type { Chain } from "@/domain/records/evidence"
import type { DataLine } from "@/domain/records/sharing"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { CHANNELS, DATA_FORMS, FREQUENCIES, MODES } from "@/domain/vocabulary/sharings"
import * as say from "./cells"
import { column, country, daysText, holds, label, lacking, lines, linesOrNone, shown, typed } from "./kit"
import type { FlowFacts, Form, Held } from "./kit"

/** Which kinds go to each recipient (the Irish authority's question). */
export const KINDS_BY_RECIPIENT: Form<{ flow: FlowFacts; line: DataLine }> = {
  name: "Kinds by recipient",
  title: "Irish DPC: which kinds of personal data go to each recipient",
  says: "One row for each kind of data of each flow, with its own days. Flows whose kinds are not answered give no row.",
  rows: (flow) => (valueOf(flow.sharing.dataLines) ?? []).map((line) => ({ flow, line })),
  columns: [
    column("Recipient", [], ({ flow }) => say.recipient(flow)),
    column("Category of recipient", [], ({ flow }) => say.partyKinds(flow)),
    column("Kind of personal data", [], ({ line }) => label(DATA_KINDS, line.kind)),
    column("People", [], ({ flow }) => say.subjects(flow)),
    column("Form", [], ({ flow }) => shown(flow.sharing.dataForm, (code) => label(DATA_FORMS, code))),
    column("Why it is necessary", [], ({ line }) => shown(line.necessity), 40),
    column("Kept for", [], ({ line }) => shown(line.retentionDays, daysText)),
    column("First day", [], ({ line }) => line.firstOn ?? "", 12),
    column("Last day", [], ({ line }) => line.lastOn ?? "", 12),
    column("Countries", [], ({ flow }) => say.places()(flow)),
    column("Company", [], ({ flow }) => say.company(flow)),
    column("Activity", [], ({ flow }) => typed(flow.sharing.title), 32),
    column("Number in the register", [], ({ flow }) => flow.id, 32),
  ],
}

/** The British authority's form for a decision to share (annex B of its code of practice). */
export const SHARING_CARD: Form<FlowFacts> = {
  name: "Decision to share",
  title: "ICO data sharing code, annex B: decision to share",
  says: "One row for each flow to a recipient that is no processor. Who decided is named by the person's number; decisions.json has all of it.",
  rows: (flow) => (say.isRole(flow, "processor", "sub-processor") ? [] : [flow]),
  columns: [
    ...say.about,
    column("Organisation that receives", [], say.recipient),
    column("Separate or joint controllers", [], say.role),
    column("What happens with the data", [], ({ sharing }) => label(MODES, sharing.mode)),
    column("Data shared", [], say.dataKinds),
    column("Purpose", [], say.purposes),
    column(
      "Why it is necessary",
      [],
      ({ sharing, on }) =>
        shown(sharing.dataLines, (all) =>
          lines(
            all.filter((one) => holds(one, on)).map((one) => `${label(DATA_KINDS, one.kind)}: ${shown(one.necessity)}`),
          ),
        ),
      40,
    ),
    column("Could less do?", [], ({ sharing }) => shown(sharing.whyNotLess), 40),
    column("Power to share: legal bases", [], say.bases),
    column("Agreement in place", [], say.papers, 40),
    column("Impact assessment", [], say.assessed("pia")),
    column(
      "View of the data protection officer",
      [],
      ({ sharing }) =>
        linesOrNone(
          sharing.grounds.flatMap((one) => (one.dpoOpinion.state === "blank" ? [] : [String(shown(one.dpoOpinion))])),
        ),
      40,
    ),
    column("Intervals", [], ({ sharing }) => shown(sharing.frequency, (code) => label(FREQUENCIES, code))),
    column("Safeguards", [], say.measures),
    column(
      "Decisions",
      [],
      ({ decisions }) =>
        linesOrNone(decisions.map((one) => `${one.at}: ${one.verdict} (${one.seat}) by ${one.person}`)),
      40,
    ),
    lacking("Reasons for the decision", [], "reasons of people who decide stay in the register"),
    lacking("Signature", [], "decisions are entries of the signed log instead: log/events.jsonl"),
  ],
}

type Link = { flow: FlowFacts; link: Held<Chain> }

/** Everybody down the chain of processors (EDPB opinion 22/2024). */
export const CHAIN: Form<Link> = {
  name: "Chain",
  title: "Sub-processors, as EDPB opinion 22/2024 asks for them",
  says: "One row for each sub-processor that is known, with the rank in the chain (1: engaged by the processor itself).",
  rows: (flow) => flow.chains.map((link) => ({ flow, link })),
  columns: [
    column("Company", [], ({ flow }) => say.company(flow)),
    column("Processor", [], ({ flow }) => say.recipient(flow)),
    column("Sub-processor", [], ({ flow, link }) => flow.nameOf(link.body.partyId)),
    column("Engaged by", [], ({ flow, link }) => flow.nameOf(link.body.engagedBy)),
    column("Rank", [], ({ link }) => link.body.rank, 8),
    column("Task", [], ({ link }) => shown(link.body.task)),
    column("Countries", [], ({ link }) => shown(link.body.countries, (codes) => lines(codes.map(country)))),
    column("Announced", [], ({ link }) => shown(link.body.announcedOn), 14),
    column("Objection until", [], ({ link }) => shown(link.body.objectUntil), 14),
    column("Our answer", [], ({ link }) => shown(link.body.answer)),
    column("First day", [], ({ link }) => shown(link.body.firstOn), 14),
    column("Last day", [], ({ link }) => shown(link.body.lastOn), 14),
    lacking("Paper between the processor and the sub-processor", [], "papers between others are asked for when needed"),
    column("Activity", [], ({ flow }) => typed(flow.sharing.title), 32),
    column("Number of the flow", [], ({ flow }) => flow.id, 32),
    column("Number of the link", [], ({ link }) => link.id, 32),
  ],
}

type Report = { flow: FlowFacts; report: Held<Assessment> }
const part =
  (code: "lawful" | "effect" | "measures") =>
  ({ report }: Report) =>
    shown(report.body.parts, (parts) => (parts.includes(code) ? "assessed" : "not assessed"))

/** The report of an impact assessment under the law of the Chinese mainland. */
export const PIPL_56: Form<Report> = {
  name: "PIPL 56",
  title: "PIPL Article 56: impact assessments",
  says: "One row for each impact assessment of each flow of a company under the law of the Chinese mainland. The report itself is in its files.",
  rows: (flow) =>
    isUnder(flow, "CN")
      ? flow.assessments.filter(({ body }) => body.kind === "pia").map((report) => ({ flow, report }))
      : [],
  columns: [
    column("Company", [], ({ flow }) => say.company(flow)),
    column("Recipient", [], ({ flow }) => say.recipient(flow)),
    column("Activity", [], ({ flow }) => typed(flow.sharing.title), 32),
    column("Assessment", [], ({ report }) => typed(report.body.title), 32),
    column("Purpose and method lawful, legitimate, necessary", ["PIPL-56 1"], part("lawful")),
    column("Effect on rights, security risk", ["PIPL-56 2"], part("effect")),
    column("Measures lawful, effective, fit to the risk", ["PIPL-56 3"], part("measures")),
    column("Outcome", [], ({ report }) => shown(report.body.outcome)),
    column("Risk", [], ({ report }) => shown(report.body.risk)),
    column("Done on", [], ({ report }) => shown(report.body.doneOn), 14),
    column("Kept until", ["PIPL-56 4"], ({ report }) => shown(report.body.keptUntil), 14),
    column(
      "Files",
      [],
      ({ report }) => linesOrNone(report.body.files.map(({ name, sha256 }) => `${name} (SHA-256 ${sha256})`)),
      40,
    ),
    column("Number of the assessment", [], ({ report }) => report.id, 32),
  ],
}

/** What people are told of a recipient abroad under the law of the Chinese mainland. */
export const PIPL_39: Form<FlowFacts> = {
  name: "PIPL 39",
  title: "PIPL Article 39: what people are told of a recipient abroad",
  says: "One row for each flow of a company under the law of the Chinese mainland.",
  rows: (flow) => (isUnder(flow, "CN") ? [flow] : []),
  columns: [
    ...say.about,
    column("Recipient", ["PIPL-39 1"], say.recipient),
    column("Contact of the recipient", ["PIPL-39 1"], ({ party }) =>
      party
        ? linesOrNone(
            party.body.contacts.map((one) =>
              [one.task, one.name, one.email, one.phone].filter((word) => word !== "").join(", "),
            ),
          )
        : "",
    ),
    column("Purpose", ["PIPL-39 2"], say.purposes),
    column("Method", ["PIPL-39 2"], ({ sharing }) => shown(sharing.channel, (code) => label(CHANNELS, code))),
    column("Kinds of personal data", ["PIPL-39 2"], say.dataKinds),
    column("How people object", ["PIPL-39 3"], ({ sharing }) => shown(sharing.optOutRoute)),
    column("How people withdraw consent", ["PIPL-39 3"], ({ consents }) =>
      linesOrNone(consents.map(({ body }) => String(shown(body.withdrawalRoute)))),
    ),
    lacking("Way to the recipient for other rights", ["PIPL-39 3"], "no route of its own is kept for each right"),
    column("Notice that tells it", [], ({ notice }) => (notice ? `${typed(notice.body.title)} [${notice.id}]` : "")),
  ],
}

/** Whether the flow's company is under the regime on the day. */
export const isUnder = ({ entity, on }: FlowFacts, regime: string): boolean =>
  entity?.regimes.some((one) => one.regime === regime && holds(one, on)) ?? false
