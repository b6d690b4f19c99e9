import type { Day } from "@/domain/core/day"
import { subtract, type Stretch } from "@/domain/core/stretch"
import type { Approval } from "./approval"
import type { Coverage, Gap } from "./coverage"
import { LEAST, round, scaleOf, WIDE, windowOf, type Scale, type Seen, type Window } from "./scale"
import { ticksOf, type Tick } from "./ticks"

/** What the days of a piece are: held by the strand, lacking, or on record as found running only. */
export type PieceKind = "held" | "gap" | "found"

/** Days as they lie in a picture. `cutFrom`, `cutTo`: they go on beyond its edge. */
export type Piece = { kind: PieceKind; days: Stretch; x: number; width: number; cutFrom: boolean; cutTo: boolean }

export const LANES = ["ground", "paper", "mechanism", "covered", "approved"] as const
export type LaneName = (typeof LANES)[number]
/** One strand of coverage, with its pieces in the order of their days. */
export type Lane = { lane: LaneName; pieces: Piece[] }

/** The numbers under which gaps are named below a picture; those that lie too near to each other share a sign. */
export type Sign = { x: number; first: number; last: number }

export type Timeline = { window: Window; today: number; ticks: Tick[]; lanes: Lane[]; gaps: Gap[]; signs: Sign[] }

const SIGNS_APART = 50

/**
 * One sharing's days as a picture: its strands, what they come to, and the band of approval; null while its first day is
 * not known. `beside`: the same sharing as it stands in another picture, so that a day lies at one place in both.
 */
export function timelineOf(
  coverage: Coverage,
  approval: Approval,
  today: Day,
  beside: { coverage: Coverage; approval: Approval } | null = null,
): Timeline | null {
  const { own } = coverage
  if (own.length === 0) return null
  const window = windowOf([...own, ...(beside?.coverage.own ?? [])], today)
  const lanes = strandsOf(coverage, approval)
  const others = beside ? strandsOf(beside.coverage, beside.approval) : []
  const gaps = [...coverage.gaps, ...(beside?.coverage.gaps ?? [])]
  const scale = scaleOf(window, today, [...[...lanes, ...others].flatMap(seenIn), ...gaps.map(asGap)])
  const numbered = coverage.gaps.flatMap((gap, i) =>
    piecesOf("gap", [gap], scale).map((piece) => ({ piece, n: i + 1 })),
  )
  return {
    window,
    today: scale.at(today),
    ticks: ticksOf(scale),
    lanes: lanes.map((lane) => drawn(lane, scale)),
    gaps: coverage.gaps,
    signs: signsOf(numbered),
  }
}

/** One row of a picture of several sharings: how it is covered, and how it is approved. */
export type Row = { covered: Piece[]; approved: Piece[] }
export type RowsOfDays = { window: Window; today: number; ticks: Tick[]; rows: Row[] }

/** Several sharings over the same days. Each row keeps its narrow gaps visible; today lies at one place for all. */
export function rowsOf(list: readonly { coverage: Coverage; approval: Approval }[], today: Day): RowsOfDays {
  const window = windowOf(
    list.flatMap((one) => one.coverage.own),
    today,
  )
  const plain = scaleOf(window, today, [])
  return {
    window,
    today: plain.at(today),
    ticks: ticksOf(plain),
    rows: list.map(({ coverage, approval }) => {
      const lanes = strandsOf(coverage, approval).slice(3)
      const scale = scaleOf(window, today, lanes.flatMap(seenIn))
      const [covered, approved] = lanes.map((lane) => drawn(lane, scale).pieces)
      return { covered: covered ?? [], approved: approved ?? [] }
    }),
  }
}

/** A strand's days by what they are, before they are drawn: what the table beside a picture says. */
export type Strand = { lane: LaneName; of: { kind: PieceKind; days: readonly Stretch[] }[] }

/** The strands of a sharing's coverage and the band of its approval, each with its days. */
export function strandsOf(coverage: Coverage, approval: Approval): Strand[] {
  const strand = (lane: "ground" | "paper" | "mechanism" | "covered"): Strand => ({
    lane,
    of: [
      { kind: "held", days: coverage[lane] },
      { kind: "gap", days: subtract(coverage.own, coverage[lane]) },
    ],
  })
  const second: Strand = {
    lane: "approved",
    of: [
      { kind: "held", days: approval.approved },
      { kind: "found", days: approval.found },
    ],
  }
  return [strand("ground"), strand("paper"), strand("mechanism"), strand("covered"), second]
}

const asGap = (days: Stretch): Seen => ({ days, least: LEAST.gap })
const seenIn = (strand: Strand): Seen[] =>
  strand.of.flatMap(({ kind, days }) =>
    days.map((one) => ({ days: one, least: kind === "gap" ? LEAST.gap : LEAST.held })),
  )

function drawn(strand: Strand, scale: Scale): Lane {
  const pieces = strand.of.flatMap(({ kind, days }) => piecesOf(kind, days, scale))
  return { lane: strand.lane, pieces: pieces.sort((a, b) => a.x - b.x) }
}

/** The stretches as they lie on the scale; those wholly outside its days are left out. */
export function piecesOf(kind: PieceKind, stretches: readonly Stretch[], scale: Scale): Piece[] {
  const { from, to } = scale.window
  return stretches
    .filter((days) => (days.from === null || days.from < to) && (days.to === null || days.to > from))
    .map((days) => {
      const x = days.from === null ? 0 : scale.at(days.from)
      const end = days.to === null ? WIDE : scale.at(days.to)
      const cutFrom = days.from === null || days.from < from
      return { kind, days, x, width: round(end - x), cutFrom, cutTo: days.to === null || days.to > to }
    })
}

/** Signs over the middles of numbered pieces; a sign that would lie on the one before it is joined to it. */
function signsOf(numbered: readonly { piece: Piece; n: number }[]): Sign[] {
  const signs: Sign[] = []
  for (const { piece, n } of numbered) {
    const x = round(piece.x + piece.width / 2)
    const before = signs[signs.length - 1]
    if (before && x - before.x < SIGNS_APART) before.last = n
    else signs.push({ x, first: n, last: n })
  }
  return signs
}
