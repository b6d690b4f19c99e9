import { expect, test } from "vitest"
import { sourceOf } from "@/verifier/testing/mutate"
import { ANSWERS, answers, packLettered, type Change, type Course } from "@/verifier/testing/small-letter"
import { aRegister, PARTY, PEOPLE } from "@/verifier/testing/small-register"
import { zipOf, type Item } from "@/verifier/testing/small-zip"
import { verifyPackage } from "./verify"

const check = (bytes: Uint8Array) => verifyPackage({ source: sourceOf(bytes) })
const told = (report: Awaited<ReturnType<typeof check>>): string[] =>
  report.faults.map((one) => `${one.file}: ${one.says}`)

test("a letter is read with its questions, answers, records and files, and what is not here is said", async () => {
  const report = await check(packLettered(aRegister()))
  expect([report.verdict, told(report)]).toEqual(["intact", []])
  expect(report.letter?.answers).toMatchObject([
    {
      question: "Who receives it?",
      query: { kind: "table" },
      count: 2,
      records: [{ id: PARTY, version: 2 }, { version: 1 }],
    },
    {
      depth: 1,
      query: null,
      files: [
        { name: "paper.pdf", why: null },
        { name: "held.pdf", packed: null, why: "held" },
      ],
    },
  ])
  expect(report.checks).toContainEqual(expect.objectContaining({ name: "letter", state: "in-part" }))
  expect(report.unchecked.join(" ")).toMatch(/Files of answers.*: 1\./)
  expect((await check(aRegister().pack())).letter).toBeNull()
})

const JSON_FILE = "questions/letter.json"
type Answer = { [member: string]: never } & {
  records: { [member: string]: unknown }[]
  files: { [m: string]: unknown }[]
}
const first = (letter: Parameters<Change>[0]): Answer => letter.answers[0] as unknown as Answer
const second = (letter: Parameters<Change>[0]): Answer => letter.answers[1] as unknown as Answer
const set = (of: object, more: object): void => void Object.assign(of, more)

test.each<[string, Change, string]>([
  [
    "names a record that is not here",
    (l) => set(first(l).records[1] as object, { id: `pty_${"9".padStart(26, "0")}` }),
    JSON_FILE,
  ],
  ["names another version", (l) => set(first(l).records[0] as object, { version: 1 }), JSON_FILE],
  ["names another entry", (l) => set(first(l).records[0] as object, { index: 0 }), JSON_FILE],
  ["names another kind", (l) => set(first(l).records[0] as object, { kind: "sharing" }), JSON_FILE],
  ["names a record twice", (l) => set(first(l), { records: [first(l).records[0], first(l).records[0]] }), JSON_FILE],
  ["counts fewer than it found", (l) => set(first(l), { count: 1 }), JSON_FILE],
  ["drops a record", (l) => set(first(l), { records: first(l).records.slice(1) }), JSON_FILE],
  ["says that a record was left out, and it was not", (l) => set(first(l), { redacted: [PARTY], count: 3 }), JSON_FILE],
  ["names another hash of a file", (l) => set(second(l).files[0] as object, { sha256: "1".repeat(64) }), JSON_FILE],
  ["names a file that is not here", (l) => set(second(l).files[0] as object, { packed: "files/none.pdf" }), JSON_FILE],
  ["says of a file neither where nor why", (l) => set(second(l).files[1] as object, { why: null }), JSON_FILE],
  ["is of another instant", (l) => set(l, { asOf: "2026-01-01T00:00:00.000Z" }), JSON_FILE],
  ["has no answers", (l) => set(l, { answers: "none" }), JSON_FILE],
  ["says another answer than people read", (l) => set(second(l), { answer: "Nothing." }), "questions/letter.txt"],
])("a letter that %s is found, though it is signed", async (_what, change, file) => {
  const report = await check(packLettered(aRegister(), change))
  expect(report.verdict).toBe("altered")
  expect(report.faults.map((one) => one.file)).toContain(file)
})

test.each<[string, Change, Course]>([
  ["says another answer than was committed to", (l) => set(second(l), { answer: "Nothing." }), {}],
  [
    "says another answer, with a commitment of its own",
    (l) => set(l.committed[4] as object, { commitment: "1".repeat(64) }),
    {},
  ],
  ["leaves a commitment out", (l) => void l.committed.pop(), {}],
  [
    "calls erased what nobody erased",
    (l) => [set(l.committed[0] as object, { salt: null }), set(l, { authority: null })],
    {},
  ],
  ["was asked otherwise", () => undefined, { query: { kind: "recipients" } }],
  ["was answered otherwise", () => undefined, { prose: "Others." }],
  ["was released by whoever answered it", () => undefined, { releasedBy: PEOPLE.law }],
  ["names another company", (l) => set(l, { entities: [PARTY] }), {}],
  ["was received on another day", (l) => set(l, { receivedOn: "2026-01-03" }), {}],
  ["was released at another time", (l) => set(l, { releasedAt: "2026-01-01T00:00:00.000Z" }), {}],
  ["names another entry", (l) => set(second(l), { index: 0 }), {}],
])("a letter that %s is found by the log", async (_what, change, course) => {
  const report = await check(packLettered(aRegister(), change, { course }))
  expect(report.verdict).toBe("altered")
  expect(report.checks).toContainEqual(expect.objectContaining({ name: "letter-log", state: "failed" }))
})

test("a text of a letter that was erased is gone and named", async () => {
  const on = aRegister()
  const put = answers(on)
  let commitment = ""
  on.files((all) => put(all, (letter) => void (commitment = letter.committed[0]?.commitment as string)), ANSWERS)
  const gone: Change = (letter) => [
    set(letter.committed[0] as object, { salt: null }),
    set(letter, { authority: null }),
  ]
  const erasures = [{ commitment, at: "2026-12-31T00:00:00.000Z", index: 9_999 }]
  expect(told(await check(on.pack((all) => put(all, gone), { ...ANSWERS, erasures })))).toEqual([])
})

test("its files are part of what was signed, and stand for nothing where the manifest names no letter", async () => {
  const on = aRegister()
  const put = answers(on)
  const files = on.files((all) => put(all), ANSWERS)
  for (const [i, { name }] of files.slice(0, 3).entries()) {
    const bytes = Buffer.from((files[i] as Item).bytes)
    bytes[20] = (bytes[20] as number) ^ 1
    expect((await check(zipOf(files.with(i, { name, bytes })))).item, `${name} changed`).toBe(name)
    expect((await check(zipOf(files.toSpliced(i, 1)))).item, `${name} removed`).toBe(name)
    const without = await check(on.pack((all) => put(all).filter((one) => one.name !== name), ANSWERS))
    expect(told(without), name).toContain(`${name}: it is missing`)
  }
  const [a, b] = files as [Item, Item]
  const swapped = [{ ...a, bytes: b.bytes }, { ...b, bytes: a.bytes }, ...files.slice(2)]
  expect((await check(zipOf(swapped))).item).toBe(JSON_FILE)
  const changed = (all: Item[]): Item[] =>
    put(all).map((one) =>
      one.name === "questions/entries.jsonl"
        ? { ...one, bytes: Buffer.from(Buffer.from(one.bytes).toString().replace("inquiry.release", "inquiry.reopen")) }
        : one,
    )
  expect(told(await check(on.pack(changed, ANSWERS)))).toContain(
    "questions/entries.jsonl: line 4 is not the entry that the log holds at its place",
  )
  expect(told(await check(packLettered(on, undefined, { manifest: { questions: null } })))).toContain(
    `${JSON_FILE}: the manifest names no letter that it belongs to`,
  )
  expect((await check(packLettered(on, undefined, { manifest: { questions: "README.txt" } }))).item).toBe(
    "manifest.json",
  )
})
