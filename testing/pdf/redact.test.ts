import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Readable } from "node:stream"
import { inflateSync } from "node:zlib"
import PDFDocument from "pdfkit"
import { describe, expect, test } from "vitest"
import { sheetsPdf } from "@/adapters/pdf/sheets"
import { readText } from "@/adapters/pdf-text/read-text"
import { day } from "@/domain/core/day"
import { mismatchOf } from "@/domain/redactions/redaction"
import { sheetOf } from "@/domain/redactions/sheet"
import { append, streamBody, writePdf, type Obj } from "./writer"
import { has, workshop } from "./tools"
import { packed, unpacked, type Answer } from "@/usecases/redactions/message"
import { redactPacked } from "@/usecases/redactions/redact-file"

const SECRET = "Zanzibar pays nine million to Quetzalcoatl"
const FONT = join(process.cwd(), "node_modules", "pdfjs-dist", "standard_fonts", "LiberationSans-Regular.ttf")

async function redact(original: Buffer, pages: number[], count: number): Promise<{ bytes: Buffer } | { says: string }> {
  const sha256 = createHash("sha256").update(original).digest("hex")
  const withheld = pages.map((page) => ({ page, reason: "secret" as const, words: "clause 9" }))
  const sheets = await sheetsPdf(sheetOf({ sha256, pages: count, withheld, role: "legal", on: day("2026-11-30") }))
  if ("missing" in sheets) throw new Error("no letters")
  const answer = Buffer.concat(
    redactPacked(Buffer.concat(packed({ sheets: sheets.bytes.length, withheld: pages }, sheets.bytes, original))),
  )
  const { head, rest } = unpacked(answer) as { head: Answer; rest: Buffer }
  return head.ok ? { bytes: rest } : { says: head.says }
}

async function made(original: Buffer, pages: number[], count: number): Promise<Buffer> {
  const copy = await redact(original, pages, count)
  if ("says" in copy) throw new Error(copy.says)
  return copy.bytes
}

async function pagesOf(bytes: Buffer): Promise<string[]> {
  const read = await readText(Readable.from([bytes]))
  if (read.is !== "read") throw new Error(read.is)
  return read.pages.map(({ text }) => text)
}

/** Everything that stands in a file: its own bytes, and what every packed stream holds. */
function allBytes(bytes: Buffer): string {
  const parts = [bytes.toString("latin1")]
  for (let at = bytes.indexOf("stream\n"); at >= 0; at = bytes.indexOf("stream\n", at + 7)) {
    const end = bytes.indexOf("\nendstream", at)
    try {
      parts.push(inflateSync(bytes.subarray(at + 7, end)).toString("latin1"))
    } catch {
      parts.push("")
    }
  }
  return parts.join("\n")
}

const tools = { pdftotext: has("pdftotext"), qpdf: has("qpdf") }

/** No word that only withheld pages have is anywhere in the copy: by our reader, in its bytes, by qpdf and by Poppler. */
async function gone(copy: Buffer, words: readonly string[], kept: readonly string[]): Promise<void> {
  const said = (await pagesOf(copy)).join("\n")
  for (const word of kept) expect(said).toContain(word)
  const all = [said, allBytes(copy)]
  const shop = workshop()
  try {
    shop.put("copy.pdf", copy)
    if (tools.qpdf) {
      const checked = shop.run("qpdf", "--check", "copy.pdf")
      expect(checked.code, checked.out + checked.err).toBe(0)
      expect(shop.run("qpdf", "--qdf", "--object-streams=disable", "copy.pdf", "open.pdf").code).toBe(0)
      all.push(shop.get("open.pdf").toString("latin1"))
    }
    if (tools.pdftotext) {
      const text = shop.run("pdftotext", "copy.pdf", "-")
      expect(text.code).toBe(0)
      for (const word of kept) expect(text.out.replace(/\s+/g, " ")).toContain(word)
      all.push(text.out)
    }
  } finally {
    shop.leave()
  }
  for (const word of words) {
    const hex = Buffer.from(word, "latin1").toString("hex")
    const wide = Buffer.from(word, "utf16le").swap16()
    for (const place of all)
      for (const form of [word, hex, hex.toUpperCase(), wide.toString("latin1"), wide.toString("hex")])
        expect(place.includes(form), `${word} as ${form}`).toBe(false)
  }
}

/** A paper as a program writes it: embedded font, bookmark, note, link, metadata, an attachment. */
function paper(pages: readonly string[], font = FONT): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const doc = new PDFDocument({ font, autoFirstPage: false, info: { Title: SECRET, Keywords: SECRET } } as never)
    const parts: Buffer[] = []
    doc.on("data", (part: Buffer) => parts.push(part))
    doc.on("end", () => resolve(Buffer.concat(parts)))
    doc.on("error", reject)
    for (const text of pages) {
      doc.addPage()
      doc.fontSize(12).text(text)
      doc.outline.addItem(text.slice(0, 40))
      doc.note(20, 20, 40, 40, text)
      doc.goTo(20, 80, 40, 20, "there")
    }
    doc.file(Buffer.from(SECRET), { name: "attached.txt" })
    doc.end()
  })
}

describe("a copy of a paper as programs write it", () => {
  const words = SECRET.split(" ").filter((word) => word.length > 5)
  test("holds what its kept pages say, and nothing of the others", async () => {
    const original = await paper(["First page is open", SECRET, "Third page is open too"])
    const copy = await made(original, [2], 3)
    await gone(copy, words, [
      "First page is open",
      "Third page is open too",
      "Page 2 withheld",
      "trade secret (clause 9)",
    ])
    expect((await pagesOf(copy))[0]).toContain(createHash("sha256").update(original).digest("hex"))
    expect(mismatchOf(await pagesOf(original), await pagesOf(copy), new Set([2]), 1)).toBeNull()
    for (const key of [
      "/Annots",
      "/Outlines",
      "/EmbeddedFile",
      "/Dest",
      "/Info",
      "/Metadata",
      "/JavaScript",
      "/AcroForm",
    ])
      expect(allBytes(copy)).not.toContain(key)
  })
  test("has the same bytes each time, and others for another choice", async () => {
    const original = await paper(["One", "Two", "Three"])
    const [a, b, c] = [await made(original, [2], 3), await made(original, [2], 3), await made(original, [3], 3)]
    expect(a.equals(b)).toBe(true)
    expect(a.equals(c)).toBe(false)
  })
  test("does not spell a withheld first page by the order of the letters in its font", async () => {
    const original = await paper(["QUARTZ", "boldly it went"])
    const copy = allBytes(await made(original, [1], 2))
    // A subset's map from glyphs to letters begins with the letters that the text needed first.
    expect(allBytes(original)).toMatch(/<0051> <0055> <0041> <0052>/i)
    for (const letter of ["0051", "005a"]) expect(copy).not.toMatch(new RegExp(`<00[0-9a-f]{2}> <${letter}>`, "i"))
    expect(await pagesOf(await made(original, [1], 2))).toHaveLength(3)
  })
})

const text = (words: string): string => `BT /F1 12 Tf 72 700 Td (${words}) Tj ET`
const FONT_OBJ: Obj = { num: 90, body: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>" }
const page = (num: number, contents: string, more = ""): Obj => ({
  ...{ num, body: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${contents} ${more} >>` },
})
const RES = "/Resources << /Font << /F1 90 0 R >> >>"

/** Three pages: the first and the last open, the second with the secret. */
function three(
  over: { first?: string; second?: string; pages?: string; catalog?: string; objects?: Obj[] } = {},
): Obj[] {
  return [
    { num: 1, body: `<< /Type /Catalog /Pages 2 0 R ${over.catalog ?? ""} >>` },
    { num: 2, body: `<< /Type /Pages /Count 3 /Kids [3 0 R 4 0 R 5 0 R] ${over.pages ?? RES} >>` },
    page(3, "[10 0 R]", over.first),
    page(4, "11 0 R", over.second),
    page(5, "[12 0 R 13 0 R]"),
    { num: 10, body: streamBody("", text("Open one")) },
    { num: 11, body: streamBody("", text(SECRET)) },
    { num: 12, body: streamBody("", "q") },
    { num: 13, body: streamBody("", `Q ${text("Open three")}`) },
    FONT_OBJ,
    ...(over.objects ?? []),
  ]
}
const WORDS = ["Zanzibar", "Quetzalcoatl", "million"]
const form = (num: number, content: string, dict = ""): Obj => ({
  ...{ num, body: streamBody(`/Type /XObject /Subtype /Form /BBox [0 0 600 700] ${dict}`, content) },
})

describe("hostile papers", () => {
  test.each<[string, Buffer]>([
    ["plain", writePdf(three())],
    ["in object streams", writePdf(three(), "packed")],
    ["with a table in a stream", writePdf(three(), "stream")],
    [
      "an annotation that points to the other page, and one that quotes it",
      writePdf(
        three({
          first: `/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /Dest [4 0 R /Fit] >> << /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (${SECRET}) /P 4 0 R >>]`,
        }),
      ),
    ],
    [
      "resources that all pages inherit, with a drawing that only the withheld one uses",
      writePdf(
        three({
          pages: "/Resources << /Font << /F1 90 0 R >> /XObject << /Fm1 20 0 R /Fm2 21 0 R >> >>",
          objects: [form(20, text(SECRET)), form(21, text("Open form"), RES)],
        }),
      ),
    ],
    [
      "a drawing shared by both whose own resources hold another",
      writePdf([
        ...three({
          pages: "/Resources << /Font << /F1 90 0 R >> /XObject << /Fm1 20 0 R >> >>",
          objects: [
            form(20, text("Shared"), "/Resources << /Font << /F1 90 0 R >> /XObject << /Hidden 21 0 R >> >>"),
            form(21, text(SECRET), RES),
          ],
        }).filter(({ num }) => num !== 10),
        { num: 10, body: streamBody("", `/Fm1 Do ${text("Open one")}`) },
      ]),
    ],
    [
      "bookmarks, names, structure, metadata, script, attachment and form",
      writePdf(
        three({
          catalog: `/Outlines << /First << /Title (${SECRET}) /Dest [4 0 R /Fit] >> >> /Names << /Dests << /Names [(${SECRET}) [4 0 R /Fit]] >> /JavaScript << /Names [(x) << /S /JavaScript /JS (${SECRET}) >>] >> /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (${SECRET}) /EF << /F 30 0 R >> >>] >> >> /StructTreeRoot << /K << /S /P /Pg 4 0 R /ActualText (${SECRET}) >> >> /Metadata 31 0 R /AcroForm << /Fields [<< /T (${SECRET}) /V (${SECRET}) >>] >> /OpenAction << /S /JavaScript /JS (${SECRET}) >> /PieceInfo << /A (${SECRET}) >>`,
          first: `/Metadata 31 0 R /PieceInfo << /A << /Private (${SECRET}) >> >> /Thumb 30 0 R /AA << /O << /S /JavaScript /JS (${SECRET}) >> >> /B [<< /P 4 0 R >>] /StructParents 0`,
          objects: [
            { num: 30, body: streamBody("/Type /EmbeddedFile", SECRET) },
            { num: 31, body: streamBody("/Type /Metadata /Subtype /XML", SECRET) },
          ],
        }),
      ),
    ],
    [
      "properties and a colour that lead to the other page",
      writePdf([
        ...three({
          first:
            "/Resources << /Font << /F1 90 0 R >> /Properties << /MC0 << /Pg 4 0 R /Metadata 31 0 R >> >> /ExtGState << /G1 << /CA 1 /Metadata 31 0 R /P 4 0 R >> >> >>",
          objects: [{ num: 31, body: streamBody("/Type /Metadata", SECRET) }],
        }).filter(({ num }) => num !== 10),
        { num: 10, body: streamBody("", `/G1 gs /P /MC0 BDC ${text("Open one")} EMC`) },
      ]),
    ],
    [
      "a later save that took the secret off a kept page",
      append(writePdf(three().map((one) => (one.num === 10 ? { num: 10, body: streamBody("", text(SECRET)) } : one))), [
        { num: 10, body: streamBody("", text("Open one")) },
      ]),
    ],
    [
      "a drawing of the withheld page that is called as a font of the kept one",
      writePdf(
        three({
          pages: "/Resources << /Font << /F1 90 0 R >> /XObject << /F1 20 0 R >> >>",
          objects: [form(20, text(SECRET), RES)],
        }),
      ),
    ],
    [
      "words and a withheld page in what makes a colour",
      writePdf([
        ...three({
          first: `/Resources << /Font << /F1 90 0 R >> /ColorSpace << /C0 [/ICCBased 40 0 R (${SECRET})] >> /ExtGState << /G1 << /TR << /X (${SECRET}) >> /HT << /HalftoneType 1 /X (${SECRET}) >> >> >> >>`,
          objects: [{ num: 40, body: streamBody(`/N 3 /Alternate /DeviceRGB /X 11 0 R /F (${SECRET})`, "x") }],
        }).filter(({ num }) => num !== 10),
        { num: 10, body: streamBody("", `/G1 gs /C0 cs ${text("Open one")}`) },
      ]),
    ],
    [
      "a stamp of a hidden layer",
      writePdf(
        three({
          catalog: "/OCProperties << /OCGs [50 0 R] /D << /OFF [50 0 R] >> >>",
          first: `/Annots [<< /Type /Annot /Subtype /Stamp /OC 51 0 R /Rect [9 9 99 99] /AP << /N 20 0 R >> >> << /Type /Annot /Subtype /Stamp /OC 52 0 R /Rect [9 9 99 99] /AP << /N 20 0 R >> >>]`,
          objects: [
            form(20, text(SECRET), RES),
            { num: 50, body: "<< /Type /OCG /Name (hidden) >>" },
            { num: 51, body: "<< /Type /OCMD /OCGs [50 0 R] >>" },
            { num: 52, body: "<< /Type /OCMD /VE [/Not [/Or [/Not 50 0 R]]] >>" },
          ],
        }),
      ),
    ],
    ["bytes behind and between", Buffer.concat([writePdf(three()), Buffer.from(`\n% ${SECRET}\n`)])],
  ])("%s", async (_name, original) => {
    await gone(await made(original, [2], 3), WORDS, ["Open one", "Open three", "Page 2 withheld"])
  })
  test("a filled field and a stamp of a kept page are drawn, their values and the other page's are not there", async () => {
    const widget = (value: string, look: number) =>
      `/Annots [<< /Type /Annot /Subtype /Widget /FT /Tx /T (f${look}) /V (${value}) /Rect [100 100 300 120] /AP << /N ${look} 0 R >> >>]`
    const original = writePdf(
      three({
        first: widget("value-of-field", 20),
        second: widget(SECRET, 21),
        objects: [form(20, text("Filled in by Ada"), RES), form(21, text(SECRET), RES)],
      }),
    )
    const copy = await made(original, [2], 3)
    await gone(copy, [...WORDS, "value-of-field"], ["Open one", "Filled in by Ada"])
    expect(mismatchOf(await pagesOf(original), await pagesOf(copy), new Set([2]), 1)).toBeNull()
  })
  test.each<[string, Buffer, string]>([
    [
      "locked",
      writePdf([...three(), { num: 80, body: "<< /Filter /Standard /V 1 >>" }], "table", "/Root 1 0 R /Encrypt 80 0 R"),
      "encrypted",
    ],
    ["no PDF", Buffer.from("nothing of the kind, but long enough"), "not-a-pdf"],
    ["a table that points nowhere", Buffer.from("%PDF-1.7\nstartxref\n999\n%%EOF\n"), "needs-repair"],
    [
      "a page in two places",
      writePdf(
        three().map((one) =>
          one.num === 2 ? { num: 2, body: `<< /Type /Pages /Count 3 /Kids [3 0 R 3 0 R 5 0 R] ${RES} >>` } : one,
        ),
      ),
      "needs-repair",
    ],
    [
      "pages that hang under themselves",
      writePdf(
        three().map((one) => (one.num === 2 ? { num: 2, body: `<< /Type /Pages /Count 3 /Kids [2 0 R] >>` } : one)),
      ),
      "needs-repair",
    ],
    [
      "a withheld page as the profile of a colour",
      writePdf([
        ...three({
          first: "/Resources << /Font << /F1 90 0 R >> /ColorSpace << /C0 [/ICCBased 11 0 R] >> >>",
        }).filter(({ num }) => num !== 10),
        { num: 10, body: streamBody("", `/C0 cs ${text("Open one")}`) },
      ]),
      "needs-repair",
    ],
    [
      "pages that are counted otherwise than they stand",
      writePdf(
        three().map((one) =>
          one.num === 2 ? { num: 2, body: `<< /Type /Pages /Count 2 /Kids [3 0 R 4 0 R 5 0 R] ${RES} >>` } : one,
        ),
      ),
      "needs-repair",
    ],
    [
      "a drawing in itself",
      writePdf(three().map((one) => (one.num === 10 ? { num: 10, body: streamBody("/Filter /JPXDecode", "x") } : one))),
      "needs-repair",
    ],
  ])("%s is refused in a word", async (_name, original, trouble) => {
    expect(await redact(original, [2], 3)).toEqual({ says: `redaction.refused.${trouble}` })
  })
  test("a rule of layers goes with what it hides", async () => {
    const original = writePdf([
      ...three({
        catalog: "/OCProperties << /OCGs [50 0 R] /D << /OFF [50 0 R] >> >>",
        first: "/Resources << /Font << /F1 90 0 R >> /Properties << /M << /Type /OCMD /VE [/And 50 0 R] >> >> >>",
        objects: [{ num: 50, body: "<< /Type /OCG /Name (hidden) >>" }],
      }).filter(({ num }) => num !== 10),
      { num: 10, body: streamBody("", `/OC /M BDC ${text("Draft")} EMC ${text("Open one")}`) },
    ])
    expect(allBytes(await made(original, [2], 3))).toMatch(/\/VE \[\/And \d+ 0 R\]/)
  })
  test("a drawing that draws itself comes to an end", async () => {
    const original = writePdf(
      three({
        pages: "/Resources << /Font << /F1 90 0 R >> /XObject << /Fm1 20 0 R >> >>",
        first: "",
        objects: [
          form(20, `/Fm1 Do ${text("Round")}`, "/Resources << /Font << /F1 90 0 R >> /XObject << /Fm1 20 0 R >> >>"),
        ],
      }).map((one) => (one.num === 10 ? { num: 10, body: streamBody("", `/Fm1 Do ${text("Open one")}`) } : one)),
    )
    expect(await made(original, [2], 3)).toBeInstanceOf(Buffer)
  })
  test("mutated papers end in a copy without the secret or in a refusal", async () => {
    const original = writePdf(three())
    readFileSync(FONT)
    let state = 7
    const next = (below: number): number => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      return state % below
    }
    for (let turn = 0; turn < 300; turn += 1) {
      const bytes = Buffer.from(original)
      for (let k = 0; k <= next(4); k += 1) bytes[next(bytes.length)] = next(256)
      const copy = await redact(bytes, [2], 3)
      if ("bytes" in copy) expect(allBytes(copy.bytes).includes("Quetzalcoatl"), `turn ${turn}`).toBe(false)
      else expect(copy.says).toMatch(/^redaction\.refused\./)
    }
  }, 60_000)
})
