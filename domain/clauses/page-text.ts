/** One piece of text as a reader of PDF gives it, in reading order. */
export type TextPiece = { str: string; hasEOL: boolean }

/** Where each piece stands in the text of its page. */
export type Laid = { text: string; spans: { from: number; to: number }[] }

/**
 * The text of a page from its pieces: a line for each line. The server reads a file by it and the browser draws marks by it, so
 * that characters are counted alike in both.
 */
export function pageText(pieces: readonly TextPiece[]): Laid {
  let text = ""
  const spans = pieces.map(({ str, hasEOL }) => {
    const from = text.length
    text += str
    const to = text.length
    if (hasEOL) text += "\n"
    return { from, to }
  })
  return { text, spans }
}
