import { APART, runApart, workerFile, type Limits } from "@/adapters/signatures/run-apart"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { trustFactsShape, type TrustFacts } from "@/domain/signatures/trust-list"
import type { LookedList } from "./look-at-list"
import { packed } from "./message"

/** The largest file of trusted roots that is taken: the EU's largest national list is a third of it. */
export const LARGEST_LIST = 20 * 1024 * 1024

/**
 * Reads a file of trusted roots in a process apart, within the same limits as a PDF: what is hostile, too large, too slow or
 * no list is refused in one sentence, and nothing of the caller is touched.
 */
export async function checkList(
  bytes: Uint8Array,
  limits: Limits = APART,
  worker: string | null = workerFile("signatures.mjs"),
): Promise<Outcome<TrustFacts>> {
  if (bytes.length === 0) return refuse("invalid", "trust.refused.no-roots")
  if (bytes.length > LARGEST_LIST) return refuse("invalid", "trust.refused.too-large")
  const head = { askedAt: "", trust: { name: null, sizeBytes: bytes.length }, only: "list" as const }
  const ran = await runApart(worker, packed(head, bytes, new Uint8Array()), limits)
  if (!ran.ok) return refuse("invalid", `trust.refused.${ran.why}`)
  const looked = JSON.parse(ran.answer.toString()) as LookedList
  if (!looked.ok) return refuse("invalid", looked.says)
  const facts = trustFactsShape.safeParse(looked.facts)
  return facts.success ? good(facts.data) : refuse("invalid", "trust.refused.stopped")
}
