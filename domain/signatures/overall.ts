import type { Overall, SignatureResult } from "./report"
import { onlyUntrusted } from "./verdict"

/**
 * The one word for a file: the worst of its signatures. A timestamp has to be whole like a signature, but whether its
 * authority stands on the list only bears on the time it proves; a file with nothing but timestamps is not signed.
 */
export function overallOf(results: SignatureResult[], trouble: boolean): Overall {
  if (results.some((one) => one.verdict.indication === "failed")) return "failed"
  if (results.some((one) => one.later.state === "changed")) return "altered"
  const signatures = results.filter((one) => one.kind !== "timestamp")
  if (signatures.length === 0) return trouble ? "indeterminate" : "unsigned"
  if (trouble || results.some((one) => one.later.state === "unknown" || one.integrity !== "intact"))
    return "indeterminate"
  if (signatures.every((one) => one.verdict.indication === "passed")) return "passed"
  if (signatures.every((one) => one.verdict.indication === "passed" || onlyUntrusted(one.verdict)))
    return "intact-untrusted"
  return "indeterminate"
}
