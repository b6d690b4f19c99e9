import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import { stateOn, type CoverState, type Coverage } from "@/domain/coverage/coverage"
import type { Day } from "@/domain/core/day"
import { CoverageBar } from "./coverage-bar"
import { coverageWords } from "./coverage-words"

const TONE: Record<CoverState, Tone> = {
  covered: "good",
  gap: "bad",
  before: "quiet",
  after: "quiet",
  undated: "warn",
}

/** How a sharing stands on a day, as a sign; `past` when the day is not today. */
export function CoverTag({ coverage, on, past }: { coverage: Coverage; on: Day; past: boolean }) {
  const state = stateOn(coverage, on)
  return <StatusTag tone={TONE[state]}>{say(`coverage.state${past ? "-on" : ""}.${state}`)}</StatusTag>
}

/** On which days a sharing is covered, and why not on the others: as a band, and in sentences that say the same. */
export function CoverageBand({ coverage, today, past }: { coverage: Coverage; today: Day; past: boolean }) {
  const [first, ...rest] = coverageWords(coverage)
  return (
    <section className="card stack" aria-label={say("coverage.title")}>
      <div className="row between">
        <h2>{say("coverage.title")}</h2>
        <CoverTag coverage={coverage} on={today} past={past} />
      </div>
      <CoverageBar coverage={coverage} today={today} />
      <div>
        <p>{first}</p>
        {rest.length ? (
          <ul>
            {rest.slice(0, 20).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        ) : null}
      </div>
    </section>
  )
}
