import { valueOf } from "@/domain/core/answer"
import { sidesOf, type Agreement } from "@/domain/records/agreement"
import { IDENTIFIER_KINDS } from "@/domain/records/party"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import type { Term } from "@/domain/vocabulary/term"
import * as say from "./cells"
import { isUnder } from "./flows"
import { column, holds, lacking, linesOrNone, shown, typed } from "./kit"
import type { Cell, FlowFacts, Form, Held } from "./kit"

type Contract = { flow: FlowFacts; paper: Held<Agreement> }

const entity =
  (of: (flow: FlowFacts) => Cell) =>
  ({ flow }: Contract) =>
    of(flow)
const identifier = ({ flow: { party } }: Contract, at = 0) => {
  // The legal entity identifier goes before all others, as the register of contracts asks.
  const all = [...(party?.body.identifiers ?? [])].sort((a, b) => rank(a.kind) - rank(b.kind))
  return all[at] ?? null
}
const ORDER = ["lei", ...IDENTIFIER_KINDS.filter((kind) => kind !== "lei")]
const rank = (kind: string): number => ORDER.indexOf(kind)

/** How a contract stands to others: called off under a framework, itself one, or alone. */
function structure({ paper }: Contract): string {
  return paper.body.parentId ? "subsequent" : "stand-alone or overarching"
}

/** Open ends have the day that the register of contracts writes for them. */
function ends({ paper: { body } }: Contract): Cell {
  if (body.terminatedOn.state === "known") return body.terminatedOn.value
  return body.endsOn.state === "not-applicable" ? "9999-12-31" : shown(body.endsOn)
}

/** Low, medium or high from the kinds of data on the day; nothing where they are not answered. */
function sensitivity({ flow: { sharing, on } }: Contract): string {
  const all = valueOf(sharing.dataLines)
  if (all === null) return ""
  const flags = all
    .filter((one) => holds(one, on))
    .flatMap(({ kind }) => (DATA_KINDS as readonly Term[]).find(({ code }) => code === kind)?.flags ?? [])
  if (flags.some((flag) => ["art9", "art10", "pipl-sensitive", "never-share"].includes(flag))) return "high"
  return flags.length > 0 ? "medium" : "low"
}

const NOT_FINANCE = "the register is about personal data, not about functions, costs or services of a financial company"

/** The register of information on contracts with ICT providers, as far as this register holds it. */
export const DORA: Form<Contract> = {
  name: "Contracts (DORA)",
  title: "Regulation (EU) 2022/2554, register of information: contracts",
  says: "One row for each paper of each flow of a company to which DORA applies. It is no register of information by itself: empty columns have to be filled elsewhere.",
  rows: (flow) => (isUnder(flow, "DORA") ? flow.papers.map((paper) => ({ flow, paper })) : []),
  columns: [
    column(
      "LEI of the company",
      ["DORA-ROI B_01.02.0010", "DORA-ROI B_02.02.0020", "DORA-ROI B_04.01.0020"],
      entity((flow) => (flow.entity ? shown(flow.entity.lei) : "")),
    ),
    column("Company", ["DORA-ROI B_01.02.0020"], entity(say.company)),
    column(
      "Country of the company",
      ["DORA-ROI B_01.02.0030"],
      entity((flow) => flow.entity?.country ?? ""),
      12,
    ),
    lacking("LEI of the direct parent", ["DORA-ROI B_01.02.0060"], "who owns our companies is not held"),
    column(
      "Contract",
      ["DORA-ROI B_02.01.0010", "DORA-ROI B_02.02.0010", "DORA-ROI B_05.02.0010"],
      ({ paper }) => (paper.body.reference.state === "known" ? paper.body.reference.value : paper.id),
      32,
    ),
    column("Title", [], ({ paper }) => typed(paper.body.title), 32),
    column("Type of contract", ["DORA-ROI B_02.01.0020"], structure),
    column("Overarching contract", ["DORA-ROI B_02.01.0030"], ({ paper }) => paper.body.parentId ?? "", 32),
    lacking("Currency", ["DORA-ROI B_02.01.0040"], NOT_FINANCE),
    lacking("Annual cost", ["DORA-ROI B_02.01.0050"], NOT_FINANCE),
    column("Provider code", ["DORA-ROI B_02.02.0030", "DORA-ROI B_05.01.0010"], (one) => identifier(one)?.value ?? ""),
    column(
      "Kind of code",
      ["DORA-ROI B_02.02.0040", "DORA-ROI B_05.01.0020"],
      (one) => identifier(one)?.kind ?? "",
      14,
    ),
    column("Further code", ["DORA-ROI B_05.01.0030"], (one) => identifier(one, 1)?.value ?? ""),
    column("Provider", ["DORA-ROI B_05.01.0050"], entity(say.recipient)),
    column(
      "Name in Latin letters",
      ["DORA-ROI B_05.01.0060"],
      entity(({ party }) => (party ? shown(party.body.latinName) : "")),
    ),
    lacking(
      "Legal or natural person",
      ["DORA-ROI B_05.01.0070"],
      "not kept apart: parties are legal persons as a rule",
    ),
    column(
      "Country of the provider",
      ["DORA-ROI B_05.01.0080"],
      entity(({ party }) => (party ? shown(party.body.country) : "")),
      12,
    ),
    lacking("Code of the ultimate parent", ["DORA-ROI B_05.01.0110"], "who owns a party is not held"),
    lacking("Function", ["DORA-ROI B_02.02.0050", "DORA-ROI B_06.01.0010"], NOT_FINANCE),
    lacking("Critical or important function", ["DORA-ROI B_06.01.0050"], NOT_FINANCE),
    lacking("Type of ICT service", ["DORA-ROI B_02.02.0060", "DORA-ROI B_05.02.0020"], NOT_FINANCE),
    column("Start", ["DORA-ROI B_02.02.0070"], ({ paper }) => shown(paper.body.effectOn), 14),
    column("End", ["DORA-ROI B_02.02.0080"], ends, 14),
    lacking("Reason for ending", ["DORA-ROI B_02.02.0090"], "a day of termination is held, its reason is not"),
    column(
      "Notice, ours (days)",
      ["DORA-ROI B_02.02.0100"],
      ({ paper }) => shown(paper.body.noticeOurs, (days) => days),
      12,
    ),
    column(
      "Notice, theirs (days)",
      ["DORA-ROI B_02.02.0110"],
      ({ paper }) => shown(paper.body.noticeTheirs, (days) => days),
      12,
    ),
    column("Governing law", ["DORA-ROI B_02.02.0120"], ({ paper }) => shown(paper.body.governingLaw)),
    column("Countries of the service", ["DORA-ROI B_02.02.0130"], entity(say.countriesOf(["service"]))),
    column(
      "Data stored",
      ["DORA-ROI B_02.02.0140"],
      entity(({ sharing, on }) =>
        shown(sharing.destinations, (all) =>
          all.some((one) => one.kind === "storage" && holds(one, on)) ? "yes" : "no",
        ),
      ),
      10,
    ),
    column("Countries of data at rest", ["DORA-ROI B_02.02.0150"], entity(say.countriesOf(["storage"]))),
    column("Countries of processing", ["DORA-ROI B_02.02.0160"], entity(say.countriesOf(["access"]))),
    column("Sensitivity of the data", ["DORA-ROI B_02.02.0170"], sensitivity, 12),
    lacking("Reliance", ["DORA-ROI B_02.02.0180"], NOT_FINANCE),
    column(
      "Contract within the group",
      ["DORA-ROI B_02.03.0010"],
      ({ paper }) => (paper.body.kind === "intragroup" ? "yes" : "no"),
      12,
    ),
    column(
      "Linked contract",
      ["DORA-ROI B_02.03.0020"],
      ({ paper }) => paper.body.amends ?? paper.body.replaces ?? "",
      32,
    ),
    column("Companies that signed", ["DORA-ROI B_03.01.0020"], ({ flow, paper }) =>
      linesOrNone(sidesOf(paper.body).entities.map(flow.nameOf)),
    ),
    column("Providers that signed", ["DORA-ROI B_03.02.0020"], ({ flow, paper }) =>
      linesOrNone(sidesOf(paper.body).parties.map(flow.nameOf)),
    ),
    column(
      "Providers in the chain, with rank",
      ["DORA-ROI B_05.02.0030", "DORA-ROI B_05.02.0050"],
      entity(({ chains, nameOf }) =>
        linesOrNone(chains.map(({ body }) => `${body.rank + 1}: ${nameOf(body.partyId)}`)),
      ),
    ),
    column(
      "Served by which provider",
      ["DORA-ROI B_05.02.0060"],
      entity(({ chains, nameOf }) =>
        linesOrNone(chains.map(({ body }) => `${nameOf(body.partyId)}: ${nameOf(body.engagedBy)}`)),
      ),
    ),
    lacking("Replaceable", ["DORA-ROI B_07.01.0050"], NOT_FINANCE),
    column("Last audit", ["DORA-ROI B_07.01.0070"], entity(lastAudit), 14),
    lacking("Exit plan", ["DORA-ROI B_07.01.0080"], NOT_FINANCE),
    lacking("Alternatives known", ["DORA-ROI B_07.01.0110"], NOT_FINANCE),
    column("Number of the flow", [], ({ flow }) => flow.id, 32),
  ],
}

function lastAudit({ assessments }: FlowFacts): string {
  const days = assessments.flatMap(({ body }) => (body.kind === "audit" ? (valueOf(body.doneOn) ?? []) : []))
  return [...days].sort().at(-1) ?? ""
}
