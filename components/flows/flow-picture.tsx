import { say } from "@/components/words/catalogue"
import { COLUMNS, layoutOf, STATES, type FlowNode, type Stroke } from "@/domain/flows/layout"
import type { FlowView, PlaceView, StrokeView } from "./flow-view"
import { stateKey } from "./flow-view"

/** Where each column begins, in parts of the width; its words stand after it, those of the last in room of their own. */
const AT = [0, 26, 54, 79] as const
const BAR = 1.2
const TOP = 30
const LONGEST = [24, 24, 20, 19] as const

/** Company to party to country to mechanism, drawn to scale; every line is a link to its sharings. */
export function FlowPicture({ view }: { view: FlowView }) {
  const layout = layoutOf(view.strokes)
  const places = new Map(view.places.map((place) => [`${place.column} ${place.id}`, place]))
  const height = Math.ceil(layout.height + TOP + 12)
  return (
    <>
      <ul className="legend small" aria-label={say("picture.legend")}>
        {STATES.filter((state) => view.strokes.some((stroke) => stroke.state === state)).map((state) => (
          <li key={state}>
            <svg width="28" height="12" aria-hidden="true" focusable="false">
              <StateFills id={`flow-key-${state}`} />
              <rect className={`flow-${state}`} width="28" height="12" fill={fillOf(`flow-key-${state}`, state)} />
            </svg>
            {say(stateKey(state, view.past))}
          </li>
        ))}
      </ul>
      <div className="scroll flow-scroll" role="region" aria-label={say("flow.scroll")} tabIndex={0}>
        <svg className="flow" width="100%" height={height} role="group" aria-label={say("flow.label")}>
          <StateFills id="flow" />
          {COLUMNS.map((name, i) => (
            <text key={name} className="mark-words mark-strong" x={`${AT[i]}%`} y="14">
              {say(`flow.column.${name}`)}
            </text>
          ))}
          <svg
            x="0"
            y={TOP}
            width="100%"
            height={height - TOP}
            viewBox={`0 0 1000 ${height - TOP}`}
            preserveAspectRatio="none"
          >
            {layout.strokes.map((stroke) => (
              <a
                key={`${stroke.step} ${stroke.from} ${stroke.to} ${stroke.state}`}
                href={stroke.href}
                aria-label={stroke.words}
              >
                <title>{stroke.words}</title>
                <path className={`flow-${stroke.state}`} d={ribbon(stroke)} fill={fillOf("flow", stroke.state)} />
              </a>
            ))}
          </svg>
          {layout.columns.flat().map((node) => (
            <Place key={`${node.column} ${node.id}`} node={node} place={places.get(`${node.column} ${node.id}`)} />
          ))}
        </svg>
      </div>
    </>
  )
}

/** Fills that are more than a colour, as in the pictures of days. */
function StateFills({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={`${id}-gap`} width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect className="mark-gap-ground" width="9" height="9" />
        <rect className="flow-gap-line" width="1.6" height="9" />
      </pattern>
      <pattern id={`${id}-other`} width="8" height="8" patternUnits="userSpaceOnUse">
        <rect className="flow-other-ground" width="8" height="8" />
        <circle className="flow-other-dot" cx="4" cy="4" r="1.3" />
      </pattern>
    </defs>
  )
}

const fillOf = (id: string, state: string): string | undefined =>
  state === "covered" ? undefined : `url(#${id}-${state})`

/** A band between two columns, as a path in a picture 1000 wide. */
function ribbon(stroke: Stroke<StrokeView>): string {
  const x0 = ((AT[stroke.step] ?? 0) + BAR) * 10
  const x1 = (AT[stroke.step + 1] ?? 0) * 10
  const middle = (x0 + x1) / 2
  const [a, b, high] = [stroke.y0, stroke.y1, stroke.height]
  const [under, below] = [round(a + high), round(b + high)]
  return `M${x0} ${a}C${middle} ${a} ${middle} ${b} ${x1} ${b}V${below}C${middle} ${below} ${middle} ${under} ${x0} ${under}Z`
}

function Place({ node, place }: { node: FlowNode; place: PlaceView | undefined }) {
  const longest = LONGEST[node.column] ?? 20
  const x = AT[node.column] ?? 0
  const words = place?.words ?? node.id
  return (
    <g className="flow-place">
      <title>{words}</title>
      <rect className="flow-bar" x={`${x}%`} y={TOP + node.y} width={`${BAR}%`} height={Math.max(node.height, 1)} />
      <text className="mark-words flow-words" x={`${x + BAR}%`} dx="5" y={round(TOP + node.y + node.height / 2 + 4)}>
        {place?.n ?? ""} {words.length > longest ? `${words.slice(0, longest - 1)}…` : words}
      </text>
    </g>
  )
}

const round = (place: number): number => Math.round(place * 100) / 100
