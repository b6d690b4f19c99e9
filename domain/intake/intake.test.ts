import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { canonical } from "@/domain/core/canonical"
import { day } from "@/domain/core/day"
import { SHAPES } from "@/domain/records/kinds"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import { typedParty } from "@/testing/bodies"
import { nthId, typedAgreement, typedSharing } from "@/testing/in-2026"
import { answersCounted, askedNow, isFor, missingIn, needsIn, reader, stepsOf } from "./asked"
import { MOST_SENTENCES, needsOf, suggested, suggestedLess } from "./necessity"
import { overPrefilled, prefilled } from "./prefill"
import { proposalsOf, type MakeOn } from "./proposals"
import { BEGINNINGS, type Answers, type Beginning, type Given, type Question, type Value } from "./question"
import { QUESTIONS, questionOf } from "./questions"
import { readForm, withSent, wrongIn } from "./values"

const TODAY = day("2026-06-01")
const FACTS = { entityCountry: "DE" }
const [ENTITY, PARTY, FLOW, PAPER] = [nthId("entity", 1), nthId("party", 2), nthId("sharing", 3), nthId("agreement", 4)]
const CONSENT = nthId("consent", 5)
const between = { entityId: ENTITY, partyId: PARTY }
const known = (value: Value): Given => ({ state: "known", value })

const ON: MakeOn = {
  ids: {
    ...{ party: nthId("party", 20), sharing: nthId("sharing", 21), agreement: nthId("agreement", 22) },
    ...{ demand: nthId("demand", 23), vetting: nthId("assessment", 24), transfer: nthId("assessment", 25) },
    ...{ impact: nthId("assessment", 26), audit: nthId("assessment", 27) },
  },
  named: {
    party: { id: PARTY, body: typedParty() },
    sharing: { id: FLOW, body: typedSharing(between) },
    agreement: { id: PAPER, body: typedAgreement(between, [FLOW]) },
  },
  facts: FACTS,
  today: TODAY,
}

/** Every answer that fits a question. */
function fitting(question: Question): fc.Arbitrary<Given> {
  const { shape } = question
  const text = fc
    .string({ minLength: 1, maxLength: 30 })
    .map((words) => `a${words}`.normalize("NFC").replace(/\0/g, ""))
  const codes = "options" in shape ? shape.options.map((one) => one.code) : []
  const value: fc.Arbitrary<Value> =
    shape.is === "one"
      ? fc.constantFrom(...codes)
      : shape.is === "many"
        ? fc.uniqueArray(fc.constantFrom(...codes), { minLength: 1, maxLength: Math.min(shape.most, 12) })
        : shape.is === "text"
          ? text
          : shape.is === "day"
            ? fc.constantFrom(...(shape.past ? ["2025-02-28", "2026-06-01"] : ["2026-06-01", "2027-12-31"]))
            : shape.is === "countries"
              ? fc.uniqueArray(fc.constantFrom("DE", "US", "IN", "CN"), { minLength: 1 })
              : shape.is === "pick"
                ? fc.constant({ entity: ENTITY, sharing: FLOW, agreement: PAPER, consent: CONSENT }[shape.of])
                : shape.is === "party"
                  ? fc.oneof(
                      fc.constant({ id: PARTY as string }),
                      text.map((name) => ({ name })),
                    )
                  : shape.is === "each"
                    ? fc.dictionary(fc.constantFrom("US", "IN", "CN"), fc.constantFrom(...codes), { minKeys: 1 })
                    : fc.dictionary(fc.constantFrom("*~*", "*~special", "svc.support~contact"), text)
  const open = fc.constantFrom<Given>(
    { state: "unknown" },
    { state: "unknown", of: "supplier", due: TODAY },
    { state: "unknown", asked: "Jane", due: TODAY },
  )
  const firm = wrongIn(question, { state: "unknown" }, TODAY) !== null
  const known: fc.Arbitrary<Given> = value.map((of) => ({ state: "known", value: of }))
  return firm
    ? known
    : fc.oneof(
        { weight: 4, arbitrary: known },
        open,
        ...(question.orNot ? [fc.constant<Given>({ state: "not-applicable" })] : []),
      )
}

/** Answers to any questions, asked or not, in any order. */
const anyAnswers: fc.Arbitrary<[string, Given][]> = fc
  .shuffledSubarray([...QUESTIONS])
  .chain((list) => fc.tuple(...list.map((one) => fitting(one).map((given): [string, Given] => [one.id, given]))))

describe("whatever is answered, in whatever order", () => {
  test("every answer fits its question", () => {
    fc.assert(
      fc.property(anyAnswers, (list) => {
        for (const [id, given] of list)
          expect([id, wrongIn(questionOf(id) as Question, given, TODAY)]).toEqual([id, null])
      }),
      { numRuns: 100 },
    )
  })
  test("nothing is asked that its condition hides, and hidden answers are kept and do not count", () => {
    fc.assert(
      fc.property(anyAnswers, (list) => {
        let answers: Answers = {}
        for (const [id, given] of list) answers = withSent(answers, { [id]: given })
        expect(Object.keys(answers).sort()).toEqual(list.map(([id]) => id).sort())
        const { questions, counted } = askedNow(answers, FACTS)
        const of = reader(counted, FACTS)
        const ids = questions.map((one) => one.id)
        for (const question of QUESTIONS) expect(ids.includes(question.id)).toBe(question.when(of))
        for (const id of Object.keys(counted)) expect(ids).toContain(id)
        for (const one of missingIn(answers, FACTS, ["requester"])) expect(ids).toContain(one.id)
      }),
      { numRuns: 300 },
    )
  })
  test("what it proposes has the shape of its kind, and hidden answers change nothing of it", () => {
    fc.assert(
      fc.property(anyAnswers, (list) => {
        const answers = Object.fromEntries(list)
        const made = proposalsOf(answers, ON)
        for (const one of made.proposals) {
          const read = SHAPES[one.kind].safeParse(one.body)
          expect(read.success ? [] : [one.kind, read.error.issues]).toEqual([])
        }
        expect(new Set(made.proposals.map((one) => one.recordId)).size).toBe(made.proposals.length)
        expect(proposalsOf(askedNow(answers, FACTS).counted, ON)).toEqual(made)
        if (made.kind === "discovered")
          for (const one of made.proposals) {
            expect(one.op).toBe("create")
            expect(["party", "sharing", "demand"]).toContain(one.kind)
          }
      }),
      { numRuns: 250 },
    )
  })
  test("a requester gives at most 25 answers, sentences of need among them", () => {
    const most = new Map<string, number>()
    fc.assert(
      fc.property(fc.constantFrom(...BEGINNINGS), anyAnswers, (beginning, list) => {
        const all = Object.fromEntries(list)
        const from = { of: "account", title: "Me" } as const
        const filled: Answers = {
          "9.2": { state: "known", value: "Me", from },
          "9.2a": { state: "known", value: "2026-07-01", from },
        }
        const answers = { ...all, ...filled, "1.1": known(beginning) }
        const n = answersCounted(answers, FACTS)
        most.set(beginning, Math.max(most.get(beginning) ?? 0, n))
        expect(n).toBeLessThanOrEqual(25)
      }),
      { numRuns: 400 },
    )
  })
})

/** Answers everything that a requester is asked, always so that most is asked. */
function longest(beginning: Beginning, reaches = "deidentified"): Answers {
  const wanted: Record<string, Value> = {
    ...{
      "1.1": beginning,
      "1.3": { name: "Harbour Cloud Ltd" },
      "1.4b": ["svc.support", "svc.infra", "err.fix"],
      "2.1": reaches,
    },
    ...{ "3.1": ["child", "user"], "3.2": DATA_KINDS.map((kind) => kind.code), "4.1": "own-ends", "5.3f": "yes" },
    ...{ "6.1": ["US"], "6.1a": ["IN"], "7.3c": "tacit" },
  }
  const from = { of: "account", title: "Me" } as const
  let answers: Answers = {
    "9.2": { state: "known", value: "Me", from },
    "9.2a": { state: "known", value: "2026-07-01", from },
  }
  for (;;) {
    const { questions, counted } = askedNow(answers, FACTS)
    const open = questions.find((one) => isFor(one, ["requester"]) && !counted[one.id])
    if (!open) return answers
    const { shape } = open
    const value =
      wanted[open.id] ??
      (shape.is === "one" || shape.is === "many"
        ? shape.is === "many"
          ? [shape.options[0]?.code ?? ""]
          : (shape.options[0]?.code ?? "")
        : shape.is === "sentences"
          ? Object.fromEntries(needsIn(counted).map((need) => [need.key, "We need it."]))
          : shape.is === "countries"
            ? ["US"]
            : shape.is === "day"
              ? "2026-06-01"
              : shape.is === "pick"
                ? { entity: ENTITY, sharing: FLOW, agreement: PAPER, consent: CONSENT }[shape.of]
                : "words")
    answers = withSent(answers, { [open.id]: known(value) })
  }
}

test.each<[Beginning, number]>([
  ["new-supplier", 25],
  ["more-data", 11],
  ["affiliate", 22],
  ["merger", 15],
  ["publish", 17],
  ["authority", 21],
  ["renew", 6],
  ["end", 4],
  ["running", 11],
])("the longest path of %s asks a requester %i answers", (beginning, n) => {
  // Of data in which nobody can be recognised it is asked how, of other data why less would not do.
  const counts = ["deidentified", "yes"].map((reaches) => answersCounted(longest(beginning, reaches), FACTS))
  expect(Math.max(...counts)).toBe(n)
})

test("a renewal opens at the paper, an ending at its last day, with everything else unchanged", () => {
  const opens = (beginning: Beginning): string[] => askedNow(longest(beginning), FACTS).questions.map((one) => one.id)
  expect(
    opens("renew")
      .filter((id) => !id.startsWith("1."))
      .every((id) => id.startsWith("7.")),
  ).toBe(true)
  expect(opens("end")).toEqual(["1.1", "1.3a", "9.1", "9.1c"])
  const [paper] = proposalsOf({ ...longest("renew"), "7.3b": known("2028-12-31") }, ON).proposals
  expect(paper).toMatchObject({ op: "change", recordId: PAPER })
  expect(paper?.body).toEqual({
    ...ON.named.agreement?.body,
    endsOn: { state: "known", value: "2028-12-31" },
    renewal: { state: "known", value: { way: "tacit", months: 1, noticeMonths: 0 } },
  })
})

test("without personal data a request says so and asks no more; not sure leaves it to the DPO", () => {
  const asked = { "1.1": known("new-supplier"), "1.2": known(ENTITY), "1.3": known({ name: "Quiet Ltd" }) }
  const no: Answers = { ...asked, "2.1": known("no"), "2.3": known("They mow the lawn.") }
  expect(
    stepsOf(no, FACTS, ["requester"])
      .filter((step) => step.state === "not-needed")
      .map((step) => step.block),
  ).toEqual(["3", "4", "5", "6", "7", "8", "9"])
  const made = proposalsOf(no, ON)
  expect(made.proposals.map((one) => [one.kind, (one.body as { dataDecision?: string }).dataDecision])).toEqual([
    ["party", "no-personal-data"],
  ])
  // Without a flow the party itself says what it is wanted for.
  const unsure: Answers = { ...asked, "1.4": known("Mows the lawn."), "2.1": { state: "unknown" } }
  expect(proposalsOf(unsure, ON).proposals[0]?.body).toMatchObject({ notes: known("Mows the lawn.") })
  expect(proposalsOf(unsure, ON).proposals.map((one) => (one.body as { dataDecision?: string }).dataDecision)).toEqual([
    "undecided",
  ])
  expect(missingIn(unsure, FACTS, ["requester"]).map((one) => one.id)).toContain("2.1")
})

test("titles are cut between signs and never within one, so that what is proposed is what a record may hold", () => {
  const words = known(`${"x".repeat(88)}${"😀".repeat(200)}`)
  for (const beginning of ["new-supplier", "authority", "running"] as const)
    for (const one of proposalsOf({ ...longest(beginning), "1.4": words }, ON).proposals)
      expect(() => canonical(one.body as never), `${beginning} ${one.kind}`).not.toThrow()
})

test("what runs already is recorded as found and never as approved; a demand that cannot wait likewise", () => {
  const found = proposalsOf(longest("running"), ON)
  expect(found.kind).toBe("discovered")
  const flow = found.proposals.find((one) => one.kind === "sharing")
  expect(flow).toMatchObject({ op: "create", discovered: true })
  expect(flow?.body).toMatchObject({
    foundHow: known("words"),
    foundAllowedBy: known("words"),
    startsOn: known("2026-06-01"),
  })
  const demand = proposalsOf(longest("authority"), ON)
  expect(demand.kind).toBe("discovered")
  expect(demand.proposals.map((one) => one.kind)).toEqual(["party", "demand", "sharing"])
  expect(demand.proposals[1]?.body).toMatchObject({
    askedBy: known("words"),
    powerChecked: known("yes"),
    given: known("words"),
  })
  const waits = proposalsOf({ ...longest("authority"), "5.3f": known("no") }, ON)
  expect(waits.kind).toBe("change")
  expect(waits.proposals.some((one) => one.discovered)).toBe(false)
})

test("a day since when something runs cannot lie after today", () => {
  const since = questionOf("1.6") as Question
  expect(wrongIn(since, known("2026-06-02"), TODAY)).toBe("invalid.intake-after-today")
  expect(wrongIn(since, known("2026-06-01"), TODAY)).toBeNull()
  expect(wrongIn(since, known("1995-01-01"), TODAY)).toBeNull()
  expect(wrongIn(since, known("1994-12-31"), TODAY)).toBe("invalid.found-early")
  // A paper may well be older.
  expect(wrongIn(questionOf("7.3") as Question, known("1994-12-31"), TODAY)).toBeNull()
})

test("why data is needed is asked for each purpose and group of kinds, in few sentences, suggested but for special kinds", () => {
  expect(
    needsOf(["svc.support"], ["contact.email", "id.name", "device.id"]).map((need) => [need.key, suggested(need)]),
  ).toEqual([
    ["svc.support~contact", "Without names and ways to reach people they could not help people who ask us for help."],
    [
      "svc.support~device",
      "Without details of the device and how it is used they could not help people who ask us for help.",
    ],
  ])
  expect(suggested(needsOf(["svc.support"], ["spec.health"])[0] as never)).toBe("")
  fc.assert(
    fc.property(
      fc.subarray(
        PURPOSES.map((one) => one.code),
        { maxLength: 3 },
      ),
      fc.subarray(DATA_KINDS.map((one) => one.code)),
      (purposes, kinds) => {
        const needs = needsOf(purposes, kinds)
        expect(needs.length).toBeLessThanOrEqual(MOST_SENTENCES)
        for (const kind of kinds) expect(needs.some((need) => need.kinds.includes(kind))).toBe(true)
        expect(new Set(needs.map((need) => need.key)).size).toBe(needs.length)
      },
    ),
    { numRuns: 300 },
  )
})

test("why less would not do stands beside the need, is suggested but for special kinds, and goes into the flow", () => {
  expect(suggestedLess(["svc.support"], ["id.name"])).toBe(
    "With less data, or data of fewer people, they could not help people who ask us for help.",
  )
  expect([suggestedLess(["svc.support"], ["id.name", "spec.health"]), suggestedLess([], ["id.name"])]).toEqual(["", ""])
  const flow = proposalsOf(longest("new-supplier", "yes"), ON).proposals.find((one) => one.kind === "sharing")
  expect(flow?.body).toMatchObject({ whyNotLess: known("words") })
  const more = proposalsOf(longest("more-data"), ON).proposals[0]?.body
  expect(more).toMatchObject({ whyNotLess: known("words") })
  const open = { ...longest("more-data"), "3.2l": { state: "unknown" } as const }
  expect(proposalsOf(open, ON).proposals[0]?.body).toMatchObject({ whyNotLess: { state: "blank" } })
})

test("what the register knows is not asked again, and says whence; one's own answer goes first", () => {
  const filled = prefilled({
    me: "Rita Request",
    settleBy: "2026-07-01",
    entities: [{ id: ENTITY, title: "Lumen" }],
    party: { title: "Harbour", body: typedParty({ subKind: { state: "known", value: "infrastructure" } }) },
    flow: { title: "Hosting", body: typedSharing(between) },
  })
  expect(Object.keys(filled).sort()).toEqual(["1.2", "4.1", "4.3", "6.1", "8.2", "9.1b", "9.2", "9.2a"])
  expect(filled["6.1"]).toEqual({ state: "known", value: ["IE"], from: { of: "sharing", title: "Hosting" } })
  expect(overPrefilled({ "6.1": known(["US"]) }, filled)["6.1"]).toEqual(known(["US"]))
})

test("every question has what a form needs to read it back", () => {
  const form = {
    "q.1.3": "new",
    "q.1.3.name": " Harbour  Cloud ",
    "q.6.1": "Germany, US; India",
    "q.3.2n.svc.support~contact": "So that they can answer.",
    "q.9.1.as": "not-applicable",
    "q.2.2.as": "supplier",
    "q.2.2.due": "2026-07-01",
    "q.3.1": ["user", "child"],
  }
  expect(readForm(form, ["1.3", "6.1", "3.2n", "9.1", "2.2", "3.1", "1.4", "nonsense"])).toEqual({
    "1.3": known({ name: "Harbour  Cloud" }),
    "6.1": known(["DE", "US", "IN"]),
    "3.2n": known({ "svc.support~contact": "So that they can answer." }),
    "9.1": { state: "not-applicable" },
    "2.2": { state: "unknown", due: "2026-07-01", of: "supplier" },
    "3.1": known(["user", "child"]),
    "1.4": null,
  })
})

test("ids are in the order of their blocks, and conditions read earlier answers alone", () => {
  expect(new Set(QUESTIONS.map((one) => one.id)).size).toBe(QUESTIONS.length)
  QUESTIONS.forEach((question, at) => {
    expect(question.id.startsWith(`${question.block}.`)).toBe(true)
    const read = new Set<string>()
    for (const beginning of BEGINNINGS) {
      const counted = askedNow(longest(beginning), FACTS).counted
      const plain = reader(counted, FACTS)
      question.when({
        ...plain,
        code: (id) => (read.add(id), plain.code(id)),
        codes: (id) => (read.add(id), plain.codes(id)),
        state: (id) => (read.add(id), plain.state(id)),
      })
    }
    const earlier = QUESTIONS.slice(0, at).map((one) => one.id)
    for (const id of read) expect(earlier).toContain(id)
  })
})
