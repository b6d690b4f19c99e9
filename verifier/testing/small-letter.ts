/** A letter that a small register answers, written after docs/package.md alone. */
import { createHash } from "node:crypto"
import { ENTITY, text, type SmallRegister, type Value } from "./small-register"
import type { Item } from "./small-zip"

/** What the manifest says of it besides. */
export const ANSWERS = { questions: "questions/letter.txt" }

/** The answer to the first question; `change` may say something else. */
type Said = { [member: string]: Value }
export type Change = (letter: Said & { answers: Said[] }) => void

/** The files of the package with the letter before them. */
export function lettered(files: readonly Item[], change: Change = () => undefined): Item[] {
  const words = (name: string): string => Buffer.from(files.find((one) => one.name === name)?.bytes ?? []).toString()
  const records = words("records/party.jsonl")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { id: string; kind: string; version: number; index: number })
    .map(({ id, kind, version, index }) => ({ id, kind, version, index }))
  const entries = words("log/events.jsonl").trimEnd().split("\n")
  const { at: asOf, index } = JSON.parse(entries.at(-1) ?? "{}") as { at: string; index: number }
  const paper = files.find((one) => one.name.startsWith("files/")) as Item
  const sha256 = createHash("sha256").update(paper.bytes).digest("hex")
  const none = { query: null, count: 0, more: false, records: [], redacted: [], outside: 0 }
  const file = (n: number, name: string) => ({ id: `fil_${String(n).padStart(26, "0")}`, name })
  const letter: Said & { answers: Said[] } = {
    ...{ id: `inq_${"1".padStart(26, "0")}`, authority: "Authority of Data", reference: "17/4", before: "Dear all," },
    ...{ receivedOn: "2026-01-04", dueOn: null, entities: [ENTITY], asOf, releasedAt: asOf, releaseIndex: index + 3 },
    answers: [
      {
        ...{ number: "1.", depth: 0, question: "Who receives it?", answer: "These.", query: { kind: "table" } },
        ...{ count: records.length, more: false, records, redacted: [], outside: 0, files: [] },
      },
      {
        ...{ ...none, number: "(a)", depth: 1, question: "Under what?", answer: "See the <b>paper</b>." },
        files: [
          { ...file(1, "paper.pdf"), sha256, packed: paper.name, why: null },
          { ...file(2, "held.pdf"), sha256: "0".repeat(64), packed: null, why: "held" },
        ],
      },
    ],
  }
  const plain = saidOf(letter)
  change(letter)
  const item = (name: string, said: string): Item => ({ name, bytes: Buffer.from(said, "utf8") })
  return [item("questions/letter.json", `${text(letter)}\n`), item("questions/letter.txt", plain), ...files]
}

function saidOf(letter: Said & { answers: Said[] }): string {
  const lines = [letter.authority, letter.reference, letter.asOf, letter.before] as string[]
  for (const one of letter.answers) {
    const [records, files] = [one.records as { id: string }[], one.files as { name: string; sha256: string }[]]
    lines.push(one.question as string, one.answer as string, ...records.map(({ id }) => id))
    lines.push(...files.flatMap(({ name, sha256 }) => [name, sha256]))
  }
  return `${lines.join("\n")}\n`
}

/** The package of a register that answers the letter. */
export function packLettered(on: SmallRegister, change?: Change, more: { [key: string]: Value } = {}): Uint8Array {
  return on.pack((files) => lettered(files, change), { ...ANSWERS, ...more })
}
