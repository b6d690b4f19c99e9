import { json, problem } from "@/app/outcome"
import { marked } from "@/app/watermark"
import { requestScene } from "@/app/scene"
import { mendWords, scenarioWords, whyWords } from "@/components/whatif/what-if-words"
import { CSV_BEGINS, csvLine } from "@/domain/exports/cell"
import { refuse, type Outcome } from "@/domain/core/outcome"
import type { Affected, Summary } from "@/domain/whatif/result"
import { typedScenario, type Scenario } from "@/domain/whatif/scenario"
import { readWhatIf } from "@/usecases/whatif/read-what-if"
import { readRun } from "@/usecases/whatif/runs"
import { AT_ONCE } from "@/usecases/whatif/work-out"
import { readScenario } from "@/usecases/whatif/saved"
import type { Scene } from "@/usecases/scene"

type Result = {
  scenario: Scenario
  subject: string
  names: Record<string, string>
  summary: Summary | null
  lines: Affected[]
}

/** A result whole, as JSON or CSV: `?format=csv` with the words of its address, `run=` or `saved=`. */
export async function GET(request: Request): Promise<Response> {
  const words = new URL(request.url).searchParams
  const scene = await requestScene(request)
  const outcome = await resultOf(scene, words)
  if (!outcome.ok) return problem(outcome)
  const { scenario, subject, names, summary, lines } = outcome.value
  if (!summary) return problem(refuse("conflict", "whatif.not-yet"))
  if (words.get("format") !== "csv")
    return json({ question: scenarioWords(scenario, subject), scenario, summary, companies: names, sharings: lines })
  const csv = CSV_BEGINS + [csvLine(HEAD), ...lines.map((line) => csvLine(cells(line, names)))].join("")
  return new Response(await marked(scene, csv), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="what-if.csv"',
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  })
}

async function resultOf(scene: Scene, words: URLSearchParams): Promise<Outcome<Result>> {
  const run = words.get("run")
  if (run) return readRun(scene, { runId: run, size: 100_000 })
  const saved = words.get("saved")
  const kept = saved ? await readScenario(scene, { id: saved }) : null
  if (kept && !kept.ok) return kept
  const scenario = kept
    ? kept.value.scenario
    : typedScenario(words.get("kind") ?? "", words.get("subject") ?? "", Object.fromEntries(words))
  return readWhatIf(scene, { scenario, size: AT_ONCE })
}

const HEAD = [
  ...["change", "sharing", "title", "company", "party", "from", "days", "people", "minors", "purposes", "data"],
  ...["why", "mend"],
]

function cells(line: Affected, names: Record<string, string>): string[] {
  return [
    ...[line.change, line.id, line.title, names[line.entityId] ?? "", line.partyName, line.from ?? ""],
    line.days.map((days) => `${days.from ?? ""}/${days.to ?? ""}`).join("; "),
    ...[line.people === null ? "" : String(line.people), line.minors ? "yes" : "no"],
    ...[line.purposes.join("; "), line.dataKinds.join("; ")],
    ...[whyWords(line).join("; "), mendWords(line).join("; ")],
  ]
}
