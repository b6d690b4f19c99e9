import Link from "next/link"
import type { ReactNode } from "react"
import { stretchWords } from "@/components/checks/coverage-words"
import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import type { FlowOnDay } from "@/domain/answers/flow-on-day"
import { countryName } from "@/domain/core/country-name"
import type { Stretch } from "@/domain/core/stretch"
import type { Cause, CoverState } from "@/domain/coverage/coverage"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import { MODES, ROLES } from "@/domain/vocabulary/sharings"
import { coverSentence, groundsWords, label, mechanismWords, unsaid } from "./answer-words"

export type RecipientView = {
  id: string
  title: string
  standing: string
  mode: string
  role: string | null
  entityId: string
  partyId: string | null
  partyName: string | null
  partyCountry: string | null
  flow: FlowOnDay
  state: CoverState | null
  causes: readonly Cause[]
  papers: readonly { id: string; title: string; days: Stretch }[]
  names: Readonly<Record<string, string>>
}

const TONE: Record<CoverState, Tone> = { covered: "good", gap: "bad", before: "quiet", after: "quiet", undated: "warn" }
const COLUMNS = ["recipient", "what", "where-by", "ground", "paper", "covered"] as const

/** Who receives it: a line a flow, each with what it was on the day and why it was covered or not. */
export function RecipientsTable(props: {
  lines: readonly RecipientView[]
  entities: Readonly<Record<string, string>>
  day: string
  hrefOf: (path: string) => string
}) {
  const { lines, entities, day, hrefOf } = props
  return (
    <div className="scroll" role="region" aria-label={say("recipients.caption")} tabIndex={0}>
      <table className="list dense answer-wide">
        <caption>{say("recipients.caption")}</caption>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {say(`recipients.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <th scope="row">
                {line.partyId ? (
                  <Link href={hrefOf(`/parties/${line.partyId}`)} prefetch={false}>
                    {line.partyName}
                  </Link>
                ) : (
                  say("recipients.nobody")
                )}
                <div className="soft small">
                  {[line.partyCountry ? countryName(line.partyCountry) : "", label(MODES, line.mode)]
                    .concat(line.role ? label(ROLES, line.role) : "")
                    .filter(Boolean)
                    .join(", ")}
                </div>
                <div className="soft small">
                  <Link href={hrefOf(`/sharings/${line.id}`)} prefetch={false}>
                    {line.title}
                  </Link>
                  , {say("recipients.from", { entity: entities[line.entityId] ?? "" })}
                </div>
                <details className="answer-folded">
                  <summary className="more">{say("recipients.fold")}</summary>
                  <dl>
                    {[...details(line, hrefOf), ["covered", coverSentence(line, day)] as const].map(
                      ([column, shown]) => (
                        <div key={column}>
                          <dt>{say(`recipients.${column}`)}</dt>
                          <dd>{shown}</dd>
                        </div>
                      ),
                    )}
                  </dl>
                </details>
              </th>
              {details(line, hrefOf).map(([column, shown]) => (
                <td key={column} data-label={say(`recipients.${column}`)}>
                  {shown}
                </td>
              ))}
              <td>
                {line.standing === "discovered" ? (
                  <StatusTag tone="found">{say("standing.discovered")}</StatusTag>
                ) : null}{" "}
                {line.state ? (
                  <StatusTag tone={TONE[line.state]}>{say(`coverage.state-on.${line.state}`)}</StatusTag>
                ) : null}
                <div className="small answer-why">{coverSentence(line, day)}</div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What stands between who and whether: columns where there is room, and folded away where there is none. */
function details(line: RecipientView, hrefOf: (path: string) => string): [(typeof COLUMNS)[number], ReactNode][] {
  return [
    ["what", <What key="what" flow={line.flow} />],
    ["where-by", <Where key="where" line={line} />],
    ["ground", groundsWords(line).join("; ") || say("recipients.no-ground")],
    ["paper", <Papers key="paper" line={line} hrefOf={hrefOf} />],
  ]
}

function Papers({ line, hrefOf }: { line: RecipientView; hrefOf: (path: string) => string }) {
  if (line.papers.length === 0) return say("recipients.no-paper")
  return line.papers.map((paper) => (
    <div key={paper.id}>
      <Link href={hrefOf(`/agreements/${paper.id}`)} prefetch={false}>
        {paper.title}
      </Link>{" "}
      <span className="soft small">{stretchWords(paper.days)}</span>
    </div>
  ))
}

function What({ flow }: { flow: FlowOnDay }) {
  return (
    <>
      <div>{flow.data.map((code) => label(DATA_KINDS, code)).join(", ") || unsaid(flow.states.data)}</div>
      {flow.people.length ? (
        <div className="soft small">
          {say("recipients.of-people", { people: flow.people.map((code) => say(`people.subject.${code}`)).join(", ") })}
        </div>
      ) : null}
      {flow.purposes.length ? (
        <div className="soft small">
          {say("recipients.purpose", { purposes: flow.purposes.map((code) => label(PURPOSES, code)).join(", ") })}
        </div>
      ) : null}
    </>
  )
}

function Where({ line }: { line: RecipientView }) {
  if (line.flow.places.length === 0) return unsaid(line.flow.states.places)
  return line.flow.places.map((place, i) => (
    <div key={`${place.country}-${i}`}>
      {countryName(place.country)}
      {place.mechanisms.length ? (
        <span className="soft small"> {mechanismWords(place, line.names).join(", ")}</span>
      ) : null}
    </div>
  ))
}
