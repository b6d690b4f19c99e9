import { coverSentence, groundsWords, label, mechanismWords, unsaid } from "@/components/answers/answer-words"
import { stratumWords } from "@/components/answers/stratum-words"
import { stretchWords } from "@/components/checks/coverage-words"
import { CATALOGUE, say } from "@/components/words/catalogue"
import { marked } from "@/app/watermark"
import type { SampleQuery } from "@/domain/answers/drawn"
import { countryName } from "@/domain/core/country-name"
import { CSV_BEGINS, csvLine } from "@/domain/exports/cell"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import { MODES, ROLES } from "@/domain/vocabulary/sharings"
import type { CompletenessPage } from "@/usecases/answers/check-completeness"
import type { SamplePage } from "@/usecases/answers/draw-sample"
import type { RecipientsFile } from "@/usecases/answers/recipients"
import type { ClosedPage } from "@/usecases/answers/requests-then"
import type { RefusalsPage } from "@/usecases/audit/list-refusals"
import type { RolesPage } from "@/usecases/answers/roles-on"
import { markedCsv } from "@/domain/exports/marked-csv"
import { logMark } from "@/usecases/log/mark"
import type { Scene } from "@/usecases/scene"

type Lines = readonly (readonly string[])[]
const text = (lines: Lines): string => CSV_BEGINS + lines.map(csvLine).join("")

/** Who receives data, a line a flow. */
export function recipientsCsv({ lines, day, said, entities }: RecipientsFile): string {
  return text([
    [
      ...[
        "saidAt",
        "day",
        "recipient",
        "recipientId",
        "recipientCountry",
        "mode",
        "role",
        "company",
        "sharing",
        "sharingId",
      ],
      ...["standing", "data", "people", "purposes", "countries", "mechanisms", "grounds", "papers", "state", "why"],
    ],
    ...lines.map((line) => [
      ...[said, day, line.partyName ?? say("recipients.nobody"), line.partyId ?? "", line.partyCountry ?? ""],
      ...[label(MODES, line.mode), line.role ? label(ROLES, line.role) : "", entities[line.entityId] ?? ""],
      ...[line.title, line.id, say(`standing.${line.standing}`)],
      line.flow.data.map((code) => label(DATA_KINDS, code)).join("; ") || unsaid(line.flow.states.data),
      line.flow.people.map((code) => say(`people.subject.${code}`)).join("; ") || unsaid(line.flow.states.people),
      line.flow.purposes.map((code) => label(PURPOSES, code)).join("; ") || unsaid(line.flow.states.purposes),
      line.flow.places.map((place) => countryName(place.country)).join("; ") || unsaid(line.flow.states.places),
      line.flow.places
        .flatMap((place) =>
          mechanismWords(place, line.names).map((by) =>
            say("flows.where-by", { country: countryName(place.country), by }),
          ),
        )
        .join("; "),
      groundsWords(line).join("; "),
      line.papers
        .map(({ title, days }) => say("recipients.paper-days", { title, days: stretchWords(days) }))
        .join("; "),
      line.state ?? "unchecked",
      coverSentence(line, day),
    ]),
  ])
}

/** A sample with all that draws it again: seed, method, sizes of the groups. */
export function sampleCsv(page: SamplePage, query: SampleQuery): string {
  const named = (name: string): string => stratumWords(query.by, name, page.entities)
  const shared = [
    page.said,
    page.day,
    query.seed,
    page.method,
    query.by,
    query.how,
    String(query.n),
    String(query.least),
  ]
  const sizes = new Map(page.strata.map((one) => [one.name, one]))
  return text([
    [
      ...[
        "saidAt",
        "day",
        "seed",
        "method",
        "groupedBy",
        "how",
        "n",
        "least",
        "group",
        "groupCode",
        "groupSize",
        "groupTaken",
      ],
      ...["population", "sharingId", "sharing", "standing", "company", "recipient", "rank"],
    ],
    ...page.lines.map((line) => [
      ...shared,
      ...[named(line.stratum), line.stratum, String(sizes.get(line.stratum)?.size ?? 0)],
      ...[String(sizes.get(line.stratum)?.taken ?? 0), String(page.population), line.id, line.title],
      ...[say(`standing.${line.standing}`), page.entities[line.entityId] ?? "", line.partyName ?? "", line.rank],
    ]),
  ])
}

/** Requests that came to nothing. */
export function closedCsv({ lines, said }: ClosedPage, state: string): string {
  return text([
    ["saidAt", "request", "title", "id", "state", "kind", "broughtBy", "begunAt", "closedAt", "refusedBy", "stage"],
    ...lines.map((line) => [
      ...[said, `R-${line.no}`, line.title, line.id, state, line.kind, line.byName, line.createdAt, line.closedAt],
      ...[line.refusedBy ?? "", line.stage ?? ""],
    ]),
  ])
}

/** Who held which role, and who stood in for whom. */
export function rolesCsv({ lines, lent, said, entities }: RolesPage): string {
  const placed = (id: string | null): string => (id === null ? say("answers.everywhere") : (entities[id] ?? id))
  return text([
    ["saidAt", "name", "role", "company", "state", "since", "by", "until", "onBehalfOf", "entry"],
    ...lines.map((line) => [
      ...[said, line.name, line.role, placed(line.entityId), line.state, line.since],
      ...[line.byName ?? say("held.operator"), line.untilAt ?? "", "", String(line.logIndex)],
    ]),
    ...lent.map((line) => [
      ...[
        said,
        line.toName,
        line.role,
        placed(line.entityId),
        "stands-in",
        line.fromAt,
        "",
        line.untilAt,
        line.forName,
      ],
      "",
    ]),
  ])
}

/** Who tried what and was told no. */
export function attemptsCsv({ lines, names }: RefusalsPage): string {
  return text([
    ["at", "who", "tried", "act", "whyNot", "code"],
    ...lines.map((line) => [
      ...[line.at, line.actorId ? (names[line.actorId] ?? line.actorId) : say("refusals.nobody")],
      ...[`act.${line.act}` in CATALOGUE ? say(`act.${line.act}`) : line.act, line.act, say(line.says), line.code],
    ]),
  ])
}

/** What the register says of each line that was pasted. */
export function completenessCsv({ lines, said }: CompletenessPage): string {
  return text([
    ["saidAt", "line", "pasted", "answer", "onRecordAs", "partyId", "how", "perhaps", "likeness"],
    ...lines.map((line) => {
      const sure = line.verdict !== "unknown"
      return [
        ...[said, String(line.line), line.name, say(`complete.${line.verdict}`), sure ? (line.partyName ?? "") : ""],
        ...[sure && line.opens ? (line.partyId ?? "") : "", sure && line.how ? say(`complete.how.${line.how}`) : ""],
        ...[sure ? "" : (line.partyName ?? ""), line.likeness === null ? "" : String(line.likeness)],
      ]
    }),
  ])
}

/** A file of an answer, kept by nobody on the way. Every line says of which log it is, and a supervisor's who took it: what stands at the foot of the page on paper. */
export async function csvFile(scene: Scene, name: string, csv: string, cut = false): Promise<Response> {
  return new Response(await marked(scene, await placedInLog(scene, csv)), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}.csv"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
      "x-onward-cut": String(cut),
    },
  })
}

/** The same table with the log as it was signed last in each line, so that a file is held against the log as a printed page is. */
async function placedInLog(scene: Scene, csv: string): Promise<string> {
  const mark = await logMark(scene.db)
  const words = mark ? say("answers.log-mark", { n: mark.size, root: mark.root, at: mark.at }) : ""
  return markedCsv(csv, say("answers.log-column"), words)
}
