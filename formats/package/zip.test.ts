import { createHash } from "node:crypto"
import { afterEach, describe, expect, test } from "vitest"
import { packed, packedInput, unzipped } from "@/testing/package"
import { zipOf, type ZipEntry } from "./zip"

const ZONE = process.env.TZ
afterEach(() => {
  if (ZONE === undefined) delete process.env.TZ
  else process.env.TZ = ZONE
})

const entry = (name: string, ...pieces: string[]): ZipEntry => ({
  name,
  bytes: Buffer.byteLength(pieces.join("")),
  content: () => pieces.map((piece) => Buffer.from(piece)),
})
async function whole(entries: readonly ZipEntry[]): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of zipOf(entries)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

describe("an archive", () => {
  test("keeps its entries in their order, stored, with one time and one mode for all", async () => {
    const files = await unzipped(await whole([entry("b.txt", "two"), entry("a/ä.txt", "o", "ne"), entry("empty")]))
    expect([...files].map(([name, { bytes }]) => [name, bytes.toString()])).toEqual([
      ["b.txt", "two"],
      ["a/ä.txt", "one"],
      ["empty", ""],
    ])
    for (const { entry: found } of files.values()) {
      expect(found.compressionMethod).toBe(0)
      expect([found.lastModFileDate, found.lastModFileTime]).toEqual([(1 << 5) | 2, 12 << 11])
      expect(found.externalFileAttributes >>> 16).toBe(0o100644)
      expect(found.extraFieldLength).toBe(0)
    }
  })
  test("has the bytes that it had when its form was fixed", async () => {
    const bytes = await whole([entry("README.txt", "Hello"), entry("json/a.json", "[", "]")])
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(
      "904e0a0930fd230c7a95d8fa14e2647453b5916de42f58c997bfbfc8be50b321",
    )
  })
  test.each([
    ["Pacific/Auckland", 12],
    ["America/Los_Angeles", 16],
    ["Asia/Kathmandu", 5],
  ])("has the same bytes in every time zone: %s", async (zone, hour) => {
    process.env.TZ = "UTC"
    const here = await packed(packedInput())
    process.env.TZ = zone
    expect(new Date(0).getHours()).toBe(hour)
    expect((await packed(packedInput())).equals(here)).toBe(true)
  })
  test("breaks off with the error of a file that cannot be read to its end", async () => {
    const broken: ZipEntry = {
      name: "b",
      bytes: 2,
      *content() {
        yield Buffer.from("x")
        throw new Error("torn")
      },
    }
    await expect(whole([entry("a", "1"), broken, entry("c", "3")])).rejects.toThrow("torn")
  })
  test("breaks off where a file has not the size that was said", async () => {
    await expect(whole([{ ...entry("a", "123"), bytes: 4 }])).rejects.toThrow("unexpected number of bytes")
  })
  test("can be left in the middle", async () => {
    const large = entry("large", ...Array.from({ length: 200 }, () => "x".repeat(64 * 1024)))
    let read = 0
    for await (const chunk of zipOf([large, entry("next", "1")])) {
      read += chunk.length
      if (read > 100_000) break
    }
    expect(read).toBeLessThan(1_000_000)
  })
})
