import { Readable } from "node:stream"
import { problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { takenBy } from "@/app/watermark"
import { say } from "@/components/words/catalogue"
import { markedCsv } from "@/domain/exports/marked-csv"
import { exportLog, type LogFormat } from "@/usecases/audit/export-log"
import { askedOf, filtersOf } from "./log-words"

const TYPES = { csv: "text/csv; charset=utf-8", jsonl: "application/jsonl; charset=utf-8" } as const

/** The selection of the log as a file, sent page by page while it is read. */
export async function exportOf(request: Request, format: LogFormat): Promise<Response> {
  const filters = filtersOf(Object.fromEntries(new URL(request.url).searchParams))
  const scene = await requestScene(request)
  const outcome = await exportLog(scene, askedOf(filters), format)
  if (!outcome.ok) return problem(outcome)
  const words = format === "csv" ? await takenBy(scene) : null
  const sent = bytesOf(words === null ? outcome.value : eachMarked(outcome.value, words))
  return new Response(Readable.toWeb(Readable.from(sent, { objectMode: false })) as ReadableStream, {
    headers: {
      "content-type": TYPES[format],
      "content-disposition": `attachment; filename="log.${format}"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  })
}

/** The table piece by piece with who took it at the end of each line; a piece holds whole lines, and the first one the headings. */
async function* eachMarked(pieces: AsyncIterable<string>, words: string): AsyncGenerator<string> {
  let heading = say("bound.column")
  for await (const piece of pieces) {
    yield markedCsv(piece, heading, words)
    heading = words
  }
}

/** A body is bytes: whoever reads it as the standard says takes nothing else. */
async function* bytesOf(pieces: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield Buffer.from(piece, "utf8")
}
