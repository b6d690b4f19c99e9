import { problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { parseState } from "@/components/table/url-state"
import { parseDay } from "@/domain/core/day"
import { refuse } from "@/domain/core/outcome"
import { listWords } from "@/usecases/register/list-records"
import { parseAsOf } from "@/usecases/register/as-of"
import { viewCsv } from "@/usecases/register/view-csv"

/** `GET /api/v1/register/<list>.csv`: the view of a table as a file, with the words of its address. */
export async function GET(request: Request, context: { params: Promise<{ list: string }> }): Promise<Response> {
  const [, list] = /^([a-z]+)\.csv$/.exec((await context.params).list) ?? []
  const known = listWords(list ?? "")
  if (!known) return problem(refuse("not-found", "not-found"))
  const sent = Object.fromEntries(new URL(request.url).searchParams)
  const state = parseState(sent, known.facets, known.sorts)
  const outcome = await viewCsv(await requestScene(request), {
    list: known.list,
    q: state.q,
    filters: state.filters,
    excluded: state.excluded,
    sort: state.sort,
    descending: state.descending,
    asOf: parseAsOf(state.asOf),
    on: parseDay(state.on),
  })
  if (!outcome.ok) return problem(outcome)
  return new Response(outcome.value.csv, {
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
