import { judgeChain, type Pool } from "@/adapters/signatures/chain"
import { wordsOf } from "@/adapters/signatures/words"
import type { Chain, SignatureFacts } from "@/domain/signatures/facts"
import { laterThan } from "@/domain/signatures/later"
import { levelOf } from "@/domain/signatures/level"
import { pdfDate } from "@/domain/signatures/pdf-date"
import type { SignatureResult } from "@/domain/signatures/report"
import { signerSays } from "@/domain/signatures/signer"
import { verdictOf } from "@/domain/signatures/verdict"
import type { FoundInPdf } from "@/formats/pdf/found"
import type { Read } from "./look-at"
import { bestTime, type Placed } from "./times"

const KINDS = ["adbe.pkcs7.detached", "ETSI.CAdES.detached", "ETSI.RFC3161"]
/** Structure that lets what was signed be read in two ways. Bytes that nothing names are the signer's own matter. */
const FATAL = ["bytes-before", "odd-chain", "number-twice", "object-twice", "second-trailer", "overlap", "points-back"]

/** Judges one signature and says all that a person or a later check may want to know of it. */
export function resultOf(one: Read, file: FoundInPdf, all: Read[], pool: Pool, askedAt: string): SignatureResult {
  const { found, cms, stamp } = one
  const isStamp = found.kind === "timestamp"
  const after = all.filter((other) => other.found.kind === "timestamp" && other.found !== found && covers(other, one))
  const stamps: Placed[] = isStamp ? one.stamps : [...one.stamps, ...after.flatMap((other) => other.stamps)]
  const claimed = cms.signingTime ?? pdfDate(found.claimed.at)
  const time = isStamp ? bestTime(one.stamps, null) : bestTime(stamps, claimed)
  const signer = cms.signer
  const chain = isStamp
    ? (stamp?.facts.chain ?? null)
    : signer && judgeChain(signer, pool, "signatures", time.at !== null && time.at < askedAt ? time.at : askedAt)
  const form = formOf(one, file)
  const unsupported = found.subFilter === null || !KINDS.includes(found.subFilter)
  const facts: SignatureFacts = {
    form,
    unsupportedKind: unsupported ? (found.subFilter ?? "none") : null,
    unsupportedAlgorithm: cms.unsupported || (stamp?.facts.unsupported ?? false),
    digestOk: cms.digestOk && (stamp?.facts.imprintOk ?? true),
    valueOk: cms.valueOk,
    signerFound: signer !== null,
    namesCertificate: found.subFilter === "adbe.pkcs7.detached" ? cms.namesCertificate : cms.namesCertificate === true,
    weak: [...new Set([...cms.weak, ...(stamp?.facts.weak ?? [])])],
    chain,
    time,
    askedAt,
    expiredSince: !isStamp && signer !== null && signer.notAfter < askedAt,
  }
  const whole = found.revision === file.revisions - 1
  const permission = { docMdp: found.docMdp, certifies: found.certifies, locks: found.locks }
  return {
    field: found.field,
    kind: isStamp ? "timestamp" : found.certifies ? "certification" : "signature",
    subFilter: found.subFilter,
    level: isStamp ? null : paLevel(one, after, file),
    signer: signer && wordsOf(signer),
    by: signer && signerSays(signer, signer),
    claimed: { ...found.claimed, at: claimed },
    time,
    digest: cms.digest,
    scheme: cms.scheme,
    weak: facts.weak,
    integrity: integrityOf(facts),
    coverage: {
      state: found.coverage.length > 0 ? "wrong" : whole ? "whole-file" : "earlier-revision",
      byteRange: found.byteRange,
      revision: found.revision,
      problems: found.coverage,
    },
    later: laterThan(found.revision, permission, file.differences, file.problems, found.present),
    permission,
    trust: trustOf(chain),
    revocation: revocationOf(chain),
    chain,
    stamps: stamps.map(({ stamp: { facts: stampFacts } }) => stampFacts),
    page: found.page,
    verdict: verdictOf(facts),
  }
}

/** Whether a document timestamp covers a signature: it stands in a later revision, and its own bytes are whole. */
function covers(stamp: Read, one: Read): boolean {
  const [later, own] = [stamp.found.revision, one.found.revision]
  return later !== null && own !== null && later > own && stamp.found.coverage.length === 0
}

function formOf({ found, cms }: Read, file: FoundInPdf): string[] {
  const own = found.revision ?? file.revisions
  const structure = file.problems
    .filter((one) => one.revision <= own && FATAL.includes(one.kind))
    .map((one) => one.kind)
  // What cannot be read has no form to find fault with, where its kind is not one that is read here.
  const known = found.subFilter !== null && KINDS.includes(found.subFilter)
  const bare = cms.problems.filter((one) => one !== "no-attributes" || found.subFilter !== "adbe.pkcs7.detached")
  const inside = known ? bare : []
  return [...new Set([...found.coverage, ...structure, ...inside])]
}

function integrityOf(facts: SignatureFacts): SignatureResult["integrity"] {
  if (facts.form.length > 0) return "broken"
  if (facts.unsupportedKind !== null || facts.unsupportedAlgorithm) return "unknown"
  if (!facts.digestOk) return "broken"
  if (!facts.signerFound) return "unknown"
  return facts.valueOk ? "intact" : "broken"
}

function trustOf(chain: Chain | null): SignatureResult["trust"] {
  if (!chain) return "unknown"
  if (chain.trust === "no-list") return "no-list"
  const revoked = chain.revocation.some((one) => one.state === "revoked" && one.at <= chain.judgedAt)
  return chain.trust === "reached" && chain.problems.length === 0 && !revoked ? "trusted" : "not-trusted"
}

function revocationOf(chain: Chain | null): SignatureResult["revocation"] {
  if (!chain || chain.revocation.length === 0) return "not-asked"
  if (chain.revocation.some((one) => one.state === "revoked")) return "revoked"
  return chain.revocation.every((one) => one.state === "good") ? "good" : "unknown"
}

function paLevel(one: Read, after: Read[], file: FoundInPdf): SignatureResult["level"] {
  const sound = (stamp: Placed) => stamp.whole && stamp.stamp.facts.signatureOk && stamp.stamp.facts.imprintOk
  const later = after.filter((other) => other.stamps.some(sound))
  const { crls, ocsps } = file.validation
  return levelOf({
    cades: one.found.subFilter === "ETSI.CAdES.detached" && one.cms.namesCertificate === true,
    stamped: one.stamps.some(sound) || later.length > 0,
    validationData: file.hasValidationStore && crls.length + ocsps.length > 0,
    stampedAfterwards: later.length > 0,
  })
}
