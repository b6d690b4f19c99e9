import { z } from "zod"
import { endOfDay, parseDay } from "@/domain/core/day"
import { parseInstant, type Instant } from "@/domain/core/instant"

/** The instant that an `as-of` in an address means: an instant, or a bare day's end in UTC; null when it is neither. */
export function parseAsOf(text: string): Instant | null {
  if (text === "") return null
  const day = parseDay(text)
  return day ? endOfDay("UTC", day) : parseInstant(text)
}

/** The `as-of` of a look's input: an instant as text, or null for now. What is no instant asks for now as well. */
export const asOfInput = z
  .string()
  .transform((text) => parseInstant(text))
  .nullable()
  .default(null)
