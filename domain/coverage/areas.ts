import { day } from "@/domain/core/day"
import { ALWAYS, type Stretch } from "@/domain/core/stretch"

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

/** Whether rules on transfers abroad are loaded for the regime. */
export function hasTransferRules(regime: string): regime is TransferRegime {
  return (TRANSFER_REGIMES as readonly string[]).includes(regime)
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
  if (EEA.includes(country) || EU_PARTS.includes(country)) return []
  return country === "GB" ? [{ from: GB_LEFT, to: null }] : ALWAYS
}

/** Whether the country is a state of the European Economic Area. */
export function isEea(country: string): boolean {
  return EEA.includes(country)
}
