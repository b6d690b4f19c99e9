import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import { stateOn, type CoverState, type Coverage } from "@/domain/coverage/coverage"
import type { Day } from "@/domain/core/day"
import { coverageWords } from "./coverage-words"

const TONE: Record<CoverState, Tone> = {
  covered: "good",
  gap: "bad",
  before: "quiet",
  after: "quiet",
  undated: "warn",
}

/** How a sharing stands today, and on which days it is covered and why not on the others. */
export function CoverageBand({ coverage, today }: { coverage: Coverage; today: Day }) {
  const state = stateOn(coverage, today)
  const [first, ...rest] = coverageWords(coverage)
  return (
    <section className="card stack" aria-label={say("coverage.title")}>
      <div className="row between">
        <h2>{say("coverage.title")}</h2>
        <StatusTag tone={TONE[state]}>{say(`coverage.state.${state}`)}</StatusTag>
      </div>
      <p>{first}</p>
      {rest.length ? (
        <ul>
          {rest.slice(0, 20).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}
