import { expect, test } from "vitest"
import { aRegister, type SmallRegister } from "@/verifier/testing/small-register"
import { sourceOf } from "@/verifier/testing/mutate"
import { zipOf, type Item } from "@/verifier/testing/small-zip"
import { keyPrint } from "./note"
import { verifyPackage } from "./verify"

const check = (bytes: Uint8Array, key?: string) => verifyPackage({ source: sourceOf(bytes), key })
const told = ({ faults }: Awaited<ReturnType<typeof check>>): string =>
  faults.map((one) => `${one.file}: ${one.says}`).join("\n")
const printOf = (on: SmallRegister, n: number): string => keyPrint(on.keys[n]?.publicKey as Buffer)

test("a letter about an old key is followed to the one that it signed for, also over two", async () => {
  const on = aRegister()
  on.follow("signed")
  on.retire(0)
  on.follow("signed")
  for (const n of [0, 1, 2]) {
    const report = await check(on.pack(), printOf(on, n))
    expect(told(report)).toBe("")
    expect(report.verdict, String(n)).toBe("intact")
    expect(report.checks.find((one) => one.name === "key")?.state).toBe("held")
    expect(/of an older key of the log/.test(report.unchecked.join())).toBe(n < 2)
  }
})

test("where nobody signed for a key the chain is broken: told in words, and a letter from before it says nothing", async () => {
  const on = aRegister()
  on.follow("unsigned")
  on.retire(0)
  const report = await check(on.pack(), printOf(on, 1))
  expect(told(report)).toBe("")
  expect(report.verdict).toBe("intact")
  expect(report.unchecked.join()).toMatch(/chain of keys is broken at entry \d+/)
  const old = await check(on.pack(), printOf(on, 0))
  expect(old.verdict).toBe("cannot-tell")
  expect(old.says).toMatch(/did not sign for it/)
})

test("a signature over something else, or by a key that was ended, hands nothing over", async () => {
  const on = aRegister()
  on.follow("bad")
  expect(told(await check(on.pack()))).toMatch(/an older key signed for .* does not hold/)
  const late = aRegister()
  late.retire(0)
  late.follow("signed")
  expect(told(await check(late.pack()))).toMatch(/an older key signed for .* does not hold/)
})

test("what keys.json says of a key is what the log says", async () => {
  const on = aRegister()
  on.follow("signed")
  on.retire(0)
  const [old, next] = on.keys as [SmallRegister["keys"][0], SmallRegister["keys"][0]]
  const cases: [Partial<typeof old>, typeof old][] = [
    [{ until: null }, old],
    [{ until: "2026-01-05T10:00:00.000Z" }, old],
    [{ from: "2026-01-05T11:00:00.000Z" }, next],
    [{ until: next.from }, next],
    [{ by: null, signature: null }, next],
    [{ by: next.id }, next],
  ]
  for (const [change, key] of cases) {
    const was = { ...key }
    Object.assign(key, change)
    const report = await check(on.pack())
    expect(
      report.faults.map((one) => one.file),
      JSON.stringify(change),
    ).toContain("log/keys.json")
    Object.assign(key, was)
  }
  expect(told(await check(on.pack()))).toBe("")
})

test("a key that the log ended signs no package by itself", async () => {
  const on = aRegister()
  on.follow("signed")
  on.retire(0)
  const files = on.files()
  const manifest = files.find((one) => one.name === "manifest.json") as Item
  const note = Buffer.from(on.noteOf(manifest.bytes, on.keys[0]))
  const report = await check(zipOf(files.map((one) => (one.name === "manifest.note" ? { ...one, bytes: note } : one))))
  expect(told(report)).toMatch(/manifest.note: it is signed by the key \w+ alone, which the log ended before/)
})
