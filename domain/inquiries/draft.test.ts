import { expect, test } from "vitest"
import { apart, draftOf, fieldsOf, isApart, keptQuestions, turned, turnOf, type LetterDraft } from "./draft"
import { askFields, fieldsOfQuery, typedQuery } from "./query-form"
import { readQuery } from "./query"
import { LONGEST_LETTER, MOST_QUESTIONS } from "./split"

const letter = (): LetterDraft => apart("Dear all,\n1. Which?\n2. Why?\n(a) In short") as LetterDraft

test("a draft goes through the fields of its form and back, and its buttons change it", () => {
  const draft = letter()
  expect(draftOf(fieldsOf(draft))).toEqual(draft)
  const numbers = (said: string) => {
    const { draft: after, at } = turned(draft, turnOf(said))
    return [after.before, after.questions.map((one) => one.number || one.text || "new"), at]
  }
  expect(numbers("join.2")).toEqual(["Dear all,", ["1.", "2."], 1])
  expect(turned(draft, turnOf("join.2")).draft.questions[1]?.text).toBe("Why?\n(a) In short")
  expect(numbers("join.0")).toEqual(["Dear all,\n1. Which?", ["2.", "(a)"], 0])
  expect(numbers("drop.1")).toEqual(["Dear all,", ["1.", "(a)"], 0])
  expect(numbers("add.1")).toEqual(["Dear all,", ["1.", "2.", "new", "(a)"], 2])
  expect(numbers("up.2")).toEqual(["Dear all,", ["1.", "(a)", "2."], 1])
  expect(numbers("down.0")).toEqual(["Dear all,", ["2.", "1.", "(a)"], 1])
  expect(turned({ before: "", questions: [] }, turnOf("add.0")).draft.questions).toHaveLength(1)
})

test.each(["", "join", "join.99", "drop.-1", "constructor.0", "stay", 7, null, ["drop.0", "drop.1"]])(
  "%j loses nothing",
  (said) => {
    const before = letter()
    const { questions } = turned(before, turnOf(said)).draft
    // `join` of the first takes it into what stands before; everything else leaves all of them.
    expect(questions.length).toBe(said === "join" ? 2 : 3)
  },
)

test("what cannot be taken apart is said, and a question without a text is left out", () => {
  expect(apart(" \n")).toBe("invalid.required")
  expect(apart(undefined)).toBe("invalid.required")
  expect(apart("Dear all, we ask nothing.")).toBe("invalid.inquiry-questions")
  expect(apart("1. x\n".padEnd(LONGEST_LETTER + 1, "y"))).toBe("invalid.inquiry-long")
  const emptied = {
    ...letter(),
    questions: letter().questions.map((one, at) => (at === 1 ? { ...one, text: " " } : one)),
  }
  expect(keptQuestions(emptied)).toMatchObject({ questions: [{ number: "1." }, { number: "(a)" }], places: [0, 2] })
  expect([isApart({}), isApart({ lines: "x" }), isApart({ lines: "0" })]).toEqual([false, false, true])
  expect(draftOf({ lines: "999", "depth.0": "-4", "depth.1": "1e9", "text.0": ["a", "b"] }).questions).toHaveLength(
    MOST_QUESTIONS,
  )
  expect(draftOf({ lines: "2", "depth.0": "-4", "depth.1": "1e9" }).questions.map((one) => one.depth)).toEqual([0, 6])
})

test.each([
  "/parties?q=acme",
  "/evidence",
  "/sharings?f.country=US&not.mode=joint",
  "/audit/answers/recipients?country=US",
  "/findings?severity=warning&f.clause=GDPR-28.3&f.entity=ent_1",
  "/findings?severity=blocking&f.age=older",
])("%s is asked again by the form that shows it", (address) => {
  const query = readQuery(address)
  expect(query).not.toBeNull()
  expect(typedQuery(fieldsOfQuery(query))).toEqual(query)
})

test("a form asks nothing, or says that it cannot be asked", () => {
  expect(typedQuery({})).toBeNull()
  expect(typedQuery({ ask: "constructor" })).toBeNull()
  expect(typedQuery({ ask: "address", address: "/requests" })).toBeUndefined()
  expect(typedQuery({ ask: "table", list: "people" })).toBeUndefined()
  expect(typedQuery({ ask: "recipients", countries: "Atlantis" })).toBeUndefined()
  expect(typedQuery({ ask: "recipients", countries: Array(61).fill("US").join(",") })).toBeUndefined()
  expect(typedQuery({ ask: "findings", severity: "terrible" })).toBeUndefined()
  expect(typedQuery({ ask: "recipients", countries: "France, US" })).toMatchObject({ countries: ["FR", "US"] })
  expect(askFields({ data: "contact.email", clauses: ["x"] })).toMatchObject({ data: ["contact.email"], clauses: "" })
})
