import { createHash } from "node:crypto"
import { expect, test } from "vitest"
import {
  aRegister,
  ENTITY,
  manifestOf,
  PARTY,
  PEOPLE,
  SHARING,
  SmallRegister,
  STAGES,
} from "@/verifier/testing/small-register"
import { mutations, sourceOf } from "@/verifier/testing/mutate"
import { packLettered } from "@/verifier/testing/small-letter"
import { zipOf, type Item } from "@/verifier/testing/small-zip"
import { keyPrint } from "./note"
import { verifyPackage } from "./verify"

const check = (bytes: Uint8Array, more: { older?: Uint8Array; key?: string } = {}) =>
  verifyPackage({ source: sourceOf(bytes), older: more.older && sourceOf(more.older), key: more.key })
const told = (report: Awaited<ReturnType<typeof check>>): string[] =>
  report.faults.map((one) => `${one.file}: ${one.says}`)

test("a package that is as it was made is intact, and what was not checked is said", async () => {
  const on = aRegister()
  const report = await check(on.pack(), { key: keyPrint(on.publicKey) })
  expect(told(report)).toEqual([])
  expect(report.verdict).toBe("intact")
  expect(report.checks.every((one) => one.state === "held")).toBe(true)
  expect(report.about?.records).toEqual({ entity: 1, party: 2, sharing: 1 })
  expect(report.unchecked.join(" ")).toMatch(/No older package.*Whether what was recorded is true/)
})

test("another key than the letter's is no key of the register, and a print that is none is said to be none", async () => {
  const on = aRegister()
  const other = await check(on.pack(), { key: keyPrint(new SmallRegister().publicKey) })
  expect([other.verdict, told(other)]).toEqual(["cannot-tell", []])
  expect(other.says).toMatch(/manifest.note is not signed by the key that was given/)
  expect((await check(on.pack(), { key: "12 34" })).verdict).toBe("cannot-tell")
})

test("each file in turn with one byte changed, removed, swapped with another: found, and the verdict names the file", async () => {
  const files = aRegister().files()
  for (const [i, file] of files.entries()) {
    const bytes = Buffer.from(file.bytes)
    if (bytes.length > 0) {
      const at = Math.floor(bytes.length / 2)
      bytes[at] = (bytes[at] as number) ^ 1
      expect((await check(zipOf(files.with(i, { ...file, bytes })))).item, `${file.name} changed`).toBe(file.name)
    }
    expect((await check(zipOf(files.toSpliced(i, 1)))).item, `${file.name} removed`).toBe(file.name)
    const next = files[(i + 1) % files.length] as Item
    const swapped = files.map((one) =>
      one === file ? { ...one, bytes: next.bytes } : one === next ? { ...one, bytes: file.bytes } : one,
    )
    const report = await check(zipOf(swapped))
    expect(report.verdict, `${file.name} swapped`).toBe("altered")
    expect([file.name, next.name], `${file.name} swapped`).toContain(report.item)
  }
})

test("with the manifest made anew but not the note, what it names is not what was signed", async () => {
  const files = aRegister().files()
  const manifest = files.find((one) => one.name === "manifest.json") as Item
  const { files: _named, ...about } = JSON.parse(Buffer.from(manifest.bytes).toString()) as { files: unknown }
  const rest = files.filter((one) => !one.name.startsWith("manifest."))
  for (const file of rest) {
    const changed = rest.map((one) =>
      one === file ? { ...one, bytes: Buffer.concat([one.bytes, Buffer.from(" ")]) } : one,
    )
    const note = files.find((one) => one.name === "manifest.note") as Item
    const report = await check(zipOf([...changed, manifestOf(about, changed), note]))
    expect(report.item, file.name).toBe("manifest.json")
    expect(report.says).toContain("manifest.note signed")
  }
})

test("whoever holds the key and changes what is read finds the log against them", async () => {
  const on = aRegister()
  const change = (name: string, from: string | RegExp, to: string) => (files: Item[]) =>
    files.map((one) => {
      if (one.name !== name) return one
      const text = Buffer.from(one.bytes).toString().replace(from, to)
      expect(text, name).not.toBe(Buffer.from(one.bytes).toString())
      return { name, bytes: Buffer.from(text) }
    })
  const cases: [string, string | RegExp, string][] = [
    ["records/party.jsonl", "Harbour", "Harbor"],
    ["records/party.jsonl", /^.*\n/, ""],
    ["records/party.jsonl", '"version":2', '"version":1'],
    ["records/party.jsonl", '"changed":false', '"changed":true'],
    ["records/sharing.jsonl", '"standing":"approved"', '"standing":"ended"'],
    ["json/party.json", "Harbour", "Harbor"],
    ["json/party.json", '"contacts":[]', '"contacts":[],"risk":{"state":"known","value":"low"}'],
    ["disclosures.jsonl", "Ada Quill", "Eve Quill"],
    ["disclosures.jsonl", /^.*\n/, ""],
    ["requests.jsonl", /^.*\n/, ""],
    ["requests.jsonl", '"op":"create"', '"op":"change"'],
    ["decisions.json", '"verdict":"agree"', '"verdict":"approve"'],
    ["decisions.json", /^\[\n.*\n/, "[\n"],
    ["log/events.jsonl", '"verdict":"approve"', '"verdict":"refuse"'],
    ["log/events.jsonl", /^.*\n/, ""],
    ["log/keys.json", '"index":0', '"index":1'],
    ["log/previous.json", "null", '{"asOf":"2026-01-01T00:00:00.000Z","logRoot":"00","logSize":1,"proof":[]}'],
  ]
  for (const [name, from, to] of cases) {
    const report = await check(on.pack(change(name, from, to)))
    expect(report.verdict, `${name} ${String(from)}`).toBe("altered")
    expect(
      report.faults.map((one) => one.file),
      `${name} ${String(from)}`,
    ).toContain(name)
  }
})

const row = (n: number, legalName = "Rule Breaker Ltd") => ({
  ...{ id: `pty_${String(n).padStart(26, "0")}`, kind: "party", body: { legalName } },
})
const [A, B, C] = [
  { stage: "procurement", by: PEOPLE.buys },
  { stage: "dpo", by: PEOPLE.dpo, verdict: "agree" },
  { stage: "legal", by: PEOPLE.law },
]

test.each([
  ["somebody decides what they edited", { authors: [PEOPLE.asks, PEOPLE.law] }, /who edited it|edited themselves/],
  [
    "a stand-in decides for an author",
    { decisions: [A, B, { ...C, by: PEOPLE.other, for: PEOPLE.asks }] },
    /edited themselves/,
  ],
  ["one person decides two stages", { decisions: [A, B, { ...C, by: PEOPLE.buys }] }, /two stages/],
  ["a stage is decided twice", { decisions: [A, B, C, { ...C, by: PEOPLE.other }] }, /twice/],
  ["a stage is left out", { decisions: [A, C] }, /dpo had not said yes/],
  ["a stage said no", { decisions: [{ ...A, verdict: "refuse" }, B, C] }, /procurement had not said yes/],
  ["a decision is on other content", { decisions: [A, B, { ...C, hash: "0".repeat(64) }] }, /not submitted/],
  ["nothing was submitted", { submitted: false }, /not submitted|without a request/],
  ["it comes into force later than decided", { later: true }, /another moment/],
  ["it needs no stage that decides, and somebody does", { stages: STAGES.slice(1) }, /does not need/],
  ["other content comes into force", { instead: [row(9, "Somebody Else Ltd")] }, /otherwise than was decided/],
  ["more comes into force", { instead: [row(9), row(10)] }, /were decided on/],
])("where %s, the replay says so", async (_what, course, says) => {
  const on = aRegister()
  on.run({ rows: [row(9)], ...course })
  const report = await check(on.pack())
  expect(report.verdict).toBe("altered")
  expect(told(report).join("\n")).toMatch(says)
})

test("what was found running is recorded at once, without a stage", async () => {
  const on = aRegister()
  on.run({ rows: [row(9)], stages: [], decisions: [] })
  // In one act with its submission: here it came later, which is said.
  expect(told(await check(on.pack())).join()).toMatch(/another moment/)
})

test("an erased text is gone and named; one that is gone and not named is missing", async () => {
  const on = aRegister()
  const commitment = (on.commit("a word of somebody") as { $c: string }).$c
  on.run({ rows: [{ ...row(9), body: { legalName: "X", notes: { $c: commitment } } }] })
  on.erase(commitment)
  const report = await check(on.pack())
  expect(told(report)).toEqual([])
  expect(report.notes.join()).toContain("erased: 1.")
  on.erased.splice(0)
  expect(told(await check(on.pack())).join()).toMatch(/neither erased nor left out/)
})

test("with an older package a rewritten log is found, and one that grew is not", async () => {
  const on = aRegister()
  const older = on.pack()
  const cut = on.pack(undefined, { asOf: "2026-12-31T00:00:00.000Z" })
  on.run({ rows: [{ ...row(1, "Blue Harbour Hosting SE"), id: PARTY }, row(9)] })
  const newer = on.pack()
  const grown = await check(newer, { older })
  expect(told(grown)).toEqual([])
  expect(grown.since).toMatchObject({ added: 1, changed: 1, same: 3 })
  const about = await check(older, { older: newer })
  expect([about.verdict, told(about)]).toEqual(["cannot-tell", []])
  expect(about.says).toMatch(/change the two about/)
  // The tail cut off: a later instant, and fewer entries than before.
  expect(told(await check(cut, { older: newer })).join()).toMatch(/the log is shorter/)
  // The same register with the same key, written anew with another company from the beginning.
  const other = aRegister()
  other.company({ legalName: "Others Ltd" })
  other.run({ rows: [row(9)] })
  const rewritten = await check(other.pack(), { older })
  expect(rewritten.verdict).toBe("altered")
  expect(told(rewritten).join("\n")).toMatch(/the log was rewritten/)
  const broken = Uint8Array.from(older)
  broken[Math.floor(broken.length / 2)] = (broken[Math.floor(broken.length / 2)] as number) ^ 1
  expect((await check(newer, { older: broken })).item).toBe("the older package")
})

test("a checkpoint that was kept is as good as an older package for what was rewritten, and says what it cannot", async () => {
  const on = aRegister()
  const pointOf = (files: Item[]): Uint8Array =>
    (files.find((one) => one.name === "log/checkpoint.txt") as Item).bytes as Uint8Array
  const kept = pointOf(on.files())
  on.run({ rows: [row(9)] })
  const newer = on.pack()
  for (const older of [kept, Buffer.from(Buffer.from(kept).toString().replace(/\n/g, "\r\n").trimEnd())]) {
    const report = await check(newer, { older })
    expect([report.verdict, told(report), report.since]).toEqual(["intact", [], null])
    expect(report.checks.find((one) => one.name === "older")?.says).toMatch(/begins with the \d+ entries/)
    expect(report.unchecked.join(" ")).toMatch(/which records changed since is not told/)
    expect(report.unchecked.join(" ")).not.toMatch(/No older package/)
  }
  // The same key over another history, of which a witness kept the head.
  const other = aRegister()
  other.keys.splice(0, 1, ...on.keys)
  other.company({ legalName: "Others Ltd" })
  const forked = await check(newer, { older: pointOf(other.files()) })
  expect(told(forked).join()).toMatch(/not those of the checkpoint that was given: the log was rewritten/)
  expect(forked.item).toBe("log/leaves.bin")
  for (const [older, says] of [
    [pointOf(aRegister().files()), /signed by no key of the log/],
    [Buffer.from(Buffer.from(kept).toString().replaceAll("onward/0", "onward/1")), /of another log/],
  ] as const) {
    const report = await check(newer, { older })
    expect([report.verdict, told(report)]).toEqual(["cannot-tell", []])
    expect(report.says).toMatch(says)
  }
  const late = pointOf(on.files())
  const early = aRegister()
  early.keys.splice(0, 1, ...on.keys)
  expect((await check(early.pack(), { older: late })).verdict).not.toBe("intact")
})

test("what is no package, or of another form, is not judged", async () => {
  for (const bytes of [
    new Uint8Array(0),
    Buffer.from("no archive"),
    zipOf([{ name: "a.txt", bytes: Buffer.from("a") }]),
  ])
    expect((await check(bytes)).verdict).toBe("cannot-tell")
  expect((await check(aRegister().pack(undefined, { formatVersion: 7 }))).says).toContain("knows form 6")
})

test("300 mutations of a package's bytes are each found", async () => {
  const seed = Number(process.env.ONWARD_SEED ?? Math.floor(Math.random() * 2 ** 31))
  const bytes = packLettered(aRegister())
  const missed: string[] = []
  for (const { what, bytes: changed } of mutations(bytes, seed, 300))
    if ((await check(changed)).verdict === "intact") missed.push(what)
  expect(missed, `ONWARD_SEED=${seed}`).toEqual([])
}, 60_000)

test("the order of files, and a file that is not named, are part of what was signed", async () => {
  const files = aRegister().files()
  const moved = [files[1], files[0], ...files.slice(2)] as Item[]
  expect((await check(zipOf(moved))).says).toContain("another order")
  expect((await check(zipOf([{ name: "more.txt", bytes: Buffer.from("x") }, ...files]))).item).toBe("more.txt")
  const wrong = createHash("sha256").update("x").digest("hex")
  const named = aRegister().pack((all) => [...all, { name: `files/${wrong}.pdf`, bytes: Buffer.from("y") }])
  expect((await check(named)).says).toContain("not what its name says")
  expect([ENTITY, SHARING].every((one) => /^[a-z]{3}_\d{26}$/.test(one))).toBe(true)
})
