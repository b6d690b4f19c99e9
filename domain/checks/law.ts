import type { Day } from "@/domain/core/day"
import { factsInForce, type Factual } from "@/domain/packs/facts-in-force"
import type { Party } from "@/domain/records/party"
import type { PartyKind } from "@/domain/vocabulary/parties"
import type { Mechanism } from "@/domain/vocabulary/mechanisms"
import type { Channel } from "@/domain/vocabulary/sharings"

/** The days on which a fact of law holds, and the days on which its beginning and its end became known. */
type Dated = {
  from: Day | null
  /** First day on which it no longer holds; null: it still does. */
  until: Day | null
  /** Null: known on its first day. */
  known?: Day
  /** Null: its end stood in it from the beginning. */
  endKnown?: Day
  act: string
  certainty: string
}

/** What a regime asks of a flow in coverage, and from when it binds which of our companies. */
export type RegimeLine = Dated & {
  regime: string
  /** Only companies in these countries; and none in those. */
  in?: readonly string[]
  notIn?: readonly string[]
  /** Clauses for processing are needed when a company is entrusted. */
  processing: boolean
  /** Terms for third parties are needed when data is shared. */
  thirdPartyTerms: boolean
  /** Exceptions for single transfers are known. */
  derogations: boolean
}

/** Where data is at home under a regime: a transfer to elsewhere needs a mechanism. */
export type AreaLine = Dated & { regime: string; countries: readonly string[] }

/** A legal basis that a regime knows. */
export type BasisLine = Dated & { regime: string; basis: string; consent: boolean }

type Condition = Party["conditions"][number]["condition"]

/** A decision of adequacy, with its limits. */
export type AdequacyLine = Dated & {
  regime: string
  /** Country codes, an organisation, or `EEA` for the home area of the Union. */
  to: readonly string[]
  /** The dated condition of the party on which it hangs; and the one that data about staff needs besides. */
  condition?: Condition
  staffCondition?: Condition
  notFrom?: readonly string[]
  notKinds?: readonly PartyKind[]
  notChannels?: readonly Channel[]
  /** A limit that no code of ours can tell: shown, not judged. */
  limit?: string
}

/** A safeguard that a regime knows; `newUntil`: the first day on which it could no longer be concluded. */
export type InstrumentLine = Dated & { mechanism: Mechanism; regime: string; newUntil: Day | null }

/** How many people may leave the mainland by which route, in a year that counts from its first of January. */
export type BandLine = Dated & {
  regime: string
  /** Years that are added up: the calendar year, and how many before it. */
  yearsBefore: number
  /** Fewer than `ordinary` people, and fewer than `sensitive` with sensitive data: `routes` suffice. */
  bands: readonly { name: string; ordinary: number | null; sensitive: number | null; routes: readonly Mechanism[] }[]
  /** Whose people stay out of the sum. */
  exempt: readonly Mechanism[]
}

/**
 * The facts of law that coverage and checks read: from the packs known at an instant, as known on a day, or with a
 * scenario laid over. An argument, never a constant of a module.
 */
export type LawFacts = {
  regimes: readonly RegimeLine[]
  areas: readonly AreaLine[]
  bases: readonly BasisLine[]
  adequacy: readonly AdequacyLine[]
  instruments: readonly InstrumentLine[]
  bands: readonly BandLine[]
}

export const NO_LAW: LawFacts = { regimes: [], areas: [], bases: [], adequacy: [], instruments: [], bands: [] }

/** The facts of the packs together, as far as they were known on the day (null: all of them). */
export function lawFactsOf(packs: readonly Factual[], knownOn: Day | null = null): LawFacts {
  const facts = packs.map((pack) => factsInForce(pack, packs))
  const all = <K extends keyof LawFacts>(name: K): LawFacts[K] =>
    facts
      .flatMap((one) => (one[name] ?? []) as readonly Dated[])
      .flatMap((line) => asKnown(line, knownOn)) as unknown as LawFacts[K]
  return {
    regimes: all("regimes"),
    areas: all("areas"),
    bases: all("bases"),
    adequacy: all("adequacy"),
    instruments: all("instruments"),
    bands: all("bands"),
  }
}

/** The line as it was known on the day: not at all before it was, and without an end that nobody knew of. */
function asKnown(line: Dated, knownOn: Day | null): Dated[] {
  if (knownOn === null) return [line]
  const known = line.known ?? line.from
  // Rules themselves are announced long before they bind; only decisions are news on their day.
  if (known !== null && known > knownOn && ("to" in line || line.known)) return []
  if (!line.endKnown || line.endKnown <= knownOn) return [line]
  return [{ ...line, until: null, ...("newUntil" in line ? { newUntil: null } : {}) }]
}
