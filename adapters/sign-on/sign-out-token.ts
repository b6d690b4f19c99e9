import { constants, createPublicKey, verify, type JsonWebKey } from "node:crypto"
import { providerKeys, type SignOnSettings } from "./oidc"

/** Signatures that are taken: never none, never a shared secret, and each only with a key of its own kind. */
const WAYS: Record<string, { kty: string; hash: string | null; options: object }> = {
  RS256: { kty: "RSA", hash: "sha256", options: {} },
  PS256: {
    ...{ kty: "RSA", hash: "sha256" },
    options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
  },
  ES256: { kty: "EC", hash: "sha256", options: { dsaEncoding: "ieee-p1363" } },
  ES384: { kty: "EC", hash: "sha384", options: { dsaEncoding: "ieee-p1363" } },
  EdDSA: { kty: "OKP", hash: null, options: {} },
}

const MOST = 16 * 1024

/**
 * The claims of a token that the provider signed; null where it did not; *away* where its keys cannot be had, so that nothing can be
 * said of it now. What the claims say is another's to judge.
 */
export async function claimsSigned(
  settings: SignOnSettings,
  token: string,
): Promise<Record<string, unknown> | "away" | null> {
  const parts = token.length <= MOST ? token.split(".") : []
  const [header, claims] = [parsed(parts[0]), parsed(parts[1])]
  if (parts.length !== 3 || !header || !claims) return null
  const { alg, kid, typ, crit } = header
  const way = typeof alg === "string" && Object.hasOwn(WAYS, alg) ? WAYS[alg] : undefined
  // Other kinds of tokens say what they are; one that does not say may be an old provider's.
  if (!way || crit !== undefined || (typ !== undefined && typ !== "logout+jwt" && typ !== "JWT")) return null
  const fits = (key: JsonWebKey): boolean =>
    key.kty === way.kty &&
    (kid === undefined || key.kid === kid) &&
    (key.use ?? "sig") === "sig" &&
    (key.alg ?? alg) === alg
  for (const anew of [false, true]) {
    const known = await providerKeys(settings, anew)
    if (known === null) return "away"
    const keys = known.filter(fits)
    if (keys.some((key) => isSignedBy(key, way, parts))) return claims
    // A key that we do not know yet: asked for once more. One that we know and that did not sign is an answer.
    if (keys.length > 0) return null
  }
  return null
}

function isSignedBy(key: JsonWebKey, way: (typeof WAYS)[string], parts: readonly string[]): boolean {
  try {
    const said = Buffer.from(`${parts[0]}.${parts[1]}`)
    const by = { key: createPublicKey({ key, format: "jwk" }), ...way.options }
    return verify(way.hash, said, by, Buffer.from(parts[2] ?? "", "base64url"))
  } catch {
    return false
  }
}

function parsed(part: string | undefined): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? "", "base64url").toString("utf8"))
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
