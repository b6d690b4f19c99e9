import type { AreaLine, BandLine, BasisLine, LawFacts, RegimeLine } from "@/domain/checks/law"
import { day } from "@/domain/core/day"
import { LEGAL_BASES } from "@/domain/vocabulary/grounds"
import { CH_ADEQUACY, EU_ADEQUACY, UK_ADEQUACY } from "./adequacy.data"
import { CH_INSTRUMENTS, CN_INSTRUMENTS, EU_INSTRUMENTS, SCC_INSTRUMENTS, UK_INSTRUMENTS } from "./instruments.data"

type Asks = Partial<Pick<RegimeLine, "processing" | "thirdPartyTerms" | "derogations" | "in" | "notIn">>

const binds = (regime: string, from: string, act: string, asks: Asks = {}): RegimeLine => ({
  regime,
  from: day(from),
  until: null,
  act,
  certainty: "verified",
  processing: true,
  thirdPartyTerms: false,
  derogations: false,
  ...asks,
})

const home = (
  regime: string,
  countries: string,
  act: string,
  more: { from?: string; until?: string; certainty?: string } = {},
): AreaLine => ({
  regime,
  countries: countries.split(" "),
  from: more.from ? day(more.from) : null,
  until: more.until ? day(more.until) : null,
  act,
  certainty: more.certainty ?? "verified",
})

/** The bases of a regime as the vocabulary lists them; second grounds for special categories are none of their own. */
const bases = (regime: string, act: string, since: Readonly<Record<string, string>> = {}): BasisLine[] =>
  LEGAL_BASES.filter((one) => (one.flags as readonly string[]).includes(regime) && !/\.9\.2\./.test(one.code)).map(
    ({ code }) => ({
      regime,
      basis: code,
      consent: ["eu.6.1.a", "uk.6.1.a", "cn.13.1"].includes(code),
      from: since[code] ? day(since[code]) : null,
      until: null,
      act,
      certainty: "verified",
    }),
  )

const LATER = ["NO", "IS", "LI"]

/** The Union's law: the Area's states, later in three of them; parts of states with codes of their own. */
export const EU_FACTS: Partial<LawFacts> = {
  regimes: [
    binds("EU", "2018-05-25", "(EU) 2016/679", { derogations: true, notIn: LATER }),
    binds("EU", "2018-07-20", "EEA Joint Committee 154/2018", { derogations: true, in: LATER }),
  ],
  areas: [
    home("EU", "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK", "Treaties"),
    home("EU", "IS LI NO", "EEA Agreement"),
    home("EU", "GF GP MQ RE YT MF AX", "Art. 355 TFEU"),
    home("EU", "IO:EU", "(EU) 2018/1725"),
    home("EU", "GB", "member state, then transition", { until: "2021-01-01" }),
    home("EU", "GB", "bridge of the Trade and Cooperation Agreement", { from: "2021-01-01", until: "2021-06-28" }),
  ],
  bases: bases("EU", "Art. 6(1)"),
  adequacy: EU_ADEQUACY,
  instruments: EU_INSTRUMENTS,
}
export const SCC_FACTS: Partial<LawFacts> = { instruments: SCC_INSTRUMENTS }
export const UK_FACTS: Partial<LawFacts> = {
  regimes: [binds("UK", "2021-01-01", "UK GDPR", { derogations: true })],
  areas: [home("UK", "GB", "UK GDPR")],
  bases: bases("UK", "Art. 6(1)", { "uk.6.1.ea": "2026-02-05" }),
  adequacy: UK_ADEQUACY,
  instruments: UK_INSTRUMENTS,
}
export const CH_FACTS: Partial<LawFacts> = {
  regimes: [binds("CH", "2023-09-01", "DSG", { derogations: true })],
  areas: [home("CH", "CH", "DSG")],
  adequacy: CH_ADEQUACY,
  instruments: CH_INSTRUMENTS,
}
/** Hong Kong, Macao and Taiwan lie outside the mainland, which knows no decisions of adequacy. */
export const CN_FACTS: Partial<LawFacts> = {
  regimes: [binds("CN", "2021-11-01", "PIPL")],
  areas: [home("CN", "CN", "PIPL Art. 38", { certainty: "from memory" })],
  bases: bases("CN", "Art. 13"),
}
export const CCPA_FACTS: Partial<LawFacts> = {
  regimes: [binds("CCPA", "2023-01-01", "Civ. Code 1798.100", { thirdPartyTerms: true })],
}

const FREE = ["cn-volume", "cn-exempt", "cn-contract", "cn-certification", "cn-assessment"] as const
const MIDDLE = ["cn-contract", "cn-certification", "cn-assessment"] as const

/** Routes out of the mainland by how many people they concern: first thresholds over two years, then yearly bands. */
const BANDS: readonly BandLine[] = [
  {
    regime: "CN",
    yearsBefore: 1,
    bands: [
      { name: "middle", ordinary: 100_000, sensitive: 10_000, routes: MIDDLE },
      { name: "high", ordinary: null, sensitive: null, routes: ["cn-assessment"] },
    ],
    exempt: [],
    from: day("2022-09-01"),
    until: day("2024-03-22"),
    endKnown: day("2024-03-22"),
    act: "CAC measures 2022",
    certainty: "days verified, numbers from memory",
  },
  {
    regime: "CN",
    yearsBefore: 0,
    bands: [
      { name: "free", ordinary: 100_000, sensitive: 1, routes: FREE },
      { name: "middle", ordinary: 1_000_000, sensitive: 10_000, routes: MIDDLE },
      { name: "high", ordinary: null, sensitive: null, routes: ["cn-assessment"] },
    ],
    exempt: ["cn-exempt"],
    from: day("2024-03-22"),
    until: null,
    act: "CAC provisions 2024",
    certainty: "verified",
  },
]
export const CAC_FACTS: Partial<LawFacts> = { instruments: CN_INSTRUMENTS, bands: BANDS }
