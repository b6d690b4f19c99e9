import { marked } from "@/app/watermark"
import { CSV_BEGINS, csvLine } from "@/domain/exports/cell"
import { parseDay } from "@/domain/core/day"
import { say } from "@/components/words/catalogue"
import { problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { parseAsOf } from "@/usecases/register/as-of"
import { readBoard } from "@/usecases/promises/read-board"

/** `GET /api/v1/promises.csv`: the board as a file, with the words of its address. */
export async function GET(request: Request): Promise<Response> {
  const words = new URL(request.url).searchParams
  const scene = await requestScene(request)
  const outcome = await readBoard(scene, {
    entityId: words.get("company") || null,
    asOf: parseAsOf(words.get("as-of") ?? ""),
    on: parseDay(words.get("on") ?? ""),
    months: 0,
  })
  if (!outcome.ok) return problem(outcome)
  const { lines, today } = outcome.value
  const pack = words.get("pack")
  const text = [
    csvLine(["day", "pack", "version", "clause", "title", "severity", "state", "notEvidenced", "unknown", "evidenced", "since", "seenTo"]),
    ...lines
      .filter((line) => pack === null || line.pack === pack)
      .map((line) =>
        csvLine([
          today,
          line.pack,
          line.version,
          line.clause.id,
          line.clause.title,
          line.clause.severity,
          say(`promises.state.${line.state}`),
          String(line.counts.n),
          String(line.counts.u),
          String(line.counts.e),
          line.since ?? "",
          String(line.taken),
        ]),
      ),
  ]
  return new Response(await marked(scene, CSV_BEGINS + text.join("")), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="promises.csv"',
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  })
}
