import { constants, createHash, generateKeyPairSync, sign, type KeyObject } from "node:crypto"
import { bits, enumerated, int, moment, nothing, octets, oid, plainTag, seq, set, tagged, tlv, utf8, yes } from "./der"

export type KeyKind = "rsa-2048" | "rsa-1024" | "p-256" | "p-384" | "p-521" | "ed25519"
export type Keys = { kind: KeyKind; secret: KeyObject; spki: Buffer }
export type Holder = { name: Buffer; serial: number; der: Buffer; keys: Keys; issuerName: Buffer }
export type Scheme = { digest: string; pss?: boolean }

export const DIGEST_OIDS: Record<string, string> = {
  md5: "1.2.840.113549.2.5",
  sha1: "1.3.14.3.2.26",
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
}
const RSA_OIDS: Record<string, string> = { md5: "4", sha1: "5", sha256: "11", sha384: "12", sha512: "13" }
const EC_OIDS: Record<string, string> = { sha1: "1", sha256: "3.2", sha384: "3.3", sha512: "3.4" }

/** A key pair, made when it is asked for and kept nowhere. */
export function makeKeys(kind: KeyKind): Keys {
  const curve = { "p-256": "P-256", "p-384": "P-384", "p-521": "P-521" }[kind as "p-256"]
  const { privateKey, publicKey } = curve
    ? generateKeyPairSync("ec", { namedCurve: curve })
    : kind === "ed25519"
      ? generateKeyPairSync("ed25519")
      : generateKeyPairSync("rsa", { modulusLength: Number(kind.slice(4)) })
  return { kind, secret: privateKey, spki: publicKey.export({ format: "der", type: "spki" }) }
}

/** The identifier of a digest. */
export function digestAlgorithm(digest: string): Buffer {
  return seq(oid(DIGEST_OIDS[digest] ?? ""), nothing())
}

/** The identifier of a signature algorithm for a key. */
export function algorithmOf(keys: Keys, { digest, pss }: Scheme): Buffer {
  if (keys.kind === "ed25519") return seq(oid("1.3.101.112"))
  if (!keys.kind.startsWith("rsa")) {
    const arc = EC_OIDS[digest] ?? ""
    return seq(oid(arc === "1" ? "1.2.840.10045.4.1" : `1.2.840.10045.4.${arc}`))
  }
  if (!pss) return seq(oid(`1.2.840.113549.1.1.${RSA_OIDS[digest]}`), nothing())
  const hash = digestAlgorithm(digest)
  const mask = seq(oid("1.2.840.113549.1.1.8"), hash)
  return seq(oid("1.2.840.113549.1.1.10"), seq(tagged(0, hash), tagged(1, mask), tagged(2, int(32))))
}

/** A signature value over bytes. */
export function signWith(keys: Keys, { digest, pss }: Scheme, data: Uint8Array): Buffer {
  const key = keys.secret
  if (pss) return sign(digest, data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 })
  return sign(keys.kind === "ed25519" ? null : digest, data, key)
}

/** The name of a holder: organisation, if any, and common name. */
export function nameOf(common: string, organization?: string): Buffer {
  const part = (arc: string, text: string) => set(seq(oid(`2.5.4.${arc}`), utf8(text)))
  return seq(...(organization ? [part("10", organization)] : []), part("3", common))
}

export type Wish = {
  common: string
  organization?: string
  issuer?: Holder
  keys?: Keys
  kind?: KeyKind
  from?: string
  to?: string
  ca?: boolean
  pathLength?: number
  usage?: number | null
  purposes?: string[]
  purposesCritical?: boolean
  scheme?: Scheme
  extra?: Buffer[]
}
let serial = 1000

function extension(id: string, critical: boolean, inside: Buffer): Buffer {
  return seq(oid(id), ...(critical ? [yes()] : []), octets(inside))
}

/** A certificate, signed by its issuer or by itself. */
export function makeCertificate(wish: Wish): Holder {
  const keys = wish.keys ?? makeKeys(wish.kind ?? "p-256")
  const name = nameOf(wish.common, wish.organization)
  const issuerKeys = wish.issuer?.keys ?? keys
  const issuerName = wish.issuer?.name ?? name
  const scheme = wish.scheme ?? { digest: "sha256" }
  const mine = (serial += 1)
  const usage = wish.usage === undefined ? (wish.ca ? 0x06 : 0xc0) : wish.usage
  const extensions = [
    ...(wish.ca
      ? [extension("2.5.29.19", true, seq(yes(), ...(wish.pathLength === undefined ? [] : [int(wish.pathLength)])))]
      : []),
    ...(usage === null ? [] : [extension("2.5.29.15", true, bits(Buffer.from([usage]), usage === 0xc0 ? 6 : 1))]),
    ...(wish.purposes ? [extension("2.5.29.37", wish.purposesCritical ?? false, seq(...wish.purposes.map(oid)))] : []),
    ...(wish.extra ?? []),
  ]
  const algorithm = algorithmOf(issuerKeys, scheme)
  const tbs = seq(
    tagged(0, int(2)),
    int(mine),
    algorithm,
    issuerName,
    seq(moment(wish.from ?? "2024-01-01T00:00:00Z"), moment(wish.to ?? "2034-01-01T00:00:00Z")),
    name,
    keys.spki,
    ...(extensions.length > 0 ? [tagged(3, seq(...extensions))] : []),
  )
  return { name, serial: mine, keys, issuerName, der: seq(tbs, algorithm, bits(signWith(issuerKeys, scheme, tbs))) }
}

/** A revocation list of an authority. */
export function makeCrl(issuer: Holder, revoked: { serial: number; at: string }[], from: string, to: string): Buffer {
  const algorithm = algorithmOf(issuer.keys, { digest: "sha256" })
  const entries = revoked.map((one) => seq(int(one.serial), moment(one.at)))
  const tbs = seq(
    int(1),
    algorithm,
    issuer.name,
    moment(from),
    moment(to),
    ...(entries.length ? [seq(...entries)] : []),
  )
  return seq(tbs, algorithm, bits(signWith(issuer.keys, { digest: "sha256" }, tbs)))
}

/** An answer about one certificate, by its issuer itself or by somebody named for it. */
export function makeOcsp(
  issuer: Holder,
  cert: Holder,
  revokedAt: string | null,
  at: string,
  by: Holder = issuer,
): Buffer {
  const key = issuer.keys.spki
  const point = issuer.keys.kind.startsWith("rsa")
    ? key.subarray(24)
    : key.subarray(issuer.keys.kind === "p-256" ? 26 : 23)
  const id = seq(
    digestAlgorithm("sha1"),
    octets(createHash("sha1").update(issuer.name).digest()),
    octets(createHash("sha1").update(point).digest()),
    int(cert.serial),
  )
  const status = revokedAt === null ? plainTag(0, Buffer.alloc(0)) : tagged(1, moment(revokedAt, true))
  const next = tagged(0, moment("2035-01-01T00:00:00Z", true))
  const data = seq(tagged(1, by.name), moment(at, true), seq(seq(id, status, moment(at, true), next)))
  const algorithm = algorithmOf(by.keys, { digest: "sha256" })
  const certificates = by === issuer ? [] : [tagged(0, seq(by.der))]
  const basic = seq(data, algorithm, bits(signWith(by.keys, { digest: "sha256" }, data)), ...certificates)
  return seq(enumerated(0), tagged(0, seq(oid("1.3.6.1.5.5.7.48.1.1"), octets(basic))))
}

/** A certificate as PEM. */
export function pemOf(holder: Holder): string {
  const lines = holder.der.toString("base64").replace(/.{64}/g, "$&\n")
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}

export { tlv }
