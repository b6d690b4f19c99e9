/** What was established about a signature, before a verdict. Moments are ISO strings in UTC. */
export type CertificateWords = {
  subject: string
  commonName: string | null
  organization: string | null
  email: string | null
  country: string | null
  issuer: string
  serial: string
  sha256: string
  notBefore: string
  notAfter: string
}

/** What is wrong with a way from a certificate to a trusted one. */
export const CHAIN_KINDS = [
  "expired",
  "not-yet-valid",
  "not-an-authority",
  "path-too-long",
  "key-usage",
  "purpose",
  "critical-extension",
  "weak",
  "service-not-granted",
] as const
export type ChainProblem = (typeof CHAIN_KINDS)[number]

export type Revocation =
  | { state: "good"; of: string }
  | { state: "unknown"; of: string }
  | { state: "revoked"; of: string; at: string; signer: boolean }

/** The way from a certificate upwards, judged at one moment. */
export type Chain = {
  /** `no-list`: nothing to hold it against. `reached`: it ends at a trusted root. `not-reached`: it does not. */
  trust: "no-list" | "reached" | "not-reached"
  anchor: string | null
  path: CertificateWords[]
  problems: { kind: ChainProblem; of: string }[]
  revocation: Revocation[]
  judgedAt: string
}

export type TimeProof = "timestamp" | "timestamp-unchecked" | "claimed" | "none"

/** A timestamp as it was found, with what it proves. */
export type StampFacts = {
  where: "signature" | "document"
  time: string | null
  authority: string | null
  imprintOk: boolean
  signatureOk: boolean
  unsupported: boolean
  weak: string[]
  chain: Chain | null
}

/** What computing a signature gave. */
export type SignatureFacts = {
  form: string[]
  unsupportedKind: string | null
  unsupportedAlgorithm: boolean
  digestOk: boolean
  valueOk: boolean
  signerFound: boolean
  namesCertificate: boolean | null
  weak: string[]
  chain: Chain | null
  time: { at: string | null; proof: TimeProof }
  askedAt: string
  /** Whether the signer's certificate has expired by the moment asked. */
  expiredSince: boolean
}
