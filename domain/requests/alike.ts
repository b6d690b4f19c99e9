/** What a request does, of the kinds that are decided together. */
export type Alike = "renewal" | "ending"
export const ALIKE = ["renewal", "ending"] as const

/** So many are decided together at most. */
export const MOST_TOGETHER = 500

type Proposed = { kind: string; op: "create" | "change" | "end"; baseVersion: number | null }

/**
 * Whether a request may be decided together with others like it: nothing but papers renewed with the same text, or
 * nothing but ends. A first approval, an import and whatever else is changed is decided by itself.
 */
export function alikeOf(
  request: { kind: string },
  proposals: readonly Proposed[],
  stages: readonly { because: readonly string[] }[],
): Alike | null {
  if (request.kind !== "change" || proposals.length === 0 || stages.length === 0) return null
  if (proposals.every((one) => one.op === "end")) return "ending"
  const renewed = proposals.every((one) => one.kind === "agreement" && one.op === "change" && one.baseVersion !== null)
  const asked = stages.every((one) => one.because.length > 0 && one.because.every((row) => row === "agreement-renewed"))
  return renewed && asked ? "renewal" : null
}
