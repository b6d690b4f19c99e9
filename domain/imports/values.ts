import { parseDay, type Day } from "@/domain/core/day"
import { fold } from "@/domain/core/fold"

/** Whether a cell says in words that there is nothing: empty, a dash, *n/a*. */
export function saysNothing(text: string): boolean {
  return /^(|[-–—./?]+|n\/a|n\.a\.|none|null|keine?|k\.a\.|aucune?|entfällt)$/i.test(text.trim())
}

/** Whether a cell says in words that the answer is not known yet. */
export function saysUnknown(text: string): boolean {
  return /^(unknown|not known|tbd|tbc|to be (determined|confirmed)|unbekannt|offen|unklar|inconnue?|à définir)$/i.test(
    text.trim(),
  )
}

/** Whether a spreadsheet left an error in place of a value. */
export function isCellError(text: string): boolean {
  return /^#(N\/A|NV|REF!|BEZUG!|VALUE!|WERT!|NAME\?|DIV\/0!|NULL!|NUM!|ZAHL!|SPILL!|CALC!|GETTING_DATA)$/.test(
    text.trim(),
  )
}

/**
 * A day as people write it: 2026-03-31 (a time of day behind it is left off) or 31.3.2026. Null when there is no such
 * day. Days with slashes are read by nobody alike and are refused.
 */
export function readDay(text: string): Day | null {
  const plain = text.trim()
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/.exec(plain)?.[1]
  if (iso !== undefined) return parseDay(iso)
  const dotted = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})$/.exec(plain)
  if (!dotted) return null
  const [, day = "", month = "", year = ""] = dotted
  return parseDay(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`)
}

const UNITS: readonly [RegExp, (count: number) => number][] = [
  [/^(d|days?|tage?n?|jours?)$/, (count) => count],
  [/^(w|wks?|weeks?|wochen?|semaines?)$/, (count) => count * 7],
  [/^(m|mths?|months?|monate?n?|mois)$/, (count) => Math.ceil((count * 365) / 12)],
  [/^(y|yrs?|years?|jahre?n?|ans?|annees?)$/, (count) => count * 365],
]

/**
 * Days of a retention: `90`, `90 days`, `13 months`, `2 Jahre`. A month is a twelfth of a year of 365 days, rounded
 * up, so that the days are never fewer than the words say. Null where it is no length of time.
 */
export function readRetention(text: string): { days: number; inWords: boolean } | null {
  const plain = text.trim()
  const bare = /^\d{1,5}(?:\.0+)?$/.test(plain) ? Number(plain) : null
  const said = /^(\d{1,5}) ([a-z]+)$/.exec(fold(plain.replace(/(\d)(?=\p{L})/gu, "$1 ")))
  const unit = said ? UNITS.find(([word]) => word.test(said[2] ?? ""))?.[1] : undefined
  const days = bare ?? (said && unit ? unit(Number(said[1])) : null)
  return days === null || days > 36525 ? null : { days, inWords: bare === null }
}

/** Months of a term: `12`, `12 months`, `2 Jahre`. Days and weeks are none. Null where it is no number of months. */
export function readMonths(text: string): number | null {
  const plain = text.trim()
  if (/^\d{1,4}(?:\.0+)?$/.test(plain)) return Number(plain)
  const said = /^(\d{1,4}) ([a-z]+)$/.exec(fold(plain.replace(/(\d)(?=\p{L})/gu, "$1 ")))
  if (!said) return null
  const [, count = "", unit = ""] = said
  if (/^(m|mths?|months?|monate?n?|mois)$/.test(unit)) return Number(count)
  return /^(y|yrs?|years?|jahre?n?|ans?|annees?)$/.test(unit) ? Number(count) * 12 : null
}

/** Yes or no in three languages; null where it is neither. */
export function readYesNo(text: string): boolean | null {
  const plain = fold(text)
  if (/^(yes|y|ja|j|oui|o|true|wahr|vrai|1|x|signed|in place|unterschrieben|vorhanden|signe)$/.test(plain)) return true
  if (/^[✓✔☑]$/u.test(text.trim())) return true
  if (/^(no|n|nein|non|false|falsch|faux|0|missing|not signed|fehlt|nicht vorhanden)$/.test(plain)) return false
  return null
}

/** A risk in three steps, in three languages; null where it is none of them. */
export function readRisk(text: string): "low" | "medium" | "high" | null {
  const plain = fold(text)
  if (/^(low|niedrig|gering|faible|bas)$/.test(plain)) return "low"
  if (/^(medium|moderate|mittel|moyen|modere)$/.test(plain)) return "medium"
  return /^(high|hoch|eleve|haut|critical|kritisch|critique)$/.test(plain) ? "high" : null
}
