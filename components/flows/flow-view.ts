import type { Band, FlowState } from "@/domain/flows/layout"

/** A stroke as a page shows it: whence, where to, how many, how they stand, and where it leads. */
export type StrokeView = Band & { href: string; words: string; fromWords: string; toWords: string }

/** A place as a page shows it. */
export type PlaceView = { column: number; id: string; words: string; n: number }

export type FlowView = { strokes: StrokeView[]; places: PlaceView[]; past: boolean }

/** The key of the words for a state of the picture. */
export function stateKey(state: FlowState, past: boolean): string {
  return past ? "flow.state.past" : `flow.state.${state}`
}
