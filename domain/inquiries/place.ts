/** So many questions of a letter stand on a page: each may ask the register. */
export const QUESTIONS_SHOWN = 50

/** The words of the address of the page on which a question stands. */
export function fromOf(place: number): string {
  const from = Number.isSafeInteger(place) && place > 0 ? place - (place % QUESTIONS_SHOWN) : 0
  return from === 0 ? "" : `?from=${from}`
}
