import { addDays, earlier } from "@/domain/core/day"
import { valueOf, type Answer } from "@/domain/core/answer"
import { stretchOf } from "@/domain/core/dated"
import { complement, intersect, subtract, union, type Stretch } from "@/domain/core/stretch"
import type { Consent } from "@/domain/records/evidence"
import type { GroundLine } from "@/domain/records/sharing"
import {
  answered,
  beforeDay,
  flowDays,
  fromDay,
  listOf,
  numberOf,
  onGround,
  onSharing,
  outside,
  settle,
  untilEnded,
  type Problem,
} from "@/domain/checks/kit"
import { paperDays, pointedAny } from "@/domain/checks/papers"
import { closedOn } from "@/domain/checks/closed"
import type { Check, SharingFacts } from "@/domain/checks/types"

const asRecord = (value: unknown): Record<string, string[]> => value as Record<string, string[]>

/** Every ground line is one that the statement knows for its mode. Parameters: `allowed`, by mode. */
export const groundsListed: Check = onSharing(({ sharing }, params) => {
  const allowed = asRecord(params.allowed)[sharing.body.mode] ?? []
  const named = onGround(sharing.body, () => true)
  return settle(
    named.days,
    named.lines
      .filter(({ line }) => !allowed.includes(line.ground))
      .map(({ line, path, days }) => ({
        days,
        verdict: "broken",
        says: "finding.S-I.A-4",
        params: { ground: line.ground, mode: sharing.body.mode },
        path: `${path}.ground`,
      })),
  )
})

/** On every day of the flow one of the listed grounds is named. Parameters: `mode`, `grounds`. */
export const groundNamed: Check = onSharing(({ sharing }, params) => {
  if (sharing.body.mode !== params.mode) return settle([], [])
  const named = onGround(sharing.body, (ground) => listOf(params, "grounds").includes(ground))
  const good = union(...named.lines.map(({ line, days }) => intersect(days, untilEnded(line))))
  return settle(flowDays(sharing.body), [outside(good, `finding.${String(params.says)}`, "grounds")])
})

/** The consent of a line, as far as it is in the register. */
function consentOf(facts: SharingFacts, line: GroundLine): Consent | null {
  return facts.consents.find((consent) => consent.id === line.consentId && consent.standing !== "ended")?.body ?? null
}

/** A consent record stands behind the line: about the right thing, worded, captured, and given before the flow. */
function consentProblems(facts: SharingFacts, line: GroundLine, path: string, about: string, says: string): Problem[] {
  const days = [stretchOf(line)]
  const at = `${path}.consentId`
  const consent = consentOf(facts, line)
  if (!consent) return [{ days, verdict: "broken", says: `${says}.none`, path: at }]
  if (consent.about !== about) return [{ days, verdict: "broken", says: `${says}.about`, path: at }]
  const given = consent.firstOn
  return [
    ...answered(consent.wordingVersion, { days, says: `${says}.wording`, path: at }),
    ...answered(consent.captureMethod, { days, says: `${says}.capture`, path: at }),
    ...(given.state === "known"
      ? [{ days: beforeDay(given.value), verdict: "broken" as const, says: `${says}.later`, path: at }]
      : answered(given, { days, says: `${says}.day`, path: at })),
  ]
}

/** Consent as the ground: a record that says yes, beforehand. Parameters: `mode`, `about`, `says`. */
export const consentGiven: Check = onSharing((facts, params) => {
  if (facts.sharing.body.mode !== params.mode) return settle([], [])
  const on = onGround(facts.sharing.body, (ground) => ground === "consent")
  const says = `finding.${String(params.says)}`
  return settle(
    on.days,
    on.lines.flatMap(({ line, path }) => consentProblems(facts, line, path, String(params.about), says)),
  )
})

/** What flows lies within the scope of the consent: party, purposes, data kinds. */
export const withinConsent: Check = onSharing((facts) => {
  const { body } = facts.sharing
  if (body.mode !== "share") return settle([], [])
  const on = onGround(body, (ground) => ground === "consent")
  return settle(
    on.days,
    on.lines.flatMap(({ line, path, days }) => {
      const consent = consentOf(facts, line)
      if (!consent) return []
      const at = `${path}.consentId`
      const kinds = valueOf(body.dataLines) ?? []
      return [
        ...reaches(consent.parties, [body.partyId], { days, says: "finding.S-III.B-1.2.party", path: at }),
        ...reaches(consent.purposes, valueOf(body.purposes) ?? [], {
          days,
          says: "finding.S-III.B-1.2.purposes",
          path: at,
        }),
        ...kinds.flatMap((item) =>
          reaches(consent.dataKinds, [item.kind], {
            days: intersect(days, [stretchOf(item)]),
            says: "finding.S-III.B-1.2.kinds",
            path: at,
          }),
        ),
      ]
    }),
  )
})

/** A scope that does not apply reaches all; otherwise each must be named. */
function reaches(
  scope: Answer<readonly string[]>,
  wanted: readonly string[],
  on: { days: Stretch[]; says: string; path: string },
): Problem[] {
  if (scope.state === "not-applicable") return []
  if (scope.state !== "known")
    return [{ ...on, verdict: scope.state === "unknown" ? "unknown" : "broken", params: { what: wanted.join(", ") } }]
  const beyond = wanted.filter((one) => !scope.value.includes(one))
  return beyond.length ? [{ ...on, verdict: "broken", params: { what: beyond.join(", ") } }] : []
}

/** Law, dispute or demand: which of them, where it stands, and for a demand an authority. */
export const statuteCited: Check = onSharing(({ sharing, party }) => {
  if (sharing.body.mode !== "share") return settle([], [])
  const on = onGround(sharing.body, (ground) => ground === "statute")
  const authority = union(party.body.kinds.filter((line) => line.kind === "authority").map(stretchOf))
  return settle(
    on.days,
    on.lines.flatMap(({ line, path, days }) => [
      ...answered(line.statuteKind, { days, says: "finding.S-III.B-2.1.kind", path: `${path}.statuteKind` }),
      ...(valueOf(line.statuteKind) !== "law" && line.caseNumber.state === "known"
        ? []
        : answered(line.citation, { days, says: "finding.S-III.B-2.1.cite", path: `${path}.citation` })),
      ...(valueOf(line.statuteKind) === "authority"
        ? [{ ...outside(authority, "finding.S-III.B-2.1.authority", "partyId"), days: subtract(days, authority) }]
        : []),
    ]),
  )
})

/** Group company: of that kind and linked to the group on each day. */
export const trulyAffiliate: Check = onSharing(({ sharing, party }) => {
  if (sharing.body.mode !== "share") return settle([], [])
  const kind = union(party.body.kinds.filter((line) => line.kind === "affiliate").map(stretchOf))
  const linked = union(party.body.groupLinks.map(stretchOf))
  return settle(onGround(sharing.body, (ground) => ground === "affiliate").days, [
    outside(kind, "finding.S-III.B-3.1.kind", "partyId"),
    { ...outside(linked, "finding.S-III.B-3.1.link", "partyId"), days: subtract(kind, linked) },
  ])
})

/** Business partner: of a kind that the statement announces. Parameters: `subKinds`. */
export const announcedPartner: Check = onSharing(({ sharing, party }, params) => {
  if (sharing.body.mode !== "share") return settle([], [])
  const list = listOf(params, "subKinds")
  return settle(
    onGround(sharing.body, (ground) => ground === "partner").days,
    answered(party.body.subKind, {
      says: "finding.S-III.B-4.0",
      path: "partyId",
      params: { subKind: valueOf(party.body.subKind) ?? "" },
      passes: (subKind) => list.includes(subKind),
    }),
  )
})

/** Each exception with the answers that it asks for. Parameters: `ground`, `asks` (fields of the line), `says`. */
export const exceptionGrounded: Check = onSharing(({ sharing }, params) => {
  const on = onGround(sharing.body, (ground) => ground === params.ground)
  return settle(
    on.days,
    on.lines.flatMap(({ line, path, days }) =>
      listOf(params, "asks").flatMap((field) =>
        answered(line[field as "citation"] as Answer<unknown>, {
          days,
          says: `finding.${String(params.says)}.${field}`,
          path: `${path}.${field}`,
        }),
      ),
    ),
  )
})

/** Consent out of reach: looked at again within the days. Parameters: `days`. */
export const reviewedSoon: Check = onSharing(({ sharing }, params) => {
  const on = onGround(sharing.body, (ground) => ground === "exception-4")
  return settle(
    on.days,
    on.lines.flatMap(({ line, path, days }) => {
      const begins = days[0]?.from ?? null
      const reviewed = valueOf(line.reviewedOn)
      const last = reviewed ?? begins
      const asked = [
        ...answered(line.whoseInterest, {
          days,
          says: "finding.S-III.E-4.whoseInterest",
          path: `${path}.whoseInterest`,
        }),
        ...answered(line.whyNoConsent, { days, says: "finding.S-III.E-4.whyNoConsent", path: `${path}.whyNoConsent` }),
      ]
      const late = last === null ? days : intersect(days, fromDay(addDays(last, numberOf(params, "days"))))
      return [...asked, { days: late, verdict: "broken", says: "finding.S-III.E-4.review", path: `${path}.reviewedOn` }]
    }),
  )
})

/** Merger, sale, insolvency: the successor has signed, or asks anew before first use. */
export const successorBound: Check = onSharing((facts) => {
  const { body } = facts.sharing
  if (body.mode !== "transfer") return settle([], [])
  const on = onGround(body, (ground) => ground === "merger")
  const bound = paperDays(facts, ["successor"], (agreement) => pointedAny(agreement, ["BOUND", "RECONSENT"]))
  return settle(
    on.days,
    on.lines.map(({ line, path, days }) => {
      const asks = valueOf(line.reconsentOn)
      const begins = days[0]?.from ?? null
      const inTime = asks !== null && begins !== null && earlier(asks, begins) === asks
      return {
        ...outside(bound, "finding.S-III.C-2", `${path}.reconsentOn`),
        days: inTime ? [] : intersect(days, complement(bound)),
      }
    }),
  )
})

/** Transfer of control by consent: the consent is about that, and names the new controller. */
export const consentNamesController: Check = onSharing((facts) => {
  const { body } = facts.sharing
  if (body.mode !== "transfer") return settle([], [])
  const on = onGround(body, (ground) => ground === "consent")
  return settle(
    on.days,
    on.lines.flatMap(({ line, path, days }) => {
      const consent = consentOf(facts, line)
      return [
        ...consentProblems(facts, line, path, "transfer", "finding.S-III.C-1"),
        ...(consent
          ? reaches(consent.parties, [body.partyId], {
              days,
              says: "finding.S-III.C-1.controller",
              path: `${path}.consentId`,
            })
          : []),
      ]
    }),
  )
})

/** Making public by consent: the record says medium, and the sharing says until when. Applies where no law stands. */
export const publishedByConsent: Check = onSharing((facts) => {
  const { body } = facts.sharing
  if (body.mode !== "disclose") return settle([], [])
  const lawful = onGround(body, (ground) => ground === "statute" || ground.startsWith("exception")).days
  const applies = subtract(flowDays(body), lawful)
  const on = onGround(body, (ground) => ground === "consent")
  return settle(applies, [
    outside(on.days, "finding.S-III.D-1", "grounds"),
    ...on.lines.flatMap(({ line, path, days }) => [
      ...consentProblems(facts, line, path, "publication", "finding.S-III.D-1"),
      ...answered(consentOf(facts, line)?.medium ?? { state: "blank" }, {
        days,
        says: "finding.S-III.D-1.medium",
        path: `${path}.consentId`,
      }),
    ]),
    ...(body.endsOn.state === "not-applicable"
      ? []
      : answered(body.endsOn, { days: on.days, says: "finding.S-III.D-1.duration", path: "endsOn" })),
  ])
})

/** Making public because law asks: where it stands, and until when. */
export const publishedByLaw: Check = onSharing(({ sharing }) => {
  if (sharing.body.mode !== "disclose") return settle([], [])
  const on = onGround(sharing.body, (ground) => ground === "statute")
  const holds = union(...on.lines.map(({ line, days }) => intersect(days, untilEnded(line))))
  return settle(on.days, [
    outside(holds, "finding.S-III.D-2.ended", "grounds"),
    ...on.lines.flatMap(({ line, path, days }) =>
      line.demandId !== null
        ? []
        : answered(line.citation, { days, says: "finding.S-III.D-2.cite", path: `${path}.citation` }),
    ),
    ...(sharing.body.endsOn.state === "not-applicable"
      ? []
      : answered(sharing.body.endsOn, { days: on.days, says: "finding.S-III.D-2.until", path: "endsOn" })),
    ...answered(sharing.body.channel, { days: on.days, says: "finding.S-III.D-2.where", path: "channel" }),
  ])
})

/** Withdrawal: from the consent's closing day on nothing flows under it, and the recipients are told. */
export const withdrawalStops: Check = onSharing((facts) => {
  const on = onGround(facts.sharing.body, (ground) => ground === "consent")
  const others = onGround(facts.sharing.body, (ground) => ground !== "consent").days
  const closed = on.lines.flatMap(({ line, path, days }) => {
    const consent = consentOf(facts, line)
    const last = consent ? closedOn(facts.entity, consent) : null
    return consent && last ? [{ consent, path, days, after: fromDay(last) }] : []
  })
  const running = subtract(on.days, others)
  const told = union(...closed.map((item) => item.after))
  return settle(
    union(on.days, told),
    closed.flatMap(({ consent, path, days, after }) => [
      {
        days: intersect(intersect(days, after), running),
        verdict: "broken" as const,
        says: "finding.S-V.B-1.flows",
        path: `${path}.lastOn`,
      },
      ...answered(consent.recipientsTold, {
        days: after,
        says: "finding.S-V.B-1.told",
        path: `${path}.consentId`,
        passes: (state) => state === "acknowledged",
      }),
    ]),
  )
})
