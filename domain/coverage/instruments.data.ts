import { day, type Day } from "@/domain/core/day"
import type { AgreementKind } from "@/domain/vocabulary/agreements"
import type { Mechanism } from "@/domain/vocabulary/mechanisms"
import type { TransferRegime } from "./areas"

/** A safeguard that a regime knows, and the days on which it could be relied on. */
export type InstrumentLine = {
  mechanism: Mechanism
  regime: TransferRegime
  /** Null: since the regime's rules began. */
  from: Day | null
  /** First day on which it could no longer be relied on; null: in force. */
  until: Day | null
  /** First day on which it could no longer be concluded, and from which the processing had to stay as it was. */
  newUntil: Day | null
  /** Day on which its end became known. */
  endKnownOn: Day | null
  act: string
}

const line = (
  mechanism: Mechanism,
  regime: TransferRegime,
  act: string,
  from: string | null = null,
  end: { until: string; newUntil: string; known: string } | null = null,
): InstrumentLine => ({
  mechanism,
  regime,
  from: from === null ? null : day(from),
  until: end ? day(end.until) : null,
  newUntil: end ? day(end.newUntil) : null,
  endKnownOn: end ? day(end.known) : null,
  act,
})

const anyOf = (regimes: readonly TransferRegime[], mechanism: Mechanism, act: string): InstrumentLine[] =>
  regimes.map((regime) => line(mechanism, regime, act))

/**
 * Safeguards by regime (facts of the domain handbook's list; certainty is said there). A mechanism without a line for
 * a regime is none of that regime: standard clauses of the Commission carry nothing out of the Chinese mainland.
 */
export const INSTRUMENTS: readonly InstrumentLine[] = [
  line("scc-2010", "EU", "2010/87/EU, 2004/915/EC, 2001/497/EC", "2001-06-15", {
    until: "2022-12-28",
    newUntil: "2021-09-27",
    known: "2021-06-07",
  }),
  line("scc-2010", "UK", "transitional provisions of 2022-02-02", "2021-01-01", {
    until: "2024-03-21",
    newUntil: "2022-09-22",
    known: "2022-02-02",
  }),
  line("scc-2021", "EU", "(EU) 2021/914", "2021-06-27"),
  line("scc-2021", "CH", "(EU) 2021/914, adapted"),
  line("uk-idta", "UK", "s. 119A DPA 2018", "2022-03-21"),
  line("uk-addendum", "UK", "s. 119A DPA 2018", "2022-03-21"),
  line("cn-assessment", "CN", "CAC measures 2022", "2022-09-01"),
  line("cn-contract", "CN", "CAC measures 2023", "2023-06-01"),
  line("cn-exempt", "CN", "CAC provisions 2024", "2024-03-22"),
  line("cn-certification", "CN", "CAC and SAMR order 20", "2026-01-01"),
  ...anyOf(["EU", "CH"], "scc-sa", "Art. 46(2)(d)"),
  ...anyOf(["EU", "UK", "CH"], "bcr", "Art. 46(2)(b), 47"),
  ...anyOf(["EU", "UK", "CH"], "code", "Art. 46(2)(e)"),
  ...anyOf(["EU", "UK", "CH"], "certification", "Art. 46(2)(f)"),
  ...anyOf(["EU", "UK", "CH"], "public-instrument", "Art. 46(2)(a)"),
  ...anyOf(["EU", "UK", "CH"], "adhoc", "Art. 46(3)(a)"),
]

/**
 * Mechanisms that are a paper of their own: the kinds of agreement that are that paper, and the checklist item by
 * which a paper of another kind shows that it holds it too. `kinds` null: a paper of any kind.
 */
export const OWN_PAPER: Readonly<Partial<Record<Mechanism, { kinds: readonly AgreementKind[] | null; item: string }>>> =
  {
    "scc-2021": { kinds: ["scc"], item: "MODULE" },
    "scc-2010": { kinds: ["scc"], item: "MODULE" },
    "scc-sa": { kinds: ["scc"], item: "MODULE" },
    adhoc: { kinds: null, item: "MODULE" },
    "uk-idta": { kinds: ["uk"], item: "TABLES" },
    "uk-addendum": { kinds: ["uk"], item: "TABLES" },
    "cn-contract": { kinds: ["cn-contract"], item: "TEXT" },
  }
