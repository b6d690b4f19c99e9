import { APART, runApart, workerFile, type Limits } from "@/adapters/signatures/run-apart"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { signatureReport, type SignatureReport } from "@/domain/signatures/report"
import type { Looked } from "./look-at"
import { packed } from "./message"

/** The largest PDF whose signatures are looked at. */
export const LARGEST_PDF = 50 * 1024 * 1024
const LARGEST_TRUST = 20 * 1024 * 1024

/**
 * Looks at the signatures of a PDF in a process apart. A file that is hostile, too large or too slow is refused in one
 * sentence, and nothing of the caller is touched. `askedAt` is the moment as of which certificates are judged.
 */
export async function checkSignatures(
  pdf: Uint8Array,
  asked: { trust: { bytes: Uint8Array; name: string | null } | null; askedAt: string },
  limits: Limits = APART,
  worker: string | null = workerFile("signatures.mjs"),
): Promise<Outcome<SignatureReport>> {
  const { trust, askedAt } = asked
  if (pdf.length > LARGEST_PDF) return refuse("invalid", "signatures.refused.too-large")
  if (trust && trust.bytes.length > LARGEST_TRUST) return refuse("invalid", "signatures.refused.no-roots")
  const head = { askedAt, trust: trust && { name: trust.name, sizeBytes: trust.bytes.length } }
  const ran = await runApart(worker, packed(head, trust?.bytes ?? null, pdf), limits)
  if (!ran.ok) return refuse("invalid", `signatures.refused.${ran.why}`)
  const looked = JSON.parse(ran.answer.toString()) as Looked
  if (!looked.ok) return refuse("invalid", looked.says)
  // What a worker says that read a hostile file is read as strictly as anything from outside.
  const report = signatureReport.safeParse(looked.report)
  return report.success ? good(report.data) : refuse("invalid", "signatures.refused.stopped")
}
