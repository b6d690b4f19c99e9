import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { ROWS, type RowId } from "./stage-rows"
import {
  eachHasAnother,
  partShape,
  rulesDiffer,
  rulesIn,
  rulesStand,
  SHIPPED,
  STAGES,
  withPart,
  type Around,
  type RulesPart,
  type StageName,
  type StageRules,
} from "./stage-rules"
import { stagesOfRows } from "./stages"

const A = `ent_${"0".repeat(25)}a`
const B = `ent_${"0".repeat(25)}b`
const P = (n: number) => `psn_${String(n).padStart(26, "0")}`
const around: Around = { proposerId: P(9), entityIds: [A, B], maySit: (id) => id !== P(7) }

/** The table of the domain handbook, section 4, written out by hand: procurement, legal, DPO, second lawyer. */
const HANDBOOK: Record<RowId, string> = {
  "party-identity": "P D",
  agreement: "PL",
  "agreement-renewed": "P",
  entrust: "PLD",
  "share-partner": "P",
  share: "LD",
  "statute-or-exception": "LD",
  "control-or-public": "LD2",
  joint: "PLD",
  special: "LD",
  destination: "LD",
  derogation: "LD2",
  "assessment-high": "LD2",
  assessment: "D",
  less: "D",
  ending: "P D",
  pack: "LD",
  details: "P",
  "no-row": "LD",
}
const LETTERS: Record<StageName, string> = { procurement: "P", legal: "L", dpo: "D", "second-legal": "2" }
const letters = (list: readonly string[]): string => list.map((one) => LETTERS[one as StageName]).join("")

describe("version 1 of the rules", () => {
  test("is the table of the handbook, with every stage open side by side", () => {
    for (const id of ROWS)
      expect(letters(STAGES.filter((one) => SHIPPED.rows[id].includes(one)))).toBe(HANDBOOK[id].replace(" ", ""))
    expect(new Set(Object.values(SHIPPED.waves))).toEqual(new Set([1]))
    expect(rulesStand(SHIPPED, around).ok).toBe(true)
  })

  test("gives a lawyer beside a DPO who only advises, and none where the DPO decides", () => {
    const of = (row: RowId, own = { dpoDecides: false, mergeSeats: false }) =>
      stagesOfRows(new Set([row]), A, own).map((one) => `${one.seat === "advises" ? "advice:" : ""}${one.stage}`)
    expect(of("less")).toEqual(["legal", "advice:dpo"])
    expect(of("less", { dpoDecides: true, mergeSeats: false })).toEqual(["dpo"])
    expect(of("entrust", { dpoDecides: false, mergeSeats: true })).toEqual(["legal", "advice:dpo"])
    expect(of("control-or-public")).toEqual(["legal", "advice:dpo", "second-legal"])
  })

  test("asks for the union of the rows, each stage with the rows that ask for it", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...ROWS), { minLength: 1 }), (rows) => {
        const stages = stagesOfRows(new Set(rows), A, { dpoDecides: true, mergeSeats: false })
        const wanted = STAGES.filter((stage) => rows.some((row) => SHIPPED.rows[row].includes(stage)))
        expect(stages.map((one) => one.stage)).toEqual(wanted)
        // Which rows a request matches can be read off its stages: the preview lives by that.
        expect(new Set(stages.flatMap((one) => one.because))).toEqual(new Set(rows))
      }),
    )
  })
})

const part = (over: Partial<RulesPart> = {}): RulesPart => ({
  ...{ companyId: null, rows: SHIPPED.rows, days: SHIPPED.days, waves: SHIPPED.waves, persons: {} },
  ...over,
})
const wrongIn = (rules: StageRules): string[] => {
  const stands = rulesStand(rules, around)
  return stands.ok ? [] : (stands.fields ?? []).map((one) => `${one.path} ${one.says}`)
}

describe("what can never be configured away", () => {
  test.each<[string, Partial<RulesPart>, string]>([
    ["a row without a stage", { rows: { ...SHIPPED.rows, less: [] } }, "rows.less invalid.rules-no-stage"],
    [
      "a second lawyer alone",
      { rows: { ...SHIPPED.rows, less: ["second-legal"] } },
      "rows.less invalid.rules-second-alone",
    ],
    [
      "a second lawyer before the first",
      { waves: { ...SHIPPED.waves, legal: 2 } },
      "waves.second-legal invalid.rules-second-first",
    ],
  ])("%s is refused", (_what, over, says) => expect(wrongIn(withPart(SHIPPED, part(over)))).toEqual([says]))

  test.each<[string, RulesPart["persons"], string[]]>([
    ["who lacks the role", { legal: [P(7)] }, [`companies.${A}.persons.legal invalid.rules-person`]],
    ["who alone proposes", { legal: [P(9)] }, [`companies.${A}.persons.legal invalid.rules-nobody`]],
    [
      "one person for two stages",
      { legal: [P(1)], procurement: [P(1), P(9)] },
      [`companies.${A}.persons invalid.rules-too-few`],
    ],
    ["enough of them", { legal: [P(1), P(2)], procurement: [P(1)], "second-legal": [P(3)] }, []],
  ])("persons: %s", (_what, persons, wrong) =>
    expect(wrongIn(withPart(SHIPPED, part({ companyId: A, persons })))).toEqual(wrong),
  )

  test("a company that there is not, rows and stages that there are not", () => {
    const stranger = withPart(
      SHIPPED,
      part({ companyId: `ent_${"z".repeat(26)}`, days: { ...SHIPPED.days, legal: 9 } }),
    )
    expect(wrongIn(stranger)).toEqual([`companies.ent_${"z".repeat(26)} invalid.rules-company`])
    const fits = (over: object) => partShape.safeParse({ ...part(), ...over }).success
    expect(fits({})).toBe(true)
    expect(fits({ rows: { ...SHIPPED.rows, mine: ["legal"] } })).toBe(false)
    expect(fits({ rows: { ...SHIPPED.rows, less: ["boss"] } })).toBe(false)
    expect(fits({ days: { ...SHIPPED.days, dpo: 0 } })).toBe(false)
    expect(fits({ waves: { ...SHIPPED.waves, dpo: 1.5 } })).toBe(false)
    expect(fits({ fourEyes: false })).toBe(false)
  })

  test("each list has a person of its own exactly where some choice of them says so", () => {
    const lists = fc.array(fc.uniqueArray(fc.integer({ min: 1, max: 4 }).map(String), { maxLength: 4 }), {
      maxLength: 4,
    })
    fc.assert(
      fc.property(lists, (all) => {
        const choices = all.reduce<string[][]>(
          (done, list) => done.flatMap((had) => list.map((one) => [...had, one])),
          [[]],
        )
        expect(eachHasAnother(all)).toBe(choices.some((choice) => new Set(choice).size === all.length))
      }),
    )
  })
})

describe("a company's own rules", () => {
  const own = withPart(
    SHIPPED,
    part({ companyId: A, days: { ...SHIPPED.days, legal: 9 }, persons: { legal: [P(2), P(1)] } }),
  )
  test("are only what is otherwise there, and touch no other company", () => {
    expect(own.companies).toEqual([
      { entityId: A, rows: {}, days: { legal: 9 }, waves: {}, persons: { legal: [P(1), P(2)] } },
    ])
    expect(rulesIn(own, A).days.legal).toBe(9)
    expect(rulesIn(own, B)).toEqual(rulesIn(SHIPPED, B))
    expect(
      rulesDiffer(SHIPPED, own)
        .map((one) => one.path)
        .sort(),
    ).toEqual([`${A}.days.legal`, `${A}.persons.legal`])
  })
  test("go when they are everybody's again", () => expect(withPart(own, part({ companyId: A }))).toEqual(SHIPPED))
})
