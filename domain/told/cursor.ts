import { parseDay } from "@/domain/core/day"
import { parseInstant } from "@/domain/core/instant"

const SHAPE = /^([\d:.TZ-]{10,40})~([\w:-]{1,200})$/

/**
 * Where a page goes on, as an address has it: the day or instant of its last line, and its key. Null for none, and for what
 * nobody was given: made up or cut in two it is answered by the first page.
 */
export function readCursor(text: string): { at: string; key: string } | null {
  const [, at, key] = SHAPE.exec(text) ?? []
  if (!at || !key) return null
  return parseDay(at) !== null || parseInstant(at) !== null ? { at, key } : null
}
