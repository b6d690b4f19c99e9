import { randomBytes } from "node:crypto"
import { beforeAll, expect, test } from "vitest"
import { rangeOf } from "@/domain/core/range"
import { largePaper } from "@/testing/large-paper"
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
  const bytes = largePaper(PAGES)
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
  const bytes = largePaper(480, 100 * 1024)
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
  const bytes = largePaper(PAGES)
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
