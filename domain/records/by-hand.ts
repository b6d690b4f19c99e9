import type { Agreement } from "./agreement"
import { BY_ACCEPTANCE } from "./acceptance"

/** Somebody looked at a file of a paper: at the original beside it, or at the scan alone. */
export type PaperSeen = {
  sha256: string
  personId: string
  saw: "original" | "scan"
  /** They wrote in a request that brought the file, and looked because too few others could. */
  author: boolean
}

/** Whether a paper was signed by hand: its file is a picture, and holds no signature that a machine can check. */
export function isByHand({ signing }: Pick<Agreement, "signing">): boolean {
  return signing.state === "known" && signing.value !== "digitally"
}

/** Whether the text of a paper can say so: few do, and only of those need be asked who confirmed them. */
export function saysByHand(text: string): boolean {
  return text.includes('"signing":{"state":"known"')
}

/** How many people confirm a paper that was signed by hand: two for kinds that are signed, one for those that bind by acceptance. */
export function needsToSee(agreement: Pick<Agreement, "signing" | "kind">): 0 | 1 | 2 {
  if (!isByHand(agreement)) return 0
  return BY_ACCEPTANCE.includes(agreement.kind) ? 1 : 2
}

/** Who confirmed a paper signed by hand: those who looked at every one of its files as they are now. */
export function confirmers(agreement: Pick<Agreement, "files">, seen: readonly PaperSeen[]): string[] {
  const hashes = [...new Set(agreement.files.map(({ sha256 }) => sha256))]
  if (hashes.length === 0) return []
  const people = [...new Set(seen.map(({ personId }) => personId))]
  return people.filter((id) => hashes.every((hash) => seen.some((one) => one.personId === id && one.sha256 === hash)))
}

/** How many confirmations a paper still lacks; a new file of it has to be looked at anew. */
export function stillToSee(
  agreement: Pick<Agreement, "signing" | "kind" | "files">,
  seen: readonly PaperSeen[] = [],
): number {
  const needed = needsToSee(agreement)
  return needed === 0 ? 0 : Math.max(0, needed - confirmers(agreement, seen).length)
}

/** Whether nobody can rely on the paper yet: one that two people confirm holds nothing before they did. */
export function waitsForTwo(
  agreement: Pick<Agreement, "signing" | "kind" | "files">,
  seen: readonly PaperSeen[] = [],
): boolean {
  return needsToSee(agreement) === 2 && stillToSee(agreement, seen) > 0
}

/**
 * Why somebody may not confirm; null: they may. Nobody confirms twice. Whoever wrote in the request that brought the file
 * confirms only where too few others hold a role that may: `others` counts those, whether they have confirmed or not.
 */
export function mayNotSee(on: {
  needed: number
  confirmed: readonly string[]
  personId: string
  author: boolean
  others: number
}): "conflict.paper-seen" | "conflict.paper-enough" | "not-allowed.paper-author" | null {
  if (on.confirmed.includes(on.personId)) return "conflict.paper-seen"
  if (on.confirmed.length >= on.needed) return "conflict.paper-enough"
  return on.author && on.others >= on.needed ? "not-allowed.paper-author" : null
}
