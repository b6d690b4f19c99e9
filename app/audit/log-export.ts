import { Readable } from "node:stream"
import { problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { exportLog, type LogFormat } from "@/usecases/audit/export-log"
import { askedOf, filtersOf } from "./log-words"

const TYPES = { csv: "text/csv; charset=utf-8", jsonl: "application/jsonl; charset=utf-8" } as const

/** The selection of the log as a file, sent page by page while it is read. */
export async function exportOf(request: Request, format: LogFormat): Promise<Response> {
  const filters = filtersOf(Object.fromEntries(new URL(request.url).searchParams))
  const outcome = await exportLog(await requestScene(request), askedOf(filters), format)
  if (!outcome.ok) return problem(outcome)
  return new Response(Readable.toWeb(Readable.from(outcome.value)) as ReadableStream, {
    headers: {
      "content-type": TYPES[format],
      "content-disposition": `attachment; filename="log.${format}"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  })
}
