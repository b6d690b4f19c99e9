import { createHash } from "node:crypto"
import { TSTInfo } from "pkijs"
import type { StampFacts } from "@/domain/signatures/facts"
import { digestName, isWeakDigest } from "./algorithms"
import type { Cert } from "./certificate"
import { readCms, STAMP_DATA, type CmsFacts } from "./cms"
import { instantOf, parsed } from "./der"

/** A timestamp token read and computed; its chain is judged when it is known at which moment. */
export type Stamp = { facts: StampFacts; cms: CmsFacts; signer: Cert | null }

/** Reads a timestamp (RFC 3161) over these bytes. */
export function readStamp(der: Uint8Array, over: Uint8Array[], where: StampFacts["where"], more: Cert[]): Stamp {
  const cms = readCms(der, null, STAMP_DATA, more)
  const facts: StampFacts = {
    ...{ where, time: null, authority: cms.signer?.subject ?? null, imprintOk: false, signatureOk: false },
    ...{ unsupported: cms.unsupported, weak: [...cms.weak], chain: null },
  }
  try {
    if (!cms.content) throw new Error("no content")
    const info = parsed(cms.content, (schema) => new TSTInfo({ schema }))
    const digest = digestName(info.messageImprint.hashAlgorithm.algorithmId)
    facts.time = instantOf(info.genTime)
    if (!digest) facts.unsupported = true
    else {
      const hash = createHash(digest)
      for (const piece of over) hash.update(piece)
      facts.imprintOk = hash.digest().equals(Buffer.from(info.messageImprint.hashedMessage.valueBlock.valueHexView))
      if (isWeakDigest(digest)) facts.weak.push(digest)
    }
  } catch {
    facts.time = null
  }
  // RFC 3161 demands the attributes and that they name the authority's certificate.
  const names = cms.namesCertificate === true
  facts.signatureOk = cms.problems.length === 0 && cms.digestOk && cms.valueOk && names && facts.time !== null
  return { facts, cms, signer: cms.signer }
}
