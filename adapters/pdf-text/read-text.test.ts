import { Readable } from "node:stream"
import { deflateSync } from "node:zlib"
import PDFDocument from "pdfkit"
import { describe, expect, it } from "vitest"
import { TEXT_LIMITS, readText } from "./read-text"

function made(draw: (paper: PDFKit.PDFDocument) => void, options: PDFKit.PDFDocumentOptions = {}): Promise<Buffer> {
  return new Promise((resolve) => {
    const paper = new PDFDocument(options)
    const parts: Buffer[] = []
    paper.on("data", (part: Buffer) => parts.push(part))
    paper.on("end", () => resolve(Buffer.concat(parts)))
    draw(paper)
    paper.end()
  })
}

const read = (bytes: Buffer, limits = {}) => readText(Readable.from([bytes]), { ...TEXT_LIMITS, ...limits })

const twoPages = () =>
  made((paper) => {
    paper.text("The Recipient keeps all data secret.")
    paper.addPage().text("It deletes them at the end.")
  })

describe("the text of a PDF", () => {
  it("is read page by page", async () => {
    expect(await read(await twoPages())).toEqual({
      is: "read",
      count: 2,
      pages: [
        { page: 1, text: "The Recipient keeps all data secret." },
        { page: 2, text: "It deletes them at the end." },
      ],
    })
  })

  it("is empty where a page is a picture", async () => {
    const scanned = await made((paper) => paper.rect(10, 10, 100, 100).fill())
    expect(await read(scanned)).toEqual({ is: "read", count: 1, pages: [{ page: 1, text: "" }] })
  })

  it.each([
    ["nothing", Buffer.alloc(0), "not-pdf"],
    ["another file", Buffer.from("PK\u0003\u0004 not a paper"), "not-pdf"],
    ["a head without a body", Buffer.from("%PDF-1.7\n%%EOF"), "not-pdf"],
  ] as const)("is not there in %s", async (_name, bytes, is) => {
    expect(await read(bytes)).toMatchObject({ is })
  })

  it("is not read behind a password", async () => {
    const locked = await made((paper) => paper.text("secret"), { userPassword: "open", pdfVersion: "1.7" })
    expect(await read(locked)).toEqual({ is: "locked" })
  })

  it("has an end for pieces that hold nothing", async () => {
    const empty = await made((paper) => {
      for (let n = 0; n < 30; n += 1) paper.text("a")
    })
    expect(await read(empty, { characters: 40 })).toEqual({ is: "too-much", count: 1 })
  })

  it("says nothing of a file whose bytes break off", async () => {
    const bytes = await twoPages()
    const broken = Readable.from(
      (async function* () {
        yield bytes.subarray(0, 500)
        throw new Error("the disk went away")
      })(),
    )
    await expect(readText(broken)).rejects.toThrow("the disk went away")
  })

  it("reads two at once, and the others in their turn", async () => {
    const paper = await twoPages()
    const all = await Promise.all(Array.from({ length: 5 }, () => read(paper)))
    expect(all.map(({ is }) => is)).toEqual(Array.from({ length: 5 }, () => "read"))
  })

  it("ends at its limits, and the server goes on", async () => {
    const paper = await twoPages()
    expect(await read(paper, { characters: 40 })).toEqual({ is: "too-much", count: 2 })
    expect(await read(paper, { ms: 1 })).toEqual({ is: "too-long" })
    expect(await read(bomb(), { ms: 2_000 })).toSatisfy(
      ({ is }: { is: string }) => is === "too-large" || is === "too-long" || is === "not-pdf" || is === "too-much",
    )
    expect(await read(paper)).toMatchObject({ is: "read" })
  })
})

/** A page whose content is a gigabyte when inflated. */
function bomb(): Buffer {
  let packed: Buffer = Buffer.alloc(64 * 1024 * 1024, "(a) Tj ")
  packed = deflateSync(packed, { level: 9 })
  const again = deflateSync(Buffer.alloc(16 * packed.length, packed), { level: 9 })
  const parts = [
    "%PDF-1.7\n",
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
    "3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<>>/MediaBox[0 0 9 9]>>endobj\n",
    `4 0 obj<</Length ${again.length}/Filter[/FlateDecode/FlateDecode]>>stream\n`,
  ]
  return Buffer.concat([
    Buffer.from(parts.join("")),
    again,
    Buffer.from("\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"),
  ])
}
