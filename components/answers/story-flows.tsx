import Link from "next/link"
import { causeWords, coverageWords, stretchWords } from "@/components/checks/coverage-words"
import { endKey } from "@/components/endings/ending-card"
import { inARow } from "@/components/records/sharing-sentence"
import { standingKey } from "@/components/records/record-path"
import { StatusTag } from "@/components/ui/status-tag"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { valueOf } from "@/domain/core/answer"
import { countryName } from "@/domain/core/country-name"
import { stretchOf } from "@/domain/core/dated"
import type { Day } from "@/domain/core/day"
import type { Coverage } from "@/domain/coverage/coverage"
import { dutyOf, endStateOn } from "@/domain/endings/duty"
import type { Sharing } from "@/domain/records/sharing"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { GROUNDS, LEGAL_BASES } from "@/domain/vocabulary/grounds"
import { MECHANISMS } from "@/domain/vocabulary/mechanisms"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import { MODES, ROLES } from "@/domain/vocabulary/sharings"
import { label, unsaid } from "./answer-words"

export type FlowView = {
  record: { id: string; standing: string; version: number; body: Sharing }
  coverage: Coverage | null
}
type Names = Readonly<Record<string, string>>
type Line = { firstOn: Day | null; lastOn: Day | null }

/** A line of a record with its own days, where it has any. */
const lineWords = (what: string, line: Line): string =>
  line.firstOn === null && line.lastOn === null
    ? what
    : say("story-of.line", { what, days: stretchWords(stretchOf(line)) })

/** One sharing of all its times: what, whose, where, on what ground, and on which days it was covered. */
export function FlowOfStory(props: {
  flow: FlowView
  entities: Names
  names: Names
  day: Day
  hrefOf: (path: string) => string
}) {
  const { flow, entities, names, day, hrefOf } = props
  const { record, coverage } = flow
  const { body } = record
  const data = (valueOf(body.dataLines) ?? []).map((line) => lineWords(label(DATA_KINDS, line.kind), line))
  const places = (valueOf(body.destinations) ?? []).map((place) => {
    const by = place.mechanisms.map((one) => lineWords(label(MECHANISMS, one.mechanism), one))
    const country = countryName(place.country)
    return lineWords(by.length ? say("flows.where-by", { country, by: by.join("; ") }) : country, place)
  })
  const grounds = [
    ...body.grounds.map((line) => {
      const by = names[line.consentId ?? ""] ?? names[line.demandId ?? ""]
      return lineWords(by ? `${label(GROUNDS, line.ground)} (${by})` : label(GROUNDS, line.ground), line)
    }),
    ...body.bases.map((line) => lineWords(`${label(LEGAL_BASES, line.basis)} (${line.regime})`, line)),
  ]
  const rows: [string, string][] = [
    ["flows.data", data.join("; ") || unsaid(body.dataLines.state)],
    [
      "recipients.people",
      inARow((valueOf(body.subjects) ?? []).map((code) => say(`people.subject.${code}`))) ||
        unsaid(body.subjects.state),
    ],
    [
      "column.purposes",
      (valueOf(body.purposes) ?? []).map((code) => label(PURPOSES, code)).join(", ") || unsaid(body.purposes.state),
    ],
    [
      "recipients.ground",
      grounds.join("; ") || (body.mode === "entrust" ? say("cover.entrusted") : say("recipients.no-ground")),
    ],
    ["recipients.where-by", places.join("; ") || unsaid(body.destinations.state)],
  ]
  return (
    <article className="stack story-item">
      <h3>
        <Link href={hrefOf(`/sharings/${record.id}`)} prefetch={false}>
          {body.title}
        </Link>{" "}
        {record.standing === "approved" ? null : (
          <StatusTag tone={record.standing === "discovered" ? "found" : "quiet"}>
            {say(standingKey({ kind: "sharing", ...record }))}
          </StatusTag>
        )}
      </h3>
      <p className="soft small">
        {[label(MODES, body.mode), body.role.state === "known" ? label(ROLES, body.role.value) : ""]
          .filter(Boolean)
          .join(", ")}
        , {say("recipients.from", { entity: entities[body.entityId] ?? "" })}. {daysWords(body)}.{" "}
        {say("story-of.version", { n: record.version })}.
      </p>
      <dl>
        {rows.map(([key, words]) => (
          <div key={key}>
            <dt>{say(key)}</dt>
            <dd>{words}</dd>
          </div>
        ))}
        <div>
          <dt>{say("coverage.title")}</dt>
          <dd>{coverage ? (coverageWords(coverage)[0] ?? "") : say("cover.unjudged")}</dd>
        </div>
        <Ending body={body} day={day} />
      </dl>
    </article>
  )
}

function daysWords(body: Sharing): string {
  const from = valueOf(body.startsOn)
  if (from === null) return say("story-of.runs-unknown")
  return say("story-of.runs", { days: stretchWords(stretchOf({ firstOn: from, lastOn: valueOf(body.endsOn) })) })
}

function Ending({ body, day }: { body: Sharing; day: Day }) {
  const state = endStateOn(body, day)
  if (state === "runs") return null
  return (
    <div>
      <dt>{say("story-of.part.endings")}</dt>
      <dd>{endingWords(body, day)}</dd>
    </div>
  )
}

/** How a flow ended and what its end owes, in words. */
export function endingWords(body: Sharing, day: Day): string {
  const ended = valueOf(body.endsOn)
  const due = dutyOf(body)
  return [
    ended ? say("story-of.ended", { day: dayWords(ended) }) : "",
    say(endKey(body.mode, endStateOn(body, day))),
    due ? say("ending.due-on", { day: dayWords(due.dueOn) }) : "",
  ]
    .filter(Boolean)
    .join("; ")
}

/** Every gap of these sharings with its causes, a line each. */
export function GapsOfStory({ flows }: { flows: readonly FlowView[] }) {
  const gaps = flows.flatMap(({ record, coverage }) =>
    (coverage?.gaps ?? []).map((gap) => ({
      key: `${record.id} ${gap.from}`,
      title: record.body.title,
      words: say("coverage.lacking", { days: stretchWords(gap), causes: gap.causes.map(causeWords).join("; ") }),
    })),
  )
  if (gaps.length === 0) return <p className="soft">{say("story-of.gap-none")}</p>
  return (
    <ul>
      {gaps.map((gap) => (
        <li key={gap.key}>
          {gap.title}: {gap.words}
        </li>
      ))}
    </ul>
  )
}
