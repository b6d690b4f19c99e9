import { csvLine } from "./cell"

/**
 * The table with one more column at its end that says in every line who took it: a line of its own would be no line of the table, and
 * a name of a file is soon another. Line ends within quotes are no ends of lines.
 */
export function markedCsv(csv: string, heading: string, words: string): string {
  const out: string[] = []
  let from = 0
  let quoted = false
  let first = true
  const end = (at: number): void => {
    out.push(csv.slice(from, at), ",", csvLine([first ? heading : words]).trimEnd())
    first = false
    from = at
  }
  for (let at = 0; at < csv.length; at += 1) {
    const sign = csv[at]
    if (sign === '"') quoted = !quoted
    if (quoted || sign !== "\n") continue
    end(csv[at - 1] === "\r" ? at - 1 : at)
    out.push(csv.slice(from, at + 1))
    from = at + 1
  }
  if (from < csv.length) end(csv.length)
  return out.join("") + csv.slice(from)
}
