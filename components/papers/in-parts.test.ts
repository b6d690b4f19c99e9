import { randomBytes } from "node:crypto"
import { beforeAll, expect, test } from "vitest"
import { rangeOf } from "@/domain/core/range"
import { gathering, openInParts, PIECE, type PartsLibrary } from "./in-parts"

type Page = { getTextContent(): Promise<{ items: { str?: string }[] }> }
type Paper = { numPages: number; getPage(n: number): Promise<Page> }
type Library = PartsLibrary<Paper>
let pdf: Library
beforeAll(async () => {
  pdf = (await import("pdfjs-dist/legacy/build/pdf.mjs")) as unknown as Library
})

const PAGES = 50
const MEGABYTE = 1024 * 1024

/** A scanned paper of so many pages of one size, each said beside its picture: the library looks at all of them before it draws one. */
function large(pages = PAGES, size = MEGABYTE): Buffer {
  const noise = randomBytes(size)
  const parts: Buffer[] = [Buffer.from("%PDF-1.7\n")]
  const at: number[] = []
  let length = parts[0]?.length ?? 0
  const put = (bytes: Buffer): void => {
    parts.push(bytes)
    length += bytes.length
  }
  const object = (n: number, head: string, stream?: Buffer): void => {
    at[n] = length
    put(Buffer.from(`${n} 0 obj\n${head}\n`))
    if (stream) for (const piece of [Buffer.from("stream\n"), stream, Buffer.from("\nendstream\n")]) put(piece)
    put(Buffer.from("endobj\n"))
  }
  const first = 3
  for (let page = 0; page < pages; page += 1) {
    const n = first + 1 + page * 3
    const words = Buffer.from(`BT /F1 12 Tf 50 700 Td (Page ${page + 1} of the paper) Tj ET`)
    object(
      n,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents ${n + 1} 0 R /Resources << /Font << /F1 3 0 R >> /XObject << /X ${n + 2} 0 R >> >> >>`,
    )
    object(n + 1, `<< /Length ${words.length} >>`, words)
    const picture = `/Type /XObject /Subtype /Image /Width 1024 /Height ${size / 1024} /ColorSpace /DeviceGray /BitsPerComponent 8`
    object(n + 2, `<< ${picture} /Length ${noise.length} >>`, noise)
  }
  object(3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
  const kids = Array.from({ length: pages }, (_, page) => `${first + 1 + page * 3} 0 R`).join(" ")
  object(2, `<< /Type /Pages /Count ${pages} /Kids [${kids}] >>`)
  object(1, "<< /Type /Catalog /Pages 2 0 R >>")
  const lines = Array.from({ length: at.length - 1 }, (_, n) => `${String(at[n + 1]).padStart(10, "0")} 00000 n \n`)
  const table = `xref\n0 ${at.length}\n0000000000 65535 f \n${lines.join("")}`
  put(Buffer.from(`${table}trailer\n<< /Size ${at.length} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`))
  return Buffer.concat(parts)
}

/** A server of these bytes, and how many it gave. */
function serving(bytes: Buffer, { parts = true, fails = (n: number): boolean => n < 0 } = {}) {
  const said = { bytes: 0, asked: 0 }
  const ask = async (_src: string, init: RequestInit): Promise<Response> => {
    said.asked += 1
    if (fails(said.asked)) throw new TypeError("cut")
    const range = parts ? rangeOf(new Headers(init.headers).get("range"), bytes.length) : null
    if (range === "outside") return new Response(null, { status: 416 })
    const given = range ? bytes.subarray(range.from, range.to + 1) : bytes
    said.bytes += given.length
    const headers = range ? { "content-range": `bytes ${range.from}-${range.to}/${bytes.length}` } : undefined
    return new Response(new Uint8Array(given), { status: range ? 206 : 200, ...(headers ? { headers } : {}) })
  }
  return { said, ask }
}
const OPTIONS = { verbosity: 0, isEvalSupported: false, useWorkerFetch: false }
const wordsOf = async (paper: Paper, n: number): Promise<string> =>
  (await (await paper.getPage(n)).getTextContent()).items.map((item) => item.str ?? "").join("")

test("of a paper of fifty megabytes the first page takes less than a tenth, and every page reads as of the whole", async () => {
  const bytes = large()
  expect(bytes.length).toBeGreaterThan(50 * MEGABYTE)
  const { said, ask } = serving(bytes)
  const opened = await openInParts(pdf, "/paper", OPTIONS, ask)
  const paper = await opened.paper
  expect([paper.numPages, await wordsOf(paper, 1)]).toEqual([PAGES, "Page 1 of the paper"])
  process.stdout.write(`page 1 of ${bytes.length} bytes: ${said.bytes} bytes in ${said.asked} answers\n`)
  expect(said.bytes).toBeLessThan(bytes.length / 10)
  const before = said.bytes
  expect(await wordsOf(paper, 37)).toBe("Page 37 of the paper")
  expect(said.bytes - before).toBeLessThan(2 * MEGABYTE)
  await opened.destroy()
})

test("of a paper of many small pages the pieces come together: few answers, and no byte twice", async () => {
  const bytes = large(480, 100 * 1024)
  const { said, ask } = serving(bytes)
  const opened = await openInParts(pdf, "/paper", OPTIONS, ask)
  expect(await wordsOf(await opened.paper, 1)).toBe("Page 1 of the paper")
  process.stdout.write(`page 1 of ${bytes.length} bytes: ${said.bytes} bytes in ${said.asked} answers\n`)
  expect(said.asked).toBeLessThan(80)
  expect(said.bytes).toBeLessThanOrEqual(bytes.length)
  await opened.destroy()
})

test("what is asked for at one moment is given as it lies there, whatever lies between; few parts are asked for at once", async () => {
  const bytes = randomBytes(60 * PIECE + 5)
  const asked: [number, number][] = []
  let [now, most] = [0, 0]
  const read = gathering(async (begin, end) => {
    asked.push([begin, end])
    most = Math.max(most, (now += 1))
    await new Promise((done) => setTimeout(done, 1))
    now -= 1
    return new Uint8Array(bytes.subarray(begin, end))
  })
  const wanted = Array.from({ length: 200 }, (_, n) => {
    const begin = PIECE * ((n * 7) % 61)
    return [begin, Math.min(bytes.length, begin + PIECE * (1 + (n % 20)))] as const
  })
  const given = await Promise.all(wanted.map(([begin, end]) => read(begin, end)))
  wanted.forEach(([begin, end], n) =>
    expect(Buffer.from(given[n] as Uint8Array).equals(bytes.subarray(begin, end))).toBe(true),
  )
  expect(most).toBeLessThanOrEqual(4)
  // Far apart they come alone.
  asked.length = 0
  await Promise.all([0, 20, 40].map((n) => read(n * PIECE, (n + 1) * PIECE)))
  expect(asked).toEqual([0, 20, 40].map((n) => [n * PIECE, (n + 1) * PIECE]))
})

test("a small paper comes in one answer; so does one whose server gives no parts", async () => {
  const tiny = Buffer.from(TINY)
  const [one, whole] = [serving(tiny), serving(tiny, { parts: false })]
  for (const { ask } of [one, whole]) {
    const opened = await openInParts(pdf, "/paper", OPTIONS, ask)
    expect((await opened.paper).numPages).toBe(1)
    await opened.destroy()
  }
  expect([one.said.asked, whole.said.asked]).toEqual([1, 1])
})

const TINY = `%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >> endobj
trailer << /Root 1 0 R >>
%%EOF`

test("a line that is cut for a moment is asked again; one that stays cut ends with a failure, and not with waiting", async () => {
  const bytes = large()
  const flaky = serving(bytes, { fails: (n) => n === 2 || n === 4 })
  const opened = await openInParts(pdf, "/paper", OPTIONS, flaky.ask)
  expect(await wordsOf(await opened.paper, 2)).toBe("Page 2 of the paper")
  await opened.destroy()
  const dead = await openInParts(pdf, "/paper", OPTIONS, serving(bytes, { fails: (n) => n > 1 }).ask)
  await expect(dead.paper).rejects.toThrow("cut")
  await expect(dead.lost).rejects.toThrow("cut")
})

test("what is refused is not asked again, and an answer that is another part is none", async () => {
  let asked = 0
  const refused = async (): Promise<Response> => {
    asked += 1
    const headers = { "content-type": "application/problem+json" }
    return new Response(JSON.stringify({ title: "This file is not what it was." }), { status: 409, headers })
  }
  const says = "This file is not what it was."
  await expect(openInParts(pdf, "/paper", OPTIONS, refused)).rejects.toMatchObject({ message: "409", says })
  expect(asked).toBe(1)
  const other = async (): Promise<Response> =>
    new Response(new Uint8Array(PIECE), { status: 206, headers: { "content-range": "bytes 5-9/100" } })
  await expect(openInParts(pdf, "/paper", OPTIONS, other)).rejects.toThrow("content-range")
})
