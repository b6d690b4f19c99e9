import type { Chain, SignatureFacts } from "./facts"

/** EN 319 102-1: what came out, and why in its own words. */
export type Indication = "passed" | "failed" | "indeterminate"
export const SUB_INDICATIONS = [
  "FORMAT_FAILURE",
  "HASH_FAILURE",
  "SIG_CRYPTO_FAILURE",
  "REVOKED",
  "SIG_CONSTRAINTS_FAILURE",
  "CHAIN_CONSTRAINTS_FAILURE",
  "CRYPTO_CONSTRAINTS_FAILURE",
  "EXPIRED",
  "NOT_YET_VALID",
  "NO_SIGNING_CERTIFICATE_FOUND",
  "NO_CERTIFICATE_CHAIN_FOUND",
  "REVOKED_NO_POE",
  "REVOKED_CA_NO_POE",
  "OUT_OF_BOUNDS_NO_POE",
] as const
export type SubIndication = (typeof SUB_INDICATIONS)[number]
/** A reason is a key of the catalogue with what it names. */
export type Reason = { says: string; params?: Record<string, string> }
export type Verdict = { indication: Indication; sub: SubIndication | null; reasons: Reason[] }

type Found = { indication: "failed" | "indeterminate"; sub: SubIndication; reason: Reason }

const says = (word: string, params?: Record<string, string>): Reason => ({
  says: `signatures.why.${word}`,
  ...(params ? { params } : {}),
})

/** The verdict on one signature: the first failure decides, else the first doubt; every reason is told. */
export function verdictOf(facts: SignatureFacts): Verdict {
  const found = [...integrity(facts), ...constraints(facts), ...certificate(facts)]
  const first = found.find((one) => one.indication === "failed") ?? found[0]
  const reasons = found.map((one) => one.reason)
  return {
    indication: first?.indication ?? "passed",
    sub: first?.sub ?? null,
    reasons: [...new Set(reasons.map(text))].map(back),
  }
}

const text = (reason: Reason) => JSON.stringify(reason)
const back = (word: string) => JSON.parse(word) as Reason

function integrity(facts: SignatureFacts): Found[] {
  const failed = (sub: SubIndication, reason: Reason): Found => ({ indication: "failed", sub, reason })
  if (facts.form.length > 0) return facts.form.map((one) => failed("FORMAT_FAILURE", says(`form.${one}`)))
  if (facts.unsupportedKind !== null)
    return [doubt("SIG_CONSTRAINTS_FAILURE", says("unsupported-kind", { kind: facts.unsupportedKind }))]
  if (facts.unsupportedAlgorithm) return [doubt("CRYPTO_CONSTRAINTS_FAILURE", says("unsupported-algorithm"))]
  if (!facts.digestOk) return [failed("HASH_FAILURE", says("digest"))]
  if (!facts.signerFound) return [doubt("NO_SIGNING_CERTIFICATE_FOUND", says("no-certificate"))]
  return facts.valueOk ? [] : [failed("SIG_CRYPTO_FAILURE", says("value"))]
}

function doubt(sub: SubIndication, reason: Reason): Found {
  return { indication: "indeterminate", sub, reason }
}

function constraints(facts: SignatureFacts): Found[] {
  const out: Found[] = []
  if (facts.signerFound && facts.namesCertificate === false)
    out.push(doubt("SIG_CONSTRAINTS_FAILURE", says("other-certificate")))
  for (const weak of facts.weak) out.push(doubt("CRYPTO_CONSTRAINTS_FAILURE", says("weak", { what: weak })))
  return out
}

function certificate(facts: SignatureFacts): Found[] {
  const { chain, time } = facts
  if (!chain) return []
  const out: Found[] = [...revoked(facts, chain)]
  for (const { kind, of } of chain.problems) {
    const reason = says(`chain.${kind}`, { of })
    if (kind === "expired") out.push(doubt(time.proof === "timestamp" ? "EXPIRED" : "OUT_OF_BOUNDS_NO_POE", reason))
    else if (kind === "not-yet-valid") out.push(doubt("NOT_YET_VALID", reason))
    else if (kind === "weak") out.push(doubt("CRYPTO_CONSTRAINTS_FAILURE", reason))
    else if (kind === "service-not-granted") out.push(doubt("NO_CERTIFICATE_CHAIN_FOUND", reason))
    else out.push(doubt("CHAIN_CONSTRAINTS_FAILURE", reason))
  }
  const expiredThen = chain.problems.some((one) => one.kind === "expired")
  if (facts.expiredSince && time.proof !== "timestamp" && !expiredThen)
    out.push(doubt("OUT_OF_BOUNDS_NO_POE", says("expired-since")))
  if (chain.trust === "not-reached") out.push(doubt("NO_CERTIFICATE_CHAIN_FOUND", says("not-on-list")))
  // Last of all: whoever reads only the first reason shall read the graver one.
  if (chain.trust === "no-list") out.push(doubt("NO_CERTIFICATE_CHAIN_FOUND", says("no-list")))
  return out
}

/** Revoked before the signing is a failure; after it only a proven time helps. */
function revoked(facts: SignatureFacts, chain: Chain): Found[] {
  const { time } = facts
  return chain.revocation.flatMap((one): Found[] => {
    if (one.state !== "revoked") return []
    const reason = says("revoked", { of: one.of, at: one.at })
    const after = time.at !== null && one.at > time.at
    if (after && time.proof === "timestamp") return []
    if (after || time.at === null)
      return [
        doubt(
          one.signer ? "REVOKED_NO_POE" : "REVOKED_CA_NO_POE",
          says("revoked-unproven", { of: one.of, at: one.at }),
        ),
      ]
    return one.signer ? [{ indication: "failed", sub: "REVOKED", reason }] : [doubt("REVOKED_CA_NO_POE", reason)]
  })
}

/** Whether nothing stands against a signature but that there is no list to hold its signer against. */
export function onlyUntrusted(verdict: Verdict): boolean {
  return verdict.indication === "indeterminate" && verdict.reasons.every((one) => one.says === "signatures.why.no-list")
}
