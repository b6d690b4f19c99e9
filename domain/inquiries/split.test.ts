import { describe, expect, test } from "vitest"
import fc from "fast-check"
import { LONGEST_LETTER, mergedUp, MOST_QUESTIONS, moved, splitBefore, splitLetter, type Question } from "./split"

const told = (said: string): string[] =>
  splitLetter(said).questions.map(({ number, depth, text }) => `${depth} ${number} ${text}`)

describe("a letter is split at its numbers", () => {
  test.each<[string, string, string[]]>([
    ["points", "1. Who?\n2. Where?", ["0 1. Who?", "0 2. Where?"]],
    ["brackets", "1) Who?\n2) Where?", ["0 1) Who?", "0 2) Where?"]],
    ["round brackets", "(1) Who?\n(2) Where?", ["0 (1) Who?", "0 (2) Where?"]],
    [
      "letters below points",
      "1. Who?\n(a) As processor\n(b) As partner\n2. Where?",
      ["0 1. Who?", "1 (a) As processor", "1 (b) As partner", "0 2. Where?"],
    ],
    [
      "decimals",
      "1. Who?\n1.1 As processor\n1.2. As partner\n2. Where?",
      ["0 1. Who?", "1 1.1 As processor", "1 1.2. As partner", "0 2. Where?"],
    ],
    [
      "Roman below letters",
      "a) Who?\ni) here\nii) there\nb) Where?",
      ["0 a) Who?", "1 i) here", "1 ii) there", "0 b) Where?"],
    ],
    ["i as a letter", "h) Who?\ni) Where?\nj) Why?", ["0 h) Who?", "0 i) Where?", "0 j) Why?"]],
    ["Q", "Q1: Who?\nQ2: Where?", ["0 Q1: Who?", "0 Q2: Where?"]],
    ["Question", "Question 1 - Who?\nQUESTION 2\nWhere?", ["0 Question 1 - Who?", "0 QUESTION 2 Where?"]],
    ["German", "Frage 1: Wer?\nFrage 2: Wo?", ["0 Frage 1: Wer?", "0 Frage 2: Wo?"]],
    ["Chinese", "问题1：谁？\n问题2：何处？", ["0 问题1: 谁？", "0 问题2: 何处？"]],
    ["Chinese ordinals", "第一问：谁？\n第2题 何处？", ["0 第一问: 谁？", "0 第2题 何处？"]],
    [
      "Chinese numbers",
      "一、谁？\n二、何处？\n（一）境内\n十一、为何？",
      ["0 一、 谁？", "0 二、 何处？", "1 (一) 境内", "0 十一、 为何？"],
    ],
    ["wide numbers", "１．Who?\n２．Where?", ["0 1. Who?", "0 2. Where?"]],
    ["circled", "① Who?\n② Where?", ["0 ① Who?", "0 ② Where?"]],
    ["carriage returns", "1. Who?\r\n2. Where?\r3. Why?", ["0 1. Who?", "0 2. Where?", "0 3. Why?"]],
    ["lines that go on", "1. Who\n   receives it?\n\n\n2. Where?", ["0 1. Who\nreceives it?", "0 2. Where?"]],
  ])("%s", (_, said, want) => {
    expect(told(said)).toEqual(want)
  })
  test.each([
    "12. March 2026",
    "12. März 2026",
    "2026. was a year",
    "e.g. this",
    "Dear Sir or Madam,",
    "",
    "第三方有哪些？",
    "3.14159",
    "I am writing",
  ])("no question of its own: %j", (line) => {
    expect(told(`1. Who?\n${line}`)).toHaveLength(1)
  })
  test("what stands before the first number stays apart", () => {
    expect(splitLetter("Dear all,\n\n12. March 2026\n1. Who?")).toEqual({
      before: "Dear all,\n\n12. March 2026",
      questions: [{ number: "1.", depth: 0, text: "Who?" }],
    })
  })
  test("huge and hostile text comes back within a moment, and within bounds", () => {
    const many = Array.from({ length: 3 * MOST_QUESTIONS }, (_, n) => `${(n % 999) + 1}. x`).join("\n")
    expect(splitLetter(many).questions).toHaveLength(MOST_QUESTIONS)
    for (const one of ["1.", "(", "1.1", " ", "问题", "(((1", "i", "\u0000"]) {
      const from = performance.now()
      splitLetter(one.repeat(LONGEST_LETTER))
      expect(performance.now() - from).toBeLessThan(1_500)
    }
  })
  test("nothing that can be read is lost", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("1.", "a)", "(i)", "Q2:", "word", "一、", "\n", " ", "12. March 2026")),
        (parts) => {
          const { before, questions } = splitLetter(parts.join(""))
          const all = [before, ...questions.flatMap(({ number, text }) => [number, text])].join("")
          expect(all.replace(/\s/g, "")).toBe(parts.join("").replace(/\s/g, ""))
        },
      ),
    )
  })
})

describe("a person corrects it", () => {
  const list: Question[] = [
    { number: "1.", depth: 0, text: "Who?\nAnd since when?" },
    { number: "2.", depth: 0, text: "Where?" },
    { number: "3.", depth: 0, text: "Why?" },
  ]
  test("joins one to the one before", () => {
    expect(mergedUp(list, 1).map((one) => one.text)).toEqual(["Who?\nAnd since when?\n2. Where?", "Why?"])
    expect(mergedUp(list, 0)).toEqual(list)
    expect(mergedUp(list, 9)).toEqual(list)
  })
  test("splits one at a line", () => {
    expect(splitBefore(list, 0, 1).map(({ number, text }) => `${number} ${text}`)).toEqual([
      "1. Who?",
      " And since when?",
      "2. Where?",
      "3. Why?",
    ])
    expect(splitBefore(list, 0, 0)).toEqual(list)
    expect(splitBefore(list, 1, 1)).toEqual(list)
  })
  test("moves one", () => {
    expect(moved(list, 2, 0).map((one) => one.number)).toEqual(["3.", "1.", "2."])
    expect(moved(list, 0, 3)).toEqual(list)
    expect(moved(list, -1, 0)).toEqual(list)
  })
})
