import { constants, createPublicKey, verify, type KeyObject } from "node:crypto"
import { RSASSAPSSParams, type AlgorithmIdentifier } from "pkijs"

const DIGESTS: Record<string, string> = {
  "1.2.840.113549.2.5": "md5",
  "1.3.14.3.2.26": "sha1",
  "2.16.840.1.101.3.4.2.4": "sha224",
  "2.16.840.1.101.3.4.2.1": "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
  "2.16.840.1.101.3.4.2.8": "sha3-256",
  "2.16.840.1.101.3.4.2.9": "sha3-384",
  "2.16.840.1.101.3.4.2.10": "sha3-512",
}
const SIGNATURES: Record<string, { scheme: "rsa" | "ecdsa"; digest: string | null }> = {
  "1.2.840.113549.1.1.1": { scheme: "rsa", digest: null },
  "1.2.840.113549.1.1.4": { scheme: "rsa", digest: "md5" },
  "1.2.840.113549.1.1.5": { scheme: "rsa", digest: "sha1" },
  "1.2.840.113549.1.1.14": { scheme: "rsa", digest: "sha224" },
  "1.2.840.113549.1.1.11": { scheme: "rsa", digest: "sha256" },
  "1.2.840.113549.1.1.12": { scheme: "rsa", digest: "sha384" },
  "1.2.840.113549.1.1.13": { scheme: "rsa", digest: "sha512" },
  "1.2.840.10045.2.1": { scheme: "ecdsa", digest: null },
  "1.2.840.10045.4.1": { scheme: "ecdsa", digest: "sha1" },
  "1.2.840.10045.4.3.1": { scheme: "ecdsa", digest: "sha224" },
  "1.2.840.10045.4.3.2": { scheme: "ecdsa", digest: "sha256" },
  "1.2.840.10045.4.3.3": { scheme: "ecdsa", digest: "sha384" },
  "1.2.840.10045.4.3.4": { scheme: "ecdsa", digest: "sha512" },
}
/** Known by name and not read here: of such a signature nothing is said, neither for nor against it. */
const UNREAD: Record<string, string> = { "1.3.101.112": "Ed25519", "1.3.101.113": "Ed448" }
const PSS = "1.2.840.113549.1.1.10"
const MGF1 = "1.2.840.113549.1.1.8"
const CURVES = new Set([
  "prime256v1",
  "secp384r1",
  "secp521r1",
  "brainpoolP256r1",
  "brainpoolP384r1",
  "brainpoolP512r1",
])
/** Too weak to prove anything today. */
const WEAK_DIGESTS = new Set(["md5", "sha1", "sha224"])
const SHORTEST_RSA = 2048

/** The name of a digest by its identifier; null for one that is not known. */
export function digestName(oid: string): string | null {
  return DIGESTS[oid] ?? null
}

/** Whether a digest is too weak to prove anything today. */
export function isWeakDigest(name: string): boolean {
  return WEAK_DIGESTS.has(name)
}

/** What checking a signature value gives: `digest` and `scheme` as found, `weak` what about them no longer proves anything. */
export type ValueCheck = { ok: boolean; unsupported: boolean; scheme: string; digest: string; weak: string[] }

/** Whether a signature value was made over these bytes by the key of a certificate. `hint` is the digest named beside it. */
export function checkValue(
  spki: Uint8Array,
  algorithm: AlgorithmIdentifier,
  hint: string | null,
  data: Uint8Array,
  signature: Uint8Array,
): ValueCheck {
  const scheme = UNREAD[algorithm.algorithmId] ?? algorithm.algorithmId
  const none = { ok: false, unsupported: true, scheme, digest: hint ?? "", weak: [] }
  let key: KeyObject
  try {
    key = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" })
  } catch {
    return none
  }
  const weak = weakKey(key)
  const kind = key.asymmetricKeyType
  if (algorithm.algorithmId === PSS) {
    const params = pssOf(algorithm)
    if (!params || (kind !== "rsa" && kind !== "rsa-pss") || (hint !== null && hint !== params.digest)) return none
    const how = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: params.salt }
    const ok = tried(() => verify(params.digest, data, how, signature))
    return {
      ok,
      unsupported: false,
      scheme: "RSA-PSS",
      digest: params.digest,
      weak: [...weak, ...weakDigest(params.digest)],
    }
  }
  const known = SIGNATURES[algorithm.algorithmId]
  const digest = known?.digest ?? hint
  if (!known || !digest || (hint !== null && hint !== digest)) return none
  if (known.scheme === "rsa" && kind !== "rsa") return none
  if (known.scheme === "ecdsa" && (kind !== "ec" || !CURVES.has(key.asymmetricKeyDetails?.namedCurve ?? "")))
    return none
  const how =
    known.scheme === "rsa" ? { key, padding: constants.RSA_PKCS1_PADDING } : { key, dsaEncoding: "der" as const }
  const ok = tried(() => verify(digest, data, how, signature))
  return {
    ok,
    unsupported: false,
    scheme: known.scheme === "rsa" ? "RSA" : "ECDSA",
    digest,
    weak: [...weak, ...weakDigest(digest)],
  }
}

function tried(check: () => boolean): boolean {
  try {
    return check()
  } catch {
    return false
  }
}

function weakDigest(digest: string): string[] {
  return WEAK_DIGESTS.has(digest) ? [digest] : []
}

function weakKey(key: KeyObject): string[] {
  const bits = key.asymmetricKeyDetails?.modulusLength
  return bits !== undefined && bits < SHORTEST_RSA ? [`rsa-${bits}`] : []
}

/** The digest and salt of RSA-PSS; null where its two digests differ, which nobody needs. */
function pssOf(algorithm: AlgorithmIdentifier): { digest: string; salt: number } | null {
  try {
    const params = new RSASSAPSSParams({ schema: algorithm.algorithmParams })
    const digest = digestName(params.hashAlgorithm.algorithmId)
    const { maskGenAlgorithm } = params
    const inner = maskGenAlgorithm.algorithmParams?.valueBlock?.value?.[0]?.valueBlock?.toString?.()
    const mask = inner === undefined ? "sha1" : digestName(inner)
    if (!digest || maskGenAlgorithm.algorithmId !== MGF1 || mask !== digest || params.trailerField !== 1) return null
    return params.saltLength >= 0 && params.saltLength <= 512 ? { digest, salt: params.saltLength } : null
  } catch {
    return null
  }
}
