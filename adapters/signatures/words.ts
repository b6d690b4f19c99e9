import type { CertificateWords } from "@/domain/signatures/facts"
import type { Cert } from "./certificate"

/** A certificate as a person reads it. */
export function wordsOf(cert: Cert): CertificateWords {
  const { subject, commonName, organization, email, country, issuer, sha256, notBefore, notAfter } = cert
  const serial = cert.serial.slice(0, 100)
  return { subject, commonName, organization, email, country, issuer, serial, sha256, notBefore, notAfter }
}
