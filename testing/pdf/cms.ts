import { createHash } from "node:crypto"
import { algorithmOf, digestAlgorithm, signWith, type Holder } from "./authority"
import { int, moment, octets, oid, seq, set, tagged, tlv } from "./der"

export type CmsWish = {
  signer: Holder
  certificates?: Holder[]
  digest?: string
  pss?: boolean
  /** When the signer says it signed; null: it does not say. */
  signingTime?: string | null
  /** Whether the signed attributes name the certificate (CAdES). */
  cades?: boolean
  namedCertificate?: Holder
  stamp?: (value: Buffer) => Buffer
  /** Changes to make it wrong. */
  messageDigest?: Buffer
  contentType?: string
  content?: Buffer
  signers?: number
  twice?: boolean
  more?: Buffer[]
  noAttributes?: boolean
  archive?: Buffer
}

const PLAIN = "1.2.840.113549.1.7.1"
const attribute = (id: string, ...values: Buffer[]) => seq(oid(id), set(...values))

/** A CMS signature over these pieces, standing outside it, or over `content` inside it. */
export function makeCms(pieces: Uint8Array[], wish: CmsWish): Buffer {
  const digest = wish.digest ?? "sha256"
  const scheme = { digest, pss: wish.pss }
  const contentType = wish.contentType ?? PLAIN
  const data = wish.content ? [wish.content] : pieces
  const hash = createHash(digest)
  for (const piece of data) hash.update(piece)
  const named = createHash("sha256")
    .update((wish.namedCertificate ?? wish.signer).der)
    .digest()
  const attributes = [
    attribute("1.2.840.113549.1.9.3", oid(contentType)),
    attribute("1.2.840.113549.1.9.4", octets(wish.messageDigest ?? hash.digest())),
    ...(wish.signingTime ? [attribute("1.2.840.113549.1.9.5", moment(wish.signingTime))] : []),
    ...((wish.cades ?? true) ? [attribute("1.2.840.113549.1.9.16.2.47", seq(seq(seq(octets(named)))))] : []),
    ...(wish.archive ? [attribute("1.2.840.113583.1.1.8", wish.archive)] : []),
    ...(wish.more ?? []),
  ]
  if (wish.twice) attributes.push(attribute("1.2.840.113549.1.9.4", octets(Buffer.alloc(32))))
  const signed = set(...attributes)
  const value = signWith(wish.signer.keys, scheme, wish.noAttributes ? Buffer.concat(data) : signed)
  const info = seq(
    int(1),
    seq(wish.signer.issuerName, int(wish.signer.serial)),
    digestAlgorithm(digest),
    ...(wish.noAttributes ? [] : [Buffer.concat([Buffer.from([0xa0]), signed.subarray(1)])]),
    algorithmOf(wish.signer.keys, scheme),
    octets(value),
    ...(wish.stamp ? [tagged(1, attribute("1.2.840.113549.1.9.16.2.14", wish.stamp(value)))] : []),
  )
  const certificates = [wish.signer, ...(wish.certificates ?? [])].map((one) => one.der)
  const inner = seq(oid(contentType), ...(wish.content ? [tagged(0, octets(wish.content))] : []))
  const infos = Array.from({ length: wish.signers ?? 1 }, () => info)
  const body = seq(int(1), tlv(0x31, digestAlgorithm(digest)), inner, tagged(0, ...certificates), tlv(0x31, ...infos))
  return seq(oid("1.2.840.113549.1.7.2"), tagged(0, body))
}

/** A timestamp (RFC 3161) over these pieces. */
export function makeStamp(
  pieces: Uint8Array[],
  at: string,
  signer: Holder,
  certificates: Holder[] = [],
  digest = "sha256",
): Buffer {
  const hash = createHash(digest)
  for (const piece of pieces) hash.update(piece)
  const imprint = seq(digestAlgorithm(digest), octets(hash.digest()))
  const content = seq(int(1), oid("1.2.3.4.1"), imprint, int(42), moment(at, true))
  return makeCms([], { signer, certificates, content, contentType: "1.2.840.113549.1.9.16.1.4", signingTime: at })
}
