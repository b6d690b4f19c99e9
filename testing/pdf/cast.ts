import type { SignatureReport } from "@/domain/signatures/report"
import { lookAt } from "@/usecases/signatures/look-at"
import { makeCertificate, pemOf, type Holder, type KeyKind } from "./authority"
import { makeCms, makeStamp, type CmsWish } from "./cms"

export const STAMPING = "1.3.6.1.5.5.7.3.8"
export const SIGNED_AT = "2026-01-05T10:00:00Z"
export const ASKED_AT = "2026-02-01T00:00:00.000Z"

/** A root, an authority under it, a signer, a timestamp authority and a stranger: made anew in every run. */
export type Cast = { root: Holder; authority: Holder; jane: Holder; tsa: Holder; stranger: Holder; pem: Buffer }

let made: Cast | null = null

/** The people and authorities of the tests, the same for all of one run. */
export function cast(): Cast {
  if (made) return made
  const root = makeCertificate({ common: "Test Root", ca: true })
  const authority = makeCertificate({ common: "Test Authority", ca: true, pathLength: 0, issuer: root })
  const jane = makeCertificate({ common: "Jane Roe", organization: "Acme", issuer: authority })
  const tsa = makeCertificate({ common: "Test Time", issuer: root, purposes: [STAMPING], purposesCritical: true })
  const stranger = makeCertificate({ common: "Stranger" })
  made = { root, authority, jane, tsa, stranger, pem: Buffer.from(`Issued: 2026-01-15\n${pemOf(root)}`) }
  return made
}

/** Signs as Jane, with her authority's certificate beside hers; `more` changes what is needed. */
export function byJane(more: Partial<CmsWish> = {}): (pieces: Uint8Array[]) => Buffer {
  return (pieces) =>
    makeCms(pieces, { signer: cast().jane, certificates: [cast().authority], signingTime: SIGNED_AT, ...more })
}

/** Stamps as the timestamp authority. */
export function byTime(at: string, tsa: Holder = cast().tsa): (pieces: Uint8Array[]) => Buffer {
  return (pieces) => makeStamp(pieces, at, tsa)
}

/** Somebody under the authority with other keys or another term. */
export function another(kind: KeyKind, more: Partial<Parameters<typeof makeCertificate>[0]> = {}): Holder {
  return makeCertificate({ common: "Another", organization: "Acme", issuer: cast().authority, kind, ...more })
}

/** The report on a file; `trust` null holds it against no list. */
export async function look(
  pdf: Buffer,
  trust: Buffer | null = cast().pem,
  askedAt = ASKED_AT,
): Promise<SignatureReport> {
  const looked = await lookAt(pdf, { trust: trust && { bytes: trust, name: "roots.pem" }, askedAt })
  if (!looked.ok) throw new Error(looked.says)
  return looked.report
}

/** The overall word, and why, in a line that a failing test shows. */
export function inShort(report: SignatureReport): string {
  const each = report.signatures.map((one) => {
    const why = one.verdict.reasons.map((reason) => reason.says.replace("signatures.why.", "")).join("+")
    const later = one.later.differences.map((found) => `${found.kind}${found.allowed ? "" : "!"}`)
    return `${one.verdict.indication}(${why}) later ${one.later.state}[${[...new Set(later)].join(" ")}]`
  })
  return [report.overall, ...each].join(" | ")
}
