import { stretchOf } from "@/domain/core/dated"
import { day, type Day } from "@/domain/core/day"
import { ALWAYS, intersect, subtract, union, type Stretch } from "@/domain/core/stretch"
import type { Entity } from "@/domain/records/evidence"

/** The European Economic Area: the Union's states, and Iceland, Liechtenstein, Norway. */
const EEA: readonly string[] =
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK IS LI NO".split(" ")

/** Codes of their own that are part of a state's territory for the Union's law (domain handbook, 2, Traps). */
const EU_PARTS: readonly string[] = ["GF", "GP", "MQ", "RE", "YT", "MF", "AX"]

/** The United Kingdom was inside until 2020-12-31 and bridged to 2021-06-28 (adequacy list; handbook 7.4). */
const GB_LEFT = day("2021-06-28")

/** Regimes whose rules on transfers abroad are loaded. */
export const TRANSFER_REGIMES = ["EU", "UK", "CH", "CN"] as const
export type TransferRegime = (typeof TRANSFER_REGIMES)[number]

/** The first day of each regime whose rules coverage knows (domain handbook, 2). */
const RULES_BEGIN: Readonly<Record<TransferRegime | "CCPA", Day>> = {
  EU: day("2018-05-25"),
  UK: day("2021-01-01"),
  CH: day("2023-09-01"),
  CN: day("2021-11-01"),
  CCPA: day("2023-01-01"),
}
/** The Union's rules reached these states of the Area later (handbook 7.4). */
const LATER_IN: readonly string[] = ["NO", "IS", "LI"]
const LATER_FROM = day("2018-07-20")

/** Regimes that ask nothing of a paper, a ground or a country: they neither cover nor uncover. */
const SILENT: readonly string[] = ["DORA"]

type RegimeLine = Entity["regimes"][number]

/** Whether rules on transfers abroad are loaded for the regime. */
export function hasTransferRules(regime: string): regime is TransferRegime {
  return (TRANSFER_REGIMES as readonly string[]).includes(regime)
}

/** Whether coverage knows rules of the regime at all. */
export function hasRules(regime: string): regime is TransferRegime | "CCPA" {
  return Object.hasOwn(RULES_BEGIN, regime)
}

/** The days on which a regime bound the entity by rules that coverage knows; none before its rules began. */
export function bindsOn(entity: Entity, line: RegimeLine): Stretch[] {
  if (!hasRules(line.regime)) return []
  const begins = line.regime === "EU" && LATER_IN.includes(entity.country) ? LATER_FROM : RULES_BEGIN[line.regime]
  return intersect([stretchOf(line)], [{ from: begins, to: null }])
}

/**
 * For each regime of the entity the days on which it was named, but no rules that coverage knows bound the entity under
 * any regime: days before the packs begin, or of a regime without a pack. They are never covered (handbook 7.7).
 */
export function unruledDays(entity: Entity): { regime: string; days: Stretch[] }[] {
  const bound = union(...entity.regimes.map((line) => bindsOn(entity, line)))
  return entity.regimes
    .filter((line) => !SILENT.includes(line.regime))
    .map((line) => ({ regime: line.regime, days: subtract([stretchOf(line)], bound) }))
}

/** Regimes of the entity for which no rules are loaded. */
export function unloadedRegimes(entity: Entity): string[] {
  const named = entity.regimes.map((line) => line.regime as string)
  return [...new Set(named)].filter((regime) => !hasRules(regime) && !SILENT.includes(regime))
}

/**
 * The days on which a country lies outside the home area of a regime. None: never, or no rules on transfers are loaded
 * for the regime. Hong Kong, Macao and Taiwan lie outside the Chinese mainland.
 */
export function daysAbroad(regime: string, country: string): Stretch[] {
  if (!hasTransferRules(regime)) return []
  if (regime === "UK") return country === "GB" ? [] : ALWAYS
  if (regime === "CH") return country === "CH" ? [] : ALWAYS
  if (regime === "CN") return country === "CN" ? [] : ALWAYS
  if (isEea(country)) return []
  return country === "GB" ? [{ from: GB_LEFT, to: null }] : ALWAYS
}

/** Whether the country is a state of the European Economic Area, or a part of one with a code of its own. */
export function isEea(country: string): boolean {
  return EEA.includes(country) || EU_PARTS.includes(country)
}
