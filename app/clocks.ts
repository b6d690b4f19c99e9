import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { parseDay, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { parseAsOf } from "@/usecases/register/as-of"

/** The two clocks of a page: what the register said then, and on which day the facts are asked for. */
export type Clocks = { asOf: Instant | null; on: Day | null; asOfText: string; onText: string }

/** Reads the two clocks from the words of an address; what is no day and no instant is left out. */
export function clocksOf(asOfText: string, onText: string): Clocks {
  const asOf = parseAsOf(asOfText)
  const on = parseDay(onText)
  return { asOf, on, asOfText: asOf ? asOfText : "", onText: on ? onText : "" }
}

/** An address with the clocks carried on. */
export function withClocks(path: string, { asOfText, onText }: Pick<Clocks, "asOfText" | "onText">): string {
  const words = new URLSearchParams([...(asOfText ? [["as-of", asOfText]] : []), ...(onText ? [["on", onText]] : [])])
  return words.size ? `${path}${path.includes("?") ? "&" : "?"}${words}` : path
}

export type Past = {
  words: string
  /** The same page today. */
  back: string
  /** The same day by the other clock. */
  other: { href: string; words: string } | null
  clocks: Clocks
}

/** The banner of a page that shows another day; null today. `path` is the page with its other words. */
export function pastOf(path: string, clocks: Clocks): Past | null {
  const { asOf, on, onText } = clocks
  if (!asOf && !on) return null
  const at = asOf ? `${dayWords(asOf.slice(0, 10))}, ${asOf.slice(11, 19)} UTC` : ""
  const day = on ? dayWords(on) : ""
  const other =
    asOf && on
      ? null
      : asOf
        ? {
            href: withClocks(path, { asOfText: "", onText: asOf.slice(0, 10) }),
            words: say("clock.to-on", { day: dayWords(asOf.slice(0, 10)) }),
          }
        : {
            href: withClocks(path, { asOfText: onText, onText: "" }),
            words: say("clock.to-as-of", { day }),
          }
  return {
    words: say(asOf && on ? "clock.both" : asOf ? "asof.banner" : "clock.on", { at, day }),
    back: path,
    other,
    clocks,
  }
}
