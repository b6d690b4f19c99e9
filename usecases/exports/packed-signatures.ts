import { filesById } from "@/db/statements/files"
import { lastResults } from "@/db/statements/signatures"
import type { Tx } from "@/db/connect"
import type { Instant } from "@/domain/core/instant"
import type { Agreement } from "@/domain/records/agreement"

/** What a package says of the signatures in one file of a paper: what was known of them at its instant. */
export type PackedSignatures = {
  agreement: string
  file: string
  sha256: string
  /** Null: nobody had looked by then. */
  lookedAt: Instant | null
  askedAt: Instant | null
  engine: string | null
  trust: { name: string | null; sha256: string } | null
  overall: string | null
  /** Why there is no report, where it could not be looked at. */
  says: string | null
  report: unknown
}

/** Reports of a file are large: so many files at once. */
const BATCH = 100

/**
 * What was known at the instant of the signatures in the files that these papers name, in the order of the papers: in files
 * that a package names, so without legal advice.
 */
export async function* signaturesFor(
  tx: Tx,
  papers: AsyncIterable<readonly { id: string; body: unknown }[]>,
  at: Instant,
): AsyncGenerator<PackedSignatures[]> {
  for await (const batch of papers) {
    const named = batch.flatMap(({ id, body }) =>
      (body as Agreement).files.map(({ fileId }) => ({ agreement: id, file: fileId as string })),
    )
    for (let from = 0; from < named.length; from += BATCH) yield await some(tx, named.slice(from, from + BATCH), at)
  }
}

async function some(
  tx: Tx,
  named: readonly { agreement: string; file: string }[],
  at: Instant,
): Promise<PackedSignatures[]> {
  const files = await filesById(
    tx,
    named.map((one) => one.file),
  )
  const results = await lastResults(
    tx,
    [...files.values()].map((one) => one.sha256),
    at,
  )
  return named.flatMap(({ agreement, file }) => {
    const sha256 = files.get(file)?.sha256
    if (sha256 === undefined) return []
    const found = results.get(sha256)
    return [
      {
        ...{ agreement, file, sha256, lookedAt: found?.at ?? null, askedAt: found?.askedAt ?? null },
        ...{ engine: found?.engine ?? null, overall: found?.overall ?? null, says: found?.says ?? null },
        trust: found?.trustSha256 ? { name: found.trustName, sha256: found.trustSha256 } : null,
        report: found?.report ? (JSON.parse(found.report) as unknown) : null,
      },
    ]
  })
}
