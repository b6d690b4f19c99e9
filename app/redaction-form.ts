import { readPages, WITHHELD_FOR } from "@/domain/redactions/redaction"

type Sent = Record<string, unknown>
type Line = { page: number; reason: string; words: string }

const text = (value: unknown): string => (typeof value === "string" ? value.trim() : "")
/** A page number that no file has: it is refused beside the others, with its sentence. */
const NO_PAGE = 0

/**
 * The pages that a form withholds: each by its own reason, or several by one. A machine sends them as they are. What is typed
 * for a single page goes before what is typed for many.
 */
export function withheldOf(sent: Sent, form: boolean): unknown {
  if (!form) return sent.withheld
  const by = new Map<number, Line>()
  for (let n = 1; n <= RANGES; n += 1) {
    const [typed, reason] = [text(sent[`pages.${n}`]), text(sent[`for.${n}`])]
    if (typed === "") continue
    for (const page of readPages(typed) ?? [NO_PAGE]) by.set(page, { page, reason, words: text(sent[`forWords.${n}`]) })
  }
  for (const [key, value] of Object.entries(sent)) {
    const page = Number(/^reason\.(\d{1,4})$/.exec(key)?.[1] ?? "")
    const reason = text(value)
    if (page > 0 && (WITHHELD_FOR as readonly string[]).includes(reason))
      by.set(page, { page, reason, words: text(sent[`words.${page}`]) })
  }
  return [...by.values()].sort((a, b) => a.page - b.page)
}

/** How many lists of pages a form has. */
export const RANGES = 3
