import fc from "fast-check"
import { expect, test } from "vitest"
import { shortGroups, shortOf, type Waiting } from "./seating"

const stage = (key: string, ...may: string[]): Waiting => ({ key, may })

/** Whether each stage can be given to somebody else, by trying everything. */
function everyoneApart(waiting: readonly Waiting[], taken: readonly string[] = []): boolean {
  const [first, ...rest] = waiting
  if (!first) return true
  return first.may.some((person) => !taken.includes(person) && everyoneApart(rest, [...taken, person]))
}

/** The most stages that can be taken at once by different people. */
function mostTaken(waiting: readonly Waiting[], taken: readonly string[] = []): number {
  const [first, ...rest] = waiting
  if (!first) return 0
  const ways = first.may.filter((one) => !taken.includes(one)).map((one) => 1 + mostTaken(rest, [...taken, one]))
  return Math.max(mostTaken(rest, taken), ...ways)
}

test.each<[string, Waiting[], object | null]>([
  ["no stage needs nobody", [], null],
  ["each has one of their own", [stage("legal", "a"), stage("dpo", "b")], null],
  ["who can do either leaves the other", [stage("legal", "a", "b"), stage("dpo", "a")], null],
  [
    "one person for two",
    [stage("legal", "a"), stage("dpo", "a")],
    { stages: ["legal", "dpo"], people: ["a"], missing: 1 },
  ],
  ["nobody for one", [stage("legal"), stage("dpo", "a")], { stages: ["legal"], people: [], missing: 1 }],
  [
    "two for three, and a fourth that is apart",
    [stage("legal", "a", "b"), stage("second-legal", "a", "b"), stage("dpo", "b", "a"), stage("procurement", "c")],
    { stages: ["legal", "second-legal", "dpo"], people: ["a", "b"], missing: 1 },
  ],
])("%s", (_name, waiting, short) => {
  expect(shortOf(waiting)).toEqual(short)
})

test.each<[string, Waiting[], object[]]>([
  ["enough", [stage("legal", "a"), stage("dpo", "b")], []],
  [
    "two companies, each with one person for two",
    [stage("legal A", "a"), stage("legal B", "b"), stage("dpo A", "a"), stage("dpo B", "b"), stage("procurement", "c")],
    [
      { stages: ["legal A", "dpo A"], people: ["a"], missing: 1 },
      { stages: ["legal B", "dpo B"], people: ["b"], missing: 1 },
    ],
  ],
  [
    "who can do both companies holds them together",
    [
      stage("legal A", "a", "x"),
      stage("dpo A", "a"),
      stage("legal B", "b", "x"),
      stage("dpo B", "b"),
      stage("second", "x"),
    ],
    [{ stages: ["legal A", "dpo A", "legal B", "dpo B", "second"], people: ["a", "b", "x"], missing: 2 }],
  ],
])("groups apart: %s", (_name, waiting, groups) => {
  expect(shortGroups(waiting)).toEqual(groups)
})

const people = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"), { maxLength: 4 })
const requests = fc
  .array(people, { maxLength: 6 })
  .map((list) => list.map((may, i): Waiting => ({ key: String(i), may })))

test("it is short just where no way of giving each stage to somebody else is found by trying all, and by that many", () => {
  fc.assert(
    fc.property(requests, (waiting) => {
      const short = shortOf(waiting)
      expect(short === null).toBe(everyoneApart(waiting))
      expect(short?.missing ?? 0).toBe(waiting.length - mostTaken(waiting))
    }),
    { numRuns: 500 },
  )
})

test("who is named is all that may take the stages named, and they are too few by what is missing", () => {
  fc.assert(
    fc.property(requests, (waiting) => {
      const short = shortOf(waiting)
      if (!short) return
      const named = waiting.filter((one) => short.stages.includes(one.key))
      expect([...new Set(named.flatMap((one) => one.may))].sort()).toEqual(short.people)
      expect(named.length - short.people.length).toBe(short.missing)
    }),
    { numRuns: 500 },
  )
})

test("groups have nobody in common, and are together what is short", () => {
  fc.assert(
    fc.property(requests, (waiting) => {
      const whole = shortOf(waiting)
      const groups = shortGroups(waiting)
      expect(groups.flatMap((one) => one.stages).sort()).toEqual([...(whole?.stages ?? [])].sort())
      expect(groups.reduce((sum, one) => sum + one.missing, 0)).toBe(whole?.missing ?? 0)
      const named = groups.flatMap((one) => one.people)
      expect(new Set(named).size).toBe(named.length)
    }),
    { numRuns: 500 },
  )
})
