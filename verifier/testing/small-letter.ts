/** A letter that a small register answers, written after docs/package.md alone. */
import { createHash, createHmac } from "node:crypto"
import { ENTITY, PEOPLE, text, type SmallRegister, type Value } from "./small-register"
import type { Item } from "./small-zip"

/** The instant as of which it is answered, behind all that the register did. */
const AS_OF = "2026-12-31T00:00:00.000Z"
const ID = `inq_${"1".padStart(26, "0")}`
/** What the manifest says of it besides. */
export const ANSWERS = { questions: "questions/letter.txt", asOf: AS_OF }

type Said = { [member: string]: Value }
/** May say something else than was answered. */
export type Change = (letter: Said & { answers: Said[]; committed: Said[] }) => void
/** Who releases it, and what else the log says; left out: as the rules are. */
export type Course = { releasedBy?: string; prose?: string; query?: Value }

const AUTHORITY = "Authority of Data"
const QUESTIONS = ["Who receives it?", "Under what?"]
const PROSE = ["These.", "See the <b>paper</b>."]
const FILES = ["paper.pdf", "held.pdf"].map((name, n) => ({ id: `fil_${String(n).padStart(26, "0")}`, name }))
const QUERY = { kind: "table" }

/** Keeps, answers and releases a letter, and gives what puts its files before those of the package. */
export function answers(on: SmallRegister, course: Course = {}): (files: readonly Item[], change?: Change) => Item[] {
  const salt = createHash("sha256").update("a salt").digest()
  const commitmentOf = (said: string): string => createHmac("sha256", salt).update(JSON.stringify(said)).digest("hex")
  const c = (said: string): Value => ({ $c: commitmentOf(said) })
  const objects = [{ type: "inquiry", id: ID }]
  const after = { received: "2026-01-04", due: null, instant: AS_OF, responsible: PEOPLE.law }
  const kept = on.act([
    {
      ...{ act: "inquiry.make", actor: PEOPLE.law, objects: [...objects, { type: "entity", id: ENTITY }] },
      after: { ...after, authority: c(AUTHORITY), questions: QUESTIONS.map(c) },
    },
  ])
  const given = PROSE.map((prose, question) =>
    on.act([
      {
        ...{ act: "inquiry.answer", actor: PEOPLE.law, objects },
        after: {
          ...{ question, version: 2, prose: c(course.prose ?? prose) },
          ...(question === 0 ? { files: [], query: course.query ?? QUERY } : { files: FILES.map(({ id }) => id) }),
        },
      },
    ]),
  )
  const actor = course.releasedBy ?? PEOPLE.dpo
  const released = on.act([{ act: "inquiry.release", actor, objects }])
  const indexes = [kept.first, ...given.map((one) => one.first), released.first]
  return (files, change = () => undefined) => {
    const words = (name: string): string => Buffer.from(files.find((one) => one.name === name)?.bytes ?? []).toString()
    const records = linesOf(words("records/party.jsonl")).map((line) => {
      const { id, kind, version, index } = JSON.parse(line) as { [member: string]: Value }
      return { id, kind, version, index } as Said
    })
    const entries = linesOf(words("log/events.jsonl")).filter((line) =>
      indexes.includes((JSON.parse(line) as { index: number }).index),
    )
    const paper = files.find((one) => one.name.startsWith("files/")) as Item
    const sha256 = createHash("sha256").update(paper.bytes).digest("hex")
    const texts = [["authority", AUTHORITY], ...QUESTIONS.map((said, i) => [`answers.${i}.question`, said])]
    texts.push(...PROSE.map((said, i) => [`answers.${i}.answer`, said]))
    const letter: Parameters<Change>[0] = {
      ...{ id: ID, authority: AUTHORITY, reference: "17/4", before: "Dear all,", receivedOn: "2026-01-04" },
      ...{ dueOn: null, entities: [ENTITY], asOf: AS_OF, keptIndex: kept.first },
      ...{ releasedAt: released.at, releaseIndex: released.first },
      committed: texts.map(([path = "", said = ""]) => ({
        ...{ path, commitment: commitmentOf(said), salt: salt.toString("base64") },
      })),
      answers: [
        {
          ...{ number: "1.", depth: 0, question: QUESTIONS[0] as string, answer: PROSE[0] as string, query: QUERY },
          ...{ count: records.length, more: false, records, redacted: [], outside: 0, files: [] },
          index: given[0]?.first ?? 0,
        },
        {
          ...{ number: "(a)", depth: 1, question: QUESTIONS[1] as string, answer: PROSE[1] as string, query: null },
          ...{ count: 0, more: false, records: [], redacted: [], outside: 0, index: given[1]?.first ?? 0 },
          files: [
            { ...(FILES[0] as Said), sha256, packed: paper.name, why: null },
            { ...(FILES[1] as Said), sha256: "0".repeat(64), packed: null, why: "held" },
          ],
        },
      ],
    }
    const plain = saidOf(letter)
    change(letter)
    const item = (name: string, said: string): Item => ({ name, bytes: Buffer.from(said, "utf8") })
    return [
      item("questions/letter.json", `${text(letter)}\n`),
      item("questions/letter.txt", plain),
      item("questions/entries.jsonl", entries.map((line) => `${line}\n`).join("")),
      ...files,
    ]
  }
}

const linesOf = (words: string): string[] => words.split("\n").filter((line) => line !== "")

function saidOf(letter: Parameters<Change>[0]): string {
  const lines = [letter.authority, letter.reference, letter.asOf, letter.before] as string[]
  for (const one of letter.answers) {
    const [records, files] = [one.records as { id: string }[], one.files as { name: string; sha256: string }[]]
    lines.push(one.question as string, one.answer as string, ...records.map(({ id }) => id))
    lines.push(...files.flatMap(({ name, sha256 }) => [name, sha256]))
  }
  return `${lines.join("\n")}\n`
}

/** The package of a register that answers the letter. */
export function packLettered(
  on: SmallRegister,
  change?: Change,
  more: { course?: Course; manifest?: { [member: string]: Value } } = {},
): Uint8Array {
  const put = answers(on, more.course)
  return on.pack((files) => put(files, change), { ...ANSWERS, ...more.manifest })
}
