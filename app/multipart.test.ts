import { Readable } from "node:stream"
import { expect, test } from "vitest"
import { BadForm, borderOf, readForm } from "./multipart"

type Read = { fields: Record<string, string>; files: { field: string; name: string; text: string }[] }

/** Reads a body that comes in pieces of so many bytes. */
async function read(body: string | Buffer, border: string, size = 1_000_000): Promise<Read> {
  const bytes = Buffer.from(body as string, "latin1")
  const source = (async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  })()
  const files: Read["files"] = []
  const fields = await readForm(source, border, async ({ field, name, stream }) => {
    const parts: Buffer[] = []
    for await (const part of stream) parts.push(part as Buffer)
    files.push({ field, name, text: Buffer.concat(parts).toString("latin1") })
  })
  return { fields: Object.fromEntries(fields), files }
}

const part = (head: string, body: string): string =>
  `--xx\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`
const FORM = [
  part('name="before"', "one"),
  part('name="file"; filename="a \\"b\\" %22c%22.pdf"', "%PDF\r\n--x\r\n\r\n--xy\r\n -- xx"),
  part('name="behind"', "zwei"),
  part('name="before"', "again"),
  "--xx--\r\n",
].join("")

test.each([1, 2, 3, 7, 64, 1_000_000])(
  "a form in pieces of %d bytes: fields before and behind the file",
  async (size) => {
    expect(await read(FORM, "xx", size)).toEqual({
      fields: { before: "one", behind: "zwei" },
      files: [{ field: "file", name: 'a \\"b\\" "c".pdf', text: "%PDF\r\n--x\r\n\r\n--xy\r\n -- xx" }],
    })
  },
)

test("what the platform itself writes is read the same", async () => {
  const form = new FormData()
  form.set("entityId", "ent_1")
  form.set("file", new File([new Uint8Array(200_000).fill(13)], "liste ü.csv"))
  form.set("note", "é")
  const response = new Response(form)
  const border = borderOf(response.headers.get("content-type") ?? "") ?? ""
  const seen: number[] = []
  const fields = await readForm(Readable.fromWeb(response.body as never), border, async ({ name, stream }) => {
    expect(name).toBe("liste ü.csv")
    for await (const piece of stream) seen.push((piece as Buffer).length)
  })
  expect(Object.fromEntries(fields)).toEqual({ entityId: "ent_1", note: "é" })
  expect(seen.reduce((sum, n) => sum + n, 0)).toBe(200_000)
})

test.each([
  ["nothing", ""],
  ["no border", "hello"],
  ["cut in a head", FORM.slice(0, 30)],
  ["cut in a field", FORM.slice(0, 60)],
  ["cut in the file", FORM.slice(0, 150)],
  ["cut before its end", FORM.slice(0, -6)],
  ["a part without a name", "--xx\r\nContent-Type: text/plain\r\n\r\nx\r\n--xx--"],
  ["a head without end", `--xx\r\nContent-Disposition: form-data; name="${"a".repeat(20_000)}`],
  ["a field without end", part('name="a"', "a".repeat(20_000))],
  ["parts without end", `${part('name="a"', "1").repeat(60)}--xx--`],
  ["something behind a border", "--xxyz\r\n\r\n"],
])("%s is no form of ours", async (_what, body) => {
  await expect(read(body, "xx", 11)).rejects.toThrow(BadForm)
})

test("a file that its taker leaves in the middle ends the form", async () => {
  const source = Readable.from([Buffer.from(FORM, "latin1")])
  await expect(readForm(source, "xx", async () => undefined)).rejects.toThrow(BadForm)
})

test.each([
  ["multipart/form-data; boundary=abc", "abc"],
  ['multipart/form-data; charset=utf-8; boundary="a b;c"', "a b;c"],
  ["multipart/form-data", null],
  ["multipart/form-data; boundary=", null],
])("the border of %s", (type, border) => {
  expect(borderOf(type)).toBe(border)
})
