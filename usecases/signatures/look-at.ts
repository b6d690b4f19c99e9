import { createHash } from "node:crypto"
import { readCertificate, type Cert } from "@/adapters/signatures/certificate"
import type { Pool } from "@/adapters/signatures/chain"
import { readCms, PLAIN_DATA, type CmsFacts } from "@/adapters/signatures/cms"
import { readRevocation } from "@/adapters/signatures/revocation"
import { anchorsOf } from "@/adapters/signatures/roots"
import { readStamp, type Stamp } from "@/adapters/signatures/stamp"
import { overallOf } from "@/domain/signatures/overall"
import { SIGNATURE_ENGINE, type SignatureReport, type TrustUsed } from "@/domain/signatures/report"
import type { Reason } from "@/domain/signatures/verdict"
import type { FoundInPdf, FoundSignature } from "@/formats/pdf/found"
import { readSignatures } from "@/formats/pdf/read-signatures"
import { readTrustFile, type TrustFile } from "@/formats/trust/trust-file"
import { resultOf } from "./one-result"
import { judgeStamps, type Placed } from "./times"

export type Asked = { trust: { bytes: Uint8Array; name: string | null } | null; askedAt: string }
export type Looked = { ok: true; report: SignatureReport } | { ok: false; says: string }

/** One signature with what was computed of it, before it is judged. */
export type Read = { found: FoundSignature; cms: CmsFacts; stamp: Stamp | null; stamps: Placed[] }

const TROUBLES_REFUSED = ["not-a-pdf", "encrypted"]

/** Looks at every signature of a PDF. Nothing is fetched, nothing kept; it runs apart from the server (see `check-file.ts`). */
export async function lookAt(bytes: Uint8Array, asked: Asked): Promise<Looked> {
  const list = asked.trust ? await readTrustFile(asked.trust.bytes) : null
  if (asked.trust && !list) return { ok: false, says: "signatures.refused.no-roots" }
  const read = readSignatures(bytes)
  if (!read.ok && TROUBLES_REFUSED.includes(read.trouble))
    return { ok: false, says: `signatures.refused.${read.trouble}` }
  const trust = list && asked.trust ? trustOf(list, asked.trust) : null
  const head = {
    v: 1 as const,
    engine: SIGNATURE_ENGINE,
    lookedAt: { sha256: createHash("sha256").update(bytes).digest("hex"), sizeBytes: bytes.length },
    trust: trust?.used ?? null,
    askedAt: asked.askedAt,
  }
  if (!read.ok) {
    const notes = [
      { says: `signatures.note.${read.trouble}` },
      ...(read.traces ? [{ says: "signatures.note.traces" }] : []),
    ]
    const overall = read.traces ? ("failed" as const) : ("indeterminate" as const)
    return { ok: true, report: { ...head, revisions: 0, overall, notes, signatures: [] } }
  }
  const { found } = read
  const { reads, pool } = readAll(bytes, found, trust?.anchors ?? null)
  judgeStamps(
    reads.flatMap((one) => one.stamps),
    pool,
    asked.askedAt,
  )
  const signatures = reads.map((one) => resultOf(one, found, reads, pool, asked.askedAt))
  const notes = notesOf(bytes, found, trust?.used ?? null, asked.askedAt)
  const trouble = notes.some((one) => one.says === "signatures.note.traces-only")
  const overall = overallOf(signatures, trouble)
  return { ok: true, report: { ...head, revisions: found.revisions, overall, notes, signatures } }
}

function trustOf(list: TrustFile, { bytes, name }: { bytes: Uint8Array; name: string | null }) {
  const { anchors, unreadable } = anchorsOf(list.roots)
  const sha256 = createHash("sha256").update(bytes).digest("hex")
  const { kind, issuedOn, nextUpdateOn } = list
  const used: TrustUsed = { kind, name, sha256, issuedOn, nextUpdateOn, roots: anchors.length, unreadable }
  return { anchors, used }
}

function notesOf(bytes: Uint8Array, found: FoundInPdf, trust: TrustUsed | null, askedAt: string): Reason[] {
  const notes: Reason[] = []
  const traces = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes("/ByteRange")
  if (found.signatures.length === 0 && traces) notes.push({ says: "signatures.note.traces-only" })
  if (found.signatures.length > 0 && found.signatures.every((one) => one.kind === "timestamp"))
    notes.push({ says: "signatures.note.only-timestamps" })
  if (trust?.nextUpdateOn && trust.nextUpdateOn < askedAt.slice(0, 10))
    notes.push({ says: "signatures.note.list-old", params: { day: trust.nextUpdateOn } })
  return notes
}

function readAll(bytes: Uint8Array, found: FoundInPdf, anchors: Pool["anchors"]): { reads: Read[]; pool: Pool } {
  const more = certificatesOf(found.validation.certificates)
  const known = [...more, ...(anchors ?? []).map((one) => one.cert)]
  const reads = found.signatures.map((one) => readOne(bytes, one, known))
  const all = reads.flatMap((one) => [one.cms, ...one.stamps.map((stamp) => stamp.stamp.cms)])
  const certificates = unique([...more, ...all.flatMap((cms) => cms.certificates)])
  const crls = [...found.validation.crls, ...all.flatMap((cms) => cms.crls)]
  const ocsps = [...found.validation.ocsps, ...all.flatMap((cms) => cms.ocsps)]
  return { reads, pool: { certificates, revocation: readRevocation(crls, ocsps), anchors, checks: 0 } }
}

function readOne(bytes: Uint8Array, found: FoundSignature, known: Cert[]): Read {
  const pieces = piecesOf(bytes, found)
  const contents = found.contents ?? new Uint8Array()
  if (found.kind === "timestamp") {
    const stamp = readStamp(contents, pieces, "document", known)
    const whole = found.coverage.length === 0 && found.revision !== null
    const placed = { stamp, revision: found.revision ?? -1, whole }
    return { found, cms: stamp.cms, stamp, stamps: [placed] }
  }
  const cms = readCms(contents, pieces, PLAIN_DATA, known)
  const stamps = cms.stamps.map((der) => ({
    stamp: readStamp(der, [cms.value], "signature", [...known, ...cms.certificates]),
    revision: found.revision ?? -1,
    whole: true,
  }))
  return { found, cms, stamp: null, stamps }
}

function piecesOf(bytes: Uint8Array, { byteRange }: FoundSignature): Uint8Array[] {
  const [a = 0, b = 0, c = 0, d = 0] = byteRange ?? []
  return [bytes.subarray(a, a + b), bytes.subarray(c, c + d)]
}

function certificatesOf(ders: Uint8Array[]): Cert[] {
  return ders.flatMap((der) => {
    try {
      return [readCertificate(der)]
    } catch {
      return []
    }
  })
}

function unique(certificates: Cert[]): Cert[] {
  return [...new Map(certificates.map((one) => [one.sha256, one])).values()].slice(0, 300)
}
