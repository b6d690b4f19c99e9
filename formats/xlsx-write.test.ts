import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { eachRow } from "./table"
import { openXlsx, sheetNames } from "./xlsx"
import { XlsxWriter, type XlsxCell } from "./xlsx-write"

async function written(rows: XlsxCell[][], mostRows?: number): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "onward-xlsx-"))
  try {
    const writer = await XlsxWriter.open(
      folder,
      [
        { name: "A & B", head: ["one", "two"] },
        { name: "Other", head: ["x"] },
      ],
      mostRows,
    )
    for (const row of rows) await writer.add(0, [row])
    const parts: Uint8Array[] = []
    for await (const part of writer.bytes()) parts.push(part)
    expect(await readdir(folder)).toEqual([])
    return Buffer.concat(parts)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function read(bytes: Buffer, sheet?: string): Promise<{ header: string[]; cells: string[][]; formulas: number }> {
  const opened = await openXlsx({ bytes }, sheet ? { sheet } : {})
  if (!opened.ok) throw new Error(opened.says)
  const cells: string[][] = []
  let formulas = 0
  await eachRow(opened.value, (row) => {
    cells.push(row.cells)
    formulas += row.formulas?.length ?? 0
  })
  return { header: opened.value.header, cells, formulas }
}

test("text comes back as it was, whatever it looks like; no formula is in the file", async () => {
  const hostile = [
    "=cmd|' /C calc'!A0",
    "+1",
    "@SUM(1)",
    "\u0007bell\u0000",
    "_x0041_",
    "a\r\nb\tc",
    "😀 ünd 漢字",
    "  spaces  ",
    "<&>\"'",
    "https://x.example",
  ]
  const bytes = await written(hostile.map((text, i) => [text, i]))
  const { header, cells, formulas } = await read(bytes)
  expect(header).toEqual(["one", "two"])
  expect(formulas).toBe(0)
  expect(cells).toEqual(hostile.map((text, i) => [text, String(i)]))
  expect(bytes.includes("<f>")).toBe(false)
  expect(bytes.includes("quotePrefix")).toBe(true)
})

test("what is too long for a cell is cut, and the cell says so; half a sign becomes the sign for an unreadable one", async () => {
  const { cells } = await read(
    await written([
      ["x".repeat(40_000), null],
      ["😀".repeat(20_000), null],
      ["a\ud800b", null],
    ]),
  )
  expect(cells[0]?.[0]).toHaveLength(32_767)
  expect(cells[0]?.[0]).toMatch(/x \[cut: 40000 signs in all, a cell holds no more; the rest stands in json\/\]$/)
  expect(cells[1]?.[0]).not.toMatch(/\p{Surrogate}/u)
  expect(cells[2]?.[0]).toBe("a\ufffdb")
})

test("the same rows give the same bytes; rows beyond a sheet go on in another of the same head", async () => {
  const rows = Array.from({ length: 7 }, (_, i): XlsxCell[] => [`row ${i}`, i])
  const bytes = await written(rows, 4)
  expect((await written(rows, 4)).equals(bytes)).toBe(true)
  expect(await sheetNames({ bytes })).toEqual({ ok: true, value: ["A & B", "A & B (2)", "A & B (3)", "Other"] })
  expect((await read(bytes, "A & B (3)")).cells).toEqual([["row 6", "6"]])
  expect((await read(bytes, "Other")).cells).toEqual([])
})
