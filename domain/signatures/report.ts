import { z } from "zod"
import { DIFFERENCE_KINDS } from "./differences"
import { CHAIN_KINDS } from "./facts"
import { SUB_INDICATIONS } from "./verdict"

/** The edition of the rules that a result was made by; it rises when the same file would be judged otherwise. */
export const SIGNATURE_ENGINE = "1"

export const OVERALL_WORDS = ["passed", "intact-untrusted", "altered", "failed", "indeterminate", "unsigned"] as const
export type Overall = (typeof OVERALL_WORDS)[number]

const words = z.string().max(600)
const moment = z.string().max(30)
const reason = z.strictObject({ says: words, params: z.record(z.string(), words).optional() })
const certificate = z.strictObject({
  subject: words,
  commonName: words.nullable(),
  organization: words.nullable(),
  email: words.nullable(),
  country: words.nullable(),
  issuer: words,
  serial: words,
  sha256: z.string().length(64),
  notBefore: moment,
  notAfter: moment,
})
const chain = z.strictObject({
  trust: z.enum(["no-list", "reached", "not-reached"]),
  anchor: words.nullable(),
  path: z.array(certificate).max(12),
  problems: z.array(z.strictObject({ kind: z.enum(CHAIN_KINDS), of: words })),
  revocation: z.array(
    z.strictObject({
      state: z.enum(["good", "unknown", "revoked"]),
      of: words,
      at: moment.optional(),
      signer: z.boolean().optional(),
    }),
  ),
  judgedAt: moment,
})
const difference = z.strictObject({
  revision: z.int(),
  kind: z.enum(DIFFERENCE_KINDS),
  where: words,
  page: z.int().optional(),
  field: words.optional(),
  from: words.optional(),
  to: words.optional(),
  existed: z.boolean().optional(),
  visible: z.boolean().optional(),
  allowed: z.boolean(),
})
const stamp = z.strictObject({
  where: z.enum(["signature", "document"]),
  time: moment.nullable(),
  authority: words.nullable(),
  imprintOk: z.boolean(),
  signatureOk: z.boolean(),
  unsupported: z.boolean(),
  weak: z.array(words),
  chain: chain.nullable(),
})

/** What is said of one signature or document timestamp. */
export const signatureResult = z.strictObject({
  field: words,
  kind: z.enum(["signature", "certification", "timestamp"]),
  subFilter: words.nullable(),
  /** PAdES level by what is there; null for what is no PAdES. */
  level: z.enum(["B-B", "B-T", "B-LT", "B-LTA"]).nullable(),
  signer: certificate.nullable(),
  /** What the certificate says about whom: a person, an organisation's seal, or nothing that is known. */
  by: z.strictObject({ says: words, params: z.record(z.string(), words) }).nullable(),
  claimed: z.strictObject({
    name: words.nullable(),
    reason: words.nullable(),
    location: words.nullable(),
    at: moment.nullable(),
  }),
  time: z.strictObject({
    at: moment.nullable(),
    proof: z.enum(["timestamp", "timestamp-unchecked", "claimed", "none"]),
  }),
  digest: words.nullable(),
  scheme: words.nullable(),
  weak: z.array(words),
  integrity: z.enum(["intact", "broken", "unknown"]),
  coverage: z.strictObject({
    state: z.enum(["whole-file", "earlier-revision", "wrong"]),
    byteRange: z.array(z.int()).nullable(),
    revision: z.int().nullable(),
    problems: z.array(words),
  }),
  later: z.strictObject({
    state: z.enum(["none", "allowed", "changed", "unknown"]),
    differences: z.array(difference),
  }),
  permission: z.strictObject({
    docMdp: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable(),
    certifies: z.boolean(),
    locks: z.array(z.strictObject({ action: z.enum(["All", "Include", "Exclude"]), fields: z.array(words) })),
  }),
  trust: z.enum(["no-list", "trusted", "not-trusted", "unknown"]),
  revocation: z.enum(["good", "unknown", "revoked", "not-asked"]),
  chain: chain.nullable(),
  stamps: z.array(stamp),
  page: z.int().nullable(),
  verdict: z.strictObject({
    indication: z.enum(["passed", "failed", "indeterminate"]),
    sub: z.enum(SUB_INDICATIONS).nullable(),
    reasons: z.array(reason),
  }),
})
export type SignatureResult = z.infer<typeof signatureResult>

/** The list that signers were held against, so that the same can be asked again. */
export const trustUsed = z.strictObject({
  kind: z.enum(["pem", "trusted-list"]),
  name: words.nullable(),
  sha256: z.string().length(64),
  issuedOn: z.string().max(10).nullable(),
  nextUpdateOn: z.string().max(10).nullable(),
  roots: z.int(),
  unreadable: z.int(),
})
export type TrustUsed = z.infer<typeof trustUsed>

/** A stored result: what was looked at, by which engine, against which list, as of which moment, and what came out. */
export const signatureReport = z.strictObject({
  v: z.literal(1),
  engine: words,
  lookedAt: z.strictObject({ sha256: z.string().length(64), sizeBytes: z.int() }),
  trust: trustUsed.nullable(),
  askedAt: moment,
  revisions: z.int(),
  overall: z.enum(OVERALL_WORDS),
  /** Why the overall word is not simply that of the signatures. */
  notes: z.array(reason),
  signatures: z.array(signatureResult),
})
export type SignatureReport = z.infer<typeof signatureReport>
