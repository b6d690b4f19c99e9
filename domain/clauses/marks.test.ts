import { describe, expect, it } from "vitest"
import type { Id } from "@/domain/core/id"
import type { Agreement } from "@/domain/records/agreement"
import { blankOf, FIELDS } from "@/domain/records/fields"
import { CHECKLISTS } from "@/domain/vocabulary/checklists"
import { linesOf, withCarried, withMark, withMarksOf, withoutMark } from "./marks"

const [one, two] = ["fil_1", "fil_2"] as unknown as [Id<"file">, Id<"file">]
const blank = { ...(blankOf(FIELDS.agreement) as Agreement), kind: "confidentiality" as const }
const mark = (item: string, quote = "words", page = 2) => ({ item, fileId: one, page, quote, area: null })
const line = (paper: Agreement, item: string) => paper.checklist.find((at) => at.item === item)

describe("clauses marked in a paper", () => {
  it("begin with every item of the kind, none there", () => {
    expect(linesOf(blank).map(({ item }) => item)).toEqual(CHECKLISTS.confidentiality?.map(({ item }) => item))
    expect(linesOf(blank).every(({ verdict, fileId }) => verdict === "missing" && fileId === null)).toBe(true)
  })

  it("keep lines that the kind does not ask for", () => {
    const own = { item: "HOUSE-RULE", fileId: one, page: { state: "blank" as const }, verdict: "partly" as const }
    expect(linesOf({ kind: "uk", checklist: [own] })).toEqual([own, expect.objectContaining({ item: "TABLES" })])
  })

  it("say page and verdict in their line; a second place takes the first one's stead", () => {
    const once = withMark(blank, mark("CONFID"), "there")
    const twice = withMark(once, mark("CONFID", "other words", 5), "partly")
    expect(line(once, "CONFID")).toMatchObject({ fileId: one, page: { value: 2 }, verdict: "there" })
    expect(line(twice, "CONFID")).toMatchObject({ page: { value: 5 }, verdict: "partly" })
    expect(twice.marks).toEqual([mark("CONFID", "other words", 5)])
    const gone = withoutMark(twice, "CONFID")
    expect([line(gone, "CONFID"), gone.marks]).toEqual([
      { item: "CONFID", fileId: null, page: { state: "blank" }, verdict: "missing" },
      [],
    ])
  })

  it("go along to a new file with their verdict, or are looked at again", () => {
    let paper = withMark(blank, mark("CONFID"), "partly")
    paper = withMark(paper, mark("RETURN", "gone"), "there")
    paper = withMark(paper, { ...mark("AUDIT"), fileId: two }, "there")
    const place = { page: 7, from: 0, toPage: 7, to: 5 }
    const now = withCarried(paper, one, two, [
      { item: "CONFID", found: "there", place, quote: "words" },
      { item: "RETURN", found: "again", why: "gone" },
    ])
    expect(line(now, "CONFID")).toMatchObject({ fileId: two, page: { value: 7 }, verdict: "partly" })
    expect(line(now, "RETURN")).toMatchObject({ fileId: null, verdict: "again" })
    expect(line(now, "AUDIT")).toEqual(line(paper, "AUDIT"))
    expect(now.marks.map(({ item, page }) => [item, page])).toEqual([
      ["CONFID", 7],
      ["AUDIT", 2],
    ])
  })

  it("of another paper fill only what is open here", () => {
    const other = withMark(withMark(blank, mark("CONFID"), "there"), mark("RETURN"), "there")
    const mine = withMark(blank, { ...mark("RETURN", "mine", 9), fileId: two }, "partly")
    const place = { page: 3, from: 0, toPage: 3, to: 5 }
    const now = withMarksOf(
      mine,
      two,
      other,
      ["CONFID", "RETURN", "AUDIT"].map((item) => ({ item, found: "there" as const, place, quote: "words" })),
    )
    expect(line(now, "CONFID")).toMatchObject({ fileId: two, page: { value: 3 }, verdict: "there" })
    expect(line(now, "RETURN")).toMatchObject({ page: { value: 9 }, verdict: "partly" })
    expect(line(now, "AUDIT")?.verdict).toBe("missing")
  })
})
