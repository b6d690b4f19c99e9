import { z } from "zod"
import type { Tx } from "@/db/connect"
import { asksAmong, lastResults, timesLooked, type AskRow, type ResultRow } from "@/db/statements/signatures"
import type { Instant } from "@/domain/core/instant"
import { good } from "@/domain/core/outcome"
import { idOf } from "@/domain/records/parts"
import { signatureReport } from "@/domain/signatures/report"
import type { FileSignatures, LookedAt } from "@/domain/signatures/stored"
import { readableFiles, type FileSeen } from "@/usecases/files/read-file"
import { look, readingInstant } from "@/usecases/look"
import { asOfInput } from "@/usecases/register/as-of"

type Input = { fileIds: string[]; asOf: Instant | null }

/** What is known of the signatures in files, of those that this person may read: as known at the instant, or now. */
export const readSignatures = look<Input, FileSignatures[]>({
  name: "signature.read",
  input: z.strictObject({
    fileIds: z.array(idOf("file")).max(500),
    asOf: asOfInput,
  }) as unknown as z.ZodType<Input>,
  about: ({ fileIds }) => fileIds.map((id) => ({ type: "file", id })),
  run: async (tx, { input, actor }) => {
    const files = await readableFiles(tx, input.fileIds, actor)
    const at = await readingInstant(tx, input.asOf)
    const order = new Map(input.fileIds.map((id, i) => [id, i]))
    const found = await signaturesOf(tx, files, at)
    return good(found.toSorted((a, b) => (order.get(a.fileId) ?? 0) - (order.get(b.fileId) ?? 0)))
  },
})

/** The same for files of which it is known that the reader may read them. */
export async function signaturesOf(tx: Tx, files: readonly FileSeen[], at: Instant | null): Promise<FileSignatures[]> {
  const hashes = files.flatMap((file) => (file.type === "pdf" ? [file.sha256] : []))
  const results = await lastResults(tx, hashes, at)
  const asks = at === null ? await asksAmong(tx, hashes) : new Map<string, AskRow>()
  const times = await timesLooked(tx, hashes, at)
  return files.map((file) => {
    const result = results.get(file.sha256)
    const ask = asks.get(file.sha256)
    return {
      ...{ fileId: file.id, name: file.name, state: stateOf(file, result, ask, at) },
      waitsFor: ask?.says ?? null,
      result: result && !hidden(file) ? lookedAt(result) : null,
      again: ask !== undefined && result !== undefined,
      earlier: Math.max(0, (times.get(file.sha256) ?? 0) - 1),
    }
  })
}

/** A file that the scanner has not let through is not spoken of, though the same bytes may have come before. */
const hidden = (file: FileSeen): boolean => file.scan === "waiting" || file.scan === "infected"

function stateOf(
  file: FileSeen,
  result: ResultRow | undefined,
  ask: AskRow | undefined,
  at: Instant | null,
): FileSignatures["state"] {
  if (file.scan === "waiting") return "held"
  if (file.scan === "infected") return "infected"
  if (file.type !== "pdf") return "not-pdf"
  if (result) return "looked"
  if (at !== null) return "not-looked"
  return ask?.taken ? "looking" : "waits"
}

/** What was stored is read as strictly as anything from outside; one of another shape is as good as none. */
function lookedAt(row: ResultRow): LookedAt {
  const parsed = row.report === null ? null : signatureReport.safeParse(JSON.parse(row.report))
  return {
    ...{ at: row.at, askedAt: row.askedAt, engine: row.engine, byPerson: row.byPerson },
    trust: row.trustSha256 === null ? null : { name: row.trustName ?? "", sha256: row.trustSha256 },
    report: parsed?.success ? parsed.data : null,
    says: parsed && !parsed.success ? "signatures.refused.other-shape" : row.says,
  }
}
