import { mkdtemp, truncate, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { expect, test } from "vitest"
import { IMPORT_WORDS } from "@/components/words/import"
import { openText } from "./text"

const bytes = (...parts: (string | number[] | Uint8Array)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))))

async function read(content: Uint8Array, limit?: number): Promise<string> {
  const opened = await openText({ bytes: content }, limit)
  if (!opened.ok) return `refused: ${opened.says} ${opened.params?.line ?? ""}`.trim()
  let text = ""
  for await (const piece of opened.value) text += piece
  return text
}

test("any UTF-8 text is read as it was written, and its byte-order mark is taken off", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary", minLength: 1 }), fc.boolean(), async (text, mark) => {
      fc.pre(text.trim() !== "" && !text.includes("\u0000") && !text.startsWith("\ufeff"))
      expect(await read(bytes(mark ? [0xef, 0xbb, 0xbf] : [], text))).toBe(text)
    }),
  )
})

test("text longer than one piece is read whole, also where a letter is cut by the edge", async () => {
  const long = "x" + "é€😀\n".repeat(40_000)
  expect(await read(bytes(long))).toBe(long)
})

test.each([
  ["nothing", bytes(), "import.empty"],
  ["only spaces and line ends", bytes(" \r\n\n\t"), "import.empty"],
  ["only a byte-order mark", bytes([0xef, 0xbb, 0xbf]), "import.empty"],
  ["UTF-16 with its mark, little end first", bytes([0xff, 0xfe], Buffer.from("a;b", "utf16le")), "import.utf-16"],
  ["UTF-16 with its mark, big end first", bytes([0xfe, 0xff], [0, 97, 0, 59]), "import.utf-16"],
  ["UTF-16 without a mark", Buffer.from("Name;Land\r\nÄhre;DE\r\n", "utf16le"), "import.utf-16"],
  ["UTF-16 without a mark, big end first", Buffer.from("Name;Land\r\n", "utf16le").swap16(), "import.utf-16"],
  ["a NUL in the midst", bytes("Name\nAc\u0000me\n"), "import.not-text"],
  ["Windows-1252", bytes("Name\nA\nB\nM", [0xfc], "ller\n"), "import.windows-1252 4"],
  ["Windows-1252 in its last byte", bytes("Name\nCaf", [0xe9]), "import.windows-1252 2"],
  ["bytes of no known writing", bytes("Name\n", [0x81, 0xfc], "\n"), "import.not-utf-8 2"],
])("a file of %s is refused with its reason", async (_what, content, says) => {
  expect(await read(content)).toBe(`refused: ${says}`)
  expect(IMPORT_WORDS).toHaveProperty([says.split(" ")[0] ?? ""])
})

test("the line of the first wrong letter is named in a long file too", async () => {
  expect(await read(bytes("é;b\n".repeat(30_000), [0xfc, 0x0a]))).toBe("refused: import.windows-1252 30001")
})

test("a file of 200 MB is refused by its size, before it is read", async () => {
  const path = join(await mkdtemp(join(tmpdir(), "onward-")), "big.csv")
  await writeFile(path, "")
  await truncate(path, 200 * 1024 * 1024)
  const opened = await openText({ path })
  expect(opened).toMatchObject({ ok: false, says: "import.too-large", params: { limit: 100, size: 200 } })
})
