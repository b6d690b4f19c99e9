import type { LawFacts } from "@/domain/checks/law"
import { canonical } from "@/domain/core/canonical"
import { day, type Day } from "@/domain/core/day"

type Line = { from: Day | null; until: Day | null; known?: Day }
type Lines = Readonly<Record<string, readonly Line[]>>

/** What of a pack tells which facts of law it brings, and from when. */
export type Factual = { pack?: string; facts?: Partial<LawFacts>; own?: string; effectiveFrom?: Day }

/**
 * The facts of law that a pack brings among its versions: a line ends where the first version without it begins, a new
 * one begins with its version, and one that stood before goes on and is told once. Versions without facts change none.
 */
export function factsInForce(pack: Factual, packs: readonly Factual[]): Partial<LawFacts> {
  if (!pack.facts) return {}
  const versions = packs.filter((one) => one.pack === pack.pack && one.facts).sort(byFirstDay)
  if (versions.length === 1) return pack.facts
  const place = versions.indexOf(pack)
  const before = versions[place - 1]
  const later = versions.slice(place + 1)
  return Object.fromEntries(
    Object.entries(pack.facts as Lines).map(([kind, lines]) => [
      kind,
      lines
        .filter((line) => !before || !holds(before, kind, line))
        .flatMap((line) => {
          const next = later.find((one) => !holds(one, kind, line))
          return (before ? since(line, pack.effectiveFrom) : [line]).flatMap((one) => until(one, next))
        }),
    ]),
  ) as Partial<LawFacts>
}

const firstDay = (one: Factual): string => (one.own ? (one.effectiveFrom ?? "") : "")

function byFirstDay(a: Factual, b: Factual): number {
  return firstDay(a) < firstDay(b) ? -1 : 1
}

function holds(pack: Factual, kind: string, line: Line): boolean {
  const text = canonical(line)
  return ((pack.facts as Lines)[kind] ?? []).some((one) => canonical(one) === text)
}

function since(line: Line, on: Day | undefined): Line[] {
  if (on === undefined || (line.from !== null && line.from >= on)) return [line]
  if (line.until !== null && line.until <= on) return []
  // A decision is news on its day, not on the day of our version.
  return [{ ...line, from: on, ...("to" in line ? { known: line.known ?? line.from ?? day("1900-01-01") } : {}) }]
}

function until(line: Line, next: Factual | undefined): Line[] {
  const on = next?.effectiveFrom
  if (on === undefined) return [line]
  if (line.from !== null && line.from >= on) return []
  return [{ ...line, until: line.until === null || on < line.until ? on : line.until }]
}
