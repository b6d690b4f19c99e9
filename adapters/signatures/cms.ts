import { createHash } from "node:crypto"
import type { AsnType } from "asn1js"
import { Certificate, ContentInfo, SignedData, type Attribute, type SignerInfo } from "pkijs"
import { checkValue, digestName, isWeakDigest } from "./algorithms"
import { certificateOf, type Cert } from "./certificate"
import { DerError, derOf, instantOf, octetsOf, oidOf, parsed, parts, readDer, tagOf } from "./der"

const SIGNED_DATA = "1.2.840.113549.1.7.2"
export const PLAIN_DATA = "1.2.840.113549.1.7.1"
export const STAMP_DATA = "1.2.840.113549.1.9.16.1.4"
const ATTRIBUTES = {
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  algorithmProtection: "1.2.840.113549.1.9.52",
  signingCertificate: "1.2.840.113549.1.9.16.2.12",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  stamp: "1.2.840.113549.1.9.16.2.14",
  revocation: "1.2.840.113583.1.1.8",
}

/** What is wrong with the form of a signature, before anything is computed. */
export type CmsProblem =
  | "not-cms"
  | "bytes-behind"
  | "not-one-signer"
  | "carries-content"
  | "attribute-twice"
  | "wrong-content-type"
  | "no-message-digest"
  | "wrong-algorithm-protection"
  | "no-attributes"

/** A signature value read and computed; whom the certificate belongs to and who vouches for it is another matter. */
export type CmsFacts = {
  problems: CmsProblem[]
  digest: string | null
  scheme: string | null
  unsupported: boolean
  weak: string[]
  digestOk: boolean
  valueOk: boolean
  signer: Cert | null
  /** Whether the signed attributes name this very certificate; null where they name none. */
  namesCertificate: boolean | null
  signingTime: string | null
  certificates: Cert[]
  crls: Buffer[]
  ocsps: Buffer[]
  stamps: Buffer[]
  content: Buffer | null
  value: Buffer
}

/**
 * Reads a CMS signature and computes it over bytes that stand outside it (`pieces`), or over its own content (null).
 * `more` are certificates found elsewhere, among which the signer may be.
 */
export function readCms(der: Uint8Array, pieces: Uint8Array[] | null, contentType: string, more: Cert[]): CmsFacts {
  const facts = empty()
  try {
    const { used } = readDer(der)
    if (der.subarray(used).some((byte) => byte !== 0)) facts.problems.push("bytes-behind")
    const info = parsed(der.subarray(0, used), (schema) => new ContentInfo({ schema }))
    if (info.contentType !== SIGNED_DATA) throw new DerError("no signed data")
    fill(facts, new SignedData({ schema: info.content }), pieces, contentType, more)
  } catch {
    facts.problems.push("not-cms")
  }
  return facts
}

function empty(): CmsFacts {
  return {
    ...{ problems: [], digest: null, scheme: null, unsupported: false, weak: [], digestOk: false, valueOk: false },
    ...{ signer: null, namesCertificate: null, signingTime: null, certificates: [], crls: [], ocsps: [], stamps: [] },
    ...{ content: null, value: Buffer.alloc(0) },
  }
}

function fill(facts: CmsFacts, data: SignedData, pieces: Uint8Array[] | null, contentType: string, more: Cert[]): void {
  facts.certificates = (data.certificates ?? []).slice(0, 50).flatMap((one) => {
    try {
      return one instanceof Certificate ? [certificateOf(one)] : []
    } catch {
      return []
    }
  })
  facts.crls = (data.crls ?? []).slice(0, 50).map((one) => derOf(one))
  const inner = data.encapContentInfo
  if (inner.eContentType !== contentType) facts.problems.push("wrong-content-type")
  facts.content = inner.eContent ? octetsOf(inner.eContent) : null
  if (pieces && inner.eContent) facts.problems.push("carries-content")
  const [info, another] = data.signerInfos
  if (!info || another) {
    facts.problems.push("not-one-signer")
    return
  }
  const content = pieces ?? (facts.content ? [facts.content] : [])
  facts.digest = digestName(info.digestAlgorithm.algorithmId)
  facts.value = Buffer.from(info.signature.valueBlock.valueHexView)
  facts.signer = signerOf(info, [...facts.certificates, ...more])
  if (!facts.digest) facts.unsupported = true
  else compute(facts, info, content, contentType)
}

function compute(facts: CmsFacts, info: SignerInfo, content: Uint8Array[], contentType: string): void {
  const digest = facts.digest as string
  if (isWeakDigest(digest)) facts.weak.push(digest)
  const hash = createHash(digest)
  for (const piece of content) hash.update(piece)
  const computed = hash.digest()
  const attributes = info.signedAttrs?.attributes ?? null
  let signed: Uint8Array = Buffer.concat(content)
  if (attributes) {
    signed = Buffer.from(info.signedAttrs?.encodedValue ?? new ArrayBuffer(0))
    readSigned(facts, info, attributes, computed, contentType)
  } else {
    facts.problems.push("no-attributes")
    facts.digestOk = true
  }
  readUnsigned(facts, info)
  if (!facts.signer) return
  const check = checkValue(facts.signer.spki, info.signatureAlgorithm, digest, signed, facts.value)
  facts.scheme = check.scheme
  facts.unsupported = check.unsupported
  facts.valueOk = check.ok
  for (const one of check.weak) if (!facts.weak.includes(one)) facts.weak.push(one)
}

function readSigned(
  facts: CmsFacts,
  info: SignerInfo,
  attributes: Attribute[],
  computed: Buffer,
  contentType: string,
): void {
  const types = attributes.map((one) => one.type)
  if (new Set(types).size !== types.length) facts.problems.push("attribute-twice")
  const only = (type: string): AsnType | null => {
    const found = attributes.filter((one) => one.type === type)
    return found.length === 1 && found[0]?.values.length === 1 ? ((found[0].values[0] as AsnType) ?? null) : null
  }
  if (oidOf(only(ATTRIBUTES.contentType)) !== contentType) facts.problems.push("wrong-content-type")
  const stated = octetsOf(only(ATTRIBUTES.messageDigest))
  if (!stated) facts.problems.push("no-message-digest")
  else facts.digestOk = stated.equals(computed)
  const time = only(ATTRIBUTES.signingTime) as { toDate?: () => Date } | null
  facts.signingTime = time?.toDate ? instantOf(time.toDate()) : null
  const protection = only(ATTRIBUTES.algorithmProtection)
  if (protection && !protects(protection, info)) facts.problems.push("wrong-algorithm-protection")
  facts.namesCertificate = namesSigner(
    only(ATTRIBUTES.signingCertificateV2),
    only(ATTRIBUTES.signingCertificate),
    facts.signer,
  )
  const archive = only(ATTRIBUTES.revocation)
  for (const one of parts(archive)) {
    const list = parts(parts(one)[0])
      .map((item) => derOf(item))
      .slice(0, 50)
    if (tagOf(one).number === 0) facts.crls.push(...list)
    if (tagOf(one).number === 1) facts.ocsps.push(...list)
  }
}

/** The algorithms stated in the signed attributes have to be those used (RFC 6211). */
function protects(protection: AsnType, info: SignerInfo): boolean {
  const [digest, signature] = parts(protection)
  const same = oidOf(parts(digest)[0]) === info.digestAlgorithm.algorithmId
  const inner = signature && tagOf(signature).kind === 3 ? oidOf(parts(signature)[0]) : ""
  return same && inner === info.signatureAlgorithm.algorithmId
}

/** Whether the first certificate named by the signed attributes is the signer's; null where none is named. */
function namesSigner(v2: AsnType | null, v1: AsnType | null, signer: Cert | null): boolean | null {
  if (!v2 && !v1) return null
  const first = parts(parts(parts(v2 ?? v1)[0])[0])
  const [head] = first
  const named = tagOf(head).number === 16 ? digestName(oidOf(parts(head)[0])) : v2 ? "sha256" : "sha1"
  const hash = octetsOf(tagOf(head).number === 16 ? first[1] : head)
  if (!signer || !hash || !named) return false
  return createHash(named).update(signer.raw).digest().equals(hash)
}

function readUnsigned(facts: CmsFacts, info: SignerInfo): void {
  for (const one of info.unsignedAttrs?.attributes ?? [])
    if (one.type === ATTRIBUTES.stamp)
      facts.stamps.push(...one.values.slice(0, 5).map((value) => derOf(value as AsnType)))
}

function signerOf(info: SignerInfo, all: Cert[]): Cert | null {
  const sid = info.sid as {
    issuer?: { toSchema(): AsnType }
    serialNumber?: { valueBlock: { valueHexView: Uint8Array } }
  }
  if (sid.issuer && sid.serialNumber) {
    const issuer = derOf(sid.issuer).toString("hex")
    const serial = Buffer.from(sid.serialNumber.valueBlock.valueHexView).toString("hex")
    return all.find((one) => one.issuerDer === issuer && one.serial === serial) ?? null
  }
  const id = (info.sid as { valueBlock?: { valueHexView?: Uint8Array } }).valueBlock?.valueHexView
  const key = id ? Buffer.from(id).toString("hex") : null
  return key ? (all.find((one) => one.keyId === key) ?? null) : null
}
