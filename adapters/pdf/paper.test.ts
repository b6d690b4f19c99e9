import { Readable } from "node:stream"
import { expect, test } from "vitest"
import { readText } from "@/adapters/pdf-text/read-text"
import { day } from "@/domain/core/day"
import { holdAgainst, marksOf, referenceOf, withoutFeet } from "@/domain/templates/back"
import { fillTemplate, paperWords, valuesOf } from "@/domain/templates/fill"
import { templateShape } from "@/domain/templates/template"
import { aFilling } from "@/testing/templates"
import { paperPdf } from "./paper"

const CLAUSE =
  "The Recipient keeps the personal data well-guarded, co-operates at once, and tells nobody, also after the end. "
const text = [
  "# Confidentiality",
  "Between {entities} and {parties}.",
  `+ [CONFID] ${CLAUSE.repeat(6)}`,
  ...Array.from({ length: 12 }, (_, i) => `++ ${CLAUSE.repeat(4)} (${i})`),
  "+ [RETURN] It returns or deletes all copies within {agreement.deletionDays} days.",
].join("\n")
const template = templateShape.parse({ kind: "confidentiality", title: "Ours, Größe Ωμέγα Привет", text })
const values = valuesOf(template, aFilling())
const sides = { entities: ["Alpha GmbH"], parties: ["Beta Ltd", "Gamma Ltd"] }
const { blocks } = fillTemplate(template, values, sides)
const reference = referenceOf("0123456789")
const paper = { title: template.title, blocks, language: "en-GB", reference, day: day("2026-02-15") }

test("a paper has the same bytes each time, and its words are those of its text", async () => {
  const [one, other] = [await paperPdf(paper), await paperPdf(paper)]
  if (!("bytes" in one) || !("bytes" in other)) throw new Error("not made")
  expect(one.bytes.equals(other.bytes)).toBe(true)
  const read = await readText(Readable.from([one.bytes]))
  if (read.is !== "read") throw new Error(read.is)
  expect(read.pages.length).toBeGreaterThan(1)
  const pages = withoutFeet(read.pages, reference)
  expect(
    read.pages.map((page) => page.text.includes(`${reference} · ${page.page} / ${read.pages.length}`)),
  ).not.toContain(false)
  expect(holdAgainst([{ page: 1, text: paperWords(blocks) }], pages, blocks)).toEqual({ is: "same", filled: [] })
  expect(marksOf(blocks, pages).map(({ item }) => item)).toEqual(["CONFID", "RETURN"])
})

test("a paper with Chinese, Japanese and Korean names says them", async () => {
  const named = fillTemplate(template, values, {
    entities: ["海港云 有限公司"],
    parties: ["주식회사 비밀", "カメラ 株式会社"],
  })
  const made = await paperPdf({ ...paper, title: "保密 協議", blocks: named.blocks })
  if (!("bytes" in made)) throw new Error(made.missing.join(""))
  const read = await readText(Readable.from([made.bytes]))
  if (read.is !== "read") throw new Error(read.is)
  const text = read.pages.map((page) => page.text).join("\n")
  for (const name of ["海港云 有限公司", "주식회사 비밀", "カメラ 株式会社"]) expect(text).toContain(name)
})

test("signs that no font shows are told, and nothing is made", async () => {
  expect(await paperPdf({ ...paper, title: "שלום" })).toEqual({ missing: ["ש", "ל", "ו", "ם"] })
})
