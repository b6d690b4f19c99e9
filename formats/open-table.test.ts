import { mkdtemp, readdir, readlink, truncate, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { beforeAll, expect, test } from "vitest"
import { madeVendor, madeVendorList } from "@/testing/vendor-list"
import { madeWorkbook } from "@/testing/workbook"
import { openTable } from "./open-table"
import { eachRow, type Table } from "./table"

let folder = ""
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "onward-"))
})

async function at(name: string, content: string | Uint8Array): Promise<{ path: string }> {
  const path = join(folder, name)
  await writeFile(path, content)
  return { path }
}

async function count(table: Table): Promise<number> {
  const done = await eachRow(table, () => undefined)
  if (!done.ok) throw new Error(done.says)
  return done.value
}

/** Files of this test's folder that the process holds open. */
async function openHandles(): Promise<string[]> {
  const links = await Promise.all(
    (await readdir("/proc/self/fd")).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")),
  )
  return links.filter((link) => link.startsWith(folder))
}

test.each<[string, () => Promise<string | Uint8Array>, string]>([
  ["list.csv", async () => "Name;Country\nA;DE\n", "csv"],
  ["list.txt", async () => "Name\tCountry\nA\tDE\n", "csv"],
  ["list.json", async () => '[{"name":"A"}]', "json"],
  ["list.ndjson", async () => '{"name":"A"}\n', "json"],
  ["vendor-list.json", async () => madeVendorList([madeVendor(1)]), "vendor-list"],
  ["marked.json", async () => `\ufeff${madeVendorList([madeVendor(1)])}`, "vendor-list"],
  ["list.xlsx", () => madeWorkbook([{ name: "S", rows: [["Name"], ["A"]] }]), "xlsx"],
])("%s is opened as what it is, from the disk and from memory", async (name, content, format) => {
  const bytes = Buffer.from(await content())
  for (const source of [await at(name, bytes), { bytes }]) {
    const opened = await openTable(source, name)
    if (!opened.ok) throw new Error(opened.says)
    expect(opened.value.format).toBe(format)
    expect(await count(opened.value)).toBe(1)
  }
})

test.each<[string, string | Buffer, string]>([
  ["list.xlsx", "Name;Country\n", "import.zip-broken"],
  ["list.xls", Buffer.from("d0cf11e0a1b11ae1", "hex"), "import.xlsx-locked"],
  ["list.csv", "", "import.empty"],
  ["list.pdf", "%PDF-1.7", "import.not-text"],
  ["list.exe", "MZ", "invalid.file-type"],
  ["list.csv", Buffer.from("PK\x03\x04"), "invalid.file-type"],
])("%s that holds something else is refused", async (name, content, says) => {
  expect(await openTable({ bytes: Buffer.from(content) }, name)).toMatchObject({ ok: false, says })
})

test.each(["big.csv", "big.xlsx", "big.json"])("%s of 200 MB is refused before it is read", async (name) => {
  const source = await at(name, "")
  await truncate(source.path, 200 * 1024 * 1024)
  expect(await openTable(source, name)).toMatchObject({ ok: false, says: "import.too-large" })
})

test.runIf(process.platform === "linux")("a table that is not read to its end lets go of its file", async () => {
  const long = `Name\n${"A\n".repeat(200_000)}`
  const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 201 }, (_n, key) => [`k${key}`, 1])))
  const sources = [
    ["a.csv", await at("a.csv", long)],
    ["a.xlsx", await at("a.xlsx", await madeWorkbook([{ name: "S", rows: [["Name"], ...Array(9).fill(["A"])] }]))],
    ["a.ndjson", await at("a.ndjson", '{"name":"A"}\n'.repeat(200_000))],
  ] as const
  for (const [name, source] of sources) {
    for (const first of [false, true]) {
      const opened = await openTable(source, name)
      if (!opened.ok) throw new Error(opened.says)
      if (first) for await (const _row of opened.value.rows) break
      else await opened.value.close()
    }
  }
  const refused = await at("wide.json", `[${wide},${'{"a":1},'.repeat(100_000)}{}]`)
  expect(await openTable(refused, "wide.json")).toMatchObject({ says: "import.too-many-columns" })
  await expect.poll(openHandles).toEqual([])
})
