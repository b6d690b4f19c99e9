import { marked } from "@/app/watermark"
import { problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { findingWords } from "@/components/checks/finding-words"
import { placeWords } from "@/components/records/form-place"
import { standingOf } from "@/components/records/record-path"
import { parseState } from "@/components/table/url-state"
import { say } from "@/components/words/catalogue"
import { parseDay } from "@/domain/core/day"
import { CSV_BEGINS, csvLine } from "@/domain/exports/cell"
import { PACKS } from "@/domain/packs/all"
import type { RecordKind } from "@/domain/records/kinds"
import { FOUND_FACETS, viewFindings, type FindingsView } from "@/usecases/checks/list-findings"
import { parseAsOf } from "@/usecases/register/as-of"

const TITLES = new Map(PACKS.flatMap((pack) => pack.clauses.map((clause) => [clause.id, clause.title] as const)))
const SEVERITIES = ["blocking", "warning", "advice"]
const COLUMNS = [
  ...["day", "asOf", "severity", "clause", "title", "verdict", "recordKind", "recordId", "record", "party", "company"],
  ...["standing", "from", "until", "finding", "field", "remedy", "owner", "dueOn"],
]

/** `GET /api/v1/findings.csv`: the findings of a view, with the words of its address. */
export async function GET(request: Request): Promise<Response> {
  const { severity, ...sent } = Object.fromEntries(new URL(request.url).searchParams)
  const state = parseState(sent, FOUND_FACETS, ["name"])
  const scene = await requestScene(request)
  const outcome = await viewFindings(scene, {
    severity: SEVERITIES.includes(severity ?? "") ? severity : "blocking",
    filters: state.filters,
    excluded: state.excluded,
    asOf: parseAsOf(state.asOf),
    on: parseDay(state.on),
  })
  if (!outcome.ok) return problem(outcome)
  const { findings, cut } = outcome.value
  return new Response(await marked(scene, CSV_BEGINS + csvLine(COLUMNS) + linesOf(outcome.value, state.asOf).join("")), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="findings.csv"',
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
      "x-onward-rows": String(findings.length),
      "x-onward-cut": String(cut),
    },
  })
}

/** A line for each finding. A record of no company stands on the day of UTC, like the page. */
function linesOf({ findings, names, clauses, today }: FindingsView, asOf: string): string[] {
  return findings.map((finding) =>
    csvLine([
      ...[today, asOf, say(`severity.${finding.severity}`)],
      ...[finding.clause, clauses[finding.clause] ?? TITLES.get(finding.clause) ?? "", say(`findings.verdict.${finding.verdict}`)],
      ...[say(`kind.${finding.recordKind}`), finding.recordId, finding.title, finding.partyName ?? ""],
      ...[names[finding.entityId ?? ""] ?? "", say(standingOf(finding.standing, finding.underDemand))],
      ...[finding.from ?? "", finding.to ?? "", findingWords(finding)],
      ...[finding.path ? placeWords(finding.recordKind as RecordKind, finding.path) : "", finding.remedy],
      ...[names[finding.ownerId ?? ""] ?? finding.ownerId ?? "", finding.dueOn ?? ""],
    ]),
  )
}
