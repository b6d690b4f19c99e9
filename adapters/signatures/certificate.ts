import { createHash } from "node:crypto"
import { Certificate, type RelativeDistinguishedNames } from "pkijs"
import { checkValue, type ValueCheck } from "./algorithms"
import { derOf, instantOf, octetsOf, oidOf, parsed, parts, tagOf, wholeDer } from "./der"

/** A certificate as far as a verdict needs it. Moments are ISO strings; names are compared by their bytes. */
export type Cert = {
  raw: Buffer
  sha256: string
  subject: string
  commonName: string | null
  organization: string | null
  country: string | null
  email: string | null
  /** A person's own name in it (given name, surname or a pseudonym), not only an organisation's. */
  person: boolean
  subjectDer: string
  issuer: string
  issuerDer: string
  serial: string
  notBefore: string
  notAfter: string
  spki: Buffer
  parsed: Certificate
  ca: boolean
  pathLength: number | null
  /** Bits of the key usage, first one lowest; null where it is not limited. */
  keyUsage: number | null
  extended: string[] | null
  extendedCritical: boolean
  keyId: string | null
  issuerKeyId: string | null
  /** Critical extensions that are not understood here. */
  unknownCritical: string[]
  /** Legal persons and seals say so in the certificate (QcType eseal). */
  sealType: boolean
}

const NAMES: Record<string, string> = {
  "2.5.4.3": "CN",
  "2.5.4.4": "SN",
  "2.5.4.5": "serialNumber",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "ST",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
  "2.5.4.42": "GN",
  "2.5.4.65": "pseudonym",
  "2.5.4.97": "organizationIdentifier",
  "1.2.840.113549.1.9.1": "E",
}
const KNOWN = new Set([
  "2.5.29.15",
  "2.5.29.17",
  "2.5.29.19",
  "2.5.29.31",
  "2.5.29.32",
  "2.5.29.35",
  "2.5.29.37",
  "2.5.29.14",
])
const ESEAL = "0.4.0.1862.1.6.2"

/** Reads a certificate; throws where it is none. */
export function readCertificate(raw: Uint8Array): Cert {
  return certificateOf(
    parsed(raw, (schema) => new Certificate({ schema })),
    Buffer.from(raw),
  )
}

/** The same of one that is already read. */
export function certificateOf(parsedOne: Certificate, bytes?: Buffer): Cert {
  const raw = bytes ?? derOf(parsedOne)
  const names = namesOf(parsedOne.subject)
  const constraint = extension(parsedOne, "2.5.29.19")
  const basic = constraint ? parts(wholeDer(constraint)) : []
  const usage = extension(parsedOne, "2.5.29.15")
  const extended = extension(parsedOne, "2.5.29.37")
  const notBefore = instantOf(parsedOne.notBefore.value)
  const notAfter = instantOf(parsedOne.notAfter.value)
  if (!notBefore || !notAfter) throw new Error("a certificate without a term")
  return {
    raw,
    sha256: createHash("sha256").update(raw).digest("hex"),
    subject: readable(parsedOne.subject),
    commonName: names.get("CN") ?? null,
    organization: names.get("O") ?? null,
    country: names.get("C") ?? null,
    email: names.get("E") ?? null,
    person: names.has("GN") || names.has("SN") || names.has("pseudonym"),
    subjectDer: derOf(parsedOne.subject).toString("hex"),
    issuer: readable(parsedOne.issuer),
    issuerDer: derOf(parsedOne.issuer).toString("hex"),
    serial: Buffer.from(parsedOne.serialNumber.valueBlock.valueHexView).toString("hex"),
    notBefore,
    notAfter,
    spki: derOf(parsedOne.subjectPublicKeyInfo),
    parsed: parsedOne,
    ca: basic.some(
      (one) => tagOf(one).number === 1 && (one as { valueBlock: { value?: unknown } }).valueBlock.value === true,
    ),
    pathLength: pathLengthOf(basic),
    keyUsage: usage ? bitsOf(usage) : null,
    extended: extended ? parts(wholeDer(extended)).map(oidOf) : null,
    extendedCritical: parsedOne.extensions?.some((one) => one.extnID === "2.5.29.37" && one.critical) ?? false,
    keyId: hexOctets(extension(parsedOne, "2.5.29.14")),
    issuerKeyId: issuerKeyOf(extension(parsedOne, "2.5.29.35")),
    unknownCritical: (parsedOne.extensions ?? [])
      .filter((one) => one.critical && !KNOWN.has(one.extnID))
      .map((one) => one.extnID),
    sealType: extension(parsedOne, "1.3.6.1.5.5.7.1.3")?.includes(oidBytes(ESEAL)) ?? false,
  }
}

/** Whether the key of `issuer` signed `cert`. */
export function signedBy(cert: Cert, issuer: Cert): ValueCheck {
  const inner = derOf(cert.parsed.signature)
  const outer = derOf(cert.parsed.signatureAlgorithm)
  const value = Buffer.from(cert.parsed.signatureValue.valueBlock.valueHexView)
  const check = checkValue(
    issuer.spki,
    cert.parsed.signatureAlgorithm,
    null,
    new Uint8Array(cert.parsed.tbsView),
    value,
  )
  return inner.equals(outer) ? check : { ...check, ok: false }
}

function extension(cert: Certificate, oid: string): Buffer | null {
  const found = cert.extensions?.filter((one) => one.extnID === oid) ?? []
  if (found.length > 1) throw new Error("an extension twice")
  return found[0] ? Buffer.from(found[0].extnValue.valueBlock.valueHexView) : null
}

function pathLengthOf(basic: unknown[]): number | null {
  const found = basic.find((one) => tagOf(one).number === 2) as { valueBlock: { valueDec: number } } | undefined
  return found ? found.valueBlock.valueDec : null
}

function bitsOf(der: Buffer): number {
  const view = (wholeDer(der) as unknown as { valueBlock: { valueHexView: Uint8Array } }).valueBlock.valueHexView
  let bits = 0
  for (let i = 0; i < view.length * 8 && i < 9; i += 1) if (((view[i >> 3] ?? 0) >> (7 - (i & 7))) & 1) bits |= 1 << i
  return bits
}

function hexOctets(der: Buffer | null): string | null {
  return der ? (octetsOf(wholeDer(der))?.toString("hex") ?? null) : null
}

function issuerKeyOf(der: Buffer | null): string | null {
  if (!der) return null
  const found = parts(wholeDer(der)).find((one) => tagOf(one).kind === 3 && tagOf(one).number === 0)
  const view = (found as unknown as { valueBlock?: { valueHexView?: Uint8Array } } | undefined)?.valueBlock
    ?.valueHexView
  return view ? Buffer.from(view).toString("hex") : null
}

function oidBytes(oid: string): Buffer {
  const [a = 0, b = 0, ...rest] = oid.split(".").map(Number)
  const out = [a * 40 + b]
  for (const one of rest) {
    const low = [one & 127]
    for (let left = one >> 7; left > 0; left >>= 7) low.unshift((left & 127) | 128)
    out.push(...low)
  }
  return Buffer.from(out)
}

function namesOf(names: RelativeDistinguishedNames): Map<string, string> {
  const out = new Map<string, string>()
  for (const one of names.typesAndValues) {
    const key = NAMES[one.type] ?? one.type
    if (!out.has(key)) out.set(key, plain(one.value.valueBlock.value))
  }
  return out
}

function readable(names: RelativeDistinguishedNames): string {
  const all = names.typesAndValues.map((one) => `${NAMES[one.type] ?? one.type}=${plain(one.value.valueBlock.value)}`)
  return plain(all.join(", "), 500)
}

/** Text of a certificate without what would change the line or the direction of what stands around it. */
function plain(value: unknown, most = 200): string {
  const text = String(value).replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, " ")
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}
