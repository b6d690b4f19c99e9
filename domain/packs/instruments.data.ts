import type { InstrumentLine } from "@/domain/checks/law"
import { day } from "@/domain/core/day"
import type { Mechanism } from "@/domain/vocabulary/mechanisms"

const line = (
  mechanism: Mechanism,
  regime: string,
  act: string,
  from: string | null = null,
  more: { until?: string; newUntil?: string; known?: string; certainty?: string } = {},
): InstrumentLine => ({
  mechanism,
  regime,
  from: from === null ? null : day(from),
  until: more.until ? day(more.until) : null,
  newUntil: more.newUntil ? day(more.newUntil) : null,
  ...(more.known ? { endKnown: day(more.known) } : {}),
  act,
  certainty: more.certainty ?? "verified",
})

const byArticle = (regime: string): InstrumentLine[] => [
  line("bcr", regime, "Art. 46(2)(b), 47"),
  line("code", regime, "Art. 46(2)(e)"),
  line("certification", regime, "Art. 46(2)(f)"),
  line("public-instrument", regime, "Art. 46(2)(a)"),
  line("adhoc", regime, "Art. 46(3)(a)"),
]
const phasedOut = {
  until: "2022-12-28",
  newUntil: "2021-09-27",
  known: "2021-06-07",
  certainty: "end verified, first day from memory",
}

/**
 * Safeguards by regime. A mechanism without a line for a regime is none of that regime: standard clauses of the
 * Commission carry nothing out of the Chinese mainland. The three old sets (2001, 2004, 2010) share one code and one end.
 */
export const EU_INSTRUMENTS: readonly InstrumentLine[] = [
  line("scc-2010", "EU", "2001/497/EC, 2004/915/EC, 2010/87/EU", "2001-06-15", phasedOut),
  line("scc-sa", "EU", "Art. 46(2)(d)"),
  ...byArticle("EU"),
]
export const SCC_INSTRUMENTS: readonly InstrumentLine[] = [line("scc-2021", "EU", "(EU) 2021/914", "2021-06-27")]
export const UK_INSTRUMENTS: readonly InstrumentLine[] = [
  line("scc-2010", "UK", "transitional provisions of 2022-02-02", "2021-01-01", {
    until: "2024-03-21",
    newUntil: "2022-09-22",
    known: "2022-02-02",
    certainty: "end verified, its last day unclear; signing limit from memory",
  }),
  line("uk-idta", "UK", "s. 119A DPA 2018", "2022-03-21"),
  line("uk-addendum", "UK", "s. 119A DPA 2018", "2022-03-21"),
  ...byArticle("UK"),
]
export const CH_INSTRUMENTS: readonly InstrumentLine[] = [
  line("scc-2021", "CH", "(EU) 2021/914, adapted"),
  line("scc-sa", "CH", "Art. 16 DSG"),
  ...byArticle("CH"),
]
export const CN_INSTRUMENTS: readonly InstrumentLine[] = [
  line("cn-assessment", "CN", "CAC measures 2022", "2022-09-01", { certainty: "first day verified, term from memory" }),
  line("cn-contract", "CN", "CAC measures 2023", "2023-06-01", { certainty: "from memory" }),
  line("cn-exempt", "CN", "CAC provisions 2024", "2024-03-22"),
  line("cn-volume", "CN", "CAC provisions 2024", "2024-03-22"),
  line("cn-certification", "CN", "CAC and SAMR order 20", "2026-01-01"),
]
