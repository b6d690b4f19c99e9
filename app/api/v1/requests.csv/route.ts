import { marked } from "@/app/watermark"
import { askedFor } from "@/app/requests/asked-for"
import { problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { parseState } from "@/components/table/url-state"
import { CSV_BEGINS, csvLine } from "@/domain/exports/cell"
import { REQUEST_SORTS, viewRequests, type RequestLine } from "@/usecases/requests/list-requests"

const OF: Record<string, (line: RequestLine) => string> = {
  no: (line) => `R-${line.no}`,
  state: (line) => line.state,
  waits: (line) => line.openStages.join("; "),
  due: (line) => line.dueOn ?? "",
  by: (line) => line.createdByName,
  moved: (line) => line.movedAt,
  kind: (line) => line.kind,
  proposals: (line) => String(line.proposalCount),
  begun: (line) => line.createdAt,
}

/** `GET /api/v1/requests.csv`: the requests of a view, with the words and the columns of its address. */
export async function GET(request: Request): Promise<Response> {
  const sent = Object.fromEntries(new URL(request.url).searchParams)
  const columns = Object.keys(OF)
  const state = parseState(sent, ["state", "kind", "mine"], REQUEST_SORTS, { columns, peeks: false })
  const scene = await requestScene(request)
  const outcome = await viewRequests(scene, askedFor(state))
  if (!outcome.ok) return problem(outcome)
  const shown = state.cols ?? columns
  const lines = outcome.value.rows.map((line) =>
    csvLine([line.id, line.title, ...shown.map((column) => OF[column]?.(line) ?? "")]),
  )
  return new Response(await marked(scene, CSV_BEGINS + csvLine(["id", "title", ...shown]) + lines.join("")), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="requests.csv"',
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
      "x-onward-rows": String(outcome.value.rows.length),
      "x-onward-cut": String(outcome.value.cut),
    },
  })
}
