/** The columns of the flow picture, from left to right. */
export const COLUMNS = ["entity", "party", "country", "mechanism"] as const

/** How the sharings of a stroke stand: covered, with a gap, or neither (ended, not begun, not judged). */
export type FlowState = "covered" | "gap" | "other"
export const STATES: readonly FlowState[] = ["gap", "covered", "other"]

/** What stands for all beyond the widest. */
export const OTHERS = "*"

/** What flows from a place of column `step` to one of the next. `n`: sharings; `weight`: what its width stands for. */
export type Band = { step: 0 | 1 | 2; from: string; to: string; state: FlowState; n: number; weight: number }

export type FlowNode = { column: number; id: string; y: number; height: number; weight: number }
export type Stroke<B extends Band> = B & { y0: number; y1: number; height: number }
export type FlowLayout<B extends Band> = { height: number; columns: FlowNode[][]; strokes: Stroke<B>[]; total: number }

/** Room that all strokes of a column share: by how many places the fullest has, so that one flow fills no page. */
const ROOM = { least: 80, each: 44, most: 340 } as const
/** The space between two places, in which a line of words fits. */
const SPACE = 18

/**
 * Where places and strokes of the picture lie: in each column the widest first and the others last, strokes at a place
 * in the order of where they come from or go to. Every column has room for the same total; equal bands, equal picture.
 */
export function layoutOf<B extends Band>(bands: readonly B[]): FlowLayout<B> {
  const drawn = bands.filter((band) => band.weight > 0).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  const total = sum(drawn.filter((band) => band.step === 0))
  if (total === 0) return { height: 0, columns: [], strokes: [], total: 0 }
  const unit = roomOf(drawn) / total
  const columns = COLUMNS.map((_name, column) => placed(drawn, column, unit))
  const rank = columns.map((nodes) => new Map(nodes.map((node, i) => [node.id, i])))
  const byPlaces = (a: B, b: B): number =>
    order(rank[a.step], a.from, b.from) ||
    order(rank[a.step + 1], a.to, b.to) ||
    STATES.indexOf(a.state) - STATES.indexOf(b.state)
  const sorted = [...drawn].sort((a, b) => a.step - b.step || byPlaces(a, b))
  const leaves = columns.map((nodes) => new Map(nodes.map((node) => [node.id, node.y])))
  const arrives = columns.map((nodes) => new Map(nodes.map((node) => [node.id, node.y])))
  return {
    height: Math.max(...columns.flat().map((node) => node.y + node.height)),
    columns,
    total,
    strokes: sorted.map((band) => {
      const height = band.weight * unit
      return {
        ...band,
        height: round(height),
        y0: take(leaves[band.step], band.from, height),
        y1: take(arrives[band.step + 1], band.to, height),
      }
    }),
  }
}

function roomOf(bands: readonly Band[]): number {
  const most = Math.max(
    new Set(bands.flatMap((band) => (band.step === 0 ? [band.from] : []))).size,
    ...[0, 1, 2].map((step) => new Set(bands.flatMap((band) => (band.step === step ? [band.to] : []))).size),
  )
  return Math.min(Math.max(most * ROOM.each, ROOM.least), ROOM.most)
}

function placed(bands: readonly Band[], column: number, unit: number): FlowNode[] {
  const weights = new Map<string, number>()
  for (const band of bands) {
    const id = column === 0 && band.step === 0 ? band.from : band.step === column - 1 ? band.to : null
    if (id !== null) weights.set(id, (weights.get(id) ?? 0) + band.weight)
  }
  const sorted = [...weights].sort(
    ([a, wide], [b, other]) => Number(a === OTHERS) - Number(b === OTHERS) || other - wide || (a < b ? -1 : 1),
  )
  let y = 0
  return sorted.map(([id, weight]) => {
    const node = { column, id, y: round(y), height: round(weight * unit), weight }
    y += weight * unit + SPACE
    return node
  })
}

function order(rank: ReadonlyMap<string, number> | undefined, a: string, b: string): number {
  return (rank?.get(a) ?? 0) - (rank?.get(b) ?? 0)
}

function take(places: Map<string, number> | undefined, id: string, height: number): number {
  const y = places?.get(id) ?? 0
  places?.set(id, y + height)
  return round(y)
}

const nameOf = (band: Band): string => [band.step, band.from, band.to, band.state].join(" ")
const sum = (bands: readonly Band[]): number => bands.reduce((all, band) => all + band.weight, 0)
const round = (place: number): number => Math.round(place * 100) / 100
