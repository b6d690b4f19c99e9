import { open, readFile, stat } from "node:fs/promises"
import { createHash } from "node:crypto"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import type { Report } from "@/verifier/core/report"
import { verifyPackage } from "@/verifier/core/verify"
import type { Source } from "@/verifier/core/zip"
import type { Call } from "./commands"
import { print, Refused } from "./say"

/**
 * `verify FILE [--since OLDER] [--key PRINT]`: checks a package without the register, exit 0 only where everything held. OLDER: a package
 * or a checkpoint that was kept. PRINT: the letter's key, or a file with the letter's words.
 * `verify --hash`: the hash of the verify.html that this release makes, to be compared with the one in use.
 */
export async function verify({ words, options, json }: Call): Promise<number> {
  if (options.hash) return printHash(json)
  const [path] = words
  if (path === undefined) throw new Refused("Name the package: verify FILE [--since OLDER] [--key PRINT].")
  const files: { source: Source; close: () => Promise<void> }[] = []
  try {
    const file = await fileSource(path)
    files.push(file)
    const older = options.since === undefined ? null : await fileSource(options.since)
    if (older) files.push(older)
    const report = await verifyPackage({ source: file.source, older: older?.source, key: await letterOf(options.key) })
    print(json, { file: path, ...report }, plainly(wordsOf(report)))
    return report.verdict === "intact" ? 0 : 1
  } finally {
    for (const file of files) await file.close()
  }
}

/** The letter's key as it was typed, or what the file says that was named. */
async function letterOf(said: string | undefined): Promise<string | undefined> {
  const isFile = said !== undefined && (await stat(said).catch(() => null))?.isFile()
  return isFile ? readFile(said, "utf8") : said
}

async function fileSource(path: string): Promise<{ source: Source; close: () => Promise<void> }> {
  const file = await open(path, "r")
  const { size } = await stat(path)
  const read = async (at: number, length: number): Promise<Uint8Array> => {
    const bytes = new Uint8Array(length)
    for (let done = 0; done < length;) {
      const { bytesRead } = await file.read(bytes, done, length - done, at + done)
      if (bytesRead === 0) return bytes.subarray(0, done)
      done += bytesRead
    }
    return bytes
  }
  return { source: { size, read }, close: () => file.close() }
}

const VERDICTS = { intact: "Intact", altered: "Altered", "cannot-tell": "Cannot tell" }
const MARKS = { held: "held", failed: "DOES NOT HOLD", "in-part": "held as far as it is here" }

/** What a package says may hold signs that a terminal obeys: they are shown as such. */
function plainly(words: string): string {
  return words.replace(/(?!\n)\p{Cc}/gu, "\ufffd")
}

function wordsOf(report: Report): string {
  const { about, checks, faults, notes, unchecked, since } = report
  const records = Object.values(about?.records ?? {}).reduce((sum, n) => sum + n, 0)
  return [
    report.verdict === "intact" ? "Intact." : `${VERDICTS[report.verdict]}: ${report.says}`,
    ...(about
      ? [
          `${records} records of ${about.origin} as of ${about.asOf}, ${about.logSize} entries of the log.`,
          ...about.prints.map((key) => `Compare this key print with the letter: ${key}`),
        ]
      : []),
    ...(since
      ? [`Since the package as of ${since.asOf}: ${since.added} new, ${since.changed} changed, ${since.same} the same.`]
      : []),
    ...letterWords(report.letter),
    "",
    ...checks.map((check) => `${MARKS[check.state]}: ${check.says}`),
    ...faults.slice(1, 50).map((fault) => `Also wrong: ${fault.file}: ${fault.says}`),
    ...notes,
    ...(unchecked.length > 0 ? ["", "Not checked:", ...unchecked.map((one) => `- ${one}`)] : []),
  ].join("\n")
}

/** The letter before all else that was found: each question, its answer, and what it rests on. */
function letterWords(letter: Report["letter"]): string[] {
  if (!letter) return []
  const { authority, reference, answers } = letter
  return [
    "",
    `It answers the letter of ${authority ?? "[erased]"}${reference === null ? "" : `, ${reference}`}, received on ${letter.receivedOn}:`,
    ...answers.flatMap((one) => [
      "",
      [one.number, one.question ?? "[erased]"].filter((part) => part !== "").join(" "),
      `  ${(one.answer ?? "[erased]").split("\n").join("\n  ")}`,
      ...(one.query !== null ? [`  Records: ${one.more ? "more than " : ""}${one.count}`] : []),
      ...one.records.slice(0, 10).map(({ id, kind, index }) => `    ${id} in records/${kind}.jsonl, entry ${index}`),
      ...(one.records.length > 10 ? [`    and ${one.records.length - 10} more: questions/letter.json`] : []),
      ...one.files.map(({ name, packed, why }) => `  File: ${name}, ${packed ?? `not in the package (${why})`}`),
    ]),
  ]
}

async function printHash(json: boolean): Promise<number> {
  // The page is built beside the command line.
  const bytes = await readFile(join(dirname(fileURLToPath(import.meta.url)), "verify.html"))
  const sha256 = createHash("sha256").update(bytes).digest("hex")
  print(json, { file: "verify.html", sha256, bytes: bytes.length }, `${sha256}  verify.html`)
  return 0
}
