import { valueOf } from "@/domain/core/answer"
import { addDays } from "@/domain/core/day"
import { ALWAYS, intersect, union, type Stretch } from "@/domain/core/stretch"
import { closedOn } from "@/domain/checks/closed"
import { answered, flowDays, listOf, onGround, onSharing, outside, settle, type Problem } from "@/domain/checks/kit"
import type { Check } from "@/domain/checks/types"
import { flagged, linesOf, whenDays, type When } from "@/domain/checks/when"
import { noticeDays } from "./asked"

const whenOf = (params: Record<string, unknown>): When | undefined => params.when as When | undefined
/** Conditions that are a check's own: one and the same each time, so that each is made ready once. */
const STATISTICS: When = { forms: ["aggregate"] }
const OF_CHILDREN: When = { subjects: ["child"] }
const LINKED_ONLY: When = { partyKinds: ["linked-only"] }

const fits = (kind: string, allowed: readonly string[]): boolean =>
  allowed.some((one) => kind === one || kind.startsWith(`${one}.`) || flagged(kind, `family ${one}`))

/** Flows that the statement does not list are announced by a notice of the product. Parameters: `purposes`, `families`. */
export const announcedByNotice: Check = onSharing((facts, params) => {
  const { body } = facts.sharing
  const purposes = listOf(params, "purposes")
  const families = listOf(params, "families")
  const beyond = (valueOf(body.purposes) ?? []).some((purpose) => !purposes.includes(purpose))
  const partnered = body.mode === "share" ? onGround(body, (ground) => ground === "partner").days : []
  const others = linesOf(facts).filter(({ line }) => !fits(line.kind, families))
  const unlisted = union(beyond ? flowDays(body) : [], intersect(partnered, union(...others.map((item) => item.days))))
  return settle(unlisted, [outside(noticeDays(facts), "", "noticeId")])
})

/** Statistics hold nothing that singles a person out, and say the smallest group. Parameters: `singling` (kinds). */
export const statisticsOnly: Check = onSharing((facts, params, law) => {
  const singling = listOf(params, "singling")
  return settle(whenDays(facts, STATISTICS, law), [
    ...answered(facts.sharing.body.deidentification, { says: ".group", path: "deidentification" }),
    ...linesOf(facts)
      .filter(({ line }) => fits(line.kind, singling))
      .map(({ line, path, days }): Problem => ({
        days,
        verdict: "broken",
        says: "",
        path: `${path}.kind`,
        params: { kind: line.kind },
      })),
  ])
})

/** Consent to a recipient whom the person chose: the consent names it, or it is said how the person chose. */
export const chosenByPerson: Check = onSharing((facts) => {
  const { body } = facts.sharing
  if (body.mode !== "share") return settle([], [])
  const on = onGround(body, (ground) => ground === "consent")
  return settle(
    on.days,
    on.lines.flatMap(({ line, path, days }): Problem[] => {
      const scope = facts.consents.find((one) => one.id === line.consentId)?.body.parties
      const named = scope?.state === "known" && scope.value.includes(body.partyId)
      return named ? [] : answered(line.source, { days, says: "", path: `${path}.source` })
    }),
  )
})

/** No more than was demanded: the demand is on record with its days, and the data lie within it. */
export const withinDemand: Check = onSharing((facts) => {
  const { body } = facts.sharing
  if (body.mode !== "share") return settle([], [])
  const on = onGround(body, (ground) => ground === "statute")
  return settle(
    on.days,
    on.lines.flatMap(({ line, path, days }): Problem[] => {
      const at = `${path}.demandId`
      const demand = facts.demands.find((one) => one.id === line.demandId)?.body
      if (!demand) return [{ days, verdict: "broken", says: "", path: at }]
      const wanted = demand.dataKinds
      const beyond = linesOf(facts).filter(
        ({ line: data }) => wanted.state === "known" && !(wanted.value as readonly string[]).includes(data.kind),
      )
      return [
        ...answered(demand.servedOn, { days, says: ".days", path: at }),
        ...answered(demand.answerOn, { days, says: ".days", path: at }),
        ...(wanted.state === "known" || wanted.state === "not-applicable"
          ? []
          : answered(wanted, { days, says: ".scope", path: at })),
        ...beyond.map((item): Problem => ({
          days: intersect(days, item.days),
          verdict: "broken",
          says: ".beyond",
          path: `${item.path}.kind`,
          params: { kind: item.line.kind },
        })),
      ]
    }),
  )
})

/** Each kind of supplier gets what its service needs. Parameters: `matrix` (sub-kind to allowed kinds and families). */
export const kindMatrix: Check = onSharing((facts, params, law) => {
  const matrix = params.matrix as Readonly<Record<string, readonly string[]>>
  const allowed = matrix[valueOf(facts.party.body.subKind) ?? ""]
  if (!allowed) return settle([], [])
  return settle(
    whenDays(facts, whenOf(params), law),
    linesOf(facts)
      .filter(({ line }) => !fits(line.kind, allowed))
      .map(({ line, path, days }): Problem => ({
        days,
        verdict: "broken",
        says: "",
        path: `${path}.kind`,
        params: { kind: line.kind },
      })),
  )
})

/** Minors are listed apart: a flow about them is about nobody else. */
export const minorsApart: Check = onSharing((facts, _params, law) => {
  const subjects: readonly string[] = valueOf(facts.sharing.body.subjects) ?? []
  const mixed = subjects.length > 1
  return settle(
    whenDays(facts, OF_CHILDREN, law),
    mixed ? [{ days: ALWAYS, verdict: "broken", says: "", path: "subjects" }] : [],
  )
})

/** A guardian's consent that fell away: the recipients were told to delete, and acknowledged it. */
export const guardianUndone: Check = onSharing((facts) => {
  const guardians = facts.consents.filter((one) => one.body.about === "guardian")
  const closed = guardians.flatMap(({ body }) => {
    const on = closedOn(facts.entity, body)
    return on ? [{ body, days: [{ from: on, to: null }] as Stretch[] }] : []
  })
  return settle(
    union(flowDays(facts.sharing.body), ...closed.map((item) => item.days)).filter(() => guardians.length > 0),
    closed.flatMap(({ body, days }) =>
      answered(body.recipientsTold, { days, says: "", path: "minors", passes: (told) => told === "acknowledged" }),
    ),
  )
})

/** A party that is only linked to gets no data. */
export const linkOnly: Check = onSharing((facts, _params, law) => {
  const flows = (valueOf(facts.sharing.body.dataLines) ?? []).length > 0
  return settle(
    whenDays(facts, LINKED_ONLY, law),
    flows ? [{ days: ALWAYS, verdict: "broken", says: "", path: "partyId" }] : [],
  )
})

/** Sound is recorded only when the person starts it. Parameters: `when`. */
export const startedByPerson: Check = onSharing((facts, params, law) =>
  settle(
    whenDays(facts, whenOf(params), law),
    answered(facts.sharing.body.permission, {
      says: "",
      path: "permission",
      passes: (permission) => permission.userStarted,
    }),
  ),
)

/** Fields of the lines of some grounds that are answered. Parameters: `grounds`, `asks`. */
export const groundSays: Check = onSharing(({ sharing }, params) => {
  const on = onGround(sharing.body, (ground) => listOf(params, "grounds").includes(ground))
  return settle(
    on.days,
    on.lines.flatMap(({ line, path, days }) =>
      listOf(params, "asks").flatMap((field) =>
        answered(line[field as "citation"], { days, says: "", path: `${path}.${field}` }),
      ),
    ),
  )
})

/** A sale of assets: people were told, and had their weeks to object before control passed (handbook 7.16). */
export const saleAnnounced: Check = onSharing(({ sharing }) => {
  const { body } = sharing
  if (body.mode !== "transfer") return settle([], [])
  const on = onGround(body, (ground) => ground === "merger")
  const told = valueOf(body.saleNoticeOn)
  const weeks = valueOf(body.objectionWeeks)
  const begins = on.days[0]?.from ?? null
  const free = told !== null && weeks !== null ? addDays(told, weeks * 7) : null
  return settle(on.days, [
    ...answered(body.saleNoticeOn, { says: ".notice", path: "saleNoticeOn" }),
    ...answered(body.objectionWeeks, { says: ".weeks", path: "objectionWeeks" }),
    ...(free !== null && begins !== null && free > begins
      ? [{ days: [{ from: begins, to: free }], verdict: "broken" as const, says: "", path: "startsOn" }]
      : []),
  ])
})

/** Whether a flow that was found running is a breach is asked of each (handbook 7.18). */
export const breachAsked: Check = onSharing(({ sharing }) =>
  settle(
    sharing.standing === "discovered" ? flowDays(sharing.body) : [],
    answered(sharing.body.isBreach, { says: "", path: "isBreach" }),
  ),
)
