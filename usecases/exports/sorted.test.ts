import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { SortedTexts } from "./sorted"

test("texts come back in order, once each, however many lie on the disk, and leave nothing there", async () => {
  const folder = mkdtempSync(join(tmpdir(), "onward-sorted-"))
  for (const most of [1, 3, 7, 1000]) {
    const all = new SortedTexts(folder, most)
    const given = Array.from({ length: 211 }, (_, i) => `t${(i * 7919) % 97}`)
    for (const text of given) await all.add(text)
    const once: string[] = []
    for await (const batch of all.batches()) once.push(...batch)
    expect(once).toEqual([...new Set(given)].sort())
    const again: string[] = []
    for await (const batch of all.batches()) again.push(...batch)
    expect(again).toEqual(once)
    await all.close()
    expect(readdirSync(folder)).toEqual([])
  }
  const none = new SortedTexts(folder)
  for await (const batch of none.batches()) expect(batch).toEqual([])
  rmSync(folder, { recursive: true })
})
