import type { TrustFile } from "./trust-file"

const BLOCK = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----([A-Za-z0-9+/=\s]+?)-----END (?:TRUSTED )?CERTIFICATE-----/g
const MOST = 5000

/** Certificates out of PEM. A line `Issued: 2026-01-31` outside them is the list's day. */
export function readPem(bytes: Uint8Array): TrustFile {
  const text = Buffer.from(bytes).toString("latin1")
  const roots = [...text.matchAll(BLOCK)].slice(0, MOST).map(([, inside]) => ({
    raw: new Uint8Array(Buffer.from(inside ?? "", "base64")),
    use: "any" as const,
    granted: null,
  }))
  const issued = /^#?\s*issued:\s*(\d{4}-\d{2}-\d{2})\s*$/im.exec(text)
  return { kind: "pem", issuedOn: issued?.[1] ?? null, nextUpdateOn: null, roots }
}
