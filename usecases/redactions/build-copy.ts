import { Readable } from "node:stream"
import { FileFault } from "@/adapters/files/seal"
import { sheetsPdf } from "@/adapters/pdf/sheets"
import { readText, type TextRead } from "@/adapters/pdf-text/read-text"
import { runApart, workerFile, type Limits } from "@/adapters/signatures/run-apart"
import type { Day } from "@/domain/core/day"
import { good, refuse, type Outcome, type Refusal } from "@/domain/core/outcome"
import { inOrder, mismatchOf, type MakerRole, type Withheld } from "@/domain/redactions/redaction"
import { sheetOf } from "@/domain/redactions/sheet"
import { openFile } from "@/usecases/files/read-file"
import type { Scene } from "@/usecases/scene"
import { packed, unpacked } from "./message"

/** How far the making of one copy may go (security handbook, Files in). */
const APART: Limits = { seconds: 30, megabytes: 512, answerBytes: 64 * 1024 * 1024 }

export type Built = { bytes: Buffer; pages: number }
export type Wanted = { sha256: string; withheld: readonly Withheld[]; role: MakerRole; on: Day }

/**
 * Makes a redacted copy in a process apart, and has another reader look at it before anybody else does: each kept page says what it
 * said in the original, and no withheld one does. What cannot be shown to be so is no copy.
 */
export async function buildCopy(
  scene: Pick<Scene, "files">,
  wanted: Wanted,
  worker: string | null = workerFile("redact.mjs"),
): Promise<Outcome<Built>> {
  const original = await wholeFile(scene, wanted.sha256)
  if (!original.ok) return original
  const before = await readText(Readable.from([original.value]))
  const texts = textsOf(before)
  if (!texts.ok) return texts
  const withheld = inOrder(wanted.withheld, texts.value.length)
  if (!withheld) return wrong("withheld", "invalid.redaction-pages", { count: texts.value.length })
  const sheet = sheetOf({ ...wanted, withheld, pages: texts.value.length })
  const sheets = await sheetsPdf(sheet)
  if ("missing" in sheets) return wrong("words", "invalid.letter-signs", { signs: sheets.missing.join(" ") })
  const gone = withheld.map(({ page }) => page)
  const ran = await runApart(
    worker,
    packed({ sheets: sheets.bytes.length, withheld: gone }, sheets.bytes, original.value),
    APART,
  )
  if (!ran.ok) return refuse("invalid", `redaction.refused.${ran.why}`)
  const answer = unpacked(ran.answer)
  const head = answer?.head as { ok?: unknown; pages?: unknown; says?: unknown } | undefined
  if (!answer || !head) return refuse("invalid", "redaction.refused.stopped")
  if (head.ok !== true)
    return refuse("invalid", KNOWN.has(String(head.says)) ? String(head.says) : "redaction.refused.stopped")
  const copy = Buffer.from(answer.rest)
  const after = textsOf(await readText(Readable.from([copy])))
  if (!after.ok || head.pages !== texts.value.length) return refuse("invalid", "redaction.refused.reads-otherwise")
  const first = after.value.length - texts.value.length
  const wrongly = mismatchOf(texts.value, after.value, new Set(gone), first)
  if (wrongly?.why === "said-again")
    return refuse("invalid", "redaction.refused.said-again", { params: { page: wrongly.page, on: wrongly.on } })
  if (first < 1 || wrongly) return refuse("invalid", "redaction.refused.reads-otherwise")
  return good({ bytes: copy, pages: texts.value.length })
}

/** What a worker that read a hostile file may say. */
const KNOWN = new Set(
  "not-a-pdf needs-repair encrypted too-deep too-many-objects too-many-revisions inflates-too-far"
    .split(" ")
    .map((trouble) => `redaction.refused.${trouble}`),
)

function textsOf(read: TextRead): Outcome<string[]> {
  if (read.is !== "read") return refuse("invalid", `redaction.refused.${read.is}`)
  // Of a file longer than the reader goes nobody could say that the copy is what it should be.
  if (read.count > read.pages.length) return refuse("invalid", "redaction.refused.too-much")
  return good(read.pages.map(({ text }) => text))
}

async function wholeFile(scene: Pick<Scene, "files">, sha256: string): Promise<Outcome<Buffer>> {
  const opened = await openFile(scene, sha256)
  if (!opened.ok) return opened
  if (!opened.value) return refuse("not-found", "not-found")
  const parts: Buffer[] = []
  try {
    for await (const part of opened.value) parts.push(part as Buffer)
  } catch (problem) {
    if (problem instanceof FileFault) return refuse("conflict", "conflict.file-damaged")
    throw problem
  }
  return good(Buffer.concat(parts))
}

function wrong(path: string, says: string, params: Record<string, string | number>): Refusal {
  return refuse("invalid", "invalid.form", { fields: [{ path, says, params }], params })
}
