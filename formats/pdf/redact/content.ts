import { PdfError } from "@/formats/pdf/budget"
import { isSpace, Tokens, type Token } from "@/formats/pdf/tokens"

/** What a stream that draws uses: its resources by kind and name, and of each font the strings that are shown with it. */
export type Uses = { names: Set<string>; shown: Map<string, Set<string>> }

/** Which kind of resource an operator takes by name. A name of another kind that is written the same stays behind. */
const TAKES: Readonly<Record<string, string>> = {
  ...{ Do: "XObject", Tf: "Font", gs: "ExtGState", sh: "Shading", BDC: "Properties", DP: "Properties" },
  ...{ cs: "ColorSpace", CS: "ColorSpace", scn: "Pattern", SCN: "Pattern", sc: "Pattern", SC: "Pattern" },
}
const SHOWS = new Set(["Tj", "TJ", "'", '"'])

/** How a resource stands among those that are used. */
export const usedAs = (kind: string, key: string): string => `${kind} ${key}`

/** Reads what a stream that draws uses: every name that stands before an operator that takes one, rather one too many. */
export function usesOf(bytes: Uint8Array): Uses {
  const tokens = new Tokens(bytes, 0)
  const uses: Uses = { names: new Set(), shown: new Map() }
  const saved: (string | null)[] = []
  let font: string | null = null
  let name: string | null = null
  let strings: string[] = []
  let names: string[] = []
  for (;;) {
    const token: Token = tokens.next()
    if (token === null) return uses
    if (typeof token === "number" || token.t === "real") continue
    if (token.t === "name") {
      name = token.v
      names.push(token.v)
    } else if (token.t === "string") strings.push(token.v)
    else if (!["[", "]", "<<", ">>"].includes(token.v)) {
      if (token.v === "Tf") font = name
      else if (token.v === "q") saved.push(font)
      else if (token.v === "Q") font = saved.pop() ?? font
      else if (token.v === "BI") inlineImage(tokens, uses)
      else if (SHOWS.has(token.v) && font !== null) {
        const held = uses.shown.get(font) ?? new Set<string>()
        uses.shown.set(font, held)
        for (const each of strings) held.add(each)
      }
      if (saved.length > 10_000) throw new PdfError("too-deep")
      const kind = Object.hasOwn(TAKES, token.v) ? TAKES[token.v] : undefined
      if (kind) for (const each of names) uses.names.add(usedAs(kind, each))
      strings = []
      names = []
    }
  }
}

/** Goes over a picture that stands in the stream itself; its colours may be named. */
function inlineImage(tokens: Tokens, uses: Uses): void {
  for (;;) {
    const token = tokens.next()
    if (token === null) throw new PdfError("needs-repair", "a picture without end")
    if (typeof token === "object" && token.t === "name") uses.names.add(usedAs("ColorSpace", token.v))
    if (typeof token === "object" && token.t === "word" && token.v === "ID") break
  }
  const { bytes, end } = tokens
  for (let at = tokens.at + 1; at + 1 < end; at += 1) {
    if (bytes[at] !== 0x45 || bytes[at + 1] !== 0x49) continue
    const after = at + 2 >= end || isSpace(bytes[at + 2])
    if (!after || !isSpace(bytes[at - 1]) || !looksLikeText(bytes.subarray(at + 2, Math.min(end, at + 14)))) continue
    tokens.at = at + 2
    return
  }
  throw new PdfError("needs-repair", "a picture without end")
}

const looksLikeText = (bytes: Uint8Array): boolean => bytes.every((byte) => (byte >= 32 && byte < 127) || isSpace(byte))
