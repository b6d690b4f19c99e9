import { expect, test } from "vitest"
import { aRegister, type SmallRegister } from "@/verifier/testing/small-register"
import { sourceOf } from "@/verifier/testing/mutate"
import { zipOf, type Item } from "@/verifier/testing/small-zip"
import { keyLine, keyPrint } from "./note"
import { verifyPackage } from "./verify"

const check = (bytes: Uint8Array, key?: string, older?: Uint8Array) =>
  verifyPackage({ source: sourceOf(bytes), key, older: older && sourceOf(older) })
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

/** A register whose log went on to a second and a third key, and a package from the time of each. */
function aHistory() {
  const on = aRegister()
  const packs = [on.pack()]
  for (const n of [0, 1]) {
    on.follow("signed")
    on.retire(n)
    packs.push(on.pack())
  }
  const prints = [0, 1, 2].map((n) => printOf(on, n))
  const root = "5".repeat(64)
  const letter = (n: number): string =>
    [`The log's key today:`, ...prints.slice(0, n + 1).reverse(), `Root ${root}`, "Signed,"].join("\n")
  return { on, packs, prints, letter }
}

test("a package and a letter of different times: whole wherever the keys can be followed from one to the other", async () => {
  const { packs, prints, letter } = aHistory()
  for (const [made, bytes] of packs.entries())
    for (const [of] of prints.entries()) {
      const name = `package ${made}, letter ${of}`
      const report = await check(bytes, letter(of))
      expect(told(report), name).toBe("")
      expect(report.verdict, name).toBe("intact")
      const says = report.checks.find((one) => one.name === "key")?.says ?? ""
      if (of === made) expect(says, name).toMatch(/the one that was given/)
      else if (of > made)
        expect(says, name).toMatch(
          new RegExp(`it was the log's then, and ${of - made === 1 ? "once" : "2 times"} another followed`),
        )
      else expect(says, name).toMatch(/signed for the one that signs the package/)
    }
})

test("one print of a newer key says nothing of an older package by itself, and a newer package that it signs shows the keys between", async () => {
  const { on, packs, prints } = aHistory()
  const alone = await check(packs[0] as Uint8Array, prints[2])
  expect([alone.verdict, told(alone)]).toEqual(["cannot-tell", ""])
  expect(alone.says).toMatch(/not signed by the key that was given.*whole letter.*newer package/)
  const report = await check(packs[0] as Uint8Array, prints[2], packs[2])
  expect(told(report)).toBe("")
  expect(report.verdict).toBe("intact")
  const ids = on.keys.map((one) => one.id)
  expect(report.checks.find((one) => one.name === "key")?.says).toContain(`the key ${ids[0]} signed then`)
  const turns = report.notes.filter((one) => one.startsWith("Since then the log went on"))
  expect(turns).toHaveLength(2)
  expect(turns[0]).toContain(`to the key ${ids[1]}, as of ${on.keys[1]?.from}, for which the key ${ids[0]} signed`)
  // A letter about the key in between is proven by the package of its time, and not by one that it did not sign.
  expect((await check(packs[0] as Uint8Array, prints[1], packs[1])).verdict).toBe("intact")
  expect((await check(packs[0] as Uint8Array, prints[1], packs[2])).verdict).toBe("cannot-tell")
})

test("a stranger's package stays one: whatever letter or newer package is held beside it", async () => {
  const { packs, prints, letter } = aHistory()
  const strange = aRegister().pack()
  for (const [key, older] of [
    [letter(2), undefined],
    [prints[2], packs[2]],
    [letter(2), packs[2]],
    [letter(0), packs[0]],
  ] as const) {
    const report = await check(strange, key, older)
    expect(report.verdict).not.toBe("intact")
    expect(report.says).toMatch(/manifest.note|the log was rewritten/)
  }
  // A stranger who signs for the company's newest key gains nothing by it.
  const signing = aHistory()
  expect((await check(strange, printOf(signing.on, 2), signing.packs[2])).verdict).not.toBe("intact")
})

test("of a letter's words only keys are taken, and a letter without one is none", async () => {
  const { on, packs, prints } = aHistory()
  const print = prints[0] as string
  expect(
    (await check(packs[0] as Uint8Array, `Key:  ${print.replace(/ /g, "   ")}\r\nRoot ${"a".repeat(64)}`)).verdict,
  ).toBe("intact")
  // As the terminal prints keys: name, id and letters.
  const line = keyLine({ name: on.origin, id: on.keys[0]?.id ?? "", key: on.keys[0]?.publicKey as Buffer })
  expect((await check(packs[0] as Uint8Array, `The log's key:\n${line}\nSigned,`)).verdict).toBe("intact")
  const none = await check(packs[0] as Uint8Array, `Root ${"a".repeat(64)}\nDear Sir`)
  expect([none.verdict, none.says]).toEqual(["cannot-tell", expect.stringMatching(/is none: it has 64 digits/)])
})
