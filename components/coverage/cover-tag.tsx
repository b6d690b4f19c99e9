import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import type { Day } from "@/domain/core/day"
import { stateOn, type CoverState, type Coverage } from "@/domain/coverage/coverage"

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
