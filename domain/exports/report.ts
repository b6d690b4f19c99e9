import type { Coverage, Cause } from "@/domain/coverage/coverage"
import type { Day } from "@/domain/core/day"
import { covers } from "@/domain/core/stretch"
import type { Entity } from "@/domain/records/evidence"
import { AGREEMENT_KINDS } from "@/domain/vocabulary/agreements"
import { MODES, ROLES } from "@/domain/vocabulary/sharings"
import { company, recipient } from "./forms/cells"
import { country, holds, label, shown, type FlowFacts } from "./forms/kit"

/** A piece of a printed report. */
export type Piece =
  | { is: "title" | "heading" | "sub" | "text" | "soft"; text: string }
  | { is: "table"; head: readonly string[]; widths: readonly number[]; rows: readonly (readonly string[])[] }
  | { is: "page" }

export type FindingLine = {
  record: string
  entity: string | null
  clause: string
  severity: string
  verdict: string
  from: string | null
  title: string
}

/** How a flow stood on the day; `unjudged`: nothing had been judged by then. */
export type DayState = "covered" | "gap" | "not-running" | "unjudged"

/** How a flow stood on the day, with what it lacked. */
export function onTheDay(coverage: Coverage | null, on: Day): { state: DayState; since: Day | null; causes: string[] } {
  const none = { since: null, causes: [] }
  if (coverage === null) return { state: "unjudged", ...none }
  if (!covers(coverage.own, on)) return { state: "not-running", ...none }
  if (covers(coverage.covered, on)) return { state: "covered", ...none }
  const gap = coverage.gaps.find((one) => covers([one], on))
  return { state: "gap", since: gap?.from ?? null, causes: gap?.causes.map(causeText) ?? [] }
}

function causeText(cause: Cause): string {
  switch (cause.what) {
    case "ground":
      return "no ground"
    case "basis":
      return `no legal basis (${cause.regime})`
    case "paper":
      return `no paper: ${label(AGREEMENT_KINDS, cause.kind)}`
    case "mechanism":
      return `no mechanism: ${country(cause.country)} (${cause.regime})`
    default:
      return `no rules for ${cause.regime}`
  }
}

/** What is held of one company: all of it counted, the first of it listed. */
type CompanyPart = {
  name: string
  body: Entity | null
  flows: number
  ended: number
  recipients: Set<string>
  manyRecipients: boolean
  states: Record<DayState, number>
  found: Record<string, number>
  decided: number
  lists: { flows: string[][]; gaps: string[][]; decisions: string[][] }
  /** By severity; what a record lacks several times by one clause stands once, with how often. */
  findings: Map<string, { row: string[]; n: number }[]>
}

/** So many companies are reported on their own; of the others the counts stand in one list. */
const MOST_COMPANIES = 40
const MOST_RECIPIENTS = 5_000
/** So many lines of one list stand in the report, fewer where there are many companies. */
const mostLines = (companies: number): number => Math.max(8, Math.min(60, Math.floor(800 / Math.max(1, companies))))

const NOBODY = ""

/** Gathers a report while the register is gone through: holds counts, and the first lines of each list. */
export class ReportGathered {
  private readonly parts = new Map<string, CompanyPart>()
  private readonly most: number

  constructor(private readonly companies: ReadonlyMap<string, Entity>) {
    this.most = mostLines(companies.size)
    for (const [id, body] of companies) this.parts.set(id, empty(body.legalName, body))
  }

  /** A flow of the register. */
  flow(flow: FlowFacts): void {
    const part = this.partOf(flow.sharing.entityId, company(flow))
    part.flows += 1
    if (flow.standing === "ended") part.ended += 1
    if (part.recipients.size < MOST_RECIPIENTS) part.recipients.add(flow.sharing.partyId)
    else part.manyRecipients ||= !part.recipients.has(flow.sharing.partyId)
    if (part.lists.flows.length < this.most) part.lists.flows.push(flowLine(flow))
    part.decided += flow.decisions.length
    for (const { at, verdict, seat, person } of flow.decisions)
      if (part.lists.decisions.length < this.most)
        part.lists.decisions.push([at.slice(0, 16).replace("T", " "), verdict, seat, person, flow.sharing.title])
  }

  /** How a flow stood on the day. */
  cover(of: { entity: string; title: string; to: string }, stood: ReturnType<typeof onTheDay>): void {
    const part = this.partOf(of.entity, of.entity)
    part.states[stood.state] += 1
    if (stood.state === "gap" && part.lists.gaps.length < this.most)
      part.lists.gaps.push([of.to, of.title, stood.since ?? "", stood.causes.join("; ")])
  }

  /** Something that was found, which stands on the day. */
  finding({ record, entity, clause, severity, verdict, from, title }: FindingLine): void {
    const part = this.partOf(entity ?? NOBODY, "Parties")
    part.found[severity] = (part.found[severity] ?? 0) + 1
    const list = part.findings.get(severity) ?? []
    part.findings.set(severity, list)
    const alike = list.find(({ row }) => row[1] === clause && row[3] === verdict && row[5] === record)
    if (alike) alike.n += 1
    else if (list.length < this.most) list.push({ row: [severity, clause, title, verdict, from ?? "", record], n: 1 })
  }

  /** The pieces of the report behind its cover. */
  pieces(): Piece[] {
    const all = [...this.parts.entries()].filter(([id, part]) => id !== NOBODY || Object.keys(part.found).length > 0)
    const full = all.slice(0, MOST_COMPANIES)
    const rest = all.slice(MOST_COMPANIES)
    return [
      { is: "page" },
      { is: "heading", text: "Companies" },
      {
        is: "table",
        head: OVERVIEW,
        widths: [28, 12, 14, 14, 10, 22],
        rows: all.slice(0, 500).map(([, part]) => overview(part)),
      },
      ...(all.length > 500
        ? [{ is: "soft", text: `${all.length - 500} more companies: workbook.xlsx.` } as const]
        : []),
      ...full.flatMap(([id, part]) => this.companyPieces(id, part)),
      ...(rest.length > 0
        ? [
            {
              is: "soft",
              text: `${rest.length} further companies are not listed in full here: see workbook.xlsx.`,
            } as const,
          ]
        : []),
    ]
  }

  private companyPieces(id: string, part: CompanyPart): Piece[] {
    const { lists, body } = part
    const list = (
      text: string,
      n: number,
      where: string,
      table: Omit<Extract<Piece, { is: "table" }>, "is">,
    ): Piece[] => [
      { is: "sub", text },
      ...(table.rows.length === 0 ? [{ is: "soft", text: "None." } as const] : [{ is: "table", ...table } as const]),
      ...(n > table.rows.length ? [{ is: "soft", text: `${n - table.rows.length} more: ${where}.` } as const] : []),
    ]
    const found = Object.values(part.found).reduce((sum, n) => sum + n, 0)
    const shownFindings = SEVERITIES.flatMap((one) => part.findings.get(one) ?? []).slice(0, this.most)
    const listed = shownFindings.reduce((sum, { n }) => sum + n, 0)
    const findings = list("Findings that stand on the day", shownFindings.length + found - listed, "findings.jsonl", {
      ...{
        head: ["Severity", "Clause", "What it asks", "Verdict", "Since", "Record"],
        widths: [9, 13, 27, 9, 11, 31],
      },
      rows: shownFindings.map(({ row, n }) => (n > 1 ? row.with(2, `${row[2]} (${n} times)`) : row)),
    })
    if (id === NOBODY) return [{ is: "page" }, { is: "heading", text: "Parties" }, ...findings]
    return [
      { is: "page" },
      { is: "heading", text: part.name },
      ...(body ? [{ is: "text", text: facts(body) } as const] : []),
      { is: "text", text: counted(part) },
      ...list("Recipients and flows", part.flows, "workbook.xlsx, sheet Article 30(1)", {
        ...{ head: ["Recipient", "Activity", "Role", "Countries", "Standing"], widths: [26, 30, 16, 16, 12] },
        rows: lists.flows,
      }),
      ...list("Flows with a gap on the day", part.states.gap, "coverage.jsonl", {
        ...{ head: ["Recipient", "Activity", "Since", "What is missing"], widths: [24, 28, 12, 36] },
        rows: lists.gaps,
      }),
      ...findings,
      ...list("Decisions that put these flows in force", part.decided, "decisions.json", {
        ...{ head: ["When (UTC)", "Verdict", "Seat", "Person", "Activity"], widths: [16, 20, 14, 26, 24] },
        rows: lists.decisions,
      }),
    ]
  }

  private partOf(id: string, name: string): CompanyPart {
    const known = this.parts.get(id)
    if (known) return known
    const part = empty(name, null)
    this.parts.set(id, part)
    return part
  }
}

function empty(name: string, body: Entity | null): CompanyPart {
  return {
    ...{ name, body, flows: 0, ended: 0, recipients: new Set(), manyRecipients: false, found: {}, decided: 0 },
    states: { covered: 0, gap: 0, "not-running": 0, unjudged: 0 },
    lists: { flows: [], gaps: [], decisions: [] },
    findings: new Map(),
  }
}

/** The worst first. */
const SEVERITIES = ["blocking", "warning", "advice"]

const OVERVIEW = ["Company", "Flows", "Recipients", "With a gap", "Covered", "Findings that stand"]

const recipientsOf = ({ recipients, manyRecipients }: CompanyPart): string =>
  manyRecipients ? `more than ${MOST_RECIPIENTS}` : String(recipients.size)

const foundText = ({ found }: CompanyPart): string =>
  SEVERITIES.flatMap((one) => (found[one] ? [`${found[one]} ${one}`] : [])).join(", ") || "none"

function overview(part: CompanyPart): string[] {
  return [
    part.name,
    String(part.flows),
    recipientsOf(part),
    String(part.states.gap),
    String(part.states.covered),
    foundText(part),
  ]
}

function counted(part: CompanyPart): string {
  const { flows, ended, states } = part
  const own = [
    `${flows} flows (${ended} ended) to ${recipientsOf(part)} recipients.`,
    `On the day ${states.covered} are covered, ${states.gap} have a gap, ${states["not-running"]} do not run,`,
    `and of ${states.unjudged} nothing had been judged.`,
  ]
  return own.join(" ")
}

function facts({ country: code, address, dpo, representative, regimes }: Entity): string {
  return [
    country(code),
    ...[address, dpo, representative].map((answer, i) => {
      const said = shown(answer)
      return said === "" ? "" : `${["Address", "Data protection officer", "Representative"][i]}: ${said}`
    }),
    regimes.length > 0 ? `Regimes: ${[...new Set(regimes.map(({ regime }) => regime))].join(", ")}` : "",
  ]
    .filter((word) => word !== "")
    .join(" · ")
}

function flowLine(flow: FlowFacts): string[] {
  const { sharing, on, standing } = flow
  const places =
    sharing.destinations.state === "known" ? sharing.destinations.value.filter((one) => holds(one, on)) : []
  const where =
    [...new Set(places.map((one) => one.country))].join(", ") || String(shown(sharing.destinations, () => ""))
  const role = shown(sharing.role, (code) => label(ROLES, code))
  return [
    recipient(flow),
    sharing.title,
    `${label(MODES, sharing.mode)}${role === "" ? "" : `: ${role}`}`,
    where,
    standing,
  ]
}

/** The cover of a report. */
export function coverOf(about: {
  origin: string
  asOf: string
  scope: string
  logSize: number
  logRoot: string
  checkpoint: string
  records: number
  takenBy: string | null
  letter: boolean
}): Piece[] {
  return [
    { is: "title", text: "Register of recipients of personal data" },
    { is: "text", text: `As of ${about.asOf} (UTC)` },
    { is: "text", text: `Source: ${about.origin}` },
    { is: "text", text: `What of the register: ${about.scope}. ${about.records} records.` },
    ...(about.takenBy ? [{ is: "text", text: `Taken by ${about.takenBy}` } as const] : []),
    ...(about.letter
      ? [{ is: "text", text: "It answers a letter: question by question on the next page." } as const]
      : []),
    { is: "sub", text: "The log" },
    { is: "text", text: `${about.logSize} entries, root ${about.logRoot}` },
    { is: "soft", text: `Checkpoint that covers it:\n${about.checkpoint.trim()}` },
    { is: "sub", text: "What this is" },
    {
      is: "text",
      text: "For reading and printing. The lists are the first of each; counts are of everything. All of it stands in workbook.xlsx and in the records of the package from which this report comes. To check that nothing was altered use the package, not this report.",
    },
    {
      is: "text",
      text: "The log shows that nothing was altered since it was recorded. It does not show that what was recorded is true, nor that it was lawful.",
    },
  ]
}
