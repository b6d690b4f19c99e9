import { expect, test } from "vitest"
import { letterPdf, type Letter } from "./letter"

const FOOT = "Log of 7 entries, root " + "ab".repeat(32) + ", signed 2026-11-30T00:00:00.000Z"
const letter: Letter = {
  ...{ title: "Notice", text: "Dear Łucja Őry,\n\nΑθήνα, Москва.\n", day: "2026-11-30", foot: FOOT },
}
const bytesOf = async (over: Partial<Letter> = {}): Promise<Buffer> => {
  const made = await letterPdf({ ...letter, ...over })
  if ("missing" in made) throw new Error(made.missing.join(""))
  return made.bytes
}

test("the same letter has the same bytes, whenever it is made; another day or word has others", async () => {
  const [first, again, day, word] = [
    await bytesOf(),
    await bytesOf(),
    await bytesOf({ day: "2026-12-01" }),
    await bytesOf({ text: "Dear" }),
  ]
  expect(first.subarray(0, 8).toString("latin1")).toBe("%PDF-1.7")
  expect(first.equals(again)).toBe(true)
  expect(first.equals(day) || first.equals(word)).toBe(false)
})

test("signs that no font holds are named, and no letter with holes is made", async () => {
  expect(await letterPdf({ ...letter, text: "שלום Acme 公司" })).toEqual({ missing: ["ש", "ל", "ו", "ם"] })
})

test("a letter in Chinese, Japanese or Korean shows its words, beside Latin ones", async () => {
  const text = "致 Acme 公司：保密義務\n秘密保持 ひみつ カタカナ\n비밀유지 계약서, größte Łucja"
  const pdfjs = (await import("pdfjs-dist/legacy/build/pdf.mjs")) as typeof import("pdfjs-dist")
  const bytes = await bytesOf({ text })
  expect(bytes.equals(await bytesOf({ text }))).toBe(true)
  // Only the letters that it uses are in it.
  expect(bytes.length).toBeLessThan(100_000)
  const file = await pdfjs.getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise
  const page = await (await file.getPage(1)).getTextContent()
  const words = page.items.map((item) => ("str" in item ? item.str : "")).join("")
  for (const word of ["公司：保密義務", "秘密保持 ひみつ カタカナ", "비밀유지 계약서, größte Łucja"])
    expect(words).toContain(word)
})

test("a long text goes over pages, and its text can be read out of the file", async () => {
  const bytes = await bytesOf({ text: Array.from({ length: 120 }, (_, i) => `Line ${i} of the letter`).join("\n") })
  const pdfjs = (await import("pdfjs-dist/legacy/build/pdf.mjs")) as typeof import("pdfjs-dist")
  const file = await pdfjs.getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise
  expect(file.numPages).toBeGreaterThan(1)
  // Its foot stands on every page, and makes none.
  for (let n = 1; n <= file.numPages; n += 1) {
    const words = (await (await file.getPage(n)).getTextContent()).items.map((item) => ("str" in item ? item.str : ""))
    expect(words.join("").includes("Log of 7 entries, root abab")).toBe(true)
  }
  const bare = await pdfjs.getDocument({
    data: new Uint8Array(await bytesOf({ foot: null, text: Array.from({ length: 120 }, () => "A line").join("\n") })),
    verbosity: 0,
  }).promise
  expect(bare.numPages).toBe(file.numPages)
  const page = await (await file.getPage(1)).getTextContent()
  expect(page.items.map((item) => ("str" in item ? item.str : "")).join("\n")).toContain("Line 3 of the letter")
})
