import { Readable, pipeline } from "node:stream"
import { CsvError, parse } from "csv-parse"
import type { Outcome } from "@/domain/core/outcome"
import { UnreadableError, unreadable, withHeader, type Source, type Table, type TableRow } from "./table"
import { openText } from "./text"

const DELIMITERS = [",", ";", "\t"] as const
type Delimiter = (typeof DELIMITERS)[number]

/** The longest row taken, in bytes. A quotation mark that nobody closed would else swallow the whole file. */
const LONGEST_ROW = 1024 * 1024
const HEAD = 64 * 1024

/**
 * Opens a CSV file: UTF-8, separated by comma, semicolon or tab (found out by itself, or named in a first line
 * `sep=;`). Quoted cells may hold line breaks; a row has the number that a spreadsheet would show beside it.
 */
export async function openCsv(source: Source, options: { limitBytes?: number } = {}): Promise<Outcome<Table>> {
  const text = await openText(source, options.limitBytes)
  if (!text.ok) return text
  const pieces = text.value[Symbol.asyncIterator]()
  let head = ""
  while (head.length < HEAD) {
    const next = await pieces.next()
    if (next.done) break
    head += next.value
  }
  const named = /^sep=([,;\t])\r?\n/i.exec(head)
  const body = named ? head.slice(named[0].length) : head
  const delimiter = (named?.[1] as Delimiter | undefined) ?? sniffDelimiter(body)
  return withHeader("csv", null, rowsOf(body, pieces, delimiter, named ? 1 : 0))
}

/** The separator of a table by its first lines: the one that stands most often, and equally often, outside quotes. */
export function sniffDelimiter(head: string): Delimiter {
  const lines = countsByLine(head)
  const [first = [0, 0, 0]] = lines
  const agreeing = DELIMITERS.map((_delimiter, at) => lines.filter((line) => line[at] === first[at]).length)
  const score = DELIMITERS.map((_delimiter, at) => ((first[at] ?? 0) > 0 ? (first[at] ?? 0) * (agreeing[at] ?? 0) : 0))
  const best = score.indexOf(Math.max(...score))
  return DELIMITERS[best] ?? ","
}

/** How often each separator stands outside quotes, for each of the first lines. */
function countsByLine(head: string): number[][] {
  const lines: number[][] = []
  let counts = DELIMITERS.map(() => 0)
  let quoted = false
  let filled = false
  for (const sign of head) {
    if (sign === '"') quoted = !quoted
    const at = quoted ? -1 : DELIMITERS.indexOf(sign as Delimiter)
    if (at >= 0) counts[at] = (counts[at] ?? 0) + 1
    if (sign === "\n" && !quoted) {
      if (filled) lines.push(counts)
      if (lines.length === 50) return lines
      counts = DELIMITERS.map(() => 0)
      filled = false
    } else if (sign.trim() !== "") filled = true
  }
  return lines.length === 0 ? [counts] : lines
}

async function* rowsOf(
  head: string,
  rest: AsyncIterator<string>,
  delimiter: Delimiter,
  before: number,
): AsyncIterable<TableRow> {
  const parser = parse({
    delimiter,
    // Blank lines count, as in a spreadsheet; a row too short or too long is that row's own problem, told later.
    skip_empty_lines: false,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LONGEST_ROW,
  })
  pipeline(Readable.from(joined(head, rest)), parser, () => undefined)
  let row = before
  try {
    for await (const cells of parser) {
      row += 1
      yield { sheet: null, row, cells: cells as string[] }
    }
  } catch (error) {
    // Rows still on their way are lost with the stream, so the parser's own count says how far it came.
    if (error instanceof CsvError)
      throw new UnreadableError(unreadable("import.csv-quote", { row: before + parser.info.records + 1 }))
    throw error
  } finally {
    parser.destroy()
    await rest.return?.()
  }
}

async function* joined(head: string, rest: AsyncIterator<string>): AsyncIterable<string> {
  if (head !== "") yield head
  for (let next = await rest.next(); !next.done; next = await rest.next()) if (next.value !== "") yield next.value
}
