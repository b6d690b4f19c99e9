import { readPem } from "./pem"
import { readTrustedList } from "./trusted-list"

/** A root with the stretches in which its service was recognised (none: it is not dated). */
export type ListedRoot = {
  raw: Uint8Array
  use: "any" | "signatures" | "timestamps"
  granted: { from: string; to: string | null }[] | null
}
export type TrustFile = {
  kind: "pem" | "trusted-list"
  issuedOn: string | null
  nextUpdateOn: string | null
  roots: ListedRoot[]
}

/** Reads trusted roots as PEM, or a trusted list (ETSI TS 119 612); null for what is neither or holds none. */
export async function readTrustFile(bytes: Uint8Array): Promise<TrustFile | null> {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString("utf8").trimStart()
  try {
    const read = head.startsWith("<") ? await readTrustedList(bytes) : readPem(bytes)
    return read.roots.length > 0 ? read : null
  } catch {
    return null
  }
}
