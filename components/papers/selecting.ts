/** An element of the text layer and the characters of the page that it holds. */
export type Spot = { div: HTMLElement; from: number; to: number }

const LETTER = /[\p{L}\p{M}\p{N}]/u

/** The selected words of a page, grown to whole words; null when nothing of it is selected. At most 2,000 characters. */
export function wordsAround(selection: Selection | null, text: string, spots: readonly Spot[]): string | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  const begin = placeIn(spots, range.startContainer, range.startOffset, "first")
  const end = placeIn(spots, range.endContainer, range.endOffset, "last")
  if (begin === null || end === null || end <= begin) return null
  return grown(text, begin, end)
}

/** A stretch of text grown to whole words, without space around it. */
export function grown(text: string, begin: number, end: number): string | null {
  let [from, to] = [begin, end]
  const letter = (at: number): boolean => LETTER.test(text.charAt(at))
  while (from < to && !letter(from)) from += 1
  while (to > from && !letter(to - 1)) to -= 1
  if (from === to) return null
  while (from > 0 && letter(from - 1)) from -= 1
  while (to < text.length && letter(to)) to += 1
  return text.slice(from, to).slice(0, 2000)
}

function placeIn(spots: readonly Spot[], node: Node, offset: number, side: "first" | "last"): number | null {
  const spot = spots.find(({ div }) => div === node || div.contains(node))
  if (spot) return Math.min(spot.to, spot.from + (node.nodeType === Node.TEXT_NODE ? offset : 0))
  // Between two pieces: the nearest piece that begins after it, or ends before it.
  const after = spots.filter(({ div }) => node.compareDocumentPosition(div) & Node.DOCUMENT_POSITION_FOLLOWING)
  if (side === "first") return after[0]?.from ?? null
  const before = spots.filter(({ div }) => node.compareDocumentPosition(div) & Node.DOCUMENT_POSITION_PRECEDING)
  return before[before.length - 1]?.to ?? null
}

export type Area = { left: number; top: number; width: number; height: number }

/** A part of a page in ten-thousandths, from two corners in shares of it; null where it is too small to be meant. */
export function areaBetween(a: { x: number; y: number }, b: { x: number; y: number }): Area | null {
  const share = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 10_000)
  const [left, right] = [share(Math.min(a.x, b.x)), share(Math.max(a.x, b.x))]
  const [top, bottom] = [share(Math.min(a.y, b.y)), share(Math.max(a.y, b.y))]
  return right - left < 100 || bottom - top < 50 ? null : { left, top, width: right - left, height: bottom - top }
}

/** Lets a part of the page be drawn with the pointer. Gives the way to stop. */
export function areaOf(on: HTMLElement, done: (area: Area) => void): () => void {
  let begin: { x: number; y: number } | null = null
  const drawn = document.createElement("div")
  drawn.className = "sheet-mark here"
  const at = (event: PointerEvent): { x: number; y: number } => {
    const base = on.getBoundingClientRect()
    return { x: (event.clientX - base.left) / base.width, y: (event.clientY - base.top) / base.height }
  }
  const show = (area: Area): void => {
    for (const [name, value] of Object.entries(area)) drawn.style.setProperty(name, `${value / 100}%`)
    on.append(drawn)
  }
  const down = (event: PointerEvent): void => {
    begin = at(event)
    on.setPointerCapture(event.pointerId)
  }
  const move = (event: PointerEvent): void => {
    const area = begin && areaBetween(begin, at(event))
    if (area) show(area)
  }
  const up = (event: PointerEvent): void => {
    const area = begin && areaBetween(begin, at(event))
    begin = null
    if (area) done(area)
  }
  on.addEventListener("pointerdown", down)
  on.addEventListener("pointermove", move)
  on.addEventListener("pointerup", up)
  return () => {
    on.removeEventListener("pointerdown", down)
    on.removeEventListener("pointermove", move)
    on.removeEventListener("pointerup", up)
  }
}
