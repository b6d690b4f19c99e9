import type { Chain, ChainProblem } from "@/domain/signatures/facts"
import { signedBy, type Cert } from "./certificate"
import { revocationOf, type RevocationData } from "./revocation"
import { grantedAt, type Anchor } from "./roots"
import { wordsOf } from "./words"

export type Use = "signatures" | "timestamps"
export type Pool = { certificates: Cert[]; revocation: RevocationData; anchors: Anchor[] | null; checks: number }

const LONGEST = 10
/** The most signature values that are computed while ways are looked for in one file. */
export const MOST_CHECKS = 600
const PURPOSES = new Set([
  "1.3.6.1.5.5.7.3.4",
  "1.3.6.1.5.5.7.3.36",
  "1.3.6.1.5.5.7.3.2",
  "1.2.840.113583.1.1.5",
  "1.3.6.1.4.1.311.10.3.12",
  "2.5.29.37.0",
])
const STAMPING = "1.3.6.1.5.5.7.3.8"
const [DIGITAL_SIGNATURE, NON_REPUDIATION, CERT_SIGN] = [1, 2, 32]

type Found = { path: Cert[]; anchor: Anchor | null }

/** The best way from a certificate to a trusted root, judged at a moment: one without problems if there is one. */
export function judgeChain(leaf: Cert, pool: Pool, use: Use, at: string): Chain {
  const ways = waysFrom(leaf, pool, use)
  let best: Chain | null = null
  for (const way of ways) {
    const chain = judge(way, pool, use, at)
    if (!best || worth(chain) > worth(best)) best = chain
    if (
      chain.trust === "reached" &&
      chain.problems.length === 0 &&
      !chain.revocation.some((one) => one.state === "revoked")
    )
      break
  }
  return best ?? judge({ path: [leaf], anchor: null }, pool, use, at)
}

function worth(chain: Chain): number {
  const revoked = chain.revocation.some((one) => one.state === "revoked") ? 50 : 0
  return (chain.trust === "reached" ? 100 : 0) - chain.problems.length - revoked + chain.path.length / 100
}

/** Every way upwards, within reason: by name, and only where the key above really signed. */
function waysFrom(leaf: Cert, pool: Pool, use: Use): Found[] {
  const out: Found[] = []
  const anchors = (pool.anchors ?? []).filter((one) => one.use === "any" || one.use === use)
  const walk = (path: Cert[]) => {
    const top = path.at(-1) as Cert
    const direct = anchors.filter((one) => one.cert.sha256 === top.sha256)
    for (const anchor of direct) out.push({ path, anchor })
    if (direct.length > 0 || out.length > 20) return
    let further = false
    if (path.length < LONGEST && top.subjectDer !== top.issuerDer) {
      for (const anchor of anchors)
        if (issues(anchor.cert, top, pool)) {
          further = true
          out.push({ path: [...path, anchor.cert], anchor })
        }
      for (const above of pool.certificates) {
        if (path.some((one) => one.sha256 === above.sha256) || anchors.some((one) => one.cert.sha256 === above.sha256))
          continue
        if (issues(above, top, pool)) {
          further = true
          walk([...path, above])
        }
      }
    }
    if (!further) out.push({ path, anchor: null })
  }
  walk([leaf])
  return out
}

function issues(above: Cert, below: Cert, pool: Pool): boolean {
  if (above.subjectDer !== below.issuerDer) return false
  if (above.keyId && below.issuerKeyId && above.keyId !== below.issuerKeyId) return false
  pool.checks += 1
  return pool.checks <= MOST_CHECKS && signedBy(below, above).ok
}

function judge(way: Found, pool: Pool, use: Use, at: string): Chain {
  const problems: Chain["problems"] = []
  const note = (kind: ChainProblem, cert: Cert) => problems.push({ kind, of: cert.subject })
  const { path, anchor } = way
  path.forEach((cert, i) => {
    const trusted = anchor !== null && cert.sha256 === anchor.cert.sha256
    // A root is trusted because it is on the list, not because of what it says of itself; as a signer it has a term.
    if (!trusted || i === 0) {
      if (at < cert.notBefore) note("not-yet-valid", cert)
      if (at > cert.notAfter) note("expired", cert)
      if (cert.unknownCritical.length > 0) note("critical-extension", cert)
    }
    if (i > 0) {
      if (!cert.ca && !(trusted && cert.parsed.version === 0)) note("not-an-authority", cert)
      if (cert.keyUsage !== null && !(cert.keyUsage & CERT_SIGN)) note("key-usage", cert)
      const between = path.slice(1, i).filter((one) => one.subjectDer !== one.issuerDer).length
      if (cert.pathLength !== null && between > cert.pathLength) note("path-too-long", cert)
    }
    const above = path[i + 1]
    if (above && signedBy(cert, above).weak.length > 0) note("weak", cert)
  })
  purpose(path[0] as Cert, use, note)
  if (anchor && !grantedAt(anchor, at)) note("service-not-granted", anchor.cert)
  const revocation = path.flatMap((cert, i) => {
    const above = path[i + 1]
    if (!above || (anchor !== null && cert.sha256 === anchor.cert.sha256)) return []
    return [revocationOf(cert, above, pool.revocation, at, i === 0)]
  })
  return {
    trust: pool.anchors === null ? "no-list" : anchor ? "reached" : "not-reached",
    anchor: anchor?.cert.subject ?? null,
    path: path.map(wordsOf),
    problems,
    revocation,
    judgedAt: at,
  }
}

function purpose(leaf: Cert, use: Use, note: (kind: ChainProblem, cert: Cert) => void): void {
  const usage = leaf.keyUsage
  if (usage !== null && !(usage & (DIGITAL_SIGNATURE | NON_REPUDIATION))) note("key-usage", leaf)
  if (use === "timestamps") {
    if (!leaf.extended?.includes(STAMPING) || leaf.extended.length !== 1 || !leaf.extendedCritical)
      note("purpose", leaf)
  } else if (leaf.extended !== null && !leaf.extended.some((one) => PURPOSES.has(one))) note("purpose", leaf)
  else if (use === "signatures" && leaf.ca) note("purpose", leaf)
}
