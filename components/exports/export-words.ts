import type { Tone } from "@/components/ui/status-tag"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { ExportLine } from "@/domain/exports/line"

/** What a package is about, in a few words. */
export function scopeWords({
  scope,
  redactions,
  files,
  letter,
}: Pick<ExportLine, "scope" | "redactions" | "files" | "letter">): string {
  const counts = { ...scope, parties: scope.parties } as Record<string, unknown>
  const words = ["entities", "kinds", "parties", "modes", "countries"].flatMap((name) => {
    const value = counts[name]
    const n = Array.isArray(value) ? value.length : typeof value === "number" ? value : 0
    return n > 0 ? [say(`exports.scope.${name}`, { n })] : []
  })
  if (scope.from) words.push(say("exports.scope.from", { day: dayWords(scope.from) }))
  if (scope.until) words.push(say("exports.scope.until", { day: dayWords(scope.until) }))
  const more = [
    ...(letter ? [say("exports.scope.letter")] : []),
    ...(redactions > 0 ? [say("exports.scope.redactions", { n: redactions })] : []),
    ...(files === "none" || files === 0 ? [] : [say("exports.scope.files")]),
  ]
  return [words.length > 0 ? words.join(", ") : say("exports.whole"), ...more].join("; ")
}

/** How a state looks. */
export const STATE_TONES: Record<ExportLine["state"], Tone> = {
  ...{ waiting: "review", running: "review", done: "good", stopped: "quiet", failed: "bad", swept: "quiet" },
}

/** A size as people say it. */
export function bytesWords(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"]
  let [size, unit] = [bytes, 0]
  while (size >= 1000 && unit < units.length - 1) [size, unit] = [size / 1000, unit + 1]
  return `${size < 10 && unit > 0 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`
}

/** How much of it is made, in whole percent, below a hundred until it is. */
export function percentOf({ done, total }: Pick<ExportLine, "done" | "total">): number {
  return total === 0 ? 0 : Math.min(99, Math.floor((done / total) * 100))
}
