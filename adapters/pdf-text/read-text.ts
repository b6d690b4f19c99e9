import { spawn } from "node:child_process"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { Readable } from "node:stream"
import { pageText, type TextPiece } from "@/domain/clauses/page-text"
import type { PageText } from "@/domain/clauses/words"

/** The text layer of a file, or why there is none to read. `count`: pages of the file, also of those that were not read. */
export type TextRead =
  | { is: "read"; count: number; pages: PageText[] }
  | { is: "too-much"; count: number }
  | { is: "locked" | "not-pdf" | "too-long" | "too-large" }

/** How far the reading of one file may go (security handbook, Files in). */
export const TEXT_LIMITS = { ms: 10_000, megabytes: 256, pages: 2_000, characters: 5_000_000 } as const

type Limits = { -readonly [K in keyof typeof TEXT_LIMITS]: number }
type Said =
  { is: "read"; count: number; pages: TextPiece[][] } | { is: "too-much"; count: number } | { is: "locked" | "not-pdf" }

const KINDS: readonly unknown[] = ["read", "too-much", "locked", "not-pdf"]

/** How many files are read at once; the others wait for their turn, or a crowd of them would take all the machine's memory. */
const AT_ONCE = 2
let running = 0
const waiting: (() => void)[] = []

/**
 * Reads the text of a PDF in a process of its own, which is ended when it takes longer or more memory than it may. Never throws
 * for what a file does: that is an answer. That its bytes break off, or that no process begins, is none: it throws.
 */
export async function readText(bytes: Readable, limits: Limits = TEXT_LIMITS): Promise<TextRead> {
  if (running < AT_ONCE) running += 1
  else await new Promise<void>((mine) => waiting.push(mine))
  try {
    return await readApart(bytes, limits)
  } finally {
    // Whoever waits longest has the place from here on.
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}

async function readApart(bytes: Readable, limits: Limits): Promise<TextRead> {
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${limits.megabytes}`,
      join(process.cwd(), "adapters", "pdf-text", "child.mjs"),
      JSON.stringify({ pages: limits.pages, characters: limits.characters }),
    ],
    // No secrets of the server in its environment.
    { stdio: ["pipe", "pipe", "ignore"], env: { PATH: process.env.PATH ?? "" } as unknown as NodeJS.ProcessEnv },
  )
  let ended: "too-long" | "too-large" | null = null
  let broken: unknown = null
  const end = (why: "too-long" | "too-large"): void => {
    ended ??= why
    child.kill("SIGKILL")
  }
  const late = setTimeout(() => end("too-long"), limits.ms)
  const watch = setInterval(() => {
    void residentMegabytes(child.pid).then((held) => {
      if (held > limits.megabytes + BASE) end("too-large")
    })
  }, 100)
  try {
    const said: Buffer[] = []
    child.stdout.on("data", (part: Buffer) => said.push(part))
    const closed = new Promise<void>((resolve) => {
      child.on("close", () => resolve())
      child.on("error", (problem) => {
        if (child.pid === undefined) broken ??= problem
        resolve()
      })
    })
    // A process that ends early closes its input: what it said stands.
    child.stdin.on("error", () => undefined)
    bytes.on("error", (problem) => {
      broken ??= problem
      child.kill("SIGKILL")
    })
    bytes.pipe(child.stdin)
    await closed
    bytes.destroy()
    if (broken !== null) throw broken
    return ended ? { is: ended } : answerOf(Buffer.concat(said).toString("utf8"))
  } finally {
    clearTimeout(late)
    clearInterval(watch)
  }
}

/** What Node and the reader hold before a file. */
const BASE = 128

function answerOf(line: string): TextRead {
  let said: Said
  try {
    said = JSON.parse(line) as Said
  } catch {
    // Ended by the heap's own limit, or by the machine.
    return { is: "too-large" }
  }
  if (!KINDS.includes(said.is)) return { is: "not-pdf" }
  return said.is === "read"
    ? {
        is: "read",
        count: said.count,
        pages: said.pages.map((pieces, i) => ({ page: i + 1, text: pageText(pieces).text })),
      }
    : said
}

/** What a process holds of the memory, where the machine says it; 0 elsewhere. */
async function residentMegabytes(pid: number | undefined): Promise<number> {
  try {
    const pages = Number((await readFile(`/proc/${pid}/statm`, "utf8")).split(" ")[1])
    return (pages * 4096) / 1024 / 1024
  } catch {
    return 0
  }
}
