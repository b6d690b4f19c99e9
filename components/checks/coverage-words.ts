import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { countryName } from "@/domain/core/country-name"
import { addDays } from "@/domain/core/day"
import type { Stretch } from "@/domain/core/stretch"
import type { Cause, Coverage } from "@/domain/coverage/coverage"

/** A stretch of days as people say it, with its last day included. */
export function stretchWords(days: Stretch): string {
  const from = days.from === null ? "" : dayWords(days.from)
  const to = days.to === null ? "" : dayWords(addDays(days.to, -1))
  if (from && from === to) return say("coverage.one", { from })
  if (from && to) return say("coverage.range", { from, to })
  if (from) return say("coverage.since", { from })
  return to ? say("coverage.until", { to }) : say("coverage.always")
}

/** Why a stretch is not covered, in words. */
export function causeWords(cause: Cause): string {
  if (cause.what === "ground") return say("coverage.cause.ground")
  if (cause.what === "basis") return say("coverage.cause.basis", { regime: cause.regime })
  if (cause.what === "paper") return say(`coverage.cause.paper.${cause.kind}`)
  if (cause.what === "rules") return say(`coverage.cause.rules.${cause.why}`, { regime: cause.regime })
  return say("coverage.cause.mechanism", { country: countryName(cause.country), regime: cause.regime })
}

/** In a sentence or a few: on which days the sharing is covered, and why not on the others. */
export function coverageWords(coverage: Coverage): string[] {
  const own = coverage.own.map(stretchWords).join(", ")
  const unloaded = coverage.unloaded.length ? [say("coverage.unloaded", { regimes: coverage.unloaded.join(", ") })] : []
  if (coverage.own.length === 0) return [say("coverage.undated"), ...unloaded]
  const covered = coverage.covered.map(stretchWords).join(", ")
  const first =
    coverage.gaps.length === 0
      ? say("coverage.whole", { days: own })
      : coverage.covered.length === 0
        ? say("coverage.none", { days: own })
        : say("coverage.some", { days: covered })
  return [
    first,
    ...coverage.gaps.map((gap) =>
      say("coverage.lacking", { days: stretchWords(gap), causes: gap.causes.map(causeWords).join("; ") }),
    ),
    ...unloaded,
  ]
}
