import { readCertificate, type Cert } from "./certificate"

/** A trusted root as a list gives it. `granted` are the stretches in which its service was recognised; none: always. */
export type Root = {
  raw: Uint8Array
  use: "any" | "signatures" | "timestamps"
  granted: { from: string; to: string | null }[] | null
}
export type Anchor = { cert: Cert; use: Root["use"]; granted: Root["granted"] }

/** The roots that can be read; what is no certificate is left out and counted. */
export function anchorsOf(roots: Root[]): { anchors: Anchor[]; unreadable: number } {
  const anchors: Anchor[] = []
  let unreadable = 0
  for (const root of roots)
    try {
      anchors.push({ cert: readCertificate(root.raw), use: root.use, granted: root.granted })
    } catch {
      unreadable += 1
    }
  return { anchors, unreadable }
}

/** Whether a root's service was recognised at a moment. */
export function grantedAt(anchor: Anchor, at: string): boolean {
  return anchor.granted === null || anchor.granted.some((one) => one.from <= at && (one.to === null || at < one.to))
}
