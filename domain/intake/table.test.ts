import { expect, test } from "vitest"
import { BLANK, known, valueOr } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import { PACKS } from "@/domain/packs/all"
import type { Sharing } from "@/domain/records/sharing"
import { nthId } from "@/testing/flow"
import { askedNow, missingIn } from "./asked"
import { proposalsOf, type MakeOn } from "./proposals"
import type { Answers, Asker, Beginning, Value } from "./question"
import { QUESTIONS, questionOf } from "./questions"
import { readForm, wrongIn } from "./values"

const FACTS = { entityCountry: "DE" }
const ON: MakeOn = {
  ids: {
    ...{ party: nthId("party", 20), sharing: nthId("sharing", 21), agreement: nthId("agreement", 22) },
    ...{ demand: nthId("demand", 23), vetting: nthId("assessment", 24), transfer: nthId("assessment", 25) },
    ...{ impact: nthId("assessment", 26), audit: nthId("assessment", 27) },
  },
  named: { party: null, sharing: null, agreement: null },
  ...{ facts: FACTS, today: day("2026-06-01") },
}
const as = (of: Record<string, Value>): Answers =>
  Object.fromEntries(Object.entries(of).map(([id, value]) => [id, { state: "known", value } as const]))
/** A supplier who works for us alone, at home, without anything that the law guards more closely. */
const USUAL: Record<string, Value> = {
  ...{ "1.1": "new-supplier", "1.2": nthId("entity", 1), "1.3": { name: "Harbour Cloud Ltd" }, "2.1": "yes" },
  ...{ "3.1": ["user"], "3.2": ["contact.email"], "4.1": "for-us", "6.1": ["DE"], "6.1a": ["DE"], "7.1": "existing" },
}
const begin = (beginning: Beginning): Record<string, Value> => ({ "1.1": beginning })
const NOBODY: Record<string, Value> = { "2.1": "no" }

/** A row of the intake table of the field notes, and the questions that ask what it asks. */
type Row = {
  row: string
  ids: readonly string[]
  who: readonly Asker[]
  /** What is answered beside the usual so that all of it is asked. */
  asked?: Record<string, Value>
  /** What is answered beside the usual so that none of it is asked; absent: it is asked always. */
  not?: Record<string, Value>
}
const [R, P, L, D, S] = ["requester", "procurement", "legal", "dpo", "supplier"] as const
const ours = (over: Record<string, Value> = {}): Record<string, Value> => ({ "7.1": "ours", ...over })

const TABLE: readonly Row[] = [
  { row: "1.1 new, change, renew, end, running", ids: ["1.1"], who: [R] },
  { row: "1.2 which of our companies", ids: ["1.2"], who: [R], not: begin("renew") },
  { row: "1.3 to whom, else what it is called and where", ids: ["1.3", "1.3c", "1.3d", "1.3e"], who: [R] },
  { row: "1.4 what for, by when", ids: ["1.4", "1.4a", "1.4b"], who: [R], not: begin("end") },
  { row: "1.5 does somebody do it already", ids: ["1.5"], who: [R], not: begin("running") },
  {
    ...{ row: "1.1 running: since when, how found, who allowed it", ids: ["1.6", "1.7", "1.8"], who: [R] },
    ...{ asked: begin("running"), not: {} },
  },
  { row: "2.1 data about people at all", ids: ["2.1"], who: [R], not: begin("running") },
  { row: "2.1 no: why not", ids: ["2.3"], who: [R], asked: NOBODY, not: {} },
  { row: "2.2 de-identified, how", ids: ["2.2"], who: [R, D], asked: { "2.1": "deidentified" }, not: {} },
  { row: "3.1 whose, children", ids: ["3.1"], who: [R], not: NOBODY },
  { row: "3.2 which, and why each", ids: ["3.2", "3.2n"], who: [R], not: NOBODY },
  { row: "3.2 why not less", ids: ["3.2l"], who: [R], not: { "2.1": "deidentified" } },
  { row: "3.3 special kinds, second ground", ids: ["3.3"], who: [D], asked: { "3.2": ["spec.health"] }, not: {} },
  { row: "3.4 how many, how often, which way", ids: ["3.4", "3.4a", "3.4b"], who: [R], not: NOBODY },
  { row: "4.1 only for us, or for ends of their own", ids: ["4.1"], who: [R, D], not: NOBODY },
  { row: "4.2 mode, derived and confirmed", ids: ["4.2"], who: [D], not: NOBODY },
  { row: "4.3 kind of partner", ids: ["4.3"], who: [R], not: begin("authority") },
  { row: "5.1 ground", ids: ["5.1"], who: [D, L], asked: { "4.1": "own-ends" }, not: {} },
  {
    ...{ row: "5.2 which consent", ids: ["5.2"], who: [D] },
    ...{ asked: { "4.1": "own-ends", "5.1": "consent" }, not: { "4.1": "own-ends", "5.1": "partner" } },
  },
  {
    ...{ row: "5.3 provision, who asked, power, given, secrecy, deadline", who: [L] },
    ...{ ids: ["5.3", "5.3a", "5.3b", "5.3c", "5.3d", "5.3e", "5.3f", "5.3g"], not: {} },
    asked: { ...begin("authority"), "5.3e": "2026-07-01" },
  },
  { row: "5.4 legal basis", ids: ["5.4"], who: [D], not: NOBODY },
  {
    row: "5.4 and its assessment",
    ids: ["5.4a"],
    who: [D],
    asked: { "5.4": ["eu.6.1.f"] },
    not: { "5.4": ["eu.6.1.b"] },
  },
  { row: "5.5 does the notice change", ids: ["5.5"], who: [D], not: NOBODY },
  { row: "6.1 stored where, reached from where", ids: ["6.1", "6.1a"], who: [R, S], not: NOBODY },
  { row: "6.2 mechanism", ids: ["6.2"], who: [L, D], asked: { "6.1": ["US"] }, not: {} },
  {
    ...{ row: "6.2 module, number, until when", ids: ["6.2a", "6.2b", "6.2c"], who: [L, D] },
    ...{ asked: { "6.1": ["US"], "6.2": { US: "scc-2021" } }, not: { "6.1": ["US"], "6.2": { US: "adequacy" } } },
  },
  {
    ...{ row: "6.3 transfer impact assessment", ids: ["6.3", "6.3a", "6.3b"], who: [D] },
    asked: { "6.1": ["US"], "6.2": { US: "scc-2021" }, "6.3": "equivalent" },
    not: { "6.1": ["US"], "6.2": { US: "adequacy" } },
  },
  { row: "6.4 sub-processors and leave", ids: ["6.4", "6.4a"], who: [S, P], not: { "4.1": "own-ends" } },
  { row: "6.4 days to object", ids: ["7.2b"], who: [P], asked: ours(), not: ours({ "4.1": "own-ends" }) },
  { row: "7.1 which paper", ids: ["7.1", "7.1a"], who: [P], not: NOBODY },
  { row: "7.2 kind, who signs by what power", ids: ["7.2", "7.2a"], who: [P, L], asked: ours(), not: {} },
  {
    ...{ row: "7.3 signed, in effect, ends, renews, notice", who: [P], not: {} },
    ids: ["7.3", "7.3a", "7.3b", "7.3c", "7.3d", "7.3e", "7.3f"],
    asked: ours({ "7.2a": "Ada, director", "7.3c": "tacit" }),
  },
  { row: "7.5 found in purchasing", ids: ["7.5"], who: [P], asked: ours(), not: {} },
  { row: "8.1 certificates, until when", ids: ["8.1", "8.1a"], who: [S, P], asked: { "8.1": "ISO" }, not: NOBODY },
  { row: "8.2 measures", ids: ["8.2"], who: [S], not: { "4.1": "own-ends" } },
  {
    ...{ row: "8.3 impact assessment", ids: ["8.3", "8.3a"], who: [D], not: {} },
    asked: { "3.1": ["child"], "8.3": "passed" },
  },
  { row: "8.4 audit", ids: ["8.4"], who: [P, D], asked: { "3.2": ["spec.health"] }, not: {} },
  { row: "9.1 ends, kept how long, deleted how", ids: ["9.1", "9.1a", "9.1b"], who: [R, P], not: NOBODY },
  { row: "9.1 proof due when", ids: ["7.2c"], who: [P], asked: ours(), not: {} },
  { row: "9.1 of an ending", ids: ["9.1", "9.1c"], who: [R, P], asked: begin("end"), not: NOBODY },
  { row: "9.2 owner", ids: ["9.2"], who: [R], not: NOBODY },
  { row: "9.2 found running: settled by when", ids: ["9.2a"], who: [R], asked: begin("running"), not: {} },
  { row: "9.3 what if it is refused", ids: ["9.3"], who: [R], asked: { "4.1": "own-ends" }, not: {} },
  { row: "change or end: which flow; renew: which paper", ids: ["1.3a"], who: [R], asked: begin("more-data"), not: {} },
  { row: "renew: which paper", ids: ["1.3b"], who: [R], asked: begin("renew"), not: {} },
]

/*
 * What the table asks and the intake does not, for it is done where it can be done: files lie beside the record or come by the
 * supplier's link (2.2 evidence, 5.3 copy, 6.3 and 8.3 file, 7.3 file); clauses are pointed at pages of a file on the paper's own
 * page (7.4). A substitute (9.2) is named by being away, and the next review (9.2) follows from the checks' own clocks.
 */

test.each(TABLE.map((row) => [row.row, row] as const))("asks %s", (_name, { ids, who, asked, not }) => {
  const idsOf = (over: Record<string, Value>) =>
    new Set(askedNow(as({ ...USUAL, ...over }), FACTS).questions.map((one) => one.id))
  const here = idsOf(asked ?? {})
  for (const id of ids) expect(here, id).toContain(id)
  if (not) for (const id of ids) expect(idsOf(not), id).not.toContain(id)
  const answers = new Set(ids.flatMap((id) => questionOf(id)?.who ?? []))
  for (const one of who) expect(answers).toContain(one)
})

test("no question is outside the table", () => {
  const held = new Set(TABLE.flatMap((row) => row.ids))
  expect(QUESTIONS.map((one) => one.id).filter((id) => !held.has(id))).toEqual([])
})

test("every question names a clause that there is, or says that it is for handling only; and what it drives", () => {
  const clauses = new Set(PACKS.flatMap((pack) => pack.clauses.map((clause) => clause.id)))
  for (const question of QUESTIONS) {
    expect([question.id, question.clauses.length > 0], question.id).toEqual([question.id, question.handling !== true])
    for (const id of question.clauses) expect(clauses, question.id).toContain(id)
    expect(question.drives.length, question.id).toBeGreaterThan(0)
    expect(question.who.length, question.id).toBeGreaterThan(0)
  }
})

test("each foreign place has a safeguard of its own, with what is said of it; one that was left open is still missing", () => {
  const over = { "6.1": ["US", "DE"], "6.1a": ["IN"], "6.2a": "2", "6.2b": "Annex 3", "7.1": "none-yet" }
  const answers = (ways: Value): Answers => as({ ...USUAL, "1.2": nthId("entity", 1), ...over, "6.2": ways })
  const missing = (ways: Value) => missingIn(answers(ways), FACTS, ["legal"]).some((one) => one.id === "6.2")
  expect([missing({ US: "scc-2021" }), missing({ US: "scc-2021", IN: "adequacy" }), missing("adequacy")]).toEqual([
    ...[true, false, false],
  ])
  const ways = (of: Value) => {
    const flow = proposalsOf(answers(of), ON).proposals.find((one) => one.kind === "sharing")?.body as Sharing
    return valueOr(flow.destinations, []).map(({ country, mechanisms }) => [
      country,
      mechanisms.map((one) => [one.mechanism, one.module, one.evidence]),
    ])
  }
  const [two, three] = [known("2"), known("Annex 3")]
  expect(ways({ US: "scc-2021", IN: "adequacy", FR: "bcr" })).toEqual([
    ["US", [["scc-2021", two, three]]],
    ["DE", []],
    ["IN", [["adequacy", BLANK, BLANK]]],
  ])
  // What was chosen for all of them, before each had its own.
  expect(ways("bcr").map(([, found]) => (found as unknown[]).length)).toEqual([1, 0, 1])
  const question = questionOf("6.2")
  if (!question) throw new Error("6.2")
  const wrong = (value: Value) => wrongIn(question, { state: "known", value }, day("2026-06-01"))
  for (const value of [{}, { XX: "bcr" }, { US: "none" }, ["bcr"], "none", { US: "" }])
    expect([value, wrong(value as Value)]).toEqual([value, "invalid.choice"])
  const form = { "q.6.2.US": "bcr", "q.6.2.IN": "", "q.6.2.XX": "bcr", "q.6.2.as": "", "q.6.2a.US": "bcr" }
  expect(readForm(form, ["6.2"])).toEqual({ "6.2": { state: "known", value: { US: "bcr" } } })
})
