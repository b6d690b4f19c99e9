import type { Day } from "@/domain/core/day"
import type { Stretch } from "@/domain/core/stretch"
import type { Agreement } from "@/domain/records/agreement"
import type { Assessment } from "@/domain/records/assessment"
import type { Chain, Consent, Demand, Entity, Notice } from "@/domain/records/evidence"
import type { PaperSeen } from "@/domain/records/by-hand"
import type { RecordKind, Standing } from "@/domain/records/kinds"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import type { Id } from "@/domain/core/id"
import type { PaperWords } from "@/domain/signatures/bears"
import type { BandStand } from "./band-sums"
import type { LawFacts } from "./law"

export type Severity = "blocking" | "warning" | "advice"

/** When a clause bites: at approval, or only when something is closed, answered or published. */
export type BitesOn = "approval" | "closing" | "answering" | "publishing"

/** What a check says of a stretch of days. *Unknown* under a blocking clause blocks, and is counted apart. */
export type Verdict = "kept" | "broken" | "unknown" | "not-applicable"

/** A stretch of days with its verdict; `says` is a catalogue key for what is wrong, `path` the field that cures it. */
export type Ruling = Stretch & { verdict: Verdict; says?: string; params?: Record<string, string>; path?: string }

/** A clause of a pack: data, not code. `check` names a pure function, `params` are its arguments. */
export type Clause = {
  id: string
  title: string
  duty: string
  remedy: string
  severity: Severity
  bitesOn: BitesOn
  /** Null: what it looks at is no record of the register yet (incidents, access requests). */
  check: string | null
  params?: Record<string, unknown>
  /** The legal days on which the clause holds; null from: since before any day we look at. */
  effectiveFrom: Day | null
  effectiveTo: Day | null
  source: string
  certainty: string
}

/**
 * Whom and what a pack is about (foundation 22); null: no limit. `regimes`: the entity is under one of them; `only`: where
 * the pack binds all others too (a statement), its local version counts for these companies or languages.
 */
export type PackScope = {
  regimes: readonly string[] | null
  entities: readonly string[] | null
  products: readonly string[] | null
  subjects: readonly string[] | null
  language?: string
}

/** A published version of a pack of clauses. `publishedAt` is the knowledge clock, `effective…` the legal one. */
export type Pack = {
  pack: string
  version: string
  publishedAt: string
  /** The version that this one takes over from, and the first day on which it counts. */
  replaces?: string
  effectiveFrom?: Day
  /** First day on which a later version of the same text counts instead. */
  effectiveTo?: Day
  /** Texts of the pack that prevail over this one for whatever lies wholly within their scope, on their days. */
  yields?: readonly (Stretch & { scope: PackScope })[]
  /** The record of ours that it is a version of; a pack that is shipped has none. */
  own?: string
  scope: PackScope
  clauses: Clause[]
  facts?: Partial<LawFacts>
}

/** A record as the checks see it. */
export type Fact<K extends RecordKind, B> = {
  kind: K
  id: Id<K>
  standing: Standing
  body: B
  /** Of a paper: the words about the signatures in its files, as known at the instant; left out: they are not asked about. */
  signatures?: PaperWords
  /** Of an agreement that was signed by hand: who looked at its files. */
  confirmed?: readonly PaperSeen[]
}

/** What an approval asked to be done by a day. */
export type ConditionFact = {
  /** The day on which an approval asked for it, the last day to do it, and the day on which it was confirmed. */
  since: Day
  dueOn: Day
  confirmedOn: Day | null
}

/**
 * All facts around one record: what the checks may look at, nothing else. Made by the `Register` as of an
 * instant, with a proposal laid over, or with a scenario laid over: one engine (foundation 3).
 */
export type SharingFacts = {
  about: "sharing"
  sharing: Fact<"sharing", Sharing>
  entity: Entity
  party: Fact<"party", Party>
  /** Agreements between this entity and this party, whether or not they cover it. */
  agreements: Fact<"agreement", Agreement>[]
  assessments: Fact<"assessment", Assessment>[]
  consents: Fact<"consent", Consent>[]
  notices: Fact<"notice", Notice>[]
  demands: Fact<"demand", Demand>[]
  chains: Fact<"chain", Chain>[]
  parent: Fact<"sharing", Sharing> | null
  /** How its company stands in the mainland's bands; left out: clauses on the whole register are not asked. */
  bands?: readonly BandStand[]
  /** What the approval that put it in force asked for besides. */
  conditions?: readonly ConditionFact[]
}
export type AgreementFacts = {
  about: "agreement"
  agreement: Fact<"agreement", Agreement>
  entity: Entity
  party: Fact<"party", Party>
  conditions?: readonly ConditionFact[]
}
export type PartyFacts = {
  about: "party"
  party: Fact<"party", Party>
  sharings: Fact<"sharing", Sharing>[]
  assessments: Fact<"assessment", Assessment>[]
  conditions?: readonly ConditionFact[]
}
export type Facts = SharingFacts | AgreementFacts | PartyFacts

/**
 * A pure check: stretches of days that together are all days, each with its verdict. It does not know today. `says` may
 * begin with a dot, or be empty: then it goes on from the clause that asked.
 */
export type Check = (facts: Facts, params: Record<string, unknown>, law: LawFacts) => Ruling[]

/** What a failed check says about one record, over its days. */
export type Finding = {
  clause: string
  pack: string
  packVersion: string
  severity: Severity
  verdict: "broken" | "unknown"
  recordKind: RecordKind
  recordId: string
  /** First day, and the first day after; null: open. */
  from: Day | null
  to: Day | null
  says: string
  params: Readonly<Record<string, string>>
  path: string | null
  remedy: string
}

/** One interface to the records, with three makers (foundation 3). */
export type Register = {
  /** Whether any consent, notice or demand is in it, to which a flow could refer. */
  evidence: boolean
  entity(id: Id<"entity">): Entity | null
  party(id: Id<"party">): Fact<"party", Party> | null
  sharing(id: Id<"sharing">): Fact<"sharing", Sharing> | null
  agreement(id: Id<"agreement">): Fact<"agreement", Agreement> | null
  consent(id: Id<"consent">): Fact<"consent", Consent> | null
  notice(id: Id<"notice">): Fact<"notice", Notice> | null
  demand(id: Id<"demand">): Fact<"demand", Demand> | null
  sharingsOf(party: Id<"party">): Fact<"sharing", Sharing>[]
  agreementsOf(entity: Id<"entity">, party: Id<"party">): Fact<"agreement", Agreement>[]
  assessmentsOf(party: Id<"party">): Fact<"assessment", Assessment>[]
  chainsOf(sharing: Id<"sharing">): Fact<"chain", Chain>[]
}
