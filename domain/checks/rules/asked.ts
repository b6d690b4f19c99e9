import { valueOf, type Answer } from "@/domain/core/answer"
import { stretchOf } from "@/domain/core/dated"
import { addDays } from "@/domain/core/day"
import { ALWAYS, intersect, union, type Stretch } from "@/domain/core/stretch"
import { daysAbroad } from "@/domain/coverage/areas"
import { standardClauses } from "@/domain/coverage/required"
import { assessmentsOn, passedDays, validDays } from "@/domain/checks/assessed"
import { answered, filled, listOf, onSharing, outside, settle, type Problem } from "@/domain/checks/kit"
import { itemDays, paperDays, papersOf } from "@/domain/checks/papers"
import type { Check, SharingFacts } from "@/domain/checks/types"
import { flagged, linesOf, whenDays, type When } from "@/domain/checks/when"

const whenOf = (params: Record<string, unknown>): When | undefined => params.when as When | undefined
const textOf = (params: Record<string, unknown>, name: string): string => String(params[name])

/** Questions of the record that are answered, all of them. Parameters: `fields`, `when`; `passes`: the good answers. */
export const fieldsAnswered: Check = onSharing((facts, params, law) => {
  const body = facts.sharing.body as unknown as Record<string, Answer<unknown>>
  const passes = params.passes as readonly unknown[] | undefined
  return settle(
    whenDays(facts, whenOf(params), law),
    listOf(params, "fields").flatMap((field) =>
      answered(body[field] ?? { state: "blank" }, {
        says: "",
        path: field,
        params: { field },
        passes: (value) => (passes ? passes.includes(value) : filled(value)),
      }),
    ),
  )
})

/** Questions of the company or the party that are answered. Parameters: `of` (entity, party), `fields`, `when`. */
export const factsAnswered: Check = onSharing((facts, params, law) => {
  const body = (params.of === "entity" ? facts.entity : facts.party.body) as unknown as Record<string, Answer<unknown>>
  return settle(
    whenDays(facts, whenOf(params), law),
    listOf(params, "fields").flatMap((field) =>
      answered(body[field] ?? { state: "blank" }, { says: "", path: "entityId", params: { field } }),
    ),
  )
})

/** A paper of one of the kinds covers the flow. Parameters: `kinds`, `when`; `clauses`: the Union's standard clauses count. */
export const paperThere: Check = onSharing((facts, params, law) => {
  const applies = whenDays(facts, whenOf(params), law)
  if (applies.length === 0) return settle([], [])
  const there = union(paperDays(facts, listOf(params, "kinds")), params.clauses ? standardClauses(facts) : [])
  return settle(applies, [outside(there, "", "covers")])
})

/**
 * What a covering paper has to say is pointed to, on the days on which a paper covers at all, or on all of them.
 * Parameters: `kinds`, `items` (each a list of items that say the same), `when`; `always`; `clauses` as above.
 */
export const itemsPointed: Check = onSharing((facts, params, law) => {
  const kinds = listOf(params, "kinds")
  const groups = params.items as readonly (readonly string[])[]
  const when = whenDays(facts, whenOf(params), law)
  if (when.length === 0) return settle([], [])
  const clauses = params.clauses ? standardClauses(facts) : []
  const applies = params.always ? when : intersect(when, union(paperDays(facts, kinds), clauses))
  return settle(
    applies,
    groups.map((items) =>
      outside(union(itemDays(facts, kinds, [items]), clauses), "", "covers", { item: items[0] ?? "" }),
    ),
  )
})

/** The covering paper is there in writing: a file of it is on record. Parameters: `kinds`, `when`. */
export const inWriting: Check = onSharing((facts, params, law) => {
  const kinds = listOf(params, "kinds")
  const applies = intersect(whenDays(facts, whenOf(params), law), paperDays(facts, kinds))
  const written = paperDays(
    facts,
    kinds,
    (paper) => paper.files.length > 0 || paper.checklist.some((line) => line.fileId !== null),
  )
  return settle(applies, [outside(written, "", "covers")])
})

/** An assessment of the kind holds. Parameters: `kind`, `good` (outcomes; none: any), `when`, `months` where it ages. */
export const assessmentHolds: Check = onSharing((facts, params, law) => {
  const applies = whenDays(facts, whenOf(params), law)
  if (applies.length === 0) return settle([], [])
  const done = assessmentsOn(facts, textOf(params, "kind") as "pia")
  const good = params.good as readonly string[] | undefined
  const held = good ? passedDays(done, good) : union(...done.map(({ body }) => validDays(body)))
  return settle(applies, [outside(held, "", "assessment")])
})

/** Of the measures, each is taken by one of its codes. Parameters: `each`, `when`. */
export const measuresTaken: Check = onSharing((facts, params, law) => {
  const there = valueOf<readonly string[]>(facts.sharing.body.measures)
  const applies = whenDays(facts, whenOf(params), law)
  if (there === null)
    return settle(
      applies,
      answered(facts.sharing.body.measures, { says: "", path: "measures", params: { measure: "" } }),
    )
  const each = params.each as readonly (readonly string[])[]
  return settle(
    applies,
    each
      .filter((codes) => !codes.some((code) => there.includes(code)))
      .map((codes) => ({
        days: ALWAYS,
        verdict: "broken",
        says: "",
        path: "measures",
        params: { measure: codes.join(" / ") },
      })),
  )
})

/** The days of the flow's notice, while it is in effect. */
export function noticeDays(facts: SharingFacts): Stretch[] {
  const notice = facts.notices.find((one) => one.id === facts.sharing.body.noticeId && one.standing !== "ended")?.body
  if (!notice || notice.effectOn.state !== "known") return []
  return union([
    { from: notice.effectOn.value, to: notice.endsOn.state === "known" ? addDays(notice.endsOn.value, 1) : null },
  ])
}

/**
 * A notice is in effect and tells what it has to. Parameters: `tells` (recipients, countries, data), `items` (what it
 * says of a recipient), `kinds`/`flag` (only these data), `when`.
 */
export const noticeTells: Check = onSharing((facts, params, law) => {
  const applies = whenDays(facts, whenOf(params), law)
  if (applies.length === 0) return settle([], [])
  const { noticeId } = facts.sharing.body
  const body = facts.notices.find((one) => one.id === noticeId && one.standing !== "ended")?.body
  const problems: Problem[] = [outside(noticeDays(facts), "", "noticeId")]
  if (!body) return settle(applies, problems)
  const concerned = (country: string): Stretch[] =>
    typeof params.abroad === "string" ? daysAbroad(law, params.abroad, country) : ALWAYS
  const tells = (params.tells as readonly string[] | undefined) ?? []
  const at = "noticeId"
  if (tells.includes("recipients")) {
    const named: readonly string[] = valueOf(body.recipientKinds) ?? []
    const told = facts.party.body.kinds.filter((line) => named.includes(line.kind)).map(stretchOf)
    problems.push(outside(union(told), ".recipient", at))
  }
  if (tells.includes("countries")) {
    const named: readonly string[] = valueOf(body.countries) ?? []
    for (const one of valueOf(facts.sharing.body.destinations) ?? [])
      if (!named.includes(one.country))
        problems.push({
          days: intersect([stretchOf(one)], concerned(one.country)),
          verdict: "broken",
          says: ".country",
          path: at,
          params: { country: one.country },
        })
  }
  if (tells.includes("data")) {
    const named: readonly string[] = valueOf(body.dataKinds) ?? []
    for (const { line, days } of linesOf(facts))
      if (concerns(line.kind, params) && !named.includes(line.kind))
        problems.push({ days, verdict: "broken", says: ".data", path: at, params: { kind: line.kind } })
  }
  const said: readonly string[] = valueOf(body.items) ?? []
  const missing = ((params.items as readonly string[] | undefined) ?? []).filter((item) => !said.includes(item))
  if (missing.length)
    problems.push({ days: ALWAYS, verdict: "broken", says: ".items", path: at, params: { items: missing.join(", ") } })
  return settle(applies, problems)
})

function concerns(kind: string, params: Record<string, unknown>): boolean {
  const kinds = params.kinds as readonly string[] | undefined
  const flag = params.flag as string | undefined
  return (
    (kinds === undefined && flag === undefined) ||
    kinds?.includes(kind) === true ||
    (flag !== undefined && flagged(kind, flag))
  )
}

/** Each data line is of an allowed kind, each purpose of an allowed one. Parameters: `allowed` (codes, families), `purposes`, `when`. */
export const kindsWithin: Check = onSharing((facts, params, law) => {
  const allowed = listOf(params, "allowed")
  const fits = (kind: string): boolean =>
    allowed.some((one) => kind === one || kind.startsWith(`${one}.`) || flagged(kind, `family ${one}`))
  const purposes = params.purposes as readonly string[] | undefined
  const other = (valueOf(facts.sharing.body.purposes) ?? []).filter((one) => purposes && !purposes.includes(one))
  const lines = linesOf(facts)
    .filter(({ line }) => !fits(line.kind))
    .map(({ line, path, days }): Problem => ({
      days,
      verdict: "broken",
      says: "",
      path: `${path}.kind`,
      params: { kind: line.kind },
    }))
  const named = { verdict: "broken" as const, path: "purposes", params: { purposes: other.join(", ") } }
  return settle(whenDays(facts, whenOf(params), law), [
    ...lines,
    ...(other.length ? [{ days: ALWAYS, says: ".purpose", ...named }] : []),
  ])
})

/** A necessity in words for each kind of data. Parameters: `when`, `flag` (only flagged kinds). */
export const kindsNeeded: Check = onSharing((facts, params, law) =>
  settle(
    whenDays(facts, whenOf(params), law),
    linesOf(facts)
      .filter(({ line }) => concerns(line.kind, params))
      .flatMap(({ line, path, days }) =>
        answered(line.necessity, { days, says: "", path: `${path}.necessity`, params: { kind: line.kind } }),
      ),
  ),
)

/** Days of papers that pass, of those of the kinds that cover the flow. */
export function papersPassing(
  facts: SharingFacts,
  passes: (paper: ReturnType<typeof papersOf>[number]) => boolean,
): Stretch[] {
  return union(
    ...papersOf(facts)
      .filter(passes)
      .map((item) => item.days),
  )
}
