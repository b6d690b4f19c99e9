import { stretchWords } from "@/components/checks/coverage-words"
import { counted } from "@/components/whatif/what-if-words"
import { say } from "@/components/words/catalogue"
import type { AdequacyLine, BandLine, LawFacts, RegimeLine } from "@/domain/checks/law"
import { countryName } from "@/domain/core/country-name"
import type { FactKind, FactLine } from "@/domain/packs/fact-changes"
import { LEGAL_BASES } from "@/domain/vocabulary/grounds"
import { MECHANISMS } from "@/domain/vocabulary/mechanisms"
import { PARTY_KINDS } from "@/domain/vocabulary/parties"
import { CHANNELS } from "@/domain/vocabulary/sharings"
import { termOf, type Term } from "@/domain/vocabulary/term"

const LIST = new Intl.ListFormat("en-GB", { type: "conjunction" })
const listed = (codes: readonly string[], wordsOf: (code: string) => string): string =>
  LIST.format([...codes].map(wordsOf))
const countries = (codes: readonly string[]): string => listed(codes, placeName)
const termed = (terms: readonly Term[], codes: readonly string[]): string =>
  listed(codes, (code) => termOf(terms, code)?.label ?? code)

function placeName(code: string): string {
  return code === "EEA" ? say("fact.eea") : countryName(code)
}

type LineOf = { [K in FactKind]: LawFacts[K][number] }

/** What a dated line of law says, as sentences or parts of one; its days stand beside it. */
export function factWords(kind: FactKind, line: FactLine): string[] {
  const { regime } = line
  switch (kind) {
    case "regimes":
      return regimeWords(line as LineOf["regimes"])
    case "areas":
      return [say("fact.area", { regime, countries: countries((line as LineOf["areas"]).countries) })]
    case "bases": {
      const { basis, consent } = line as LineOf["bases"]
      return [say(consent ? "fact.basis-consent" : "fact.basis", { regime, basis: termed(LEGAL_BASES, [basis]) })]
    }
    case "adequacy":
      return adequacyWords(line as LineOf["adequacy"])
    case "instruments": {
      const { mechanism, newUntil } = line as LineOf["instruments"]
      return [
        say("fact.instrument", { regime, mechanism: termed(MECHANISMS, [mechanism]) }),
        ...(newUntil ? [say("fact.new-until", { days: stretchWords({ from: null, to: newUntil }) })] : []),
      ]
    }
    case "bands":
      return bandWords(line as LineOf["bands"])
  }
}

/** The days on which a line of law holds. */
export function factDays(line: FactLine): string {
  return stretchWords({ from: line.from, to: line.until })
}

function regimeWords(line: RegimeLine): string[] {
  const { regime, in: only, notIn } = line
  const where = only ? say("fact.only-in", { countries: countries(only) }) : ""
  const besides = notIn ? say("fact.not-in", { countries: countries(notIn) }) : ""
  const asks = (["processing", "thirdPartyTerms", "derogations"] as const).filter((one) => line[one])
  return [say("fact.regime", { regime, where: where || besides }), ...asks.map((one) => say(`fact.regime.${one}`))]
}

function adequacyWords(line: AdequacyLine): string[] {
  const { regime, to, condition, staffCondition, notFrom, notKinds, notChannels, limit } = line
  return [
    say("fact.adequacy", { regime, countries: countries(to) }),
    ...(condition ? [say("fact.condition", { condition })] : []),
    ...(staffCondition ? [say("fact.staff-condition", { condition: staffCondition })] : []),
    ...(notFrom ? [say("fact.not-from", { countries: countries(notFrom) })] : []),
    ...(notKinds ? [say("fact.not-kinds", { kinds: termed(PARTY_KINDS, notKinds) })] : []),
    ...(notChannels ? [say("fact.not-channels", { channels: termed(CHANNELS, notChannels) })] : []),
    ...(limit ? [say("fact.limit", { limit })] : []),
  ]
}

function bandWords({ yearsBefore, bands, exempt }: BandLine): string[] {
  const most = (n: number | null): string => (n === null ? say("fact.any") : say("fact.fewer", { n: counted(n) }))
  return [
    yearsBefore ? say("fact.band-years", { n: yearsBefore }) : say("fact.band-year"),
    ...bands.map(({ name, ordinary, sensitive, routes }) =>
      say("fact.band", {
        ...{ name, ordinary: most(ordinary), sensitive: most(sensitive), routes: termed(MECHANISMS, routes) },
      }),
    ),
    ...(exempt.length ? [say("fact.exempt", { routes: termed(MECHANISMS, exempt) })] : []),
  ]
}
