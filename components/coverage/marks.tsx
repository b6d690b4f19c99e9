import { monthWords } from "@/components/coverage/timeline-words"
import type { Piece } from "@/domain/coverage/timeline"
import type { Tick } from "@/domain/coverage/ticks"

/** A place of 1000 as the part of the picture's width, so that words keep their size on every screen. */
export const part = (place: number): string => `${Math.round(place * 10) / 100}%`

/** The fills that are more than a colour: hatched for a gap, dotted for what was found running. */
export function Fills({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={`${id}-gap`} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect className="mark-gap-ground" width="7" height="7" />
        <rect className="mark-gap-line" width="2.6" height="7" />
      </pattern>
      <pattern id={`${id}-found`} width="6" height="6" patternUnits="userSpaceOnUse">
        <rect className="mark-found-ground" width="6" height="6" />
        <circle className="mark-found-dot" cx="3" cy="3" r="1.6" />
      </pattern>
    </defs>
  )
}

/** Days as bars: whole where they are held, hatched where they lack, dotted where a sharing was found running. */
export function Bars(props: { id: string; pieces: readonly Piece[]; y: number; height: number; held: string }) {
  const { id, pieces, y, height, held } = props
  return pieces.map((piece) => {
    const end = piece.x + piece.width
    const middle = y + height / 2
    return (
      <g key={`${piece.kind}${piece.days.from}`}>
        <rect
          x={part(piece.x)}
          y={y}
          width={part(piece.width)}
          height={height}
          {...(piece.kind === "held"
            ? { className: held }
            : { className: `mark-${piece.kind}`, fill: `url(#${id}-${piece.kind})` })}
        />
        {piece.cutFrom ? <circle className="mark-cut" cx={part(Math.max(piece.x, 12))} cy={middle} r="2.5" /> : null}
        {piece.cutTo ? <circle className="mark-cut" cx={part(Math.min(end, 988))} cy={middle} r="2.5" /> : null}
      </g>
    )
  })
}

/** The lines of the axis through the picture, and their words below it. */
export function Axis({ ticks, top, bottom }: { ticks: readonly Tick[]; top: number; bottom: number }) {
  return ticks.map((tick) => (
    <g key={tick.on}>
      <line
        className={tick.year ? "mark-year" : "mark-month"}
        x1={part(tick.x)}
        x2={part(tick.x)}
        y1={top}
        y2={bottom + (tick.named ? 5 : 0)}
      />
      {tick.named ? (
        <text className="mark-words" x={part(tick.x)} dx="3" y={bottom + 16}>
          {monthWords(tick)}
        </text>
      ) : null}
    </g>
  ))
}

/** The day that is asked for, as a line with its words. */
export function TodayMark({ x, top, bottom, words }: { x: number; top: number; bottom: number; words?: string }) {
  const anchor = x > 700 ? "end" : x < 300 ? "start" : "middle"
  return (
    <g>
      <line className="mark-today" x1={part(x)} x2={part(x)} y1={top} y2={bottom} />
      {words ? (
        <text className="mark-words mark-strong" x={part(x)} y={top - 4} textAnchor={anchor}>
          {words}
        </text>
      ) : null}
    </g>
  )
}
