import { causeWords } from "@/components/checks/coverage-words"
import { On } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { addDays } from "@/domain/core/day"
import type { Stretch } from "@/domain/core/stretch"
import type { Approval } from "@/domain/coverage/approval"
import type { Coverage, Gap } from "@/domain/coverage/coverage"
import { strandsOf, type Strand } from "@/domain/coverage/timeline"

/** What the picture of a sharing's days shows, as a table: each strand with its stretches, and why days are not covered. */
export function TimelineTable(props: { coverage: Coverage; approval: Approval; caption?: string }) {
  const { coverage, approval, caption = say("cover-table.caption") } = props
  return (
    <div className="scroll" role="region" aria-label={caption} tabIndex={0}>
      <table className="list dense days-table">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {["strand", "state", "from", "to", "why"].map((column) => (
              <th key={column} scope="col">
                {say(`cover-table.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {strandsOf(coverage, approval).flatMap((strand) =>
            linesOf(strand, coverage.gaps).map(({ kind, days, gap, n }) => (
              <tr key={`${strand.lane}${kind}${days.from}`}>
                <th scope="row">{say(strand.lane === "approved" ? "lane.approval" : `lane.${strand.lane}`)}</th>
                <td>{say(wordOf(strand.lane, kind))}</td>
                <td>{days.from === null ? say("cover-table.open") : <On day={days.from} />}</td>
                <td>{days.to === null ? say("cover-table.open") : <On day={addDays(days.to, -1)} />}</td>
                <td>{gap ? `${say("cover-table.gap", { n })}: ${gap.causes.map(causeWords).join("; ")}` : ""}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  )
}

type Line = { kind: string; days: Stretch; gap: Gap | null; n: number }

/** The stretches of a strand in the order of their days; the gaps of the whole are cut by their causes, and numbered. */
function linesOf(strand: Strand, gaps: readonly Gap[]): Line[] {
  const whole = strand.lane === "covered"
  const lines = strand.of.flatMap(({ kind, days }): Line[] =>
    whole && kind === "gap"
      ? gaps.map((gap, i) => ({ kind, days: gap, gap, n: i + 1 }))
      : days.map((one) => ({ kind, days: one, gap: null, n: 0 })),
  )
  return lines.sort((a, b) => ((a.days.from ?? "") < (b.days.from ?? "") ? -1 : 1))
}

function wordOf(lane: string, kind: string): string {
  if (kind === "found") return "piece.found"
  if (lane === "approved") return "piece.approved"
  if (lane === "covered") return kind === "gap" ? "piece.covered-gap" : "piece.covered"
  return `piece.${kind}`
}
