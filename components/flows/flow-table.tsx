import Link from "next/link"
import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import { COLUMNS, type FlowState } from "@/domain/flows/layout"
import { stateKey, type FlowView, type StrokeView } from "./flow-view"

const TONE: Record<FlowState, Tone> = { covered: "good", gap: "bad", other: "quiet" }
const STEPS = [0, 1, 2] as const

/** What the flow picture shows, as tables: each line with its sharings, the widest first. */
export function FlowTables({ view }: { view: FlowView }) {
  return STEPS.map((step) => {
    const strokes = view.strokes
      .filter((stroke) => stroke.step === step)
      .sort((a, b) => b.weight - a.weight || b.n - a.n)
    if (strokes.length === 0) return null
    const caption = say(`flow.caption.${step}`)
    return (
      <div key={step} className="scroll" role="region" aria-label={caption} tabIndex={0}>
        <table className="list dense">
          <caption>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{say(`flow.column.${COLUMNS[step]}`)}</th>
              <th scope="col">{say(`flow.column.${COLUMNS[step + 1]}`)}</th>
              <th scope="col">{say("flow.state")}</th>
              <th scope="col">{say("flow.sharings")}</th>
            </tr>
          </thead>
          <tbody>
            {strokes.map((stroke) => (
              <Line key={`${stroke.from} ${stroke.to} ${stroke.state}`} stroke={stroke} past={view.past} />
            ))}
          </tbody>
        </table>
      </div>
    )
  })
}

function Line({ stroke, past }: { stroke: StrokeView; past: boolean }) {
  return (
    <tr>
      <th scope="row">{stroke.fromWords}</th>
      <td>{stroke.toWords}</td>
      <td>
        <StatusTag tone={TONE[stroke.state]}>{say(stateKey(stroke.state, past))}</StatusTag>
      </td>
      <td>
        <Link className="tall" href={stroke.href} prefetch={false} aria-label={stroke.words}>
          {stroke.n}
        </Link>
      </td>
    </tr>
  )
}
