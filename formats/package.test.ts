import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { open, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { crc32 } from "node:zlib"
import { strFromU8, unzipSync } from "fflate"
import { afterAll, beforeAll, expect, test } from "vitest"
import { isPlainName, writePackageZip, type PackageFile } from "./package"
import { LIMITS, type ZipLimits } from "./package-zip"

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "onward-zip-"))
})
afterAll(() => rmSync(folder, { recursive: true }))

const textFile = (name: string, ...pieces: string[]): PackageFile => ({
  name,
  text: (async function* () {
    yield* pieces
  })(),
})
const bytesFile = (name: string, ...pieces: Uint8Array[]): PackageFile => ({
  name,
  bytes: (async function* () {
    yield* pieces
  })(),
})

async function written(files: PackageFile[], limits: ZipLimits = LIMITS): Promise<Buffer> {
  const path = join(folder, "package.zip")
  await rm(path, { force: true })
  const out = await open(path, "wx+")
  try {
    const made = await writePackageZip(
      out,
      (async function* () {
        yield* files
      })(),
      [(sums) => textFile("last.json", JSON.stringify(sums))],
      limits,
    )
    const bytes = readFileSync(path)
    expect(bytes.length).toBe(made.bytes)
    return bytes
  } finally {
    await out.close()
  }
}

/** Reads an archive by its directory and its local headers, which must say the same and leave no byte between. */
function entriesOf(zip: Buffer): { name: string; bytes: Buffer }[] {
  let end = zip.length - 22
  expect(zip.readUInt32LE(end)).toBe(0x06054b50)
  let [count, at] = [zip.readUInt16LE(end + 10), zip.readUInt32LE(end + 16)]
  if (count === 0xffff || at === 0xffffffff) {
    expect(zip.readUInt32LE(end - 20)).toBe(0x07064b50)
    const wide = Number(zip.readBigUInt64LE(end - 20 + 8))
    expect(zip.readUInt32LE(wide)).toBe(0x06064b50)
    ;[count, at] = [Number(zip.readBigUInt64LE(wide + 32)), Number(zip.readBigUInt64LE(wide + 48))]
    end = wide
  }
  const out: { name: string; bytes: Buffer }[] = []
  let next = 0
  for (let i = 0; i < count; i += 1) {
    const [nameLength, extraLength] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30)]
    const name = zip.subarray(at + 46, at + 46 + nameLength).toString()
    const wide = [...Array(Math.max(0, (extraLength - 4) / 8)).keys()].map((n) =>
      Number(zip.readBigUInt64LE(at + 46 + nameLength + 4 + n * 8)),
    )
    const size = zip.readUInt32LE(at + 24)
    const [bytes = 0] = size === 0xffffffff ? wide.splice(0, 2) : [size]
    const [from = 0] = zip.readUInt32LE(at + 42) === 0xffffffff ? wide : [zip.readUInt32LE(at + 42)]
    expect(from).toBe(next)
    expect(zip.readUInt32LE(from)).toBe(0x04034b50)
    // From the version that is needed to the length of the name: as in the directory.
    expect(zip.subarray(from + 6, from + 28)).toEqual(zip.subarray(at + 8, at + 30))
    const begins = from + 30 + nameLength + zip.readUInt16LE(from + 28)
    const content = zip.subarray(begins, begins + bytes)
    expect(crc32(content)).toBe(zip.readUInt32LE(from + 14))
    next = begins + bytes
    out.push({ name, bytes: content })
    at += 46 + nameLength + extraLength
  }
  expect(at).toBe(end)
  return out
}

const FILES = (): PackageFile[] => [
  textFile("a/one.txt", "ä", "b".repeat(300_000), "c"),
  bytesFile("two.bin", Buffer.from([0, 255]), new Uint8Array(0), Buffer.alloc(7_000, 7)),
  textFile("empty.txt"),
]

test("an archive holds what was put in, every byte accounted for, the same each time, however the pieces came", async () => {
  const zip = await written(FILES())
  const entries = entriesOf(zip)
  expect(entries.map((one) => one.name)).toEqual(["a/one.txt", "two.bin", "empty.txt", "last.json"])
  const sums = JSON.parse(entries[3]?.bytes.toString() ?? "") as { name: string; bytes: number }[]
  expect(sums.map((one) => one.bytes)).toEqual(entries.slice(0, 3).map((one) => one.bytes.length))
  expect(strFromU8(unzipSync(zip)["a/one.txt"] ?? new Uint8Array())).toBe(`ä${"b".repeat(300_000)}c`)
  const other = [textFile("a/one.txt", `äb`, "b".repeat(299_999), "c"), ...FILES().slice(1)]
  expect((await written(other)).equals(zip)).toBe(true)
})

test("what is too large, too far or too many for the plain fields stands in those of ZIP64, alike in both headers", async () => {
  for (const limits of [
    { bytes: 100_000, entries: 0xffff },
    { bytes: 0xffffffff, entries: 3 },
    { bytes: 305_000, entries: 4 },
    { bytes: 0, entries: 0 },
  ]) {
    const zip = await written(FILES(), limits)
    const plain = entriesOf(await written(FILES()))
    expect(entriesOf(zip).every((one, i) => one.bytes.equals(plain[i]?.bytes ?? Buffer.alloc(0)))).toBe(true)
    // Another reader finds the same.
    for (const [name, bytes] of Object.entries(unzipSync(zip)))
      expect([name, plain.find((one) => one.name === name)?.bytes.equals(bytes)]).toEqual([name, true])
  }
})

test("a name twice, or one that leads elsewhere, breaks the package off", async () => {
  await expect(written([textFile("a"), textFile("a")])).rejects.toThrow(/cannot stand/)
  for (const name of ["", "../a", "/a", "a//b", "a\\b", "a/", "a b", "ä", "a/./b"])
    expect(isPlainName(name)).toBe(false)
  for (const name of ["a", "log/leaves.bin", `files/${"0".repeat(64)}.pdf`]) expect(isPlainName(name)).toBe(true)
})
