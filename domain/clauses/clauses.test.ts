import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { CHECKLISTS } from "@/domain/vocabulary/checklists"
import { carryMarks } from "./carry"
import { compareTexts, textAt } from "./compare"
import { findIn, runsOf } from "./find"
import { suggestPlaces } from "./suggest"
import { CLAUSE_WORDS } from "./suggestions.data"
import { sameText, wordsOf, type PageText } from "./words"

const paper = (...pages: string[]): PageText[] => pages.map((text, i) => ({ page: i + 1, text }))

const OLD = paper(
  "1. Confidentiality. The Recipient shall keep all Data secret; this duty survives the end.",
  "2. Return. Upon termi-\nnation the Recipient shall return or delete all Data within 30 days.",
)

describe("words of a paper", () => {
  it.each([
    ["case, accents and punctuation", "Müller, AG — Datenschutz!", ["muller", "ag", "datenschutz"]],
    ["a word cut at the end of a line", "the termi-\nnation of", ["the", "termination", "of"]],
    ["a dash that cuts no word", "Smith-\nJones", ["smith", "jones"]],
    ["numbers keep their points", "Clause 28.3(a)", ["clause", "28 3", "a"]],
    ["ideographs one by one", "保密义务 ABC", ["保", "密", "义", "务", "abc"]],
    ["nothing", " \n-—", []],
  ])("%s", (_name, text, words) => {
    expect(wordsOf(paper(text)).map(({ word }) => word)).toEqual(words)
  })

  it("are read at once from a page that was made to hold them up", () => {
    const empty = `foo-${"\n".repeat(400_000)}.bar`
    const began = performance.now()
    expect(wordsOf(paper(empty)).map(({ word }) => word)).toEqual(["foo", "bar"])
    expect(performance.now() - began).toBeLessThan(2_000)
  })

  it("stand where they say, page by page", () => {
    for (const word of wordsOf(OLD)) expect(word.to).toBeGreaterThan(word.from)
    const cut = wordsOf(OLD).find(({ word }) => word === "termination")
    expect(cut && textAt(OLD, { page: 2, from: cut.from, toPage: 2, to: cut.to })).toBe("termi-\nnation")
  })

  it("make two papers the same whose layout differs, and no others", () => {
    const other = paper(
      "1. CONFIDENTIALITY\nThe recipient\nshall keep all data secret; this duty survives the end. 2. Return.",
      "Upon termination the Recipient shall return or delete all Data within 30 days.",
    )
    expect(sameText(other)).toBe(sameText(OLD))
    expect(sameText(paper("30 days"))).not.toBe(sameText(paper("13 days")))
    expect(sameText(paper("", " "))).toBe("")
  })
})

describe("search in a paper", () => {
  it.each([
    ["keep all data", 1],
    ["termination", 1],
    ["Recipient shall", 2],
    ["recip", 2],
    ["keep data", 0],
    ["...", 0],
    ["", 0],
  ])("%s", (asked, hits) => {
    expect(findIn(OLD, asked)).toHaveLength(hits)
  })

  it("says page and characters", () => {
    const [hit] = findIn(OLD, "RETURN or delete")
    expect(hit && textAt(OLD, hit)).toBe("return or delete")
    expect(hit?.page).toBe(2)
  })
})

describe("marks carried to another text", () => {
  const marks = [
    { item: "CONFID", page: 1, quote: "shall keep all Data secret" },
    { item: "RETURN", page: 2, quote: "return or delete all Data within 30 days" },
    { item: "AUDIT", page: 2, quote: "" },
  ]

  it("go along where the words stand unchanged; what changed is looked at again", () => {
    const now = paper(
      "Preamble.",
      OLD[0]?.text ?? "",
      "2. Return. The Recipient shall return or delete all Data within 60 days.",
    )
    expect(carryMarks(marks, OLD, now)).toMatchObject([
      { item: "CONFID", found: "there", place: { page: 2 } },
      { item: "RETURN", found: "again", why: "gone" },
      { item: "AUDIT", found: "again", why: "no-words" },
    ])
  })

  it("of two equal places take the one with the same neighbourhood, or none", () => {
    const twice = paper("A. The data is deleted at once. B. The data is deleted later.")
    const mark = [{ item: "RETURN", page: 1, quote: "The data is deleted" }]
    expect(carryMarks(mark, twice, twice)).toMatchObject([{ found: "again", why: "several" }])
    const before = paper("Clause nine. The data is deleted at once.")
    const after = paper("Clause nine. The data is deleted at once. Annex. The data is deleted in backups too.")
    expect(carryMarks(mark, before, after)).toMatchObject([{ found: "again", why: "several" }])
    expect(
      carryMarks(mark, before, paper("Clause nine. The data is deleted at once.", "The data is deleted")),
    ).toHaveLength(1)
  })

  it("to the same text always go along when their words stand once", () => {
    const word = fc.stringMatching(/^[a-z]{1,6}$/)
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 8, maxLength: 40 }), fc.nat(), fc.nat(), (words, a, b) => {
        const [from, n] = [a % (words.length - 3), 1 + (b % 3)]
        const quote = words.slice(from, from + n).join(" ")
        const half = Math.floor(words.length / 2)
        const text = paper(words.slice(0, half).join(" "), words.slice(half).join(" "))
        const [carried] = carryMarks([{ item: "X", page: 1, quote }], text, text)
        expect(carried).toMatchObject({ found: "there" })
        expect(carried?.found === "there" && sameText(paper(textAt(text, carried.place)))).toBe(quote)
      }),
      { numRuns: 500 },
    )
  })
})

describe("two texts compared", () => {
  it("show what went and what came, as it stands in the files", () => {
    const now = paper(
      OLD[0]?.text ?? "",
      "2. Return. Upon termination the Recipient shall return or delete all Data within 60 working days.",
    )
    const compared = compareTexts(OLD, now)
    expect(compared).toMatchObject({ same: false, removed: 1, added: 2 })
    expect(compared.runs?.filter((run) => run.is !== "same").map(({ is, text }) => [is, text])).toEqual([
      ["removed", "30"],
      ["added", "60 working"],
    ])
  })

  it("are the same where only layout differs", () => {
    expect(
      compareTexts(OLD, paper(OLD.map(({ text }) => text.replace("-\n", "").toUpperCase()).join("\n"))),
    ).toMatchObject({
      same: true,
      removed: 0,
      added: 0,
    })
  })

  it("say when a comparison word by word says nothing", () => {
    const many = (word: string): PageText[] => paper(Array.from({ length: 3000 }, (_, i) => `${word}${i}`).join(" "))
    expect(compareTexts(many("a"), many("b")).runs).toBeNull()
  })

  it("together give back both texts", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 30 })
    fc.assert(
      fc.property(text, text, (one, two) => {
        const { runs } = compareTexts(paper(one.join(" ")), paper(two.join(" ")))
        const side = (not: string): string =>
          (runs ?? [])
            .filter(({ is }) => is !== not)
            .map((run) => run.text)
            .join(" ")
        expect(side("added")).toBe(one.join(" "))
        expect(side("removed")).toBe(two.join(" "))
      }),
      { numRuns: 500 },
    )
  })
})

describe("suggestions", () => {
  it("know every item of every checklist, and no other", () => {
    const items = new Set(Object.values(CHECKLISTS).flatMap((list) => list.map(({ item }) => item)))
    expect(new Set(Object.keys(CLAUSE_WORDS))).toEqual(items)
  })

  it("offer the densest stretch first, quoted from the file", () => {
    const found = suggestPlaces(OLD, ["CONFID", "RETURN", "TIA", "no-such-item"])
    expect(found.map(({ item, place }) => [item, place.page])).toEqual([
      ["CONFID", 1],
      ["RETURN", 2],
    ])
    expect(found[1]?.quote).toBe("Upon termi- nation the Recipient shall return or delete")
    expect(found[1]?.phrases.toSorted()).toEqual(["return or delete", "upon termination"])
  })

  it("come at once of a paper that says one word over and over", () => {
    const again = paper("audit ".repeat(300_000))
    const began = performance.now()
    expect(suggestPlaces(again, ["AUDIT"])).toHaveLength(3)
    expect(performance.now() - began).toBeLessThan(8_000)
  })

  it("offer three places at most, none over another", () => {
    const found = suggestPlaces(paper(Array.from({ length: 9 }, () => `Audit. ${"x ".repeat(80)}`).join(" ")), [
      "AUDIT",
    ])
    expect(found).toHaveLength(3)
    expect(new Set(found.map(({ place }) => place.from)).size).toBe(3)
  })
})

describe("runs of words", () => {
  it("are those that looking at every place finds", () => {
    const word = fc.constantFrom("a", "ab", "b")
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 40 }),
        fc.array(word, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        (text, wanted, open) => {
          const words = text.map((one, i) => ({ word: one, page: 1, from: i, to: i + 1 }))
          const naive = text.flatMap((_, at) => {
            if (at + wanted.length > text.length) return []
            const fits = wanted.every((want, i) =>
              open && i === wanted.length - 1 ? text[at + i]?.startsWith(want) : text[at + i] === want,
            )
            return fits ? [at] : []
          })
          expect([...runsOf(words, wanted, open)]).toEqual(naive)
        },
      ),
    )
  })

  it("come at once of a paper that repeats itself", () => {
    const words = Array.from({ length: 500_000 }, (_, i) => ({ word: "a", page: 1, from: i, to: i + 1 }))
    const began = performance.now()
    expect([...runsOf(words, [...Array.from({ length: 900 }, () => "a"), "b"])]).toEqual([])
    expect(performance.now() - began).toBeLessThan(2_000)
  })
})
