import { describe, expect, test } from "vitest"
import { NOT_APPLICABLE } from "@/domain/core/answer"
import { holdAgainst, isCopy, marksIn, referenceOf, withoutFeet, footOf } from "./back"
import { TEMPLATE_FIELDS } from "./fields"
import { fillTemplate, paperWords, valuesOf } from "./fill"
import { readMarkup } from "./markup"
import { fits, templateShape, templateStands } from "./template"
import { aFilling } from "@/testing/templates"

const TEXT = `# Confidentiality
This agreement is made on {today} between {entities} and {parties}.
+ [CONFID] The Recipient keeps all personal data secret, also after the end.
++ [RETURN] It returns or deletes all copies within {agreement.deletionDays} days of the end.
It takes effect on {agreement.effectOn}.
+ [PURPOSE][SECURITY] The data serve these purposes alone:
- {sharings.purposes}
- nothing else
+ The law of {agreement.governingLaw} applies.`

const template = templateShape.parse({ kind: "confidentiality", title: "Our confidentiality agreement", text: TEXT })
const sides = { entities: ["Alpha GmbH"], parties: ["Beta Ltd", "Gamma Ltd"] }
const paper = (over = {}) => {
  const values = valuesOf(template, aFilling(over))
  return { values, ...fillTemplate(template, values, sides) }
}

describe("the text of a template", () => {
  test("is read line by line, and says which clauses it holds", () => {
    const { lines, wrong } = readMarkup("confidentiality", TEXT)
    expect(wrong).toEqual([])
    expect(lines.map(({ is, items }) => [is, items])).toEqual([
      ["heading", []],
      ["text", []],
      ["clause", ["CONFID"]],
      ["sub", ["RETURN"]],
      ["text", []],
      ["clause", ["PURPOSE", "SECURITY"]],
      ["item", []],
      ["item", []],
      ["clause", []],
    ])
  })
  test.each([
    ["Hello {party.shoeSize}.", "invalid.template-field", { field: "party.shoeSize" }],
    ["Hello {constructor}.", "invalid.template-field", { field: "constructor" }],
    ["Hello {__proto__}.", "invalid.template-field", { field: "__proto__" }],
    ["Hello {today.", "invalid.template-brace", {}],
    ["Hello today}.", "invalid.template-brace", {}],
    ["+ [NO-SUCH] words", "invalid.template-clause", { item: "NO-SUCH" }],
    ["+ [CONFID] a\n+ [CONFID] b", "invalid.template-twice", { item: "CONFID", line: "1" }],
    ["# [CONFID] Heading\nwords", "invalid.template-heading", { item: "CONFID" }],
    ["++ words", "invalid.template-sub", {}],
    ["words\n+ ", "invalid.template-empty", {}],
    ["+ [CONFID] ", "invalid.template-empty", {}],
    ["# Only a heading", "invalid.template-text", {}],
    ["", "invalid.template-text", {}],
    ["x\n".repeat(3000), "invalid.template-lines", {}],
  ])("%# is refused", (text, says, params) => {
    const { wrong } = readMarkup("confidentiality", text)
    expect(wrong[0]).toMatchObject({ says, params })
    const last = text.startsWith("x\n")
      ? 2001
      : text.includes("\n") && text.startsWith("#")
        ? 1
        : text.split("\n").length
    expect(wrong[0]?.line).toBe(last)
    expect(templateStands({ kind: "confidentiality", text })).toMatchObject({ ok: false, code: "invalid" })
  })
  test("may hold words of any kind beside its fields, and runs none of them", () => {
    const { lines, wrong } = readMarkup("confidentiality", "${today} <script> {today} {{today} [CONFID")
    expect(wrong.map(({ says }) => says)).toEqual(["invalid.template-field"])
    expect(lines).toHaveLength(1)
  })
})

test("a template is for its kind, and for its companies where it names some", () => {
  const agreement = { kind: "confidentiality", entityId: "ent_a", furtherEntities: ["ent_b"] }
  const of = (entityIds: string[]) => fits({ kind: "confidentiality", entityIds: entityIds as never }, agreement)
  expect([of([]), of(["ent_a"]), of(["ent_a", "ent_b"])]).toEqual([true, false, true])
  expect(fits({ kind: "processing", entityIds: [] }, agreement)).toBe(false)
})

test("a language that there is not is refused", () => {
  for (const language of ["xx-yy", "de_DE", "<b>", "en-"])
    expect(templateShape.safeParse({ ...template, language }).success, language).toBe(false)
  for (const language of ["en", "de", "fr-CH", "zh-Hans-CN"])
    expect(templateShape.safeParse({ ...template, language }).success, language).toBe(true)
})

describe("a paper", () => {
  test("is filled from the register, numbered, and signed by every side", () => {
    const { blocks, missing } = paper()
    expect(missing).toEqual([])
    expect(paperWords(blocks)).toMatchInlineSnapshot(`
      "Our confidentiality agreement
      Confidentiality
      This agreement is made on 15 February 2026 between Alpha GmbH and Beta Ltd and Gamma Ltd.
      1. The Recipient keeps all personal data secret, also after the end.
      1.1 It returns or deletes all copies within 30 days of the end.
      It takes effect on 1 March 2026.
      2. The data serve these purposes alone:
      security
      service.provide
      nothing else
      3. The law of Ireland applies.
      Signed for Alpha GmbH
      Name: ________________________________________
      Capacity: ________________________________________
      Place and date: ________________________________________
      Signature: ________________________________________
      Signed for Beta Ltd
      Name: ________________________________________
      Capacity: ________________________________________
      Place and date: ________________________________________
      Signature: ________________________________________
      Signed for Gamma Ltd
      Name: ________________________________________
      Capacity: ________________________________________
      Place and date: ________________________________________
      Signature: ________________________________________"
    `)
  })
  test("says what is missing, and shows a blank for it", () => {
    const { blocks, missing } = paper({
      agreement: { effectOn: { state: "unknown" }, governingLaw: { state: "blank" } },
    })
    expect(missing).toEqual([
      { field: "agreement.effectOn", lines: [5], flows: [] },
      { field: "agreement.governingLaw", lines: [9], flows: [] },
    ])
    expect(paperWords(blocks)).toContain("It takes effect on [________ to be filled in].")
  })
  test("says of which flow something is missing", () => {
    const { blocks, missing } = paper({ more: { title: "Open flow", purposes: { state: "blank" } } })
    expect(missing).toEqual([{ field: "sharings.purposes", lines: [7], flows: ["Open flow"] }])
    expect(blocks.filter(({ is }) => is === "item").at(-2)?.text).toContain("to be filled in")
  })
  test("says what does not apply in the template's words", () => {
    const { blocks, missing } = paper({ agreement: { governingLaw: NOT_APPLICABLE } })
    expect(missing).toEqual([])
    expect(paperWords(blocks)).toContain("The law of does not apply applies.")
  })
  test("says days and countries in its language", () => {
    const german = { ...template, language: "de", text: "Gültig ab {agreement.effectOn}, {party.country}." }
    const { blocks } = fillTemplate(german, valuesOf(german, aFilling()), sides)
    expect(blocks[1]?.text).toBe("Gültig ab 1. März 2026, Irland.")
  })
  test("has every field answered, or says that it is missing, whatever the register holds", () => {
    const text = TEMPLATE_FIELDS.map(({ name }) => `{${name}}`).join("\n")
    const every = { ...template, text }
    for (const from of [aFilling(), { ...aFilling(), sharings: [], parties: [], entities: [], chains: [] }]) {
      const values = valuesOf(every, from)
      expect(Object.keys(values)).toHaveLength(TEMPLATE_FIELDS.length)
      for (const { text: words } of fillTemplate(every, values, sides).blocks) expect(words.trim()).not.toBe("")
    }
  })
})

describe("a copy that comes back", () => {
  const { blocks } = paper()
  const words = paperWords(blocks)
  const half = words.indexOf("+") > 0 ? 0 : words.indexOf("2. The data")
  const sent = [
    { page: 1, text: words.slice(0, half) },
    { page: 2, text: words.slice(half) },
  ]
  const back = (change: (text: string) => string) => holdAgainst(sent, [{ page: 1, text: change(words) }], blocks)
  const line = `Name: ${"_".repeat(40)}`

  test("unchanged is the same, in whatever layout", () => {
    expect(back((text) => text)).toEqual({ is: "same", filled: [] })
    expect(back((text) => text.replace(/ /g, "\n"))).toEqual({ is: "same", filled: [] })
  })
  test("a line broken at a hyphen is no change, a hyphen put in is", () => {
    const hyphen = (text: string) => [{ page: 1, text: `It may ${text} at once.` }]
    const of = (before: string, after: string) => holdAgainst(hyphen(before), hyphen(after), []).is
    expect(of("co-operate", "co-\noperate")).toBe("same")
    expect(of("resign", "re-sign")).toBe("changed")
  })
  test("signed is the same, and what was written beside the lines is told", () => {
    expect(
      back((text) => text.replace(line, `${line} Ada Alpha`).replace(/Signature: _+/, "Signature: 3 March 2026")),
    ).toEqual({
      ...{ is: "same", filled: ["Ada Alpha", "3 March 2026"] },
    })
  })
  test.each([
    [
      "a word changed",
      (t: string) => t.replace("within 30 days", "within 90 days"),
      ["1.1", "Confidentiality", ["RETURN"]],
      "30",
      "90",
    ],
    [
      "a word gone",
      (t: string) => t.replace("also after the end", "also after"),
      ["1.", "Confidentiality", ["CONFID"]],
      "the end",
      "",
    ],
    [
      "a line of a list added",
      (t: string) => t.replace("nothing else", "selling it\nnothing else"),
      ["2.", "Confidentiality", ["PURPOSE", "SECURITY"]],
      "",
      "selling it",
    ],
    [
      "before the first line to sign on",
      (t: string) => t.replace("Signed for", "Sold on.\nSigned for"),
      [null, null, []],
      "",
      "Sold on",
    ],
    [
      "what is signed for",
      (t: string) => t.replace("Signed for Beta", "Signed for Delta"),
      [null, null, []],
      "Beta",
      "Delta",
    ],
  ] as const)("%s is a change, told with its clause", (_what, change, [number, heading, items], removed, added) => {
    expect(back(change)).toEqual({
      ...{ is: "changed", filled: [] },
      changes: [{ removed, added, where: { number, heading, items } }],
    })
  })
  test.each([
    ["another currency", "up to € 100 a year", "up to $ 100 a year", "€100", "$100"],
    ["a number written otherwise", "up to 1,000 a year", "up to 1.000 a year", "1,000", "1.000"],
    ["a small figure", "up to 102 a year", "up to 10² a year", "102", "10²"],
    ["less for more", "a share ≥ 30 of it", "a share ≤ 30 of it", "≥30", "≤30"],
    ["a share of it", "at 5 % above", "at 5 above", "%above", "above"],
    ["below nothing", "at 5 above", "at -5 above", "5", "-5"],
  ])("%s is a change though the words are the same", (_what, before, after, removed, added) => {
    const page = (text: string) => [{ page: 1, text }]
    expect(holdAgainst(page(before), page(after.replace(/ /g, "\n")), [])).toMatchObject({
      ...{ is: "changed", changes: [{ removed, added }] },
    })
  })
  test("a day in figures at the lines to sign on is filled in, and no change", () => {
    expect(back((text) => text.replace(/Signature: _+/, "Signature: 3.3.2026"))).toEqual({
      ...{ is: "same", filled: ["3.3.2026"] },
    })
  })
  test("text hidden among the lines to sign on is a change", () => {
    const hidden = "8. The Recipient may sell every kind of data to whom it likes without asking."
    expect(back((text) => text.replace(line, `${line}\n${hidden}`))).toMatchObject({ is: "changed" })
    expect(back((text) => `${text}\n${hidden}`)).toMatchObject({ is: "changed" })
  })
  test("without a text layer cannot be compared", () => {
    expect(back(() => "")).toEqual({ is: "no-text" })
    expect(holdAgainst([{ page: 1, text: "" }], sent, blocks)).toEqual({ is: "no-text" })
  })
  test("that is another paper altogether is changed", () => {
    expect(back(() => "other words ".repeat(9000))).toEqual({ is: "changed", filled: [], changes: null })
  })
  test("has the clauses marked whose words stand", () => {
    const received = [{ page: 1, text: words.replace("within 30 days", "within 90 days") }]
    expect(marksIn(blocks, sent, received).map((one) => [one.item, one.found])).toEqual([
      ["CONFID", "there"],
      ["RETURN", "again"],
      ["PURPOSE", "there"],
      ["SECURITY", "there"],
    ])
  })
  test("is told from an annex that came beside it", () => {
    const page = (text: string) => [{ page: 1, text }]
    const reference = referenceOf("0123456789")
    expect(isCopy(sent, page(words), reference)).toBe(true)
    expect(isCopy(sent, page(words.replace("within 30 days", "within 90 days and more")), reference)).toBe(true)
    expect(isCopy(sent, page(`Annex of measures. ${footOf(reference, 1, 1)}`), reference)).toBe(true)
    expect(isCopy(sent, page("Annex of measures: encryption, and also locks."), reference)).toBe(false)
    expect(isCopy(sent, page("other words ".repeat(9000)), reference)).toBe(false)
  })
  test("the line at the foot of a page is no part of the text", () => {
    const reference = referenceOf("0123456789abcdef")
    const pages = [
      { page: 1, text: `one\n${footOf(reference, 1, 2)}` },
      { page: 2, text: `${footOf(reference, 2, 2)}\ntwo` },
    ]
    expect(withoutFeet(pages, reference).map(({ text }) => text.trim())).toEqual(["one", "two"])
    expect(withoutFeet(pages, referenceOf("ffffffffffff"))).toEqual(pages)
  })
})
