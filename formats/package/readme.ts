import { RECORD_KINDS, type RecordKind } from "@/domain/records/kinds"
import type { Ordered } from "./input"
import { seatRules, type Named } from "./manifest"

const WHAT: Record<RecordKind, string> = {
  party: "who receives personal data",
  sharing: "each flow of personal data from a company to a recipient",
  agreement: "the papers between a company and a recipient",
  assessment: "due diligence and other assessments",
  consent: "consents, their wording and scope",
  notice: "notices to people",
  demand: "demands of authorities and courts",
  chain: "sub-processors, by whom each is engaged",
}

/** The README of a package, for somebody who has never seen the register. */
export function readmeOf(input: Ordered): string {
  const total = RECORD_KINDS.reduce((sum, kind) => sum + input.records[kind].length, 0)
  return `REGISTER OF RECIPIENTS OF PERSONAL DATA

What this is
  What the register held in force on ${input.asOf} (an instant in UTC), for
  ${scopeLine(input)}: ${counted(total, "record", "records")}. The log had ${counted(input.logSize, "entry", "entries")} at that instant.
${rootLines(input)}
What was left out
  Withheld as restricted to named persons or as legal advice: ${input.withheld}.
  Personal data erased from the register on request: ${counted(input.erasures, "erasure", "erasures")}. What was erased reads "[erased]".
  Comments and attached files are not part of a package.

Who decides
${seatLines(input)}
Rules that the register was held against
${input.packs.map(({ pack, version }) => `  ${pack}, version ${version}\n`).join("") || "  none\n"}
What each file holds
  manifest.json                    what this package is; SHA-256 and bytes of every other file
  README.txt                       this text
  json/entities.json               our own companies
  json/KIND.json                   the records of one kind, in order of id: the full content
  csv/entities.csv, csv/KIND.csv   the same as a table
  schema/entities.schema.json,
  schema/KIND.schema.json          JSON Schema of the JSON file of that name
  The kinds, with how many of each:
${RECORD_KINDS.map((kind) => `    ${kind.padEnd(12)}${String(input.records[kind].length).padStart(7)}  ${WHAT[kind]}\n`).join("")}
How to read it
  JSON is in canonical form (RFC 8785), UTF-8. A record has an id, a version that counts from 1, a standing, a body.
  Standing: "approved" was put in force by a request that people decided; "discovered" was found running and nobody
  approved it yet; "ended" runs no longer.
  Answers are known, blank, unknown (asked, not known yet) or not-applicable. The four are never mixed up.
  Days are calendar days, first and last day included. In a line with firstOn and lastOn, null (empty in the tables) is
  open: since the record began, or until further notice. A last day that "does not apply" is until further notice too.

How to read the tables
  CSV (RFC 4180), UTF-8 with byte order mark. A column is named by its place in the JSON.
  Answers: the value; "not known yet"; "does not apply"; an empty cell where nothing was answered. Whom was asked, and by
  when, stands in the JSON.
  Lists: items joined by "; " (within an item by " | "). For a list of lines one column says how many lines there are, and
  the columns of their members keep the lines in step. "(none)" is a list that was answered with nothing in it.
  Text in double quotes inside a cell was typed by people and would otherwise read as one of these words or signs.
  An apostrophe before a sign that could begin a formula was put there so that no spreadsheet program runs the text. The
  JSON has the text as it was typed: where the two differ, the JSON holds.

How to check the sums
  Unpack, and in the folder of this file run

    grep -o '"name":"[^"]*","sha256":"[0-9a-f]*"' manifest.json |
      sed 's/"name":"\\(.*\\)","sha256":"\\(.*\\)"/\\2  \\1/' | sha256sum -c

  Every line ends in "OK". For one file: sha256sum json/party.json, and compare with its entry in manifest.json.
  The sum of manifest.json is nowhere in here: ask for the sum of the whole package on another way than the package.
  Made again for the same companies, instant, log, erasures and format (version ${input.formatVersion}), it has the same bytes.

What it does not prove
  Sums that match show that the files are those that the manifest names. They do not show who made the package: whoever
  can change a file can change the manifest with it.
  The root stands for the log, the log is not in here: whether the records follow from it is not shown by this package.
  A log shows that nothing was altered since it was recorded. It does not show that what was recorded is true, that it is
  complete, or that a flow was lawful. A paper that is "stated" was told of, not seen.
`
}

function scopeLine({ scope }: Ordered): string {
  if (scope.entityIds === null) return "all our companies"
  return `${counted(scope.entityIds.length, "company", "companies")} of ours (named by id in manifest.json)`
}

function rootLines({ root }: Ordered): string {
  return root === null
    ? "  The root of that log is not given.\n"
    : `  The root of that log (RFC 6962, SHA-256) was\n  ${root}\n`
}

function seatLines(input: Ordered): string {
  const { mergedSeats, dpoDecides } = seatRules(input)
  const names = (list: readonly Named[]): string =>
    list.map(({ id, legalName }) => `    ${legalName.replace(/\s+/g, " ")} (${id})\n`).join("")
  const lines =
    (mergedSeats.length
      ? `  One person may hold all deciding seats of a request, never its author, at:\n${names(mergedSeats)}`
      : "") +
    (dpoDecides.length
      ? `  The data protection officer decides, where elsewhere the officer advises, at:\n${names(dpoDecides)}`
      : "")
  return lines || "  No seats are merged, and data protection officers advise.\n"
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
