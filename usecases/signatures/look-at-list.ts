import { anchorsOf } from "@/adapters/signatures/roots"
import { MOST_ROOTS, type TrustFacts } from "@/domain/signatures/trust-list"
import { readTrustFile } from "@/formats/trust/trust-file"

export type LookedList = { ok: true; facts: TrustFacts } | { ok: false; says: string }

/** Says what a file of trusted roots holds; it runs apart from the server (see `check-list.ts`). */
export async function lookAtList(bytes: Uint8Array): Promise<LookedList> {
  const file = await readTrustFile(bytes)
  if (!file) return { ok: false, says: "trust.refused.no-roots" }
  if (file.roots.length >= MOST_ROOTS) return { ok: false, says: "trust.refused.too-many" }
  const { anchors, unreadable } = anchorsOf(file.roots)
  if (anchors.length === 0) return { ok: false, says: "trust.refused.no-roots" }
  const roots = anchors.map(({ cert, use, granted }) => ({
    ...{ subject: cert.subject.slice(0, 500), sha256: cert.sha256, use, granted },
    ...{ notBefore: cert.notBefore, notAfter: cert.notAfter },
  }))
  const { kind, issuedOn, nextUpdateOn } = file
  return { ok: true, facts: { kind, issuedOn, nextUpdateOn, roots, unreadable } }
}
