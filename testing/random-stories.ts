import fc from "fast-check"
import { BLANK, known, NOT_APPLICABLE } from "@/domain/core/answer"
import { addDays, day, type Day } from "@/domain/core/day"
import type { Agreement } from "@/domain/records/agreement"
import type { Sharing } from "@/domain/records/sharing"
import { agreementId, assessmentId, BETWEEN, CONSENT, factsOf, mechanism, type CoverStory } from "./covered"
import { aBasis, aGround, aLine, typedAgreement } from "./in-2026"

/** Days on which the law changed, or an entity's zone may matter: stories happen a week around one of them. */
const TURNS = (
  "2018-05-25 2018-07-20 2020-07-16 2021-01-01 2021-06-27 2021-06-28 2021-09-27 2021-11-01 2022-03-21 2022-09-22 " +
  "2022-12-28 2023-01-01 2023-06-01 2023-07-10 2023-09-01 2024-02-29 2024-03-21 2024-03-22 2024-09-15 2025-06-28 " +
  "2025-12-28 2026-01-01 2026-01-26 2026-02-05"
).split(" ")
const WEEK = 7

const offset = fc.integer({ min: -WEEK, max: WEEK })
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null, freq: 2 })
/** Mostly the first, so that enough stories are covered on some days. */
const mostly = <T>(usual: T, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: other })
const span = fc.record({ first: mostly<number | null>(null, offset), last: mostly<number | null>(null, offset) })
const pick = <const T extends readonly unknown[]>(...values: T): fc.Arbitrary<T[number]> => fc.constantFrom(...values)

const paper = fc.record({
  kind: pick(
    "processing",
    "processing",
    "confidentiality",
    "scc",
    "uk",
    "cn-contract",
    "successor",
    "joint-arrangement",
    "ccpa",
  ),
  effect: mostly<number | null>(-WEEK, maybe(offset)),
  signed: mostly<number | null>(-WEEK, maybe(offset)),
  end: mostly<number | null>(null, offset),
  ended: pick("open", "not-applicable", "blank"),
  terminated: mostly<number | null>(null, offset),
  how: pick("signed", "signed", "accepted"),
  knownHow: pick("document-seen", "document-seen", "document-seen", "stated"),
  without: mostly<string | null>(null, pick("PARTICULARS", "28.3.a", "CONFID", "MODULE", "ANNEX-II", "TABLES", "TEXT")),
  also: maybe(pick("MODULE", "TABLES", "TEXT", "CONFID", "CCPA-7053")),
  covers: fc.option(span, { nil: undefined, freq: 4 }),
  amends: mostly<number | null>(null, pick(0, 1)),
})
const line = fc.record({
  regime: pick("EU", "EU", "UK", "CH", "CN"),
  code: pick(
    ...(["adequacy", "adequacy", "scc-2021", "scc-2021", "scc-2010", "scc-sa", "bcr", "adhoc", "uk-idta"] as const),
    ...(["uk-addendum", "cn-contract", "cn-certification", "cn-exempt", "cn-volume", "derogation.b"] as const),
    "none-needed",
  ),
  module: pick("1", "2", "3"),
  paper: maybe(pick(0, 1, 2)),
  assessment: maybe(pick(0, 1)),
  shown: fc.boolean(),
  days: span,
})
const assessment = fc.record({
  kind: pick("tia", "tia", "due-diligence"),
  outcome: maybe(pick("equivalent", "not-equivalent", "failed", "passed")),
  done: maybe(offset),
  until: maybe(offset),
  endless: fc.boolean(),
  about: fc.boolean(),
})
/** A flow as it may be around a day on which the law changed. */
export const story = fc.record({
  turn: pick(...TURNS),
  mode: pick("entrust", "entrust", "share", "share", "transfer", "disclose"),
  role: pick("processor", "controller", "joint"),
  start: offset,
  length: fc.integer({ min: 0, max: 12 }),
  endless: fc.boolean(),
  country: pick("DE", "GB", "CH", "NO", "CN", "US"),
  zone: pick("Europe/Dublin", "Asia/Shanghai", "America/Los_Angeles"),
  regimes: fc.array(fc.record({ regime: pick("EU", "EU", "EU", "UK", "CH", "CN", "CCPA", "DORA", "KR"), days: span }), {
    minLength: 1,
    maxLength: 3,
  }),
  grounds: fc.array(
    fc.record({
      ground: pick("consent", "partner", "affiliate", "statute", "merger", "exception-2", "exception-4"),
      days: span,
      ends: maybe(offset),
      cited: mostly(true, fc.boolean()),
      asks: maybe(offset),
    }),
    { maxLength: 2 },
  ),
  bases: fc.array(
    fc.record({
      basis: pick("eu.6.1.a", "eu.6.1.b", "eu.6.1.b", "uk.6.1.b", "uk.6.1.ea", "cn.13.1", "cn.13.2"),
      days: span,
    }),
    { maxLength: 3 },
  ),
  papers: fc.array(paper, { minLength: 1, maxLength: 3 }),
  places: fc.array(
    fc.record({
      country: pick("IE", "GB", "US", "US", "JP", "BR", "HK", "CN", "RE", "IO:EPO", "IL"),
      days: span,
      lines: fc.array(line, { maxLength: 2 }),
    }),
    { maxLength: 2 },
  ),
  assessments: fc.array(assessment, { maxLength: 2 }),
  conditions: fc.array(
    fc.record({ condition: pick("dpf", "dpf-uk", "dpf-ch", "dpf-hr", "privacy-shield", "appi"), days: span }),
    { maxLength: 2 },
  ),
  kinds: fc.array(fc.record({ kind: pick("affiliate", "authority", "partner"), days: span }), { maxLength: 2 }),
  links: fc.array(span, { maxLength: 2 }),
  consent: maybe(
    fc.record({
      about: pick("sharing", "sharing", "transfer", "publication"),
      first: maybe(offset),
      closed: maybe(offset),
      hour: pick("00", "08", "17", "23"),
      reaches: fc.boolean(),
    }),
  ),
  frequency: pick("once", "sporadic", "continuous"),
  late: maybe(offset),
  staff: fc.boolean(),
  channel: pick("api", "paper"),
})
export type Made = typeof story extends fc.Arbitrary<infer T> ? T : never

/** The records of such a flow, with its first days and the days after it. */
export function storyOf(made: Made): { story: CoverStory; from: Day; to: Day } {
  const at = (days: number): Day => addDays(day(made.turn), days)
  const on = (days: number | null) => (days === null ? BLANK : known(at(days)))
  const dated = (days: { first: number | null; last: number | null }) => ({
    firstOn: days.first === null ? null : at(days.first),
    lastOn: days.last === null ? null : at(days.last),
  })
  const sharing: Partial<Sharing> = {
    mode: made.mode,
    role: known(made.role),
    startsOn: known(at(made.start)),
    endsOn: made.endless ? NOT_APPLICABLE : known(at(made.start + made.length)),
    frequency: known(made.frequency),
    channel: known(made.channel),
    subjects: known(made.staff ? ["employee"] : ["user"]),
    purposes: known(["svc.infra"]),
    dataLines: known([
      aLine("device.id"),
      aLine("order.items", { firstOn: made.late === null ? null : at(made.late) }),
    ]),
    grounds: made.grounds.map((one) =>
      aGround(one.ground, {
        ...dated(one.days),
        consentId: one.ground === "consent" ? CONSENT : null,
        endsOn: on(one.ends),
        ...(one.cited ? { citation: known("Art. 5"), whoseInterest: known("a user"), whyNoConsent: known("ill") } : {}),
        reconsentOn: on(one.asks),
      }),
    ),
    bases: made.bases.map((one) => aBasis(one.basis, dated(one.days))),
    destinations: known(
      made.places.map((place) => ({
        country: place.country,
        kind: "storage" as const,
        ...dated(place.days),
        mechanisms: place.lines.map((one) =>
          mechanism(one.code, {
            regime: one.regime,
            module: known(one.module),
            agreementId: one.paper === null ? null : agreementId(one.paper),
            assessmentId: one.assessment === null ? null : assessmentId(one.assessment),
            evidence: one.shown ? known("see the file") : BLANK,
            ...dated(one.days),
          }),
        ),
      })),
    ),
  }
  const agreements = made.papers.map((one, i): Partial<Agreement> => {
    const typed = typedAgreement(BETWEEN, [], { kind: one.kind })
    const also = one.also ? [{ item: one.also, fileId: typed.files[0]?.fileId ?? null, page: known(9) }] : []
    return {
      kind: one.kind,
      knownHow: one.knownHow,
      signatories: typed.signatories.map((side) => ({ ...side, how: one.how, signedOn: on(one.signed) })),
      effectOn: on(one.effect),
      endsOn: one.end !== null ? known(at(one.end)) : one.ended === "blank" ? BLANK : NOT_APPLICABLE,
      terminatedOn: one.terminated === null ? NOT_APPLICABLE : known(at(one.terminated)),
      checklist: [
        ...typed.checklist.filter((item) => item.item !== one.without),
        ...also.map((item) => ({ ...item, verdict: "there" as const })),
      ],
      // The third names nobody; a paper that amends itself or in a circle is none of this test's.
      ...(one.covers === undefined ? {} : { covers: [{ sharingId: SHARING, ...dated(one.covers) }] }),
      amends: one.amends !== null && one.amends < i ? agreementId(one.amends) : null,
    }
  })
  return {
    from: at(made.start),
    to: at(made.start + made.length),
    story: {
      sharing,
      agreements,
      entity: {
        country: made.country,
        zone: made.zone,
        regimes: made.regimes.map((one) => ({ regime: one.regime, ...dated(one.days) })),
      },
      party: {
        kinds: made.kinds.map((one) => ({ kind: one.kind, ...dated(one.days) })),
        groupLinks: made.links.map(dated),
        conditions: made.conditions.map((one) => ({ condition: one.condition, evidence: BLANK, ...dated(one.days) })),
      },
      assessments: made.assessments.map((one) => ({
        kind: one.kind,
        outcome: one.outcome === null ? BLANK : known(one.outcome),
        doneOn: on(one.done),
        validUntil: one.endless ? NOT_APPLICABLE : on(one.until),
        sharingId: one.about ? SHARING : null,
      })),
      ...(made.consent
        ? {
            consent: {
              about: made.consent.about,
              firstOn: on(made.consent.first),
              closedAt:
                made.consent.closed === null
                  ? BLANK
                  : known(`${at(made.consent.closed)}T${made.consent.hour}:30:00.000Z`),
              dataKinds: made.consent.reaches ? NOT_APPLICABLE : known(["device.id" as const]),
            },
          }
        : {}),
    },
  }
}

const SHARING = factsOf({}).sharing.id
