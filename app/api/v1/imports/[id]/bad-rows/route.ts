import { problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { say } from "@/components/words/catalogue"
import { badRowsCsv } from "@/usecases/imports/read-import"

/** The rows that cannot be taken, as CSV, with the reason beside each. */
export async function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await context.params
  const words = (one: { says: string; params?: Record<string, string | number> }): string => say(one.says, one.params)
  const outcome = await badRowsCsv(await requestScene(request), { importId: id, words })
  if (!outcome.ok) return problem(outcome)
  return new Response(outcome.value.csv, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="rows-to-mend.csv"',
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  })
}
