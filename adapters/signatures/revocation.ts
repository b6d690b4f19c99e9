import { createHash } from "node:crypto"
import { BasicOCSPResponse, CertificateRevocationList, OCSPResponse, type SingleResponse } from "pkijs"
import type { Revocation } from "@/domain/signatures/facts"
import { checkValue, digestName } from "./algorithms"
import { certificateOf, signedBy, type Cert } from "./certificate"
import { derOf, instantOf, octetsOf, parsed, parts, tagOf, wholeDer } from "./der"

type Crl = {
  list: CertificateRevocationList
  issuerDer: string
  thisUpdate: string
  nextUpdate: string | null
  whole: boolean
}
type Ocsp = { answer: BasicOCSPResponse; certificates: Cert[]; producedAt: string }
/** Revocation lists and answers found in a file; whether they are signed by whom it takes is asked when they are used. */
export type RevocationData = { crls: Crl[]; ocsps: Ocsp[]; checked: Map<unknown, Map<string, boolean>> }

const BASIC_OCSP = "1.3.6.1.5.5.7.48.1.1"
const OCSP_SIGNING = "1.3.6.1.5.5.7.3.9"
const CRL_SIGN = 64

/** Reads what can be read; the rest is left out. */
export function readRevocation(crls: Uint8Array[], ocsps: Uint8Array[]): RevocationData {
  return {
    crls: crls.slice(0, 300).flatMap((one) => tried(() => readCrl(one))),
    ocsps: ocsps.slice(0, 300).flatMap((one) => tried(() => readOcsp(one))),
    checked: new Map(),
  }
}

function tried<T>(read: () => T): T[] {
  try {
    return [read()]
  } catch {
    return []
  }
}

function readCrl(der: Uint8Array): Crl {
  const list = parsed(der, (schema) => new CertificateRevocationList({ schema }))
  const extensions = list.crlExtensions?.extensions ?? []
  // A list for a part of the reasons, an indirect one or a difference cannot say that somebody is not on it.
  const partial = extensions.some((one) => {
    if (one.extnID === "2.5.29.28") {
      const inner = parts(wholeDer(Buffer.from(one.extnValue.valueBlock.valueHexView)))
      return inner.some((item) => [3, 4].includes(tagOf(item).number))
    }
    return one.critical
  })
  const thisUpdate = instantOf(list.thisUpdate.value)
  if (!thisUpdate) throw new Error("a list without a day")
  const nextUpdate = list.nextUpdate ? instantOf(list.nextUpdate.value) : null
  return { list, issuerDer: derOf(list.issuer).toString("hex"), thisUpdate, nextUpdate, whole: !partial }
}

function readOcsp(der: Uint8Array): Ocsp {
  const answer = parsed(der, (schema) => {
    const outer = parts(schema)
    if (tagOf(outer[0]).number !== 10) return new BasicOCSPResponse({ schema })
    const { responseBytes } = new OCSPResponse({ schema })
    if (responseBytes?.responseType !== BASIC_OCSP) throw new Error("no basic answer")
    return new BasicOCSPResponse({ schema: wholeDer(octetsOf(responseBytes.response) ?? new Uint8Array()) })
  })
  const producedAt = instantOf(answer.tbsResponseData.producedAt)
  if (!producedAt) throw new Error("an answer without a day")
  return {
    answer,
    producedAt,
    certificates: (answer.certs ?? []).slice(0, 10).flatMap((one) => tried(() => certificateOf(one))),
  }
}

/** Whether a certificate was revoked, by what the file brings; data from before the moment and run out by then say nothing. */
export function revocationOf(cert: Cert, issuer: Cert, data: RevocationData, at: string, signer: boolean): Revocation {
  const of = cert.subject
  let good = false
  let revoked: string | null = null
  const take = (found: string | null, from: string, to: string | null) => {
    if (found !== null) revoked = revoked === null || found < revoked ? found : revoked
    else if (from >= at || (to !== null && to >= at)) good = true
  }
  for (const crl of data.crls) {
    if (crl.issuerDer !== cert.issuerDer || !once(data, crl, issuer, () => crlSigned(crl, issuer))) continue
    const entry = crl.list.revokedCertificates?.find(
      (one) => Buffer.from(one.userCertificate.valueBlock.valueHexView).toString("hex") === cert.serial,
    )
    if (entry) take(instantOf(entry.revocationDate.value) ?? crl.thisUpdate, crl.thisUpdate, crl.nextUpdate)
    else if (crl.whole) take(null, crl.thisUpdate, crl.nextUpdate)
  }
  for (const ocsp of data.ocsps) {
    const single = ocsp.answer.tbsResponseData.responses.find((one) => isAbout(one, cert, issuer))
    if (!single || !once(data, ocsp, issuer, () => ocspSigned(ocsp, issuer))) continue
    const status = tagOf(single.certStatus).number
    const from = instantOf(single.thisUpdate) ?? ocsp.producedAt
    const to = single.nextUpdate ? instantOf(single.nextUpdate) : null
    if (status === 0) take(null, from, to)
    if (status === 1) take(revokedAt(single) ?? from, from, to)
  }
  if (revoked !== null) return { state: "revoked", of, at: revoked, signer }
  return { state: good ? "good" : "unknown", of }
}

function once(data: RevocationData, what: unknown, issuer: Cert, check: () => boolean): boolean {
  const known = data.checked.get(what) ?? new Map<string, boolean>()
  data.checked.set(what, known)
  const before = known.get(issuer.sha256)
  if (before !== undefined) return before
  const now = check()
  known.set(issuer.sha256, now)
  return now
}

function crlSigned({ list }: Crl, issuer: Cert): boolean {
  if (issuer.keyUsage !== null && !(issuer.keyUsage & CRL_SIGN)) return false
  const value = Buffer.from(list.signatureValue.valueBlock.valueHexView)
  const check = checkValue(issuer.spki, list.signatureAlgorithm, null, new Uint8Array(list.tbsView), value)
  return check.ok && check.weak.length === 0
}

/** An answer is signed by the issuer, or by somebody whom the issuer named for it. */
function ocspSigned({ answer, certificates, producedAt }: Ocsp, issuer: Cert): boolean {
  const data = new Uint8Array(answer.tbsResponseData.tbsView)
  const value = Buffer.from(answer.signature.valueBlock.valueHexView)
  const delegates = certificates.filter(
    (one) =>
      one.extended?.includes(OCSP_SIGNING) &&
      one.issuerDer === issuer.subjectDer &&
      one.notBefore <= producedAt &&
      producedAt <= one.notAfter &&
      signedBy(one, issuer).ok,
  )
  return [issuer, ...delegates].some((one) => {
    const check = checkValue(one.spki, answer.signatureAlgorithm, null, data, value)
    return check.ok && check.weak.length === 0
  })
}

function isAbout({ certID }: SingleResponse, cert: Cert, issuer: Cert): boolean {
  const digest = digestName(certID.hashAlgorithm.algorithmId)
  if (!digest || Buffer.from(certID.serialNumber.valueBlock.valueHexView).toString("hex") !== cert.serial) return false
  const name = createHash(digest).update(Buffer.from(cert.issuerDer, "hex")).digest()
  const key = createHash(digest)
    .update(Buffer.from(issuer.parsed.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView))
    .digest()
  return (
    name.equals(Buffer.from(certID.issuerNameHash.valueBlock.valueHexView)) &&
    key.equals(Buffer.from(certID.issuerKeyHash.valueBlock.valueHexView))
  )
}

function revokedAt(single: SingleResponse): string | null {
  const first = parts(single.certStatus)[0] as unknown as { toDate?: () => Date } | undefined
  return first?.toDate ? instantOf(first.toDate()) : null
}
