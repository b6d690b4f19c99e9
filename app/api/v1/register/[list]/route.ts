import { marked, takenBy } from "@/app/watermark"
import { json, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { parseState } from "@/components/table/url-state"
import { parseDay } from "@/domain/core/day"
import { refuse } from "@/domain/core/outcome"
import { listRecords, listWords } from "@/usecases/register/list-records"
import { takesOut } from "@/usecases/exports/mainland"
import { parseAsOf } from "@/usecases/register/as-of"
import { viewCsv } from "@/usecases/register/view-csv"

/** `GET /api/v1/register/<list>.csv` or `.json`: the view of a table, with the words of its address. */
export async function GET(request: Request, context: { params: Promise<{ list: string }> }): Promise<Response> {
  const [, list, form] = /^([a-z]+)\.(csv|json)$/.exec((await context.params).list) ?? []
  const known = listWords(list ?? "")
  if (!known) return problem(refuse("not-found", "not-found"))
  const sent = Object.fromEntries(new URL(request.url).searchParams)
  const state = parseState(sent, known.facets, known.sorts, { columns: [], peeks: false })
  const columns = (sent.cols ?? "").split(",").filter(Boolean)
  const asked = {
    list: known.list,
    q: state.q,
    filters: state.filters,
    excluded: state.excluded,
    sort: state.sort,
    descending: state.descending,
    asOf: parseAsOf(state.asOf),
    on: parseDay(state.on),
  }
  const scene = await requestScene(request)
  if (form === "json") {
    const stays = await takesOut(scene)
    if (stays) return problem(stays)
    const page = await listRecords(scene, { ...asked, size: state.size, after: state.after || null, count: false })
    const mark = await takenBy(scene)
    const { rows, next, alike } = page.ok ? page.value : { rows: [], next: null, alike: null }
    return page.ok ? json({ rows, next, alike, ...(mark ? { takenBy: mark } : {}) }) : problem(page)
  }
  const outcome = await viewCsv(scene, { ...asked, columns })
  if (!outcome.ok) return problem(outcome)
  return new Response(await marked(scene, outcome.value.csv), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${known.list}.csv"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
      "x-onward-rows": String(outcome.value.rows),
      "x-onward-cut": String(outcome.value.cut),
    },
  })
}
