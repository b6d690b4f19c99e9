import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { known } from "@/domain/core/answer"
import { intersect, subtract, union, type Stretch } from "@/domain/core/stretch"
import { packsKnownAt } from "@/domain/packs/all"
import { compareSharing } from "@/domain/whatif/compare"
import { layOverRules, rulesOf, type Rules } from "@/domain/whatif/lay-law"
import type { Scenario } from "@/domain/whatif/scenario"
import * as stories from "@/testing/clause-stories"
import { factsOf } from "@/testing/covered"
import { story, storyOf } from "@/testing/random-stories"
import { flowDays } from "./kit"
import { changedParts, LOOKS_AT, looksAt, PARTS, type Part } from "./looks-at"
import { CHECKS } from "./registry"
import { findingsOf } from "./run"
import type { Finding, SharingFacts } from "./types"
import { whenDays, type When } from "./when"

const RULES = rulesOf(packsKnownAt(stories.NOW))
const CLAUSES = RULES.packs.flatMap((pack) => pack.clauses)
const SEED = 20261125

/** The same facts, without the part: whoever asks for it is found out. */
function without({ sharing, ...rest }: SharingFacts, part: Part): SharingFacts {
  const asked = {
    enumerable: true,
    get: () => {
      throw new Error(part)
    },
  }
  const body = { ...sharing.body }
  if (part in body) Object.defineProperty(body, part, asked)
  const facts = { ...rest, sharing: { ...sharing, body } }
  return part in rest ? Object.defineProperty(facts, part, asked) : facts
}

function readers(facts: SharingFacts, part: Part): Set<string> {
  const law = { ...RULES.law }
  if (part === "adequacy")
    Object.defineProperty(law, part, {
      get: () => {
        throw new Error(part)
      },
    })
  const out = new Set<string>()
  for (const clause of CLAUSES) {
    if (clause.check === null) continue
    try {
      CHECKS[clause.check]?.(without(facts, part), clause.params ?? {}, law)
    } catch (problem) {
      if (!(problem instanceof Error) || problem.message !== part) throw problem
      if (!looksAt(clause, part)) out.add(`${clause.id} ${clause.check}`)
    }
  }
  return out
}

const SHOWN = Object.values(stories).flatMap((one) => {
  if (typeof one !== "object" || Array.isArray(one) || !("sharing" in one || "party" in one)) return []
  const facts = stories.factsOf(one as stories.Story)
  return facts.about === "sharing" ? [facts] : []
})

describe("a check that does not name a part of the facts", () => {
  test.each(PARTS)("does not look at it: %s", (part) => {
    expect(SHOWN.length).toBeGreaterThan(8)
    for (const facts of SHOWN) expect([...readers(facts, part)]).toEqual([])
    fc.assert(
      fc.property(story, (made) => {
        expect([...readers(factsOf(storyOf(made).story), part)]).toEqual([])
      }),
      { numRuns: 40, seed: SEED },
    )
  })
  test("is there: every name is a check's", () => {
    for (const part of PARTS) for (const check of LOOKS_AT[part]) expect(CHECKS[check], check).toBeDefined()
  })
})

/** Clauses with a condition that holds on no day of the flow, and whose check all the same says that it applies. */
function askedInVain(facts: SharingFacts): string[] {
  return CLAUSES.flatMap(({ id, check, params }) => {
    const when = params?.when as When | undefined
    if (check === null || !when || whenDays(facts, when, RULES.law).length > 0) return []
    const rulings = CHECKS[check]?.(facts, params ?? {}, RULES.law) ?? []
    return rulings.every((one) => one.verdict === "not-applicable") ? [] : [id]
  })
}

test("a clause whose condition holds on no day applies on none, so that its check need not be asked", () => {
  for (const facts of SHOWN) expect(askedInVain(facts)).toEqual([])
  fc.assert(
    fc.property(story, (made) => {
      expect(askedInVain(factsOf(storyOf(made).story))).toEqual([])
    }),
    { numRuns: 150, seed: SEED },
  )
})

const wordsOf = (one: Pick<Finding, "clause" | "severity" | "says" | "params">): string =>
  JSON.stringify([one.clause, one.severity, one.says, one.params])

test("whatever else differs, every clause is asked", () => {
  const facts = factsOf({})
  expect(changedParts(facts, { ...facts })).toEqual([])
  expect(changedParts(facts, { ...facts, bands: [] })).toBeNull()
  expect(changedParts({ ...facts, bands: [] }, facts)).toBeNull()
  expect(changedParts(facts, { ...facts, party: { ...facts.party } })).toBeNull()
  const body = { ...facts.sharing.body, purposes: known(["svc.infra" as const]) }
  expect(changedParts(facts, { ...facts, sharing: { ...facts.sharing, body } })).toBeNull()
})

/** What is newly found on the flow's days from the day on, by asking every clause before and after. */
function foundNew(facts: [SharingFacts, SharingFacts], rules: [Rules, Rules], since: Stretch[]): string[] {
  const byWhat = (list: readonly Finding[]): Map<string, Finding[]> => {
    const all = new Map<string, Finding[]>()
    for (const one of list) {
      const what = JSON.stringify([wordsOf(one), one.verdict])
      all.set(what, [...(all.get(what) ?? []), one])
    }
    return all
  }
  const days = intersect(flowDays(facts[1].sharing.body), since)
  const [was, is] = facts.map((one, i) => byWhat(findingsOf(one, rules[i]?.packs ?? [], rules[i]?.law)))
  return [...(is ?? [])].flatMap(([what, found]) => {
    const fresh = intersect(subtract(union(found), union(was?.get(what) ?? [])), days)
    return fresh.length ? [`${found.map(wordsOf)[0]} ${fresh[0]?.from}`] : []
  })
}

test(`what a scenario newly finds is what asking every clause before and after finds (seed ${SEED})`, () => {
  let found = 0
  fc.assert(
    fc.property(story, story, fc.constantFrom(...PARTS), (one, other, part) => {
      const { story: told, from } = storyOf(one)
      const before = factsOf(told)
      const donor = factsOf(storyOf(other).story)
      const body = {
        ...before.sharing.body,
        ...(part in donor.sharing.body ? { [part]: donor.sharing.body[part as "grounds"] } : {}),
      }
      const after =
        part === "adequacy"
          ? before
          : part in body
            ? { ...before, sharing: { ...before.sharing, body } }
            : { ...before, [part]: donor[part as "agreements"] }
      expect(changedParts(before, after)?.every((name) => name === part)).toBe(true)
      const scenario: Scenario = { kind: "loses-adequacy", regime: "EU", country: "US", on: from }
      const rules: [Rules, Rules] = [RULES, part === "adequacy" ? layOverRules(RULES, scenario) : RULES]
      const compared = compareSharing({ before, after, rulesBefore: rules[0], rulesAfter: rules[1] }, scenario)
      const said = compared.findings.map((item) => `${wordsOf(item)} ${item.from}`)
      const all = foundNew([before, after], rules, [{ from, to: null }])
      found += all.length
      expect(said.sort()).toEqual(all.sort())
    }),
    { numRuns: 150, seed: SEED },
  )
  expect(found).toBeGreaterThan(50)
})
